import { randomUUID } from 'node:crypto'
import { createServer } from 'node:net'
import t, { type Test } from 'tap'
import type { EventStore } from '../../src/store/event-store.ts'
import { openEventStoreDb } from '../../src/store/eventstoredb.ts'
import type { EventStoreDbOptions } from '../../src/store/eventstoredb-compose.ts'
import { startNodes, type TestCluster } from '../support/eventstoredb-node.ts'
import { all, newEvent, newEvents } from './contract.ts'

/*
 * What the client and the server do that the contract alone would not meet: each test stands for one trap, and fails
 * without the guard against it.
 */

const PREFIX = 'k_'
const none = { expectedRevision: 'none' } as const
const at = (expectedRevision: number) => ({ expectedRevision })
const unit = 'unit-yazd'
/** An event that a ledger may hold as far as its type goes. */
const unitEvent = (version = 1) => newEvent({ type: 'UnitRegistered', metadata: `{"version":${version}}` })

const open = (nodes: TestCluster, options: Partial<EventStoreDbOptions> = {}) =>
  openEventStoreDb(nodes.address, { prefix: PREFIX, patience: { call: 300, total: 2_000 }, ...options })

async function opened(t: Test, options: Partial<EventStoreDbOptions> = {}) {
  const nodes = await startNodes()
  const store = await open(nodes, options)
  t.teardown(async () => {
    await store.close()
    await nodes.close()
  })
  return { nodes, store }
}

const storedIn = (nodes: TestCluster) => nodes.log.all.filter(({ stream }) => stream.startsWith(PREFIX))
const idsOf = (store: EventStore) => all(store.readAll(0n, [''])).then((found) => found.map(({ id }) => id))

t.test('a server that says nothing is given up in our own time, and a retry lands once', async (t) => {
  const { nodes, store } = await opened(t, { patience: { call: 300, total: 1_000 } })
  const events = [unitEvent()]
  nodes.gates[0]?.silence()
  const started = performance.now()
  await t.rejects(store.append(unit, events, none), { name: 'Unavailable', nothingStored: false })
  await t.rejects(store.end(), { name: 'Unavailable' })
  await t.rejects(all(store.readStream(unit)), { name: 'Unavailable' })
  t.ok(performance.now() - started < 6_000, 'the client alone would wait for ever')
  nodes.gates[0]?.open()
  t.match(await store.append(unit, events, none), { revision: 0 })
  t.strictSame(await idsOf(store), [events[0]?.id])
  t.equal(storedIn(nodes).length, 1)
})

t.test('a leader that goes dumb is left for the next one', async (t) => {
  const nodes = await startNodes(3)
  const store = await open(nodes, { patience: { call: 300, total: 10_000 } })
  t.teardown(async () => {
    await store.close()
    await nodes.close()
  })
  const [first, second] = [unitEvent(), unitEvent()]
  await store.append(unit, [first], none)
  const abort = new AbortController()
  const seen: string[] = []
  const watching = (async () => {
    for await (const { events } of store.subscribe(0n, [''], abort.signal)) {
      seen.push(...events.map(({ id }) => id))
      if (seen.length === 2) abort.abort()
    }
  })()
  await settles(() => seen.length === 1)
  await nodes.killLeader(500, 'silent')
  t.match(await store.append(unit, [second], at(0)), { revision: 1 })
  await watching
  t.strictSame(seen, [first.id, second.id], 'the subscription followed')
})

t.test('an answer that is lost or late costs nothing but time', async (t) => {
  const { nodes, store } = await opened(t)
  nodes.faults.lostAnswers = 3
  const first = newEvents(3)
  const answer = await store.append(unit, first, none)
  t.match(answer, { revision: 2 })
  nodes.faults.lateMs = 400
  const second = newEvents(1)
  const late = store.append(unit, second, at(2))
  setTimeout(() => {
    nodes.faults.lateMs = 0
  }, 100)
  t.match(await late, { revision: 3 }, 'what came after our time-out harms nobody')
  t.strictSame(
    await idsOf(store),
    [...first, ...second].map(({ id }) => id)
  )
  t.equal(storedIn(nodes).length, 4)
})

