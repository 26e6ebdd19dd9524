import t from 'tap'
import type { EventStore } from '../../src/store/event-store.ts'
import { overlayStore } from '../../src/store/overlay.ts'
import { createMemoryStore } from '../support/memory-store.ts'
import { all, newEvent, newEvents } from './contract.ts'

const none = { expectedRevision: 'none' } as const
const at = (expectedRevision: number) => ({ expectedRevision })

/** Two events in `unit-a` and one in `unit-b` up to position 3; then one more in each. */
async function ledger(): Promise<EventStore> {
  const store = createMemoryStore()
  await store.append('unit-a', newEvents(2), none)
  await store.append('unit-b', newEvents(1), none)
  await store.append('unit-a', newEvents(1), at(1))
  await store.append('unit-b', newEvents(1), at(0))
  return store
}

const places = async (events: AsyncIterable<{ stream: string; revision: number; position: bigint }>) =>
  (await all(events)).map(({ stream, revision, position }) => `${stream} ${revision} ${position}`)

t.test('reads see the ledger up to the position, and after it what was appended here', async (t) => {
  const beneath = await ledger()
  const { store, appended } = overlayStore(beneath, 3n)
  t.strictSame(await places(store.readStream('unit-a')), ['unit-a 0 1', 'unit-a 1 2'])
  t.equal(await store.end(), 3n)
  t.equal(await store.identity(), await beneath.identity())

  t.strictSame(await store.append('unit-a', newEvents(2), at(1)), { revision: 3, position: 5n })
  t.strictSame(await store.append('unit-c', newEvents(1), none), { revision: 0, position: 6n })
  t.strictSame(await store.append('unit-a', newEvents(1), at(3)), { revision: 4, position: 7n })
  const own = ['unit-a 2 4', 'unit-a 3 5', 'unit-c 0 6', 'unit-a 4 7']
  t.strictSame(
    appended.map(({ stream, revision, position }) => `${stream} ${revision} ${position}`),
    own
  )
  t.strictSame(await places(store.readStream('unit-a', { fromRevision: 1 })), [
    'unit-a 1 2',
    ...own.filter((place) => place.startsWith('unit-a'))
  ])
  t.strictSame(await places(store.readStream('unit-a', { fromRevision: 4 })), ['unit-a 4 7'])
  t.strictSame(await places(store.readAll(1n, ['unit-a', 'unit-b'])), [
    'unit-a 1 2',
    'unit-b 0 3',
    ...own.filter((place) => place.startsWith('unit-a'))
  ])
  t.strictSame(await places(store.readAll(5n, ['unit-'])), own.slice(2))
  t.equal(await store.end(), 7n)
})

t.test('an append must know where its stream ends here, not where it ends beneath', async (t) => {
  const { store, appended } = overlayStore(await ledger(), 3n)
  const wrong = (actual: number | 'none') => ({ name: 'WrongRevision', actual })
  await t.rejects(store.append('unit-a', newEvents(1), at(2)), wrong(1))
  await t.rejects(store.append('unit-a', newEvents(1), at(0)), wrong(1))
  await t.rejects(store.append('unit-a', newEvents(1), none), wrong(1))
  await t.rejects(store.append('unit-c', newEvents(1), at(0)), wrong('none'))
  await store.append('unit-a', newEvents(1), at(1))
  await t.rejects(store.append('unit-a', newEvents(1), at(1)), wrong(2))
  await t.rejects(store.append('unit-a', [newEvent({ id: 'x' })], at(2)), RangeError)
  t.equal(appended.length, 1)
})

t.test('nothing reaches the store beneath, and two hypotheses know nothing of each other', async (t) => {
  const beneath = await ledger()
  const before = await all(beneath.readAll(0n, ['unit-']))
  const [one, other] = [overlayStore(beneath, 5n), overlayStore(beneath, 5n)]
  await one.store.append('unit-a', newEvents(1), at(2))
  await one.store.close()
  t.strictSame(await places(other.store.readStream('unit-a', { fromRevision: 2 })), ['unit-a 2 4'])
  t.strictSame(await all(beneath.readAll(0n, ['unit-'])), before)
  t.throws(() => one.store.subscribe(0n, [], new AbortController().signal))
})

t.test('whoever watches the reading can end it', async (t) => {
  const { store } = overlayStore(await ledger(), 5n, () => {
    throw new Error('out of time')
  })
  await t.rejects(all(store.readStream('unit-a')), { message: 'out of time' })
})
