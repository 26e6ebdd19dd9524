import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import fc from 'fast-check'
import t from 'tap'
import type { StoredEvent } from '../../src/events/catalogue.ts'
import { openEmbeddedStore } from '../../src/store/embedded.ts'
import { ledgerTail } from '../../src/store/embedded-tail.ts'
import { startWorker } from '../../src/store/worker-client.ts'

const eventAt = (position: number, data = '{}'): StoredEvent => ({
  id: randomUUID(),
  type: 'Noted',
  stream: position % 3 === 0 ? 'unit-a' : 'evaluation-a',
  revision: position,
  position: BigInt(position),
  data,
  metadata: '{}'
})

/** Appends of so many events, each after so many that somebody else has written. */
const Appends = fc.array(
  fc.record({
    count: fc.integer({ min: 1, max: 3 }),
    foreign: fc.oneof({ weight: 9, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 2 }))
  }),
  { maxLength: 40 }
)

t.test(
  'what the tail tells is all there is, page by page, and nothing where somebody else has written',
  async () => {
    fc.assert(
      fc.property(Appends, (appends) => {
        const tail = ledgerTail()
        let end = 0
        let own: StoredEvent[] = []
        for (const { count, foreign } of appends) {
          if (foreign > 0) own = []
          end += foreign
          const events = Array.from({ length: count }, () => eventAt(++end))
          own.push(...events)
          tail.wrote(events)
          for (let after = 0; after <= end; after++) {
            const page = tail.page({ after: BigInt(after), upTo: BigInt(end), prefixes: ['unit-'] })
            const isKnown = after < end && own.some(({ position }) => position === BigInt(after + 1))
            if (isKnown !== (page !== undefined)) return false
            if (!page) continue
            const wanted = own.filter(({ position, stream }) => position > after && stream === 'unit-a')
            if (page.checkpoint !== BigInt(end) || page.more) return false
            if (page.events.length !== wanted.length || page.events.some((event, i) => event !== wanted[i]))
              return false
          }
        }
        return true
      })
    )
  }
)

t.test('the tail is bounded, and so are its pages', async (t) => {
  const tail = ledgerTail()
  const pageAfter = (after: number, upTo: number) =>
    tail.page({ after: BigInt(after), upTo: BigInt(upTo), prefixes: [''] })
  t.equal(pageAfter(0, 0), undefined)
  for (let position = 1; position <= 1_200; position++) tail.wrote([eventAt(position)])
  t.match(pageAfter(0, 1_200), { checkpoint: 500n, more: true, events: { length: 500 } })
  t.match(pageAfter(1_000, 1_200), { checkpoint: 1_200n, more: false, events: { length: 200 } })
  t.match(pageAfter(0, 3), { checkpoint: 3n, more: false, events: { length: 3 } })
  t.equal(pageAfter(0, 1_201), undefined, 'there is something that it does not know')
  for (let position = 1_201; position <= 3_000; position++) tail.wrote([eventAt(position)])
  t.equal(pageAfter(0, 3_000), undefined)
  t.ok(pageAfter(2_500, 3_000))
  for (let position = 3_001; position <= 3_020; position++)
    tail.wrote([eventAt(position, 'x'.repeat(900_000))])
  t.equal(pageAfter(3_000, 3_020), undefined, 'too many characters')
  t.ok(pageAfter(3_019, 3_020))
})

t.test('whoever follows is told what somebody has written by hand, in its place', async (t) => {
  const path = join(t.testdir(), 'ledger.db')
  const store = await openEmbeddedStore(path)
  t.teardown(() => store.close())
  const event = () => ({ id: randomUUID(), type: 'Noted', data: '{}', metadata: '{}' })
  const abort = new AbortController()
  const seen: string[] = []
  const following = (async () => {
    for await (const { events } of store.subscribe(0n, ['unit-'], abort.signal)) {
      seen.push(...events.map(({ stream, position }) => `${stream} ${position}`))
      if (seen.length === 4) abort.abort()
    }
  })()
  await store.append('unit-a', [event()], { expectedRevision: 'none' })
  await store.append('unit-a', [event()], { expectedRevision: 0 })
  const db = new DatabaseSync(path)
  db.exec(
    `INSERT INTO event (stream, revision, id, type, data, metadata) VALUES ('unit-x', 0, '${randomUUID()}', 'Noted', '{}', '{}')`
  )
  db.close()
  await store.append('unit-a', [event()], { expectedRevision: 1 })
  await following
  t.strictSame(seen, ['unit-a 1', 'unit-a 2', 'unit-x 3', 'unit-a 4'])
})

t.test('whoever appended is answered before whoever follows is told', async (t) => {
  const store = await openEmbeddedStore(join(t.testdir(), 'ledger.db'))
  t.teardown(() => store.close())
  const abort = new AbortController()
  const happened: string[] = []
  let told = 0
  const following = (async () => {
    for await (const { events } of store.subscribe(0n, ['unit-'], abort.signal)) {
      happened.push(...events.map(({ stream }) => `${stream} is told`))
      told += events.length
      if (told === 3) abort.abort()
    }
  })()
  const append = async (stream: string) => {
    const event = { id: randomUUID(), type: 'Noted', data: '{}', metadata: '{}' }
    await store.append(stream, [event], { expectedRevision: 'none' })
    // As many steps as it takes to put an answer together, and more.
    for (let step = 0; step < 100; step++) await null
    happened.push('answered')
  }
  await Promise.all(['unit-a', 'unit-b', 'unit-c'].map(append))
  await following
  t.strictSame(happened, [...Array(3).fill('answered'), 'unit-a is told', 'unit-b is told', 'unit-c is told'])
})

t.test('calls wait while others are with a thread that does them together', async (t) => {
  // Answers each message with how many calls it had, some time later.
  const folder = t.testdir({
    'count.mjs': `
      import { parentPort } from 'node:worker_threads'
      parentPort.postMessage({ replies: [[0, { value: 0n }]] })
      parentPort.on('message', (calls) => {
        if (calls === 'close') return parentPort.close()
        setTimeout(() => parentPort.postMessage({ replies: calls.map(([call]) => [call, { value: calls.length }]) }), 20)
      })`
  })
  const url = pathToFileURL(join(folder, 'count.mjs'))
  for (const gathers of [true, false]) {
    const thread = await startWorker(url, { role: 'reader', path: '' }, { gathers })
    const heard: unknown[] = []
    const call = () => thread.call({ kind: 'end' }, (answer) => heard.push(answer))
    const turn = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)))
    const calls = [call(), call()]
    await turn()
    calls.push(call())
    await turn()
    calls.push(call())
    void calls[0]?.then(() => t.equal(heard.length >= 2, true, 'heard before it is answered'))
    t.strictSame(await Promise.all(calls), gathers ? [2, 2, 2, 2] : [2, 2, 1, 1])
    t.equal(await call(), 1, 'and when none is there, they go at once')
    t.equal(heard.length, 5)
    await thread.close()
  }
})
