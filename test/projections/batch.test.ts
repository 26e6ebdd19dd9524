import t from 'tap'
import { applyBatch } from '../../projections/batch.ts'
import { type Projection, put, table, tables } from '../../projections/projection.ts'
import { rebuildRows } from '../../projections/rebuild.ts'
import { resume } from '../../projections/running.ts'
import type { StoredEvent } from '../../src/events/catalogue.ts'
import { openReadModel, type ReadModel } from '../../src/store/read-model.ts'
import { eventsOf } from '../support/history.ts'
import { createMemoryStore } from '../support/memory-store.ts'
import { registered } from '../support/province.ts'
import { run } from '../support/run-rows.ts'
import { storedOf } from '../support/server.ts'

/*
 * Rows of a large batch are written while handlers still run. Where that fails no handler is to blame: nobody is stopped,
 * and the batch is applied again when there is room.
 */

const EVENTS = 2_500
/** Rows that say `once` are written early from the two thousandth on. */
const EARLY = 2_000

const stored = eventsOf(Array.from({ length: EVENTS }, (_, i) => registered(`u-${i}`))).map(storedOf)

const noted = table<{ position: bigint; text: string }>({
  name: 'noting_rows',
  key: ['position'],
  columns: { position: 'position', text: 'text' },
  once: true
})

/** A row for each event; that of one is none that a column could keep. */
const noting = (wrongAt: bigint | null = null): Projection => ({
  name: 'noting',
  version: 1,
  tables: tables(noted),
  on: {
    UnitRegistered: ({ position, stream }) => [
      put(noted, { position, text: position === wrongAt ? (7 as never) : stream.repeat(9) })
    ]
  }
})

const other: Projection = { name: 'other', version: 1, tables: [], on: {} }

const fill = (rows: ReadModel): void => void rows.query('PRAGMA max_page_count = 1')
const makeRoom = (rows: ReadModel): void => void rows.query('PRAGMA max_page_count = 1000000')
const count = (rows: ReadModel): unknown => rows.query('select count(*) as n from noting_rows')[0]?.n

t.test('rows that cannot be written stop nobody, and leave all as before', async (t) => {
  const of = [noting(), other]
  const rows = openReadModel(':memory:', of)
  const running = of.map((each) => resume(rows, each))
  applyBatch({ rows }, running, stored.slice(0, 10))
  fill(rows)
  const troubles: string[] = []
  const onTrouble = (message: string) => void troubles.push(message)
  t.throws(() => applyBatch({ rows, onTrouble }, running, stored.slice(10)), /full/)
  t.strictSame(
    running.map(({ position, stopped }) => ({ position, stopped })),
    of.map(() => ({ position: 10n, stopped: null }))
  )
  t.strictSame([rows.checkpoint('noting'), count(rows), troubles], [10n, 10n, []])
  makeRoom(rows)
  t.equal(applyBatch({ rows }, running, stored.slice(10)).length, EVENTS - 10)
  t.strictSame([rows.checkpoint('noting'), count(rows)], [BigInt(EVENTS), BigInt(EVENTS)])
  rows.close()
})

t.test('whom a batch stops that cannot be written is stopped by the next try', async (t) => {
  const failing: Projection = {
    ...other,
    on: {
      UnitRegistered: ({ position }) => {
        if (position === 20n) throw new Error('cannot go on')
        return []
      }
    }
  }
  const of = [noting(), failing]
  const rows = openReadModel(':memory:', of)
  const running = of.map((each) => resume(rows, each))
  fill(rows)
  t.throws(() => applyBatch({ rows }, running, stored), /full/)
  t.strictSame(
    running.map(({ position, stopped }) => ({ position, stopped })),
    of.map(() => ({ position: 0n, stopped: null }))
  )
  makeRoom(rows)
  applyBatch({ rows }, running, stored)
  t.match(running, [
    { position: BigInt(EVENTS), stopped: null },
    { position: 19n, stopped: { position: 20n, error: 'cannot go on' } }
  ])
  rows.close()
})

