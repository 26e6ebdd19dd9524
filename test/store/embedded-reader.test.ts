import { join } from 'node:path'
import t, { type Test } from 'tap'
import { openEmbeddedStore } from '../../src/store/embedded.ts'
import { openEmbeddedReader } from '../../src/store/embedded-reader.ts'
import { STREAM_PREFIXES } from '../../src/store/event-store.ts'
import { all, newEvent, newEvents } from './contract.ts'

/* An embedded ledger that is only read, in the order of the ledger and in any other. */

/** More than one page of either kind. */
const EVENTS = 5_200

const opened = async (t: Test) => {
  const path = join(t.testdir(), 'ledger.db')
  const store = await openEmbeddedStore(path)
  t.teardown(() => store.close())
  for (let from = 0; from < EVENTS; from += 400) {
    const expectedRevision = from === 0 ? 'none' : from - 1
    await store.append('unit-a', newEvents(400), { expectedRevision })
    await store.append('other-a', newEvents(3), {
      expectedRevision: from === 0 ? 'none' : (from / 400) * 3 - 1
    })
  }
  const reader = await openEmbeddedReader(path)
  t.teardown(() => reader.close())
  if (!reader.anyOrder) throw new Error('an embedded ledger finds any event')
  return { store, reader, anyOrder: reader.anyOrder }
}

t.test('where events stand is read page by page, without what they say', async (t) => {
  const { reader, anyOrder } = await opened(t)
  const events = await all(reader.readAll(0n, STREAM_PREFIXES))
  const heads = (await all(anyOrder.heads(0n, STREAM_PREFIXES))).flat()
  t.equal(heads.length, EVENTS)
  t.strictSame(
    heads,
    events.map(({ position, stream, type }) => ({ position, stream, type }))
  )
  const middle = events[2_000]?.position ?? 0n
  t.strictSame((await all(anyOrder.heads(middle, STREAM_PREFIXES))).flat(), heads.slice(2_001))
})

t.test('events are read in the order that is asked for, however large they are', async (t) => {
  const { store, reader, anyOrder } = await opened(t)
  const large = Array.from({ length: 6 }, () => newEvent({ data: JSON.stringify('x'.repeat(300_000)) }))
  await store.append('unit-large', large.slice(0, 2), { expectedRevision: 'none' })
  await store.append('unit-large', large.slice(2, 4), { expectedRevision: 1 })
  await store.append('unit-large', large.slice(4), { expectedRevision: 3 })
  const events = await all(reader.readAll(0n, STREAM_PREFIXES))
  const asked = events.toReversed()
  const pages = await all(anyOrder.at(asked.map(({ position }) => position)))
  t.strictSame(pages.flat(), asked)
  t.ok((pages[0]?.length ?? 0) < 6, 'no page grows without bound')
  t.strictSame(await all(anyOrder.at([])), [[]])
})

t.test('an event that is not there is not passed over', async (t) => {
  const { reader, anyOrder } = await opened(t)
  const end = await reader.end()
  await t.rejects(all(anyOrder.at([1n, end + 1n])), { name: 'Damaged', message: /position \d+ is missing/ })
})

t.test('whoever waits for time gets it between two pages, and a closed reader refuses', async (t) => {
  const { reader } = await opened(t)
  let isReached = false
  setTimeout(() => (isReached = true), 1)
  let pages = 0
  for await (const _ of reader.readPages?.(0n, STREAM_PREFIXES) ?? []) {
    pages += 1
    const until = performance.now() + 5
    while (performance.now() < until);
    if (pages > 2) break
  }
  t.ok(isReached, 'as a signal would be')
  const halfWay = async () => {
    for await (const _ of reader.readAll(0n, STREAM_PREFIXES))
      await Promise.all([reader.close(), reader.close()])
  }
  await t.rejects(halfWay(), { name: 'Unavailable', message: /closed/ }, 'half-way')
  await t.rejects(reader.end(), { name: 'Unavailable' })
})
