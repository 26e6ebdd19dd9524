import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { rebuildRows } from '../../projections/rebuild.ts'
import type { StoredEvent } from '../../src/events/catalogue.ts'
import { openEmbeddedStore } from '../../src/store/embedded.ts'
import { STREAM_PREFIXES } from '../../src/store/event-store.ts'
import { openReadModel } from '../../src/store/read-model.ts'
import { counting, summing } from './counting.ts'
import { dump, run } from './run-rows.ts'

/* Starts a process that appends and applies, kills it at a random moment, again and again, and looks at what is left. */

export const killedProjections = [counting, summing()]

export const killedPaths = (folder: string) => ({
  ledger: join(folder, 'ledger.db'),
  readModel: join(folder, 'rows.db')
})

export interface Left {
  acknowledged: number
  events: number
  /** Acknowledged, and not in the ledger where it was said to be. */
  lost: string[]
  /** Ids that the ledger has more than once. */
  doubled: string[]
  /** Streams with a gap, or with a part of an append. */
  broken: string[]
  /** Whether the rows, once they have caught up, are those of a rebuild. */
  rowsAreRebuilt: boolean
}

const PROGRAM = join(import.meta.dirname, 'killed-process.ts')

/** So many lines a process may say at most, and so long it then goes on at most; or so long after its start. */
const LINES_MAX = 150
const MORE_MS = 5
const STARTING_MS = 250

const start = (folder: string, mode: string, tag: string) =>
  spawn(process.execPath, [PROGRAM, folder, mode, tag], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { NODE_COMPILE_CACHE: join(folder, 'compiled') }
  })

/** Kills so many processes on the ledger in a folder, one after the other; gives the lines they have said. */
export async function kill(folder: string, mode: 'honest' | 'early', tags: readonly string[]) {
  const acknowledged: string[] = []
  // Whoever is killed leaves nothing compiled, so one ends by itself: the others start in a third of the time.
  await once(start(folder, 'warm', ''), 'close')
  for (const [cycle, tag] of tags.entries()) {
    const child = start(folder, mode, tag)
    const closed = once(child, 'close')
    const enough = Promise.withResolvers<void>()
    let [said, lines] = ['', Math.random() * LINES_MAX]
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text
      lines -= text.split('\n').length - 1
      if (lines < 0) enough.resolve()
    })
    // Now and then it is killed while it still opens what the one before has left.
    if (cycle % 5 === 4) await sleep(Math.random() * STARTING_MS)
    else {
      await Promise.race([enough.promise, closed])
      await sleep(Math.random() * MORE_MS)
    }
    if (child.exitCode !== null) throw new Error(`ended by itself with ${child.exitCode}: ${said}`)
    child.kill('SIGKILL')
    await closed
    // The last line may have been cut off by the end of the process: it is no acknowledgement then.
    for (const line of said.split('\n').slice(1, -1)) acknowledged.push(line)
  }
  return acknowledged
}

/** What the ledger and the rows in a folder hold, against what was acknowledged. */
export async function lookAt(folder: string, acknowledged: readonly string[]): Promise<Left> {
  const { ledger, readModel } = killedPaths(folder)
  const store = await openEmbeddedStore(ledger)
  try {
    const events: StoredEvent[] = []
    for await (const event of store.readAll(0n, STREAM_PREFIXES)) events.push(event)
    const kept = new Set(events.map(({ stream, revision, id }) => `${stream} ${revision} ${id}`))
    const ids = new Set<string>()
    const doubled = events.filter(({ id }) => ids.size === ids.add(id).size).map(({ id }) => id)
    const streams = [...Map.groupBy(events, ({ stream }) => stream)]

    const { runner, rows, close } = await run(store, readModel, killedProjections, { events: 1_000 })
    const caughtUp = await runner.waitUntil(await store.end(), 60_000)
    const rebuilt = openReadModel(':memory:', killedProjections)
    await rebuildRows({ store, rows: rebuilt, projections: killedProjections })
    const isSame = dump(rows, killedProjections) === dump(rebuilt, killedProjections)
    rebuilt.close()
    await close()
    return {
      acknowledged: acknowledged.length,
      events: events.length,
      lost: acknowledged.filter((line) => !kept.has(line)),
      doubled,
      broken: streams.filter(([, each]) => !isWhole(each)).map(([stream]) => stream),
      rowsAreRebuilt: caughtUp && isSame
    }
  } finally {
    await store.close()
  }
}

/** Each append says its size: its events must all be there, in a row. */
function isWhole(stream: readonly StoredEvent[]): boolean {
  let left = 0
  let size = 0
  for (const [i, { revision, data }] of stream.entries()) {
    const said = Number(/"of (\d)"/.exec(data)?.[1] ?? 1)
    if (revision !== i || (left > 0 && said !== size)) return false
    size = said
    left = (left === 0 ? size : left) - 1
  }
  return left === 0
}
