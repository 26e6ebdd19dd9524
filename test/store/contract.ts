import { randomUUID } from 'node:crypto'
import type { Test } from 'tap'
import type { StoredEvent } from '../../src/events/catalogue.ts'
import { APPEND_BYTES_MAX, type Batch, type EventStore, type NewEvent } from '../../src/store/event-store.ts'

/*
 * What every back end promises. Each test uses stream names of its own, so that a store with events in it, or one
 * that others write to, passes as well. Positions are only compared: they need neither begin at 1 nor be dense.
 */

export interface Opened {
  store: EventStore
  cleanup(): Promise<void>
  /** The same store again after it was closed, where what is stored outlives it. */
  reopen?(): Promise<EventStore>
}

type Case = (t: Test, store: EventStore, name: (stream?: string) => string) => Promise<void>

const cases: Record<string, Case> = {}

/** Runs the contract against a back end. */
export function contract(t: Test, backEnd: string, open: () => Promise<Opened>): void {
  t.test(backEnd, async (t) => {
    const opened = await open()
    t.teardown(opened.cleanup)
    for (const [what, run] of Object.entries(cases)) {
      const own = `t${randomUUID().slice(0, 8)}-`
      await t.test(what, (t) => run(t, opened.store, (stream = '') => own + stream))
    }
    await t.test('a closed store refuses, and a store opened again goes on', (t) => closing(t, opened))
  })
}

export const newEvent = (more: Partial<NewEvent> = {}): NewEvent => ({
  id: randomUUID(),
  type: 'Noted',
  data: '{"n":1}',
  metadata: '{"version":1}',
  ...more
})

export const newEvents = (count: number): NewEvent[] => Array.from({ length: count }, () => newEvent())

/** Everything that a reading yields. */
export async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = []
  for await (const item of items) list.push(item)
  return list
}

const ids = (events: readonly { id: string }[]) => events.map(({ id }) => id)
const none = { expectedRevision: 'none' } as const
const at = (expectedRevision: number) => ({ expectedRevision })
const wrong = (actual: number | 'none') => ({ name: 'WrongRevision', actual })

cases['a stream begins at none and goes on from its last revision'] = async (t, store, name) => {
  const a = name('a')
  await t.rejects(store.append(a, newEvents(1), at(0)), wrong('none'))
  t.match(await store.append(a, newEvents(2), none), { revision: 1 })
  await t.rejects(store.append(a, newEvents(1), none), { ...wrong(1), stream: a, expected: 'none' })
  await t.rejects(store.append(a, newEvents(1), at(0)), wrong(1))
  await t.rejects(store.append(a, newEvents(1), at(2)), { ...wrong(1), expected: 2 })
  t.match(await store.append(a, newEvents(1), at(1)), { revision: 2 })
  t.strictSame(await all(store.readStream(name('b'))), [], 'a stream that does not exist has no events')
}

cases['an append is stored whole or not at all, in one place'] = async (t, store, name) => {
  const first = newEvents(3)
  const appended = await store.append(name('a'), first, none)
  await t.rejects(store.append(name('a'), newEvents(3), at(1)), wrong(2))
  const stream = await all(store.readStream(name('a')))
  const ledger = await all(store.readAll(0n, [name()]))
  t.strictSame(stream, ledger, 'both ways of reading give the same events')
  t.strictSame(ids(stream), ids(first))
  t.strictSame(
    stream.map(({ revision }) => revision),
    [0, 1, 2]
  )
  t.equal(stream.at(-1)?.position, appended.position, 'the position is that of the last event')
}

cases['of writers who expect the same revision one wins'] = async (t, store, name) => {
  await store.append(name('a'), newEvents(1), none)
  const tries = await Promise.allSettled(
    Array.from({ length: 10 }, () => store.append(name('a'), newEvents(2), at(0)))
  )
  t.equal(tries.filter(({ status }) => status === 'fulfilled').length, 1)
  for (const failed of tries.filter((one) => one.status === 'rejected')) t.match(failed.reason, wrong(2))
  t.equal((await all(store.readStream(name('a')))).length, 3)
}

