import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { projections as all } from '../../projections/all.ts'
import { applyBatch } from '../../projections/batch.ts'
import { byEvaluation } from '../../projections/by-evaluation.ts'
import { onCaseEvents } from '../../projections/cases.ts'
import { type Projection, put, table, tables } from '../../projections/projection.ts'
import { type RebuildParts, type RebuildSizes, rebuildRows } from '../../projections/rebuild.ts'
import { resume } from '../../projections/running.ts'
import { runningOf, withKeeper } from '../../projections/tracks.ts'
import { windowsOf } from '../../projections/windows.ts'
import type { LedgerEvent, StoredEvent } from '../../src/events/catalogue.ts'
import type { Positions } from '../../src/store/event-store.ts'
import { openReadModel, type ReadModel } from '../../src/store/read-model.ts'
import { eventsOf } from '../support/history.ts'
import { registered } from '../support/province.ts'
import { randomHistory } from '../support/random-ledger.ts'
import { dump } from '../support/run-rows.ts'
import { counting } from '../support/running.ts'
import { storedOf } from '../support/server.ts'

/* A rebuild applies events evaluation by evaluation, and leaves what it would have left in ledger order. */

const tripping = table<{ position: bigint; stage: string }>({
  name: 'tripping_rows',
  key: ['position'],
  columns: { position: 'position', stage: 'text' }
})

/** Follows evaluations, and cannot pass a position. */
const trippingAt = (failsAt: bigint): Projection => ({
  name: 'tripping',
  version: 1,
  follows: true,
  tables: tables(tripping),
  on: onCaseEvents(({ position }, _get, moved) => {
    if (position === failsAt) throw new Error('not this one')
    return moved.map(({ after }) => put(tripping, { position, stage: after.evaluation.stage }))
  })
})

/** Nothing needs to be begun so often. */
const BEGUN_MAX = 40

/** A ledger of these events, read in pages of four; `begun` is told from where, each time it is read. */
const storeOf = (events: readonly StoredEvent[], begun: bigint[] = []) => {
  async function* readAll(after: bigint) {
    yield* events.filter(({ position }) => position > after)
  }
  async function* readPages(after: bigint) {
    begun.push(after)
    if (begun.length > BEGUN_MAX) throw new Error('it begins again and again')
    const rest = events.filter(({ position }) => position > after)
    for (let from = 0; from < rest.length; from += 4) yield rest.slice(from, from + 4)
  }
  return { readAll, readPages }
}

/** The same of a store that finds any event as quickly as the next one. */
const anyOrderOf = (events: readonly StoredEvent[]) => {
  const { readAll, readPages } = storeOf(events)
  async function* at(positions: Positions) {
    const placed = new Map(events.map((event) => [event.position, event]))
    for (let from = 0; from < positions.length; from += 3)
      yield [...positions.slice(from, from + 3)].flatMap((position) => placed.get(position) ?? [])
  }
  return { readAll, readPages, anyOrder: { heads: readPages, at } }
}

/** Events of which one cannot be read. */
const spoiltAt = (events: readonly StoredEvent[], position: bigint | null): StoredEvent[] =>
  events.map((event) => (event.position === position ? { ...event, data: '{}' } : event))

/** What one batch in ledger order leaves, of rows and of projections that stopped. */
function inOrder(
  of: readonly Projection[],
  stored: readonly StoredEvent[],
  until = new Map<string, bigint>()
) {
  const rows = openReadModel(':memory:', withKeeper(of))
  const running = runningOf(rows, of, until)
  applyBatch({ rows }, running, stored)
  const stopped = running.flatMap((each) =>
    each.stopped ? [{ ...each.stopped, projection: each.projection.name }] : []
  )
  return seen(rows, of, stopped)
}

const seen = (rows: ReadModel, of: readonly Projection[], stopped: readonly object[]) => {
  const positions = of.map(({ name }) => [name, rows.checkpoint(name)])
  const result = { rows: dump(rows, of), positions, stopped: new Set(stopped) }
  rows.close()
  return result
}

async function rebuilt(of: readonly Projection[], stored: readonly StoredEvent[], way: Way) {
  const rows = openReadModel(':memory:', withKeeper(of))
  const { sizes } = way
  const { stopped } = await rebuildRows({ store: way.storeOf(stored), rows, projections: of, sizes })
  return seen(rows, of, stopped)
}

const sizesOf = (window: number, commitEvents: number): RebuildSizes => ({
  heads: window,
  waiting: { events: window, characters: 1_000_000 },
  commitEvents
})
const TINY = sizesOf(7, 20)
const LARGE = sizesOf(1_000, 1_000)