t.test('a row that no column can keep stops who puts it', async (t) => {
  const of = [noting(BigInt(EARLY + 100)), other]
  const rows = openReadModel(':memory:', of)
  const running = of.map((each) => resume(rows, each))
  applyBatch({ rows }, running, stored)
  const [wrong, right] = running
  t.match(wrong, { position: BigInt(EARLY + 99), stopped: { position: BigInt(EARLY + 100), error: /text/ } })
  t.match(right, { position: BigInt(EVENTS), stopped: null })
  t.equal(count(rows), BigInt(EARLY + 99))
  rows.close()
})

t.test('a runner says what it waits for, and goes on when there is room', async (t) => {
  const store = createMemoryStore()
  for (const { stream, id, type, data, metadata } of stored)
    await store.append(stream, [{ id, type, data, metadata }], { expectedRevision: 'none' })
  const { runner, rows, trouble, close } = await run(store, ':memory:', [noting(), other], {
    events: EVENTS,
    tamper: (rows) => {
      fill(rows)
      return rows
    }
  })
  while (trouble.length === 0) await new Promise((resolve) => setImmediate(resolve))
  t.match(trouble[0], /^projections wait for the file of their rows: .*full/)
  t.strictSame([runner.applied(), runner.status().map(({ stopped }) => stopped)], [0n, [null, null]])
  makeRoom(rows)
  t.ok(await runner.waitUntil(BigInt(EVENTS), 60_000))
  t.ok(runner.isReady())
  t.equal(count(rows), BigInt(EVENTS))
  await close()
})

const sizes = { heads: 500, waiting: { events: 500, characters: 1_000_000 }, commitEvents: EARLY + 200 }

/** The ledger, twice as long, in pages of a hundred. */
const long: StoredEvent[] = eventsOf(Array.from({ length: 2 * EVENTS }, (_, i) => registered(`u-${i}`))).map(
  storedOf
)
const store = {
  async *readAll(after: bigint) {
    yield* long.slice(Number(after))
  },
  async *readPages(after: bigint) {
    for (let from = Number(after); from < long.length; from += 100) yield long.slice(from, from + 100)
  }
}

/** Cannot pass an event. */
const failing = (at: bigint): Projection => ({
  ...other,
  name: 'failing',
  on: {
    UnitRegistered: ({ position }) => {
      if (position === at) throw new Error('not this one')
      return []
    }
  }
})

for (const [way, more] of [
  ['evaluation by evaluation', []],
  ['in the order of the ledger', [failing(4_400n)]]
] as const) {
  t.test(`a rebuild ends where rows cannot be written, ${way}`, async (t) => {
    const of = [noting(), ...more]
    const rows = openReadModel(':memory:', of)
    // There is room again at once: who took it for the handler's fault would go on.
    const brief: ReadModel = {
      ...rows,
      put: (...row) => {
        try {
          rows.put(...row)
        } catch (error) {
          makeRoom(rows)
          throw error
        }
      }
    }
    let isFilled = false
    const onProgress = (position: bigint) => {
      if (position < 4_000n || isFilled) return
      fill(rows)
      isFilled = true
    }
    await t.rejects(rebuildRows({ store, rows: brief, projections: of, sizes, onProgress }), /full/)
    t.equal(rows.checkpoint('noting'), 2_500n, 'what was committed stays')
    t.equal(count(rows), 2_500n, 'and nothing else')
    const { stopped } = await rebuildRows({ store, rows, projections: of, sizes })
    t.strictSame(
      stopped.map(({ projection }) => projection),
      more.map(({ name }) => name)
    )
    t.strictSame([rows.checkpoint('noting'), count(rows)], [BigInt(2 * EVENTS), BigInt(2 * EVENTS)])
    rows.close()
  })
}