cases['a retry is answered as the first time, whatever came later'] = async (t, store, name) => {
  const [first, second] = [newEvents(3), newEvents(2)]
  const answers = [await store.append(name('a'), first, none), await store.append(name('a'), second, at(2))]
  await store.append(name('b'), newEvents(1), none)
  t.strictSame(await store.append(name('a'), second, at(2)), answers[1])
  t.strictSame(await store.append(name('a'), first, none), answers[0])
  const upper = first.map((event) => ({ ...event, id: event.id.toUpperCase() }))
  t.strictSame(
    await store.append(name('a'), upper, none),
    answers[0],
    'ids are compared without regard to case'
  )
  const stored = await all(store.readStream(name('a')))
  t.strictSame(ids(stored), ids([...first, ...second]), 'nothing was stored twice')

  const prefix = await store.append(name('a'), first.slice(0, 2), none)
  t.strictSame(prefix, { revision: 1, position: stored[1]?.position }, 'a shorter list: its own last event')
  const other = [...first.slice(0, 2), newEvent()]
  await t.rejects(store.append(name('a'), other, none), wrong(4), 'partly the same')
  await t.rejects(store.append(name('a'), [...first, newEvent()], none), wrong(4), 'longer, and other')
  await t.rejects(store.append(name('a'), [...first, ...second, newEvent()], none), wrong(4), 'longer')
  await t.rejects(store.append(name('a'), first.toReversed(), none), wrong(4), 'in another order')
  await t.rejects(store.append(name('a'), first, at(0)), wrong(4), 'elsewhere in the stream')
}

cases['retries on their way at the same time store one copy'] = async (t, store, name) => {
  const events = newEvents(2)
  const answers = await Promise.all(Array.from({ length: 8 }, () => store.append(name('a'), events, none)))
  t.equal(new Set(answers.map(({ position }) => position)).size, 1)
  t.strictSame(ids(await all(store.readAll(0n, [name()]))), ids(events))
}

cases['what no store would take is refused, and nothing of it stored'] = async (t, store, name) => {
  const refused: [stream: string, events: NewEvent[]][] = [
    [name('a'), []],
    ['', newEvents(1)],
    ['$settings', newEvents(1)],
    [name('a'), [newEvent({ id: 'order-1' })]],
    [name('a'), [newEvent({ id: '00000000-0000-0000-0000-000000000000' })]],
    [name('a'), [newEvent({ type: '' })]],
    [name('a'), [newEvent({ type: '$>' })]],
    [name('a'), [newEvent(), newEvent({ data: '"\ud800"' })]],
    [name('a'), [newEvent(), newEvent({ data: 'x'.repeat(APPEND_BYTES_MAX) })]],
    [name('a'), [newEvent(), newEvent({ metadata: 'ب'.repeat(APPEND_BYTES_MAX / 2) })]]
  ]
  const twice = newEvent()
  refused.push([name('a'), [twice, { ...twice, id: twice.id.toUpperCase() }]])
  for (const [stream, events] of refused) await t.rejects(store.append(stream, events, none), RangeError)
  for (const revision of [-1, 1.5, Number.NaN]) {
    await t.rejects(store.append(name('a'), newEvents(1), at(revision)), RangeError)
  }
  t.strictSame(await all(store.readAll(0n, [name()])), [])
  const [data, metadata] = ['"x"'.padEnd(APPEND_BYTES_MAX - 2), '{}']
  await store.append(name('a'), [newEvent({ data, metadata })], none)
  t.equal((await all(store.readStream(name('a'))))[0]?.data, data, 'the largest append passes')
}

cases['texts come back as they were written'] = async (t, store, name) => {
  const texts = [
    '{"b":1,"a":2,"10":3,"9":4}',
    '{ "spaced" :  [ 1.50, 1e3, -0, null, {} ] }',
    '{"fa":"امتیاز ملاک عمل","nul":"\\u0000","half":"\\ud800","emoji":"📜","nfd":"e\u0301"}',
    '{"big":9007199254740993,"nested":{"deep":[[[]]]}}',
    '{}'
  ]
  const events = texts.map((text, i) =>
    newEvent({ id: randomUUID().toUpperCase(), type: `Kind${i}`, data: text, metadata: text })
  )
  const stream = name('پرونده ۱ - Ünit')
  await store.append(stream, events, none)
  await store.append(name('پرونده ۱ - ünit'), newEvents(1), none)
  const wanted = events.map((event, revision) => ({ ...event, id: event.id.toLowerCase(), stream, revision }))
  const read = await all(store.readStream(stream))
  t.strictSame(
    read.map(({ position, ...rest }) => rest),
    wanted.map(({ id, type, stream, revision, data, metadata }) => ({
      id,
      type,
      stream,
      revision,
      data,
      metadata
    }))
  )
}

