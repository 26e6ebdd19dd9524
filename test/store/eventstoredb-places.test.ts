import { randomUUID } from 'node:crypto'
import t from 'tap'
import { startNodes, type TestCluster } from '../support/eventstoredb-node.ts'
import {
  at,
  foreign,
  none,
  opened,
  openOn,
  unit,
  unitEvent,
  unitEvents
} from '../support/eventstoredb-opened.ts'
import { all, newEvent } from './contract.ts'

/* Positions, ids and other people's records: what the server takes for the same, and what it refuses. */

t.test('no number of a caller reaches the server', async (t) => {
  const { nodes, store } = await opened(t)
  await store.append(unit, unitEvents(20), none)
  const events = await all(store.readAll(0n, ['']))
  const fresh = await openOn(nodes)
  t.teardown(fresh.close)
  for (const reader of [store, fresh]) {
    for (const index of [0, 7, 18]) {
      const { position } = events[index] ?? { position: 0n }
      for (const after of [position - 1n, position, position + 1n]) {
        const wanted = events.filter((event) => event.position > after)
        t.strictSame(await all(reader.readAll(after, [''])), wanted)
        const abort = new AbortController()
        for await (const batch of reader.subscribe(after, [''], abort.signal)) {
          t.strictSame(batch.events, wanted)
          abort.abort()
        }
      }
    }
  }
  t.strictSame(nodes.asked.strayPositions, [])
})

t.test(
  'what the caller knows of places is used, and distrusted where the server does not know it',
  async (t) => {
    const nodes = await startNodes()
    const asked: bigint[] = []
    const known = new Map<string, bigint>()
    const knownAtOrBelow = (position: bigint) => {
      asked.push(position)
      return known.get('place') ?? 0n
    }
    const writer = await openOn(nodes)
    await writer.append(unit, unitEvents(20), none)
    const events = await all(writer.readAll(0n, ['']))
    const store = await openOn(nodes, { knownAtOrBelow })
    t.teardown(async () => {
      await Promise.all([store.close(), writer.close()])
      await nodes.close()
    })
    const after = (events[10]?.position ?? 0n) + 1n
    for (const place of [events[9]?.position ?? 0n, (events[9]?.position ?? 0n) + 1n]) {
      known.set('place', place)
      t.strictSame(await all(store.readAll(after, [''])), events.slice(11))
    }
    t.ok(asked.includes(after))
    t.equal(nodes.asked.strayPositions.length, 1, 'a place that is none was tried once, then left')
  }
)

t.test('the same ids with another content are the first ones for the server', async (t) => {
  const { store } = await opened(t)
  const id = randomUUID()
  const first = await store.append(unit, [newEvent({ id, data: '{"n":1}' })], none)
  t.strictSame(await store.append(unit, [newEvent({ id, data: '{"n":2}' })], none), first)
  const [stored] = await all(store.readStream(unit))
  t.equal(stored?.data, '{"n":1}', 'so whoever retries compares what is stored with what was meant')
})

/** Appends as somebody else, and tells where the last but so many of it is. */
function others({ log }: TestCluster, count: number, lastBut = 0): bigint {
  for (let i = 0; i < count; i++) log.append('other', 'any', [foreign()])
  return log.all.at(-1 - lastBut)?.position ?? 0n
}

t.test('the checkpoints of a server that finds nothing are places to resume from', async (t) => {
  const { nodes, store } = await opened(t)
  await store.append(unit, [unitEvent()], none)
  const abort = new AbortController()
  setTimeout(() => abort.abort(), 20_000).unref()
  let [thousandth, checkpoint] = [0n, 0n]
  for await (const batch of store.subscribe(0n, [''], abort.signal)) {
    if (thousandth === 0n && batch.caughtUp) thousandth = others(nodes, 1_500, 500)
    checkpoint = batch.checkpoint
    if (thousandth > 0n && checkpoint >= thousandth) abort.abort()
  }
  t.ok(thousandth > 0n && checkpoint >= thousandth, 'it moved past the thousandth')
  await store.append(unit, [unitEvent()], at(0))
  // Whoever has read nothing in this process knows no other place than this one.
  const fresh = await openOn(nodes, { checkedUpTo: () => checkpoint, knownAtOrBelow: () => checkpoint })
  t.teardown(fresh.close)
  const before = nodes.asked.sent
  const rest = await all(fresh.readAll(checkpoint, ['']))
  t.strictSame(
    rest.map(({ revision }) => revision),
    [1]
  )
  t.ok(nodes.asked.sent - before < 10, 'without what had been looked at')
  t.strictSame(nodes.asked.strayPositions, [])
})

t.test('others on the same server disturb nobody', async (t) => {
  const { nodes, store } = await opened(t)
  others(nodes, 1_500)
  t.equal(await store.end(), 0n)
  t.equal(await store.identity(), 'empty')
  const { position } = await store.append(unit, [unitEvent()], none)
  others(nodes, 700)
  t.equal(await store.end(), position)
  nodes.log.append('k_2_unit-x', 'none', [foreign()])
  t.equal(await store.end(), position, 'a longer prefix is another ledger')
  t.equal((await all(store.readAll(0n, ['']))).filter(({ stream }) => stream === unit).length, 1)
  nodes.log.setMetadata('other', { $maxCount: 1 })
  const again = await openOn(nodes)
  t.equal(await again.identity(), await store.identity())
  await again.close()
})
