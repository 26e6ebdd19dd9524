import { join } from 'node:path'
import t from 'tap'
import { applyBatch } from '../../projections/batch.ts'
import { onCaseEvents } from '../../projections/cases.ts'
import { type Projection, put, table, tables } from '../../projections/projection.ts'
import { rebuildRows } from '../../projections/rebuild.ts'
import { resume } from '../../projections/running.ts'
import { catchingUp, scorecard } from '../../projections/scorecard.ts'
import { withKeeper } from '../../projections/tracks.ts'
import { trail } from '../../projections/trail.ts'
import type { StoredEvent } from '../../src/events/catalogue.ts'
import { canonicalJson } from '../../src/ids.ts'
import { openReadModel, type ReadModel } from '../../src/store/read-model.ts'
import { eventNumber, eventsOf, node, opened, published } from '../support/history.ts'
import { createMemoryStore } from '../support/memory-store.ts'
import { confirmed, inReview, overridden, registered } from '../support/province.ts'
import { dump, run } from '../support/run-rows.ts'
import { storedOf } from '../support/server.ts'

/* Projections that follow evaluations are told what an event did by whoever keeps those, also when they are behind. */

const WAIT_MS = 60_000
const events = eventsOf([
  ...inReview(),
  overridden('G.a.1', '30'),
  confirmed('G.a.2', '20', eventNumber(8)),
  overridden('G.a.1', '25')
])
const store = createMemoryStore()
for (const event of events) {
  const { id, type, data, metadata, stream, revision } = storedOf(event)
  const expectedRevision = revision === 0 ? 'none' : revision - 1
  await store.append(stream, [{ id, type, data, metadata }], { expectedRevision })
}
const end = await store.end()

interface Told {
  position: bigint
  before: string
  after: string
}

const toldTable = table<Told>({
  name: 'told_rows',
  key: ['position'],
  columns: { position: 'position', before: 'text', after: 'text' }
})

/** Keeps what it was told of one node; `failsAt` is a position it cannot pass. */
const told = (version = 1, failsAt: bigint | null = null): Projection => ({
  name: 'told',
  version,
  follows: true,
  tables: tables(toldTable),
  on: onCaseEvents(({ position }, _get, moved) => {
    if (position === failsAt) throw new Error('not this one')
    return moved.map(({ before, after }) =>
      put(toldTable, {
        position,
        before: canonicalJson(before?.evaluation ?? null),
        after: canonicalJson(after.evaluation)
      })
    )
  })
})

/** The ledger in pages of three events. */
async function* inThrees(after: bigint, prefixes: readonly string[]): AsyncGenerator<StoredEvent[]> {
  let page: StoredEvent[] = []
  for await (const event of store.readAll(after, prefixes)) {
    page.push(event)
    if (page.length < 3) continue
    yield page
    page = []
  }
  yield page
}

const keeperIsEmpty = (rows: ReadModel): boolean =>
  catchingUp.tables.every(({ name }) => rows.query(`select 1 from "${name}"`).length === 0) &&
  rows.checkpoint(catchingUp.name) === 0n

/** What a server that never was interrupted has. */
async function fresh(): Promise<string> {
  const { runner, rows, close } = await run(store, ':memory:', [scorecard, trail, told()])
  await runner.waitUntil(end, WAIT_MS)
  const text = dump(rows, [scorecard, trail, told()])
  await close()
  return text
}

t.test('what was told says how each evaluation was before and after', async (t) => {
  const { runner, rows, close } = await run(store, ':memory:', [told(), scorecard])
  t.ok(await runner.waitUntil(end, WAIT_MS), 'whatever the order in which they are named')
  const stories = rows.query('select before, after from told_rows order by position')
  t.ok(stories.length > 5)
  t.equal(stories[0]?.before, 'null')
  for (const [i, { before }] of stories.entries()) if (i > 0) t.equal(before, stories[i - 1]?.after)
  await close()
})

t.test('nobody follows what nobody keeps', async (t) => {
  const rows = openReadModel(':memory:', [told()])
  const alone = resume(rows, told())
  applyBatch({ rows }, [alone], events.map(storedOf))
  t.match(alone.stopped, { position: 1n, error: /nobody keeps the evaluations that told follows/ })
  rows.close()
})

t.test('where there is no scorecard, a follower has a keeper of its own', async (t) => {
  const { runner, rows, close } = await run(store, ':memory:', [told()])
  t.ok(await runner.waitUntil(end, WAIT_MS, 'told'), 'without the scorecard there is a keeper of its own')
  t.ok(rows.query('select 1 from told_rows').length > 5)
  await close()
})