cases['reading on from a place gives the rest, each event once'] = async (t, store, name) => {
  const events = newEvents(1200)
  for (let i = 0; i < 12; i++) {
    await store.append(name('a'), events.slice(i * 100, i * 100 + 100), i === 0 ? none : at(i * 100 - 1))
    await store.append(name('b'), newEvents(1), i === 0 ? none : at(i - 1))
  }
  const stream = await all(store.readStream(name('a')))
  t.strictSame(ids(stream), ids(events))
  for (const from of [1, 500, 1199]) {
    const rest = await all(store.readStream(name('a'), { fromRevision: from }))
    t.strictSame(rest, stream.slice(from))
  }
  t.strictSame(await all(store.readStream(name('a'), { fromRevision: 1200 })), [], 'past the end')
  await t.rejects(all(store.readStream(name('a'), { fromRevision: -1 })), RangeError)

  const ledger = await all(store.readAll(0n, [name()]))
  t.equal(ledger.length, 1212)
  t.ok(ascending(ledger), 'positions grow')
  t.strictSame(
    ledger.filter((event) => event.stream === name('a')),
    stream,
    'revisions in ledger order'
  )
  t.ok((await store.end()) >= (ledger.at(-1)?.position ?? 0n))
  for (const i of [0, 499, 500, 1210]) {
    const after = ledger[i]?.position ?? 0n
    t.strictSame(await all(store.readAll(after, [name()])), ledger.slice(i + 1), 'after is exclusive')
    t.strictSame(await all(store.readAll(after - 1n, [name()])), ledger.slice(i), 'any number will do')
  }
  t.strictSame(await all(store.readAll(2n ** 60n, [name()])), [], 'beyond the end')
}

cases['prefixes choose streams'] = async (t, store, name) => {
  for (const stream of ['unit-a', 'unit-b', 'unix', 'framework-a', 'Unit-a']) {
    await store.append(name(stream), newEvents(2), none)
  }
  const streams = async (...prefixes: string[]) =>
    (await all(store.readAll(0n, prefixes.map(name)))).flatMap((e) => (e.revision ? [] : e.stream.slice(10)))
  t.strictSame(await streams('unit-'), ['unit-a', 'unit-b'])
  t.strictSame(await streams('framework-', 'unit-b'), ['unit-b', 'framework-a'])
  t.strictSame(await streams('nothing'), [])
  t.strictSame(await streams('%'), [], 'a prefix is no pattern')
}

cases['a reading that is given up leaves nothing behind'] = async (t, store, name) => {
  await store.append(name('a'), newEvents(1000), none)
  for (let i = 0; i < 20; i++) {
    for await (const _ of store.readAll(0n, [name()])) break
    for await (const _ of store.readStream(name('a'))) break
  }
  t.match(await store.append(name('a'), newEvents(1), at(999)), { revision: 1000 })
}

cases['a subscription catches up and goes on without gap or repetition'] = async (t, store, name) => {
  const backlog = newEvents(700)
  await store.append(name('a'), backlog, none)
  const live = Array.from({ length: 60 }, () => newEvents(2))
  const writing = (async () => {
    for (const [i, events] of live.entries()) await store.append(name('a'), events, at(699 + i * 2))
  })()
  const batches = await until(store, 0n, name(), (seen) => seen.length === 820)
  await writing
  const seen = batches.flatMap(({ events }) => events)
  t.strictSame(ids(seen), ids([...backlog, ...live.flat()]))
  t.ok(consistent(batches), 'a checkpoint covers its batch, and never goes back')
  const before = batches.findIndex(({ caughtUp }) => caughtUp)
  const early = batches.slice(0, before + 1).flatMap(({ events }) => events)
  t.ok(before >= 0 && early.length >= 700, 'caught up when the backlog has been seen')
  t.ok(
    batches.slice(before).every(({ caughtUp }) => caughtUp),
    'and from then on'
  )

  const middle = batches.find(({ events }) => events.length > 0)?.checkpoint ?? 0n
  const rest = await until(store, middle, name(), (later) => later.at(-1)?.revision === 819)
  t.strictSame(
    rest.flatMap(({ events }) => events),
    seen.filter(({ position }) => position > middle),
    'a checkpoint is a place to resume from'
  )
}

cases['subscribers see concurrent appends in one order'] = async (t, store, name) => {
  const watching = [1, 2].map(() => until(store, 0n, name(), (seen) => seen.length === 160))
  const writer = async (stream: string) => {
    for (let i = 0; i < 20; i++) await store.append(name(stream), newEvents(1), i === 0 ? none : at(i - 1))
  }
  await Promise.all(Array.from({ length: 8 }, (_, i) => writer(`w${i}`)))
  const [one = [], two = []] = (await Promise.all(watching)).map((b) => b.flatMap(({ events }) => events))
  t.ok(ascending(one), 'positions grow')
  t.strictSame(one, two)
  t.strictSame(one, await all(store.readAll(0n, [name()])))
}

cases['checkpoints move where nothing matches'] = async (t, store, name) => {
  await store.append(name('other'), newEvents(5), none)
  const end = await store.end()
  const abort = new AbortController()
  let checkpoint = 0n
  for await (const batch of store.subscribe(0n, [name('mine')], abort.signal)) {
    t.strictSame(batch.events, [])
    checkpoint = batch.checkpoint
    if (batch.caughtUp) abort.abort()
  }
  t.ok(checkpoint >= end, 'everything up to the end has been looked at')
}

