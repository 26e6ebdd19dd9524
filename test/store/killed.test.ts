import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { kill, type Left, lookAt } from '../support/kill-cycles.ts'

/*
 * This shows the death of a process, not of a machine: what is in the file stays there. That a commit is on the disk is
 * shown by the settings that are read back, in `embedded.test.ts`, and by the syncs that are counted in `syncs.test.ts`.
 */

const LANES = 3
const CYCLES_IN_LANE = 36
const LOOK_EVERY = 12
const CYCLES = LANES * CYCLES_IN_LANE

const tagsOf = (lane: number, from: number, count: number) =>
  Array.from({ length: count }, (_, i) => `l${lane}-${from + i}`)

const sound = { lost: [], doubled: [], broken: [], rowsAreRebuilt: true }

t.test(`${CYCLES} processes killed in the middle of concurrent appends`, async (t) => {
  const folders = t.testdir(Object.fromEntries(Array.from({ length: LANES }, (_, i) => [`lane${i}`, {}])))
  const lane = async (i: number): Promise<Left[]> => {
    const folder = `${folders}/lane${i}`
    const [lines, seen]: [string[], Left[]] = [[], []]
    for (let from = 0; from < CYCLES_IN_LANE; from += LOOK_EVERY) {
      lines.push(...(await kill(folder, 'honest', tagsOf(i, from, LOOK_EVERY))))
      seen.push(await lookAt(folder, lines))
    }
    return seen
  }
  const lanes = await Promise.all(Array.from({ length: LANES }, (_, i) => lane(i)))
  for (const left of lanes.flat()) t.match(left, sound, `${left.acknowledged} of ${left.events} acknowledged`)
  const acknowledged = lanes.reduce((sum, seen) => sum + (seen.at(-1)?.acknowledged ?? 0), 0)
  t.ok(acknowledged > CYCLES * 10, `${acknowledged} acknowledged in all`)
})

t.test('a store that acknowledges before it commits does not pass', async (t) => {
  const folder = t.testdir()
  let lost = 0
  // A process may die just after a commit, when nothing is on its way: one death proves nothing, twenty do.
  for (let death = 0; death < 20 && lost === 0; death++) {
    const own = join(folder, `${death}`)
    mkdirSync(own)
    lost = (await lookAt(own, await kill(own, 'early', tagsOf(death, 0, 4)))).lost.length
  }
  t.ok(lost > 0, `${lost} of what was acknowledged are lost`)
})
