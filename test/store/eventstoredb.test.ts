import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { openEventStoreDb } from '../../src/store/eventstoredb.ts'
import { startNodes } from '../support/eventstoredb-node.ts'
import {
  at,
  foreign,
  idsOf,
  none,
  opened,
  openOn,
  PREFIX,
  settles,
  storedIn,
  unit,
  unitEvent,
  unitEvents
} from '../support/eventstoredb-opened.ts'
import { all, newEvent, newEvents } from './contract.ts'

/*
 * What the client and the server do that the contract alone would not meet: each test stands for one trap, and fails
 * without the guard against it.
 */

t.test('a server that says nothing is given up in our own time, and a retry lands once', async (t) => {
  const { nodes, store } = await opened(t, { patience: { call: 300, total: 1_000 } })
  const events = [unitEvent()]
  nodes.gates[0]?.silence()
  const started = performance.now()
  await t.rejects(store.append(unit, events, none), { name: 'Unavailable', nothingStored: false })
  await t.rejects(store.end(), { name: 'Unavailable' })
  await t.rejects(all(store.readStream(unit)), { name: 'Unavailable' })
  t.ok(performance.now() - started < 60_000, 'the client alone would wait for ever')
  nodes.gates[0]?.open()
  t.match(await store.append(unit, events, none), { revision: 0 })
  t.strictSame(await idsOf(store), [events[0]?.id])
  t.equal(storedIn(nodes).length, 1)
})

