import { createServer } from 'node:net'
import t from 'tap'
import type { EventStore } from '../../src/store/event-store.ts'
import { openEventStoreDb } from '../../src/store/eventstoredb.ts'
import { createRequireNext } from '../../src/store/eventstoredb-revisions.ts'
import { openReader, openStore } from '../../src/store/open.ts'
import { startNodes, type TestCluster } from '../support/eventstoredb-node.ts'
import {
  at,
  foreign,
  none,
  opened,
  openOn,
  PREFIX,
  settles,
  unit,
  unitEvent,
  unitEvents
} from '../support/eventstoredb-opened.ts'
import { all, newEvent } from './contract.ts'

/* What is looked at before a ledger on a server is gone on with. */

t.test('a start is refused where events may be or have been deleted', async (t) => {
  const damages: Record<string, (nodes: TestCluster) => void> = {
    $maxCount: ({ log }) => log.setMetadata('k_unit-yazd', { $maxCount: 100 }),
    $maxAge: ({ log }) => log.setMetadata('k_unit-yazd', { $maxAge: 3600 }),
    $tb: ({ log }) => log.softDelete('k_unit-yazd'),
    'was deleted': ({ log }) => log.tombstone('k_unit-yazd'),
    'revision 0': ({ log }) => log.scavenge('k_unit-yazd', 1n),
    'revision 1': ({ log }) => log.scavenge('k_unit-yazd', 2n, 1n)
  }
  for (const [word, damage] of Object.entries(damages)) {
    const nodes = await startNodes()
    const store = await openOn(nodes)
    await store.append(unit, unitEvents(3), none)
    damage(nodes)
    const refused = await openOn(nodes).catch((error: unknown) => error)
    t.match(refused, { name: 'Damaged' }, word)
    t.ok(String(refused).includes(word) && String(refused).includes('127.0.0.1'), String(refused))
    if (word === '$tb' || word.startsWith('revision')) {
      await t.rejects(goOn(store), { name: 'Damaged' }, 'nor does one that runs already go on')
    }
    await store.close()
    await nodes.close()
  }
})

t.test('settings that were taken back are no damage', async (t) => {
  const { nodes, store } = await opened(t)
  await store.append(unit, [unitEvent()], none)
  nodes.log.setMetadata('k_unit-yazd', { $maxCount: 1 })
  nodes.log.setMetadata('k_unit-yazd', { owner: 'e-17' })
  await (await openOn(nodes)).close()
})

t.test(
  'a start is refused where a newer program has written, and where nothing can be written',
  async (t) => {
    const { nodes, store } = await opened(t)
    nodes.faults.isReadOnly = true
    await t.rejects(openOn(nodes), { name: 'Unavailable', message: /takes no appends/ })
    const denied = await store.append(unit, [unitEvent()], none).catch((error: unknown) => error)
    t.match(denied, { name: 'Unavailable', nothingStored: true })
    nodes.faults.isReadOnly = false
    const { position } = await store.append(unit, [unitEvent(2)], none)
    await t.rejects(openOn(nodes), { name: 'ForeignStore', message: /newer program/ })
    const trusting = await openOn(nodes, { checkedUpTo: () => position })
    await trusting.close()
    await store.append('unit-qom', [newEvent({ type: 'UnitMerged' })], none)
    await t.rejects(openOn(nodes, { checkedUpTo: () => position }), { name: 'ForeignStore' })
  }
)

t.test('who only reads needs no right to append', async (t) => {
  const { nodes, store } = await opened(t)
  const { position } = await store.append(unit, [unitEvent()], none)
  nodes.faults.isReadOnly = true
  const address = { kind: 'eventstoredb', url: nodes.address } as const
  await t.rejects(openStore(address, { streamPrefix: 'k_' }), { message: /takes no appends/ })
  const reader = await openReader(address, { streamPrefix: 'k_' })
  t.teardown(() => reader.close())
  const read = await all(reader.readAll(0n, ['unit-']))
  t.strictSame([read.map(({ stream }) => stream), await reader.end()], [[unit], position])
})

