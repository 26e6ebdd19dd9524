import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { startServer } from '../../scripts/bench/server-process.ts'
import { openEventStoreDb } from '../../src/store/eventstoredb.ts'
import { runProgram, signalled, startProgram } from '../support/programs.ts'

/*
 * The programs over the event store's protocol: a node, and each program, is a process of its own. Ledgers on the node
 * are kept apart by their prefixes.
 */

/** So many that a copy is not over as soon as it has begun. */
const EVENTS = 4_000

const node = await startServer('../../test/support/eventstoredb-process.ts', {})
t.teardown(node.stop)

const on = (data: string, prefix: string) => ({
  KARNAMEH_DATA: data,
  KARNAMEH_STORE: node.url,
  KARNAMEH_STREAM_PREFIX: prefix,
  KARNAMEH_PORT: '0',
  KARNAMEH_LOG_LEVEL: 'silent'
})

t.test(
  'the demo fills a ledger, finds it again, and its rows are what the events make of them',
  async (t) => {
    const env = on(t.testdir(), 'demo_')
    const first = await runProgram(t, 'demo', env, '--lang', 'en', '--exit')
    t.match(first, { code: 0, out: /^Import: \d{3} events added; 0 commands/ }, first.err)
    const again = await runProgram(t, 'demo', env, '--lang', 'en', '--exit')
    t.match(again, { code: 0, out: /^Import: 0 events added/ }, again.err)
    const report = ({ out }: { out: string }) => out.slice(out.indexOf('(a)'), out.indexOf('Where to look'))
    t.equal(report(again), report(first))
    t.match(await runProgram(t, 'attest', env), {
      code: 0,
      out: /^The rows of all \d+ projections are what/m
    })
  }
)

t.test('a generated ledger is rebuilt from, attested, and copied there and back', async (t) => {
  const data = t.testdir()
  const env = on(data, 'made_')
  const plan = ['--units', '20', '--nodes', '40', '--years', '3', '--events', String(EVENTS)]
  const made = await runProgram(t, 'generate', env, ...plan)
  t.match(made, { code: 0 }, made.err)
  const [, count = ''] = /^Generated (\d+) events/.exec(made.out) ?? []
  t.ok(Number(count) >= EVENTS, made.out)
  t.match(await runProgram(t, 'generate', env, ...plan), { code: 73, err: /holds events already/ })

  t.match(await runProgram(t, 'rebuild', env), { code: 0, out: new RegExp(`: ${count} events in `) })
  t.match(await runProgram(t, 'attest', env), { code: 0, out: /^ledger +same /m })

  const backup = `ndjson:${join(data, 'backup.ndjson')}`
  const there = await copiedAfterAnInterruption(t, env, ['--from', node.url, '--to', backup], isBegun(data))
  t.match(there, new RegExp(`^Both hold the same ${count} events`, 'm'))

  const other = on(data, 'copied_')
  const store = await openEventStoreDb(node.url, { prefix: 'copied_' })
  t.teardown(store.close)
  const back = await copiedAfterAnInterruption(t, other, ['--from', backup, '--to', node.url], async () =>
    hasAny(store)
  )
  t.equal(digestIn(back), digestIn(there), 'the same events, byte for byte')
  const second = `ndjson:${join(data, 'second.ndjson')}`
  t.match(await runProgram(t, 'copy', other, '--from', node.url, '--to', second), { code: 0 })
  t.strictSame(eventsIn(join(data, 'second.ndjson')), eventsIn(join(data, 'backup.ndjson')))
})

const isBegun = (data: string) => () => {
  const path = join(data, 'backup.ndjson')
  return existsSync(path) && statSync(path).size > 1_000
}

async function hasAny(store: Awaited<ReturnType<typeof openEventStoreDb>>): Promise<boolean> {
  for await (const _event of store.readAll(0n, ['unit-'])) return true
  return false
}

const digestIn = (out: string): string => /sha256 (\w{64})/.exec(out)?.[1] ?? out

/** What is in the lines of a backup; positions are those of the store that it was made of. */
const eventsIn = (path: string): object[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .slice(1, -2)
    .map((line) => ({ ...JSON.parse(line), position: null }))

/** Interrupts a copy soon after it has begun, and lets another call finish it; what that says. */
async function copiedAfterAnInterruption(
  t: Test,
  env: Record<string, string>,
  args: string[],
  hasBegun: () => boolean | Promise<boolean>
): Promise<string> {
  const interrupted = await signalled(startProgram(t, 'copy', env, ...args), 'SIGINT', hasBegun)
  t.match(interrupted, { code: 130, err: /^Interrupted: \d+ events are there/ })
  const [, part = ''] = /(\d+) events are there/.exec(interrupted.err) ?? []
  const finished = await runProgram(t, 'copy', env, ...args)
  t.match(finished, { code: 0, out: new RegExp(`; ${part} were there before\\.`) }, finished.err)
  return finished.out
}
