import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import fc from 'fast-check'
import t from 'tap'
import type { StoredEvent } from '../../src/events/catalogue.ts'
import { openEmbeddedStore } from '../../src/store/embedded.ts'
import { recentEvents } from '../../src/store/embedded-recent.ts'
import { WrongRevision } from '../../src/store/event-store.ts'

const eventOf = (stream: string, revision: number, size = 10): StoredEvent => ({
  id: randomUUID(),
  type: 'Noted',
  stream,
  revision,
  position: BigInt(revision + 1),
  data: 'x'.repeat(size),
  metadata: '{}'
})

/** What may happen: an append of so many events, a read that begins, the oldest read that ends, a loss of knowledge. */
const Step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('append'), count: fc.integer({ min: 1, max: 3 }) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('begin'), count: fc.constant(0) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('end'), count: fc.constant(0) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('forget'), count: fc.constant(0) }) }
)

t.test('whatever is known of a stream is all there is, however reads and appends overlap', async (t) => {
  fc.assert(
    fc.property(fc.array(Step, { maxLength: 60 }), (steps) => {
      const recent = recentEvents()
      const written: StoredEvent[] = []
      const reads: { last: number; ended: (last: number) => void }[] = []
      for (const { kind, count } of steps) {
        if (kind === 'append') {
          const events = Array.from({ length: count }, (_, i) => eventOf('unit-a', written.length + i))
          written.push(...events)
          recent.appended(events)
        } else if (kind === 'begin') {
          reads.push({ last: written.length - 1, ended: recent.reading('unit-a') })
        } else if (kind === 'end') {
          const read = reads.shift()
          read?.ended(read.last)
        } else recent.forget('unit-a')
        for (let from = 0; from <= written.length; from++) {
          const known = recent.from('unit-a', from)
          if (known === undefined) continue
          if (known.length !== written.length - from || known.some((event, i) => event !== written[from + i]))
            return false
        }
      }
      return true
    })
  )
  t.equal(recentEvents().from('unit-a', 1), undefined)
})

t.test('the beginning is for the disk to tell, and memory is bounded', async (t) => {
  const recent = recentEvents()
  recent.appended([eventOf('unit-a', 0), eventOf('unit-a', 1)])
  t.equal(recent.from('unit-a', 0), undefined)
  t.equal(recent.from('unit-a', 1)?.length, 1)
  t.strictSame(recent.from('unit-a', 2), [])
  for (let i = 2; i < 100; i++) recent.appended([eventOf('unit-a', i)])
  t.equal(recent.from('unit-a', 1), undefined, 'only the newest are kept')
  t.equal(recent.from('unit-a', 90)?.length, 10)
  for (let i = 0; i < 50; i++) recent.appended([eventOf(`unit-${i}`, 0, 900 * 1024)])
  t.equal(recent.from('unit-a', 90), undefined, 'too many characters')
  recent.end()
  recent.appended([eventOf('unit-a', 0)])
  t.equal(recent.from('unit-a', 1), undefined)
})

t.test('what somebody writes by hand is seen as soon as an append has met it', async (t) => {
  const path = join(t.testdir(), 'ledger.db')
  const store = await openEmbeddedStore(path)
  t.teardown(() => store.close())
  const event = () => ({ id: randomUUID(), type: 'Noted', data: '{}', metadata: '{}' })
  await store.append('unit-a', [event()], { expectedRevision: 'none' })
  const db = new DatabaseSync(path)
  db.exec(
    `INSERT INTO event (stream, revision, id, type, data, metadata) VALUES ('unit-a', 1, '${randomUUID()}', 'Noted', '{}', '{}')`
  )
  db.close()
  await t.rejects(
    store.append('unit-a', [event()], { expectedRevision: 0 }),
    new WrongRevision('unit-a', 0, 1)
  )
  const seen = []
  for await (const { revision } of store.readStream('unit-a', { fromRevision: 1 })) seen.push(revision)
  t.strictSame(seen, [1])
})

t.test('what is known at once is what reading would tell', async (t) => {
  const path = join(t.testdir(), 'ledger.db')
  const event = () => ({ id: randomUUID(), type: 'Noted', data: '{}', metadata: '{}' })
  const first = await openEmbeddedStore(path)
  await first.append('unit-a', [event(), event()], { expectedRevision: 'none' })
  await first.close()
  const store = await openEmbeddedStore(path)
  t.teardown(() => store.close())
  const read = async (from: number) => {
    const events: StoredEvent[] = []
    for await (const each of store.readStream('unit-a', { fromRevision: from })) events.push(each)
    return events
  }
  t.equal(store.known?.('unit-a', 1), undefined, 'nobody has looked yet')
  await read(0)
  t.strictSame(store.known?.('unit-a', 2), [])
  await store.append('unit-a', [event(), event()], { expectedRevision: 1 })
  for (const from of [2, 3, 4]) t.strictSame(store.known?.('unit-a', from), await read(from))
  t.equal(store.known?.('unit-a', 2)?.length, 2)
  t.equal(store.known?.('unit-b', 1), undefined)
})
