import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { createStreams } from '../../commands/streams.ts'
import { projections } from '../../projections/all.ts'
import { fold } from '../../projections/memory.ts'
import { generateLedger, type LedgerPlan } from '../../scripts/generate/ledger.ts'
import { randomFrom } from '../../scripts/generate/random.ts'
import { catalogue, readEvent, type StoredEvent } from '../../src/events/catalogue.ts'
import { sha256 } from '../../src/ids.ts'
import { openEmbeddedStore } from '../../src/store/embedded.ts'
import { createMemoryStore } from '../support/memory-store.ts'

const PLAN: LedgerPlan = { units: 8, years: 2, nodes: 30, appeals: 8, seed: '7' }

const made = (plan: Partial<LedgerPlan> = {}): StoredEvent[] =>
  [...generateLedger({ ...PLAN, ...plan })].flat()

const digest = (events: readonly StoredEvent[]): string =>
  sha256(JSON.stringify(events, (_, value) => (typeof value === 'bigint' ? String(value) : value)))

t.test('the same seed gives the same bytes, another one another ledger', async (t) => {
  const first = made()
  t.ok(first.length > 500)
  t.equal(digest(made()), digest(first))
  t.not(digest(made({ seed: '8' })), digest(first))
  const some = made({ events: 300 })
  t.ok(some.length >= 300 && some.length < 400, 'it ends soon after what was asked for')
  t.strictSame(some, first.slice(0, some.length), 'and is the beginning of the whole')
})

t.test('chance is even enough, and a fork is not disturbed', async (t) => {
  const random = randomFrom('x')
  const drawn = Array.from({ length: 6_000 }, () => random.between(1, 6))
  for (let side = 1; side <= 6; side++) {
    const times = drawn.filter((each) => each === side).length
    t.ok(times > 850 && times < 1150, `${side} came ${times} times of 6000`)
  }
  t.equal(randomFrom('x').fork('a').hex(12), random.fork('a').hex(12))
  t.not(random.fork('a').hex(12), random.fork('b').hex(12))
  t.match(random.hex(13), /^[0-9a-f]{13}$/)
})

t.test('every event can be read, in its place, at a time that grows and is past', async (t) => {
  const ids = new Set<string>()
  const revisions = new Map<string, number>()
  let newest = ''
  for (const [i, stored] of made().entries()) {
    const { id, stream, revision, position, metadata, version } = readEvent(stored)
    ids.add(id)
    t.equal(position, BigInt(i + 1))
    t.equal(revision, (revisions.get(stream) ?? -1) + 1)
    revisions.set(stream, revision)
    if (metadata.recordedAt < newest) t.fail(`${id} is older than the one before`)
    newest = metadata.recordedAt
    t.same(JSON.parse(stored.metadata), { version, ...metadata }, 'the stamp is whole')
  }
  t.equal(ids.size, made().length)
  t.ok(newest < '2025-03-01')
})

t.test('life is in it: every kind of event, and nobody waits for anybody else', async (t) => {
  const events = made({ units: 60, nodes: 40 })
  const kinds = new Set(events.map(({ type }) => type))
  t.strictSame([...kinds].sort(), Object.keys(catalogue).sort())
  const busy = events.filter(({ stream }) => stream.startsWith('evaluation-'))
  const turns = busy.filter(({ stream }, i) => stream !== busy[i - 1]?.stream).length
  t.ok(turns > busy.length / 4, 'streams take turns')
})

t.test('no handler stops at it, and streams fold', async (t) => {
  const events = made()
  for (const projection of projections) {
    t.ok(fold(projection, events.map(readEvent)), projection.name)
  }
  const store = createMemoryStore()
  for (const event of events) {
    const expectedRevision = event.revision === 0 ? 'none' : event.revision - 1
    await store.append(event.stream, [event], { expectedRevision })
  }
  const load = createStreams(store)
  const final = await load('evaluation-1402-yearly.u-1')
  t.equal(final.evaluation?.stage, 'final')
  t.equal(final.evaluation?.unit, 'u-1')
})

const generate = async (...args: string[]) => {
  const child = execFile(process.execPath, ['scripts/generate.ts', '--units', '6', '--nodes', '20', ...args])
  let err = ''
  child.stderr?.on('data', (text) => {
    err += text
  })
  const [code] = await once(child, 'close')
  return { code, err }
}

t.test('the program fills an empty store, and no other', async (t) => {
  const folder = t.testdir()
  const file = join(folder, 'ledger.db')
  t.strictSame(await generate('--to', `file:${file}`, '--years', '1', '--seed', '3'), { code: 0, err: '' })
  const expected = made({ units: 6, nodes: 20, years: 1, appeals: 5, seed: '3' })
  const store = await openEmbeddedStore(file)
  const there: StoredEvent[] = []
  for await (const event of store.readAll(0n, ['unit-', 'framework-', 'evaluation-'])) there.push(event)
  await store.close()
  t.strictSame(there, expected, 'byte for byte')

  const again = await generate('--to', `file:${file}`)
  t.match(again, { code: 73, err: /holds events already/ })
  t.match(await generate('--units', '0'), { code: 2, err: /Usage/ })

  const backup = join(folder, 'a.ndjson')
  t.strictSame(await generate('--to', `ndjson:${backup}`, '--events', '100'), { code: 0, err: '' })
  t.ok(readFileSync(backup, 'utf8').split('\n').length > 100)
})