t.test('an address that leads nowhere is told in a sentence, without the password', async (t) => {
  const closedPort = await freePort()
  const patience = { call: 200, total: 400 }
  const tries: [address: string, message: RegExp][] = [
    [`esdb://e-17:secret@127.0.0.1:${closedPort}?tls=false`, /127\.0\.0\.1:\d+: EventStoreDB did not answer/],
    [`esdb://e-17:secret@127.0.0.1:${closedPort},127.0.0.1:${closedPort}?tls=false`, /did not answer/],
    ['esdb://e-17:secret@127.0.0.1:x?tls=false', /cannot be understood/],
    ['esdb://e-17:secret@127.0.0.1?tls=perhaps', /cannot be understood/],
    ['esdb://e-17:secret@127.0.0.1?colour=red', /colour/],
    ['esdb://127.0.0.1?tls=true&tlsCAFile=nowhere.pem', /certificate/],
    ['esdb://127.0.0.1?keepAliveInterval=10', /keepAliveInterval/],
    ['kurrentdb://127.0.0.1', /esdb:/]
  ]
  for (const [address, message] of tries) {
    const error = await openEventStoreDb(address, { prefix: PREFIX, patience }).catch(
      (error: unknown) => error
    )
    t.match(error, { name: 'Unavailable', message })
    t.notMatch(String(error), /secret/)
  }
})

t.test('whoever sets a stream to forget is noticed while the ledger is read', async (t) => {
  const { nodes, store } = await opened(t)
  await store.append(unit, [unitEvent()], none)
  const reading = all(store.subscribe(0n, ['unit-'], new AbortController().signal))
  nodes.log.setMetadata('k_unit-qom', { owner: 'e-17' })
  nodes.log.setMetadata('k_unit-yazd', { $maxCount: 10 })
  await t.rejects(reading, { name: 'Damaged', message: /k_unit-yazd has \$maxCount/ })
  nodes.log.setMetadata('k_unit-yazd', {})
  t.equal((await all(store.readAll(0n, ['unit-']))).length, 1, 'what was taken back harms nobody')
})

t.test('an event that is missing is noticed while the ledger is read', async (t) => {
  const { nodes, store } = await opened(t)
  await store.append(unit, unitEvents(2), none)
  const [reader, follower] = [store, await openOn(nodes)]
  t.teardown(follower.close)
  const abort = new AbortController()
  const following = (async () => {
    for await (const { caughtUp } of follower.subscribe(0n, ['unit-'], abort.signal)) {
      if (caughtUp) await nodes.gates[0]?.down()
    }
  })()
  const refused = t.rejects(following, { name: 'Damaged', message: /revision 2 of k_unit-yazd is missing/ })
  await settles(() => nodes.asked.openReads === 0)
  // Somebody cuts the stream while nobody looks, and sets it back as it was.
  for (const at of [1n, 2n, 3n]) nodes.log.append('k_unit-yazd', at, [foreign('UnitReclassified')])
  nodes.log.scavenge('k_unit-yazd', 3n, 2n)
  await nodes.gates[0]?.rise()
  await refused
  abort.abort()
  await t.rejects(all(reader.readAll(0n, ['unit-'])), { name: 'Damaged' })
  await t.rejects(all(reader.readStream(unit)), { name: 'Damaged' })
})

t.test('of streams beyond a number the check remembers those written to last', async (t) => {
  const record = (stream: string, revision: number) => ({
    ...{ id: '', type: '', position: 0n, data: '', metadata: '' },
    ...{ stream, revision: BigInt(revision) }
  })
  const requireNext = createRequireNext(true, 4)
  t.throws(() => requireNext(record('a', 1)), { name: 'Damaged' }, 'from the start every stream begins at 0')
  for (const [stream, revision] of [
    ['a', 0],
    ['b', 0],
    ['a', 1],
    ['c', 0]
  ] as const) {
    requireNext(record(stream, revision))
  }
  t.throws(() => requireNext(record('a', 3)), { name: 'Damaged' }, 'a was written to after b')
  t.doesNotThrow(() => requireNext(record('b', 7)), 'b is not remembered')
  t.throws(() => requireNext(record('b', 9)), { name: 'Damaged' }, 'now it is')
})

/** As a command does: it reads what there is, and appends after that. */
async function goOn(store: EventStore): Promise<void> {
  const last = (await all(store.readStream(unit))).at(-1)
  await store.append(unit, [unitEvent()], last ? at(last.revision) : none)
}

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(address !== null && typeof address === 'object' ? address.port : 0))
    })
  })