cases['an aborted subscription ends, asleep or awake'] = async (t, store, name) => {
  await store.append(name('a'), newEvents(600), none)
  const awake = new AbortController()
  for await (const _ of store.subscribe(0n, [name()], awake.signal)) awake.abort()
  const asleep = new AbortController()
  const started = performance.now()
  for await (const batch of store.subscribe(await store.end(), [name()], asleep.signal)) {
    t.strictSame({ events: batch.events, caughtUp: batch.caughtUp }, { events: [], caughtUp: true })
    setTimeout(() => asleep.abort(), 20)
  }
  t.ok(performance.now() - started < 20_000, 'promptly')
  t.strictSame(await all(store.subscribe(0n, [name()], AbortSignal.abort())), [])
}

cases['a slow subscriber misses nothing'] = async (t, store, name) => {
  const abort = new AbortController()
  const seen: StoredEvent[] = []
  let appended = 0
  for await (const { events } of store.subscribe(await store.end(), [name()], abort.signal)) {
    seen.push(...events)
    if (seen.length === 300) abort.abort()
    // While it is busy with one batch, several appends come.
    for (let i = 0; i < 3 && appended < 10; i++) {
      await store.append(name('a'), newEvents(30), appended === 0 ? none : at(appended * 30 - 1))
      appended += 1
    }
  }
  t.strictSame(seen, await all(store.readStream(name('a'))))
}

async function closing(t: Test, { store, reopen }: Opened): Promise<void> {
  const stream = `t${randomUUID().slice(0, 8)}-a`
  const events = newEvents(3)
  const appended = await store.append(stream, events, none)
  const identity = await store.identity()
  t.match(identity, /^\w+$/)
  t.not(identity, 'empty')
  const sleeping = t.rejects(
    all(store.subscribe(await store.end(), [stream], new AbortController().signal)),
    { name: 'Unavailable' },
    'a subscription does not end as if all was well'
  )
  const lastCall = store.append(stream, newEvents(1), at(2))
  const closed = [store.close(), store.close()]
  t.match(await lastCall, { revision: 3 }, 'an append that has begun is finished')
  await Promise.all([...closed, sleeping])
  const unavailable = { name: 'Unavailable' }
  await t.rejects(store.append(stream, newEvents(1), at(3)), { ...unavailable, nothingStored: true })
  await t.rejects(all(store.readStream(stream)), unavailable)
  await t.rejects(all(store.readAll(0n, [stream])), unavailable)
  await t.rejects(store.end(), unavailable)
  if (!reopen) return

  const again = await reopen()
  t.equal(await again.identity(), identity)
  t.equal((await all(again.readStream(stream))).length, 4)
  t.equal((await all(again.readAll(0n, [stream]))).length, 4)
  t.strictSame(await again.append(stream, events, none), appended, 'a retry is known after a restart')
  const next = await again.append(stream, newEvents(1), at(3))
  t.ok(next.position > appended.position)
  const rest = await until(again, appended.position, stream, (seen) => seen.length === 2)
  t.equal(rest.flatMap((b) => b.events).length, 2, 'a checkpoint outlives the process')
  const end = await again.end()
  const watch = () => again.subscribe(end, [stream], new AbortController().signal)
  const asleep = t.rejects(all(watch()), unavailable, 'asleep while the store is closed')
  const busy = async () => {
    for await (const _ of watch()) await again.close()
  }
  await Promise.all([asleep, t.rejects(busy(), unavailable, 'busy while the store is closed')])
}

/** The batches of a subscription up to where enough has been seen. */
async function until(
  store: EventStore,
  after: bigint,
  prefix: string,
  enough: (seen: StoredEvent[]) => boolean
): Promise<Batch[]> {
  const abort = new AbortController()
  const batches: Batch[] = []
  const seen: StoredEvent[] = []
  for await (const batch of store.subscribe(after, [prefix], abort.signal)) {
    batches.push(batch)
    seen.push(...batch.events)
    if (enough(seen)) abort.abort()
  }
  return batches
}

const ascending = (events: readonly StoredEvent[]) =>
  events.every(({ position }, i) => i === 0 || position > (events[i - 1]?.position ?? 0n))

const consistent = (batches: readonly Batch[]) =>
  batches.every(
    ({ events, checkpoint }, i) =>
      checkpoint >= (batches[i - 1]?.checkpoint ?? 0n) &&
      events.every(({ position }) => position <= checkpoint && position > (batches[i - 1]?.checkpoint ?? 0n))
  )