t.test('the settings of the client do not change what an append answers', async (t) => {
  const nodes = await startNodes()
  t.teardown(nodes.close)
  const address = `${nodes.address}&throwOnAppendFailure=false`
  const store = await openEventStoreDb(address, { prefix: PREFIX })
  t.teardown(store.close)
  t.match(await store.append(unit, newEvents(8), none), { revision: 7 })
  await t.rejects(store.append(unit, newEvents(1), at(3)), { name: 'WrongRevision', actual: 7 })
})

t.test('what is no text is refused, and does not end the process', async (t) => {
  const { store, nodes } = await opened(t)
  await t.rejects(store.append(unit, [newEvent({ data: 1n as unknown as string })], none))
  t.equal(storedIn(nodes).length, 0)
})

t.test('connections do not share their appends', async (t) => {
  const [one, two] = [await opened(t), await opened(t)]
  one.nodes.faults.delayMs = 150
  const slow = one.store.append(unit, newEvents(2), none)
  await two.store.append(unit, newEvents(1), none)
  two.nodes.gates[0]?.cut()
  t.match(await slow, { revision: 1 }, 'another connection broke meanwhile')
  t.equal(storedIn(one.nodes).length, 2)
  t.match(await two.store.append(unit, newEvents(1), at(0)), { revision: 1 })
})

t.test('a read that is given up ends on the server too', async (t) => {
  const { nodes, store } = await opened(t)
  for (let i = 0; i < 10; i++) {
    await store.append(
      unit,
      Array.from({ length: 100 }, () => unitEvent()),
      i ? at(i * 100 - 1) : none
    )
  }
  for (let i = 0; i < 5; i++) {
    for await (const _ of store.readStream(unit)) break
    for await (const _ of store.readAll(0n, [''])) break
    for await (const _ of store.subscribe(0n, [''], new AbortController().signal)) break
  }
  await settles(() => nodes.asked.openReads === 0)
  t.equal(nodes.asked.openReads, 0)
})

t.test('a subscription that breaks ends nothing and goes on by itself', async (t) => {
  const { nodes, store } = await opened(t)
  const abort = new AbortController()
  const seen: string[] = []
  const watching = (async () => {
    for await (const { events } of store.subscribe(0n, [''], abort.signal)) {
      seen.push(...events.map(({ id }) => id))
      if (seen.length === 2) abort.abort()
    }
  })()
  const [first, second] = [unitEvent(), unitEvent()]
  await store.append(unit, [first], none)
  await settles(() => seen.length === 1)
  await nodes.gates[0]?.down()
  await t.rejects(store.append(unit, [unitEvent()], at(0)), { name: 'Unavailable' })
  await nodes.gates[0]?.rise()
  await store.append(unit, [second], at(0))
  await watching
  t.strictSame(seen, [first.id, second.id])
})

t.test('a subscriber who is slow is not sent everything', async (t) => {
  const { nodes, store } = await opened(t)
  const data = JSON.stringify('x'.repeat(16 * 1024))
  for (let i = 0; i < 40; i++) {
    const events = Array.from({ length: 40 }, () => newEvent({ data, type: 'UnitRegistered' }))
    await store.append(unit, events, i ? at(i * 40 - 1) : none)
  }
  const abort = new AbortController()
  const before = nodes.asked.sent
  for await (const { events } of store.subscribe(0n, [''], abort.signal)) {
    await new Promise((resolve) => setTimeout(resolve, 300))
    t.ok(events.length < 200, 'a stretch is bounded by its size as well')
    abort.abort()
  }
  t.ok(nodes.asked.sent - before < 800, `${nodes.asked.sent - before} of 1600 were sent`)
})