t.test('one that had stopped goes on with a keeper of its own, and then with the others', async (t) => {
  const path = join(t.testdir(), 'rows.db')
  const stopping = [scorecard, trail, told(1, 6n)]
  const first = await run(store, path, stopping)
  t.ok(await first.runner.waitUntil(end, WAIT_MS, 'trail'))
  t.match(first.runner.status().at(-1), { name: 'told', position: 5n, stopped: { position: 6n } })
  await first.close()

  const mended = await run(store, path, [scorecard, trail, told()])
  t.equal(mended.runner.applied('scorecard', 'trail'), end, 'the others are where they were')
  t.ok(await mended.runner.waitUntil(end, WAIT_MS, 'told'))
  t.ok(mended.runner.isReady())
  t.equal(dump(mended.rows, [scorecard, trail, told()]), await fresh())
  t.ok(keeperIsEmpty(mended.rows), 'nothing is left of its keeper')
  await mended.close()
})

t.test(
  'another version is built beside, and so is one that is rebuilt alone, however often it is cut off',
  async (t) => {
    const path = join(t.testdir(), 'rows.db')
    const first = await run(store, path, [scorecard, trail, told()])
    t.ok(await first.runner.waitUntil(end, WAIT_MS))
    await first.close()

    const second = await run(store, path, [scorecard, trail, told(2)])
    t.ok(await second.runner.waitUntil(end, WAIT_MS, 'told'))
    t.equal(dump(second.rows, [scorecard, trail, told()]), await fresh())
    t.ok(keeperIsEmpty(second.rows))
    await second.close()

    const all = [scorecard, trail, told(2)]
    let parts = 0
    for (let finished = false; !finished; parts++) {
      const rows = openReadModel(path, withKeeper(all), { rebuild: ['told'] })
      let asked = 0
      const isCancelled = () => ++asked > 1
      const result = await rebuildRows({
        store: { ...store, readPages: inThrees },
        rows,
        projections: [told(2)],
        sizes: { heads: 3, waiting: { events: 3, characters: 1_000 }, commitEvents: 3 },
        isCancelled
      })
      finished = result.finished
      t.strictSame(result.stopped, [])
      if (finished) {
        t.equal(dump(rows, all), await fresh())
        t.ok(keeperIsEmpty(rows))
      }
      rows.close()
      if (parts > 20) throw new Error('it never ends')
    }
    t.ok(parts > 2, 'it was cut off again and again')
  }
)

t.test('where the rows of a keeper cannot be dropped, all stay where they are until they can', async (t) => {
  const path = join(t.testdir(), 'rows.db')
  const first = await run(store, path, [scorecard, trail, told()])
  t.ok(await first.runner.waitUntil(end, WAIT_MS))
  await first.close()

  let failures = 2
  const all = [scorecard, trail, told(2)]
  const { runner, rows, trouble, close } = await run(store, path, all, {
    tamper: (rows) => ({
      ...rows,
      clear: (name) => {
        if (failures-- > 0) throw new Error('the disk is full')
        rows.clear(name)
      }
    })
  })
  t.ok(await runner.waitUntil(end, WAIT_MS, 'told'))
  t.match(trouble, [/the disk is full/, /the disk is full/])
  t.strictSame(
    runner.status().map(({ name, position }) => [name, position]),
    all.map(({ name }) => [name, end]),
    'nobody is lost'
  )
  t.ok(runner.isReady())
  t.equal(dump(rows, all), await fresh())
  t.ok(keeperIsEmpty(rows))
  await close()
})

t.test('of an amended framework a few evaluations are told of at a time, each once', async (t) => {
  const offices = Array.from({ length: 48 }, (_, i) => `office-${i}`)
  const history = eventsOf([
    ...offices.map((office) => registered(office)),
    published('1402-x', [node('G', null, '100'), node('G.1', 'G', '60')]),
    ...offices.map((office) => opened('1402-x', office, { origin: 'live' })),
    {
      type: 'FrameworkAmended',
      data: { put: [node('G.1', 'G', '50')], remove: [], reason: 'so' },
      on: 'framework-1402-x'
    },
    published('1403-x', [node('G', null, '100')]),
    {
      type: 'FrameworkAmended',
      data: { put: [node('G', null, '50')], remove: [], reason: 'nobody is judged by it yet' },
      on: 'framework-1403-x'
    }
  ])
  const groups: string[][] = []
  const watching: Projection = {
    ...told(),
    on: {
      FrameworkAmended: (_event, _get, moved) => {
        for (const { before, after } of moved) t.not(before?.tree, after.tree)
        groups.push(moved.map(({ after }) => after.evaluation.unit))
        return []
      }
    }
  }
  const rows = openReadModel(':memory:', [scorecard, watching])
  t.teardown(() => rows.close())
  const both = [resume(rows, scorecard), resume(rows, watching)]
  applyBatch({ rows }, both, history.map(storedOf))
  t.match(both, [{ stopped: null }, { stopped: null }])
  t.strictSame(groups.flat().sort(), [...offices].sort())
  t.strictSame(
    groups.map(({ length }) => length),
    [16, 16, 16, 0],
    'a few at a time, and once where there is nobody'
  )
})