interface Way {
  sizes: RebuildSizes
  storeOf(events: readonly StoredEvent[]): RebuildParts['store']
}

/** A whole history in one window and one commit, or in many, of a store of either kind. */
const anyWay: fc.Arbitrary<Way> = fc.record({
  sizes: fc.constantFrom(TINY, LARGE),
  storeOf: fc.constantFrom((events: readonly StoredEvent[]) => storeOf(events), anyOrderOf)
})

const history = (stepsMax = 60) => randomHistory(fc, stepsMax)

t.test(
  'events change places only where they are of different streams, and neither of a framework',
  async (t) => {
    const isOfFramework = ({ stream }: LedgerEvent) => stream.startsWith('framework-')
    let moved = 0
    fc.assert(
      fc.property(history(), (events) => {
        const grouped = byEvaluation(events)
        const place = new Map(grouped.map((event, i) => [event, i]))
        assert.deepStrictEqual(
          grouped.toSorted((a, b) => Number(a.position - b.position)),
          events
        )
        events.forEach((first, i) => {
          for (const second of events.slice(i + 1)) {
            if ((place.get(first) ?? 0) < (place.get(second) ?? 0)) continue
            moved += 1
            assert.ok(!isOfFramework(first) && !isOfFramework(second) && first.stream !== second.stream)
            assert.ok(first.type !== 'EvaluationOpened' || second.type !== 'EvaluationOpened')
          }
        })
      }),
      { numRuns: 30 }
    )
    t.ok(moved > 100, 'and some do')
  }
)

t.test('a window of thousands is as one of a few', async (t) => {
  const streams = 7
  const heads = Array.from({ length: 5_000 }, (_, i) => ({
    position: BigInt(2 * i + 1),
    stream: `evaluation-${i % streams}`,
    type: 'SelfScoreEntered'
  }))
  const asked: bigint[] = []
  const anyOrder = {
    async *heads() {
      for (let from = 0; from < heads.length; from += 500) yield heads.slice(from, from + 500)
    },
    async *at(positions: Positions) {
      asked.push(...positions)
      yield []
    }
  }
  const span = { after: 0n, upTo: null, inOrderUpTo: 0n }
  for await (const window of windowsOf({ ...storeOf([]), anyOrder }, span, sizesOf(5_000, 1))) {
    t.match(window, { before: 0n, last: 9_999n, events: 5_000 })
    for await (const _ of window.pages);
  }
  const byStream = Array.from({ length: streams }, (_, n) => heads.filter((_, i) => i % streams === n))
  t.strictSame(
    asked,
    byStream.flat().map(({ position }) => position)
  )
})

t.test('an evaluation that was named before it was opened stays behind those opened meanwhile', async (t) => {
  const event = (position: bigint, stream: string, type: string) =>
    ({ position, stream: `evaluation-${stream}`, type }) as LedgerEvent
  const early = [
    event(1n, 'a', 'ReviewCompleted'),
    event(2n, 'b', 'EvaluationOpened'),
    event(3n, 'a', 'EvaluationOpened'),
    event(4n, 'b', 'ReviewCompleted')
  ]
  t.strictSame(
    byEvaluation(early).map(({ position }) => position),
    [1n, 2n, 3n, 4n]
  )
})

t.test('a handler that throws and an event nobody can read stop whom they would have stopped', async () => {
  await fc.assert(
    fc.asyncProperty(history(), fc.nat(), fc.option(fc.nat()), anyWay, async (events, at, unread, way) => {
      const place = (n: number) => events[n % events.length]?.position ?? 0n
      const stored = spoiltAt(events.map(storedOf), unread === null ? null : place(unread))
      const of = [...all, trippingAt(place(at))]
      assert.deepStrictEqual(await rebuilt(of, stored, way), inOrder(of, stored))
    }),
    { numRuns: 25 }
  )
})

t.test('a keeper that cannot go on takes its followers with it, and nobody else', async () => {
  await fc.assert(
    fc.asyncProperty(history(), fc.nat(), anyWay, async (events, at, way) => {
      const failsAt = events[at % events.length]?.position
      const of = all.map((each): Projection => {
        const { follow } = each
        if (!follow) return each
        return {
          ...each,
          follow: (event, get) => {
            if (event.position === failsAt) throw new Error('not this one')
            return follow(event, get)
          }
        }
      })
      const stored = events.map(storedOf)
      assert.deepStrictEqual(await rebuilt(of, stored, way), inOrder(of, stored))
    }),
    { numRuns: 12 }
  )
})