t.test('a leader that goes dumb is left for the next one', async (t) => {
  const nodes = await startNodes(3)
  const store = await openOn(nodes, { patience: { call: 300, total: 10_000 } })
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

t.test('a subscriber to whom nothing happens notices that its server went dumb', async (t) => {
  const { nodes, store } = await opened(t, { nodes: 3, patience: { call: 300, total: 10_000 } })
  const abort = new AbortController()
  const seen: number[] = []
  let [started, took] = [0, 0]
  for await (const { events, caughtUp } of store.subscribe(0n, [''], abort.signal)) {
    seen.push(...events.map(({ revision }) => revision))
    if (caughtUp && started === 0) {
      started = performance.now()
      await nodes.killLeader(200, 'silent')
      // Another process appends; this one asks nothing of its own.
      nodes.log.append('k_unit-yazd', 'none', [foreign('UnitRegistered')])
    }
    if (seen.length === 0) continue
    took = performance.now() - started
    abort.abort()
  }
  t.ok(took > 300 && took < 10_000, 'long before keep-alive would')
  t.strictSame(seen, [0])
})

t.test('a subscriber who ends is not kept by a server that went dumb', async (t) => {
  const { nodes, store } = await opened(t, { patience: { call: 15_000, total: 60_000 } })
  /** How long the end takes of a subscription that was live before, or of one that only begins. */
  const endOf = async (isLive: boolean): Promise<number> => {
    const abort = new AbortController()
    let isCaughtUp = false
    const watching = (async () => {
      for await (const { caughtUp } of store.subscribe(0n, [''], abort.signal)) isCaughtUp ||= caughtUp
    })()
    if (isLive) await settles(() => isCaughtUp)
    nodes.gates[0]?.silence()
    await sleep(100)
    const started = performance.now()
    abort.abort()
    await watching
    const took = performance.now() - started
    nodes.gates[0]?.open()
    return took
  }
  t.ok((await endOf(true)) < 5_000, 'live')
  nodes.gates[0]?.silence()
  t.ok((await endOf(false)) < 5_000, 'at its beginning')
})

t.test('an answer that is lost or late costs nothing but time', async (t) => {
  const { nodes, store } = await opened(t)
  nodes.faults.lostAnswers = 3
  const first = newEvents(3)
  const answer = await store.append(unit, first, none)
  t.match(answer, { revision: 2 })
  nodes.faults.lateMs = 900
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

t.test('an append that the server refuses is told at once, and as one that stored nothing', async (t) => {
  const { nodes, store } = await opened(t, { patience: { call: 5_000, total: 120_000 } })
  nodes.log.limits.appendData = 100
  const large = [unitEvent(), newEvent({ type: 'UnitRegistered', data: JSON.stringify('x'.repeat(100)) })]
  const started = performance.now()
  await t.rejects(store.append(unit, large, none), {
    name: 'Unavailable',
    nothingStored: true,
    message: /refused an append to unit-yazd .*Maximum Append Size/
  })
  t.ok(performance.now() - started < 60_000, 'without trying again')
  nodes.faults.lostAnswers = 1
  nodes.faults.failures = 1
  t.match(await store.append(unit, unitEvents(1), none), { revision: 0 }, 'an accident is no refusal')
  t.equal(storedIn(nodes).length, 1)
})

t.test('whatever decides asks the leader', async (t) => {
  const { nodes, store } = await opened(t, { nodes: 3 })
  await store.append(unit, unitEvents(2), none)
  await all(store.readStream(unit))
  await all(store.readAll(0n, ['']))
  t.strictSame([...nodes.asked.calls].sort(), ['append', 'read'])
  t.strictSame([...nodes.asked.ofAnyNode], [])
})

t.test('a stream read that breaks goes on after the last event handed on', async (t) => {
  const { nodes, store } = await opened(t)
  // More than what is on its way at any time, so that a cut leaves something out.
  const data = JSON.stringify('x'.repeat(4_000))
  for (let i = 0; i < 10; i++) {
    const events = Array.from({ length: 100 }, () => newEvent({ data, type: 'UnitRegistered' }))
    await store.append(unit, events, i ? at(i * 100 - 1) : none)
  }
  const before = nodes.asked.reads
  const revisions: number[] = []
  for await (const { revision } of store.readStream(unit)) {
    revisions.push(revision)
    if (revisions.length === 10) nodes.gates[0]?.cut()
  }
  t.ok(nodes.asked.reads > before + 1, 'it broke')
  t.strictSame(
    revisions,
    Array.from({ length: 1_000 }, (_, i) => i)
  )
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
    await store.append(unit, unitEvents(100), i ? at(i * 100 - 1) : none)
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

t.test(
  'patience begins with the trouble, however long nothing happened or the reader was busy',
  async (t) => {
    const { nodes, store } = await opened(t, { patience: { call: 5_000, total: 1_000 } })
    const abort = new AbortController()
    const longer = () => new Promise((resolve) => setTimeout(resolve, 1_500))
    const seen: string[] = []
    const watching = (async () => {
      for await (const { events } of store.subscribe(0n, [''], abort.signal)) {
        seen.push(...events.map(({ id }) => id))
        if (seen.length === 2) {
          nodes.gates[0]?.cut()
          await longer()
        }
        if (seen.length === 3) abort.abort()
      }
    })()
    const events = unitEvents(3)
    for (const [i, event] of events.entries()) {
      await longer()
      nodes.gates[0]?.cut()
      await store.append(unit, [event], i === 0 ? none : at(i - 1))
    }
    await watching
    t.strictSame(
      seen,
      events.map(({ id }) => id)
    )
  }
)

t.test('a subscriber who is slow is not sent everything', async (t) => {
  const { nodes, store } = await opened(t, { patience: {} })
  const data = JSON.stringify('x'.repeat(16 * 1024))
  for (let i = 0; i < 40; i++) {
    const events = Array.from({ length: 40 }, () => newEvent({ data, type: 'UnitRegistered' }))
    await store.append(unit, events, i ? at(i * 40 - 1) : none)
  }
  const abort = new AbortController()
  const before = nodes.asked.sent
  for await (const { events } of store.subscribe(0n, [''], abort.signal)) {
    // Long enough for a server that is not held up to have sent all, on however busy a machine.
    for (let sent = -1; sent !== nodes.asked.sent; ) {
      sent = nodes.asked.sent
      await new Promise((resolve) => setTimeout(resolve, 300))
    }
    t.ok(events.length < 200, 'a stretch is bounded by its size as well')
    abort.abort()
  }
  t.ok(nodes.asked.sent - before < 800, `${nodes.asked.sent - before} of 1600 were sent`)
})
