import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { widerLedger } from '../../scripts/bench/ledger.ts'
import { compare, median } from '../../scripts/bench/measure.ts'
import { rebuildOnce } from '../../scripts/bench/rebuild-run.ts'
import { benches } from '../../scripts/bench/table.ts'
import { widened } from '../../scripts/bench/wider.ts'
import { generateLedger } from '../../scripts/generate/ledger.ts'
import { readEvent, type StoredEvent } from '../../src/events/catalogue.ts'

const FOLDER = 'scripts/bench'

// A benchmark starts processes of its own, which takes its time on a busy machine.

const bench = (args: string[], data = '') =>
  new Promise<{ code: number; out: string; err: string }>((resolve) => {
    const child = execFile(
      process.execPath,
      ['scripts/bench.ts', ...args],
      { env: { KARNAMEH_DATA: data } },
      (_error, out, err) => resolve({ code: child.exitCode ?? -1, out, err })
    )
  })

t.test('the table names every program of the folder, and nothing else', async (t) => {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.ts'))
  const text = files.map((name) => readFileSync(`${FOLDER}/${name}`, 'utf8')).join('\n')
  // Whatever no other file imports is a program.
  const programs = files.filter((name) => name !== 'table.ts' && !text.includes(`from './${name}'`))
  t.strictSame(
    Object.values(benches)
      .map(({ file }) => file)
      .sort(),
    programs.sort()
  )
})

t.test('a name that is not in the table is refused, and so is an unknown option', async (t) => {
  for (const args of [['nobody'], ['append', 'nobody'], ['toString'], ['--slow']]) {
    const { code, out, err } = await bench(args)
    t.match([code, out], [2, ''], args.join(' '))
    for (const name of Object.keys(benches)) t.match(err, `  ${name}`)
  }
})

const side = { what: String, perSecond: Number }
const shape = {
  ratio: Number,
  baseline: side,
  measured: side,
  rounds: 1,
  machine: { cpus: Number, model: String }
}

t.test('those of large ledgers are quick too when told so, and keep the ledgers', async (t) => {
  const data = t.testdir()
  const { code, out, err } = await bench(['rebuild', 'rebuild-growth', 'league-as-of', '--quick'], data)
  t.equal(code, 0, err)
  const [rebuild, growth, asOf] = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  t.match(rebuild, { ...shape, figure: 'rebuild', floor: 0.1, aim: 0.35 })
  t.match(growth, { ...shape, figure: 'rebuild-growth', of: 'times', floor: 4.4, aim: 4.1 })
  t.match(asOf, { ...shape, figure: 'league-as-of', of: 'times', floor: 3 })
  t.ok(rebuild.measured.events < 20_000, 'a hundredth of the work')
  t.ok(growth.measured.events > 3.9 * growth.baseline.events, `${growth.measured.events} events`)
  t.ok(rebuild.measured.residentMemoryMiB > 50)
  t.strictSame(readdirSync(data), ['bench-ledgers'])
})

t.test('what comes before and after a round is not timed', async (t) => {
  const calls: string[] = []
  const tell = (what: string) => async () => {
    calls.push(what)
    await sleep(200)
  }
  const run = () => {
    calls.push('run')
    return 10
  }
  const measured = { what: 'it', before: tell('before'), run, after: tell('after') }
  const baseline = { what: 'as long as it says', run: () => ({ things: 10, seconds: 1 }) }
  const parts = { figure: 'x', floor: 1, aim: 1, rounds: 1, isLong: true, baseline }
  const figure = await compare({ ...parts, measured })
  t.strictSame(calls, ['before', 'run', 'after'])
  t.equal(figure.baseline.perSecond, 10)
  t.ok(figure.measured.perSecond > 100, `${figure.measured.perSecond} a second`)
  t.equal(
    (
      await compare({
        ...parts,
        of: 'times',
        measured: { what: 'half', run: () => ({ things: 10, seconds: 2 }) }
      })
    ).ratio,
    2
  )
  const failing = { ...measured, run: () => Promise.reject(new Error('no')) }
  await t.rejects(compare({ ...parts, measured: failing }), { message: 'no' })
  t.equal(calls.at(-1), 'after', 'put away all the same')
})

const PLAN = { units: 8, years: 2, nodes: 30, appeals: 30, seed: '7' }
const TIMES = 3

t.test('a ledger of more units is one that could have come', async (t) => {
  const original = [...generateLedger(PLAN)].flat()
  const all: StoredEvent[] = []
  for await (const chunk of widened(streamed(original), PLAN.units, TIMES)) all.push(...chunk)
  const shared = original.filter(({ stream }) => /^(framework|unit-centre)/.test(stream))
  t.equal(all.length, TIMES * (original.length - shared.length) + shared.length)
  const [seen, commands, revisions] = [
    new Set<string>(),
    new Map<string, string>(),
    new Map<string, number>()
  ]
  let newest = ''
  for (const [i, stored] of all.entries()) {
    const event = readEvent({ ...stored, position: BigInt(i + 1) })
    const { id, stream, revision, metadata } = event
    if (revision !== (revisions.get(stream) ?? -1) + 1) t.fail(`${stream} ${revision} is out of place`)
    revisions.set(stream, revision)
    if (metadata.recordedAt < newest) t.fail(`${id} is older than the one before`)
    newest = metadata.recordedAt
    if (commands.has(metadata.commandId) && commands.get(metadata.commandId) !== stream)
      t.fail(`${id} has a command of ${stream}`)
    commands.set(metadata.commandId, stream)
    seen.add(id)
    seen.add(metadata.commandId)
    for (const named of [metadata.causationId, metadata.correlationId, ...eventsIn(stored.data)])
      if (!seen.has(named)) t.fail(`${id} names ${named}, which is not there before it`)
  }
  t.equal(new Set(all.map(({ id }) => id)).size, all.length, 'every event has an id of its own')
  const evaluations = [...revisions.keys()].filter((stream) => stream.startsWith('evaluation-'))
  t.equal(evaluations.length, TIMES * PLAN.units * PLAN.years)
  const lengths = [0, 1, 2].map((copy) => revisions.get(`evaluation-1402-yearly.u-${1 + copy * PLAN.units}`))
  t.strictSame(lengths, [lengths[0], lengths[0], lengths[0]])
})

t.test('no projection stops at it', async (t) => {
  process.env.KARNAMEH_DATA = t.testdir()
  const path = await widerLedger(PLAN, TIMES)
  t.equal(await widerLedger(PLAN, TIMES), path, 'and it is made once')
  t.ok((await rebuildOnce(path)) > 2_000)
})

async function* streamed(events: readonly StoredEvent[]): AsyncGenerator<StoredEvent> {
  yield* events
}

/** The events that data names. */
const eventsIn = (data: string): string[] =>
  [...data.matchAll(/"(?:event|confirms)":"([0-9a-f-]{36})"/g)].map(([, id = '']) => id)

t.test('a benchmark says one line of JSON and leaves nothing behind', async (t) => {
  const data = t.testdir()
  const { code, out, err } = await bench(['append', '--quick'], data)
  t.equal(code, 0, err)
  t.equal(out.split('\n').length, 2)
  t.match(JSON.parse(out), {
    figure: 'append',
    ratio: Number,
    floor: 0.4,
    aim: 0.8,
    baseline: side,
    measured: side,
    rounds: 1,
    machine: { cpus: Number, model: String, node: process.version }
  })
  t.strictSame(readdirSync(data), [])
})

t.test('the median is the middle one, or between the two in the middle', async (t) => {
  t.equal(median([3, 1, 100]), 3)
  t.equal(median([4, 1, 100, 2]), 3)
})