const units = eventsOf(Array.from({ length: 70 }, (_, i) => registered(`u-${i + 1}`))).map(storedOf)

t.test('two that fail far from each other stop, and the third goes to the end', async (t) => {
  const of = [
    counting({ name: 'early', failsAt: 'u-5' }),
    counting({ name: 'late', failsAt: 'u-55' }),
    counting({ name: 'whole' })
  ]
  const rows = openReadModel(':memory:', of)
  const begun: bigint[] = []
  const result = await rebuildRows({ store: storeOf(units, begun), rows, projections: of, sizes: TINY })
  t.strictSame(
    result.stopped.map(({ projection, position }) => [projection, position]),
    [
      ['early', 5n],
      ['late', 55n]
    ]
  )
  t.strictSame(
    of.map(({ name }) => rows.checkpoint(name)),
    [4n, 54n, 70n]
  )
  // After each that goes wrong from the last commit on: in order, and then without whom that has stopped, until that is passed.
  t.strictSame(begun, [0n, 0n, 0n, 8n, 48n, 48n, 56n])
  t.equal(result.events, 70, 'each is counted once')
  rows.close()
})

t.test('one that fails goes up to there, however many windows that is after the last commit', async (t) => {
  const of = [counting({ failsAt: 'u-39' })]
  const rows = openReadModel(':memory:', of)
  const { stopped } = await rebuildRows({ store: storeOf(units), rows, projections: of, sizes: TINY })
  t.match(stopped, [{ projection: 'counting', position: 39n }])
  t.equal(rows.checkpoint('counting'), 38n)
  t.match(rows.query('select sum(acts) as acts from counting_tally'), [{ acts: 38n }])
  rows.close()
})

t.test('each goes from where it is as far as it is told to', async () => {
  const reached = fc.record({ standing: fc.array(fc.nat(20)), ends: fc.array(fc.nat(90)) })
  await fc.assert(
    fc.asyncProperty(history(), reached, anyWay, async (events, { standing, ends }, way) => {
      const stored = events.map(storedOf)
      const keeper = BigInt(ends.at(-1) ?? 90)
      const until = new Map(
        all.map((each, i) => {
          const end = BigInt(ends[i % ends.length] ?? 90)
          return [each.name, each.follows && end > keeper ? keeper : end]
        })
      )
      until.set('scorecard', keeper)
      const rows = openReadModel(':memory:', withKeeper(all))
      // Some are ahead of the others, the keeper of evaluations of none that follow it.
      for (const [i, each] of all.entries()) {
        if (each.follows || each.follow) continue
        const to = BigInt(standing[i % standing.length] ?? 0)
        const running = [resume(rows, each)]
        applyBatch(
          { rows },
          running,
          stored.filter(({ position }) => position <= to && position <= (until.get(each.name) ?? 0n))
        )
      }
      await rebuildRows({ ...way, store: way.storeOf(stored), rows, projections: all, until })
      assert.deepStrictEqual(seen(rows, all, []), inOrder(all, stored, until))
    }),
    { numRuns: 15 }
  )
})

/** Windows that are committed each, and of which none has more pages: whoever ends after so many has kept something. */
const [LONG, PAGES_MAX] = [sizesOf(12, 5), 6]

t.test('one that is cancelled keeps whole windows, and goes on from there', async (t) => {
  let cancelled = 0
  await fc.assert(
    fc.asyncProperty(
      history(),
      fc.integer({ min: 1, max: 5 }),
      anyWay,
      fc.constantFrom(TINY, LONG),
      async (events, asks, { storeOf }, sizes) => {
        const stored = events.map(storedOf)
        const rows = openReadModel(':memory:', withKeeper(all))
        let parts = 0
        let applied = 0
        for (let finished = false; !finished; parts++) {
          let asked = 0
          // What was asked within a window keeps nothing of it.
          const isCancelled = () => ++asked >= asks + PAGES_MAX
          const store = storeOf(stored)
          const part = await rebuildRows({ store, rows, projections: all, isCancelled, sizes })
          finished = part.finished
          applied += part.events
          assert.ok(parts <= 2 * events.length, 'something is kept each time')
        }
        assert.ok(applied <= events.length && applied > events.length - parts)
        cancelled += parts - 1
        assert.deepStrictEqual(seen(rows, all, []), inOrder(all, stored))
      }
    ),
    { numRuns: 20 }
  )
  t.ok(cancelled > 0, 'some are')
})