t.test('no number of a caller reaches the server', async (t) => {
  const { nodes, store } = await opened(t)
  await store.append(
    unit,
    Array.from({ length: 20 }, () => unitEvent()),
    none
  )
  const events = await all(store.readAll(0n, ['']))
  const fresh = await open(nodes)
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
    const writer = await open(nodes)
    await writer.append(
      unit,
      Array.from({ length: 20 }, () => unitEvent()),
      none
    )
    const events = await all(writer.readAll(0n, ['']))
    const store = await open(nodes, { knownAtOrBelow })
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

t.test('others on the same server disturb nobody', async (t) => {
  const { nodes, store } = await opened(t)
  const event = {
    id: randomUUID(),
    type: 'Else',
    contentType: 'application/json',
    metadata: new Uint8Array()
  }
  const others = (count: number) => {
    for (let i = 0; i < count; i++) {
      nodes.log.append('other', 'any', [{ ...event, id: randomUUID(), data: new Uint8Array(10) }])
    }
  }
  others(1_500)
  t.equal(await store.end(), 0n)
  t.equal(await store.identity(), 'empty')
  const { position } = await store.append(unit, [unitEvent()], none)
  others(700)
  t.equal(await store.end(), position)
  nodes.log.append('k_2_unit-x', 'none', [{ ...event, data: new Uint8Array(10) }])
  t.equal(await store.end(), position, 'a longer prefix is another ledger')
  t.equal((await all(store.readAll(0n, ['']))).filter(({ stream }) => stream === unit).length, 1)
  nodes.log.setMetadata('other', { $maxCount: 1 })
  const again = await open(nodes)
  t.equal(await again.identity(), await store.identity())
  await again.close()
})

t.test('a start is refused where events may be or have been deleted', async (t) => {
  const damages: Record<string, (nodes: TestCluster) => void> = {
    $maxCount: ({ log }) => log.setMetadata('k_unit-yazd', { $maxCount: 100 }),
    $maxAge: ({ log }) => log.setMetadata('k_unit-yazd', { $maxAge: 3600 }),
    $tb: ({ log }) => log.softDelete('k_unit-yazd'),
    deleted: ({ log }) => log.tombstone('k_unit-yazd'),
    'revision 0': ({ log }) => log.scavenge('k_unit-yazd', 1n)
  }
  for (const [word, damage] of Object.entries(damages)) {
    const nodes = await startNodes()
    const store = await open(nodes)
    await store.append(unit, [unitEvent(), unitEvent()], none)
    damage(nodes)
    const refused = await open(nodes).catch((error: unknown) => error)
    t.match(refused, { name: 'Damaged' }, word)
    t.ok(String(refused).includes(word) && String(refused).includes('127.0.0.1'), String(refused))
    if (word === '$tb' || word === 'revision 0') {
      await t.rejects(goOn(store), { name: 'Damaged' }, 'nor does one that runs already go on')
    }
    await store.close()
    await nodes.close()
  }
})

/** As a command does: it reads what there is, and appends after that. */
async function goOn(store: EventStore): Promise<void> {
  const last = (await all(store.readStream(unit))).at(-1)
  await store.append(unit, [unitEvent()], last ? at(last.revision) : none)
}

t.test('settings that were taken back are no damage', async (t) => {
  const { nodes, store } = await opened(t)
  await store.append(unit, [unitEvent()], none)
  nodes.log.setMetadata('k_unit-yazd', { $maxCount: 1 })
  nodes.log.setMetadata('k_unit-yazd', { owner: 'e-17' })
  await (await open(nodes)).close()
})

t.test(
  'a start is refused where a newer program has written, and where nothing can be written',
  async (t) => {
    const { nodes, store } = await opened(t)
    nodes.faults.isReadOnly = true
    await t.rejects(open(nodes), { name: 'Unavailable', message: /takes no appends/ })
    const denied = await store.append(unit, [unitEvent()], none).catch((error: unknown) => error)
    t.match(denied, { name: 'Unavailable', nothingStored: true })
    nodes.faults.isReadOnly = false
    const { position } = await store.append(unit, [unitEvent(2)], none)
    await t.rejects(open(nodes), { name: 'ForeignStore', message: /newer program/ })
    const trusting = await open(nodes, { checkedUpTo: () => position })
    await trusting.close()
    await store.append('unit-qom', [newEvent({ type: 'UnitMerged' })], none)
    await t.rejects(open(nodes, { checkedUpTo: () => position }), { name: 'ForeignStore' })
  }
)

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

async function settles(is: () => boolean): Promise<void> {
  for (let i = 0; i < 100 && !is(); i++) await new Promise((resolve) => setTimeout(resolve, 20))
}

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(address !== null && typeof address === 'object' ? address.port : 0))
    })
  })
