import { join } from 'node:path'
import t from 'tap'
import { openReadModel, type ReadModel } from '../../src/store/read-model.ts'
import { BUILDING } from '../../src/store/read-model-options.ts'
import type { ProjectionSpec, TableSpec } from '../../src/store/read-model-spec.ts'

/* Rows of a log that come behind newer ones while a new file is filled. */

const acts: TableSpec = {
  name: 'acts',
  key: ['position'],
  columns: { position: 'position', node: 'text', details: 'json' },
  indexes: [['node', 'position']],
  once: true,
  log: true
}
const notes: TableSpec = {
  name: 'notes',
  key: ['node', 'position'],
  columns: { node: 'text', position: 'position' },
  once: true,
  log: true
}
const logging: ProjectionSpec = { name: 'logging', version: 1, tables: [acts, notes] }
const other: ProjectionSpec = { name: 'other', version: 1, tables: [{ ...acts, name: 'other_acts' }] }

type Tap = { testdir: () => string }
const open = (path: string, options = {}) => openReadModel(path, [logging, other], options)
const at = (position: number) => new Map([['logging', BigInt(position)]])
const act = (position: number) => ({
  position: BigInt(position),
  node: `n-${position % 7}`,
  details: { n: position, text: 'x'.repeat(position % 300) }
})

/** Stream after stream, each in the order of the ledger; two of them are more than are written at once. */
const STREAMS = 5
const LENGTH = 1_100
const streamOf = (stream: number) => Array.from({ length: LENGTH }, (_, i) => 1 + stream + i * STREAMS)
const ALL = Array.from({ length: STREAMS * LENGTH }, (_, i) => i + 1)

function put(model: ReadModel, positions: readonly number[]): void {
  for (const position of positions) {
    model.put(acts, act(position))
    model.put(notes, { node: `n-${position % 7}`, position: BigInt(position) })
  }
}

const rowsOf = (model: ReadModel) =>
  [acts, notes].map((table) => model.all(table, `order by ${table.key.join(', ')}`))
const tablesOf = (model: ReadModel) =>
  model.query("select name from sqlite_schema where type in ('table', 'index') order by name")
const setAside = (model: ReadModel) => Number(model.query('select count(*) as n from "acts~aside"')[0]?.n)

/** What a file holds in which each row was put in its place. */
function plainly(t: Tap, positions: readonly number[]) {
  const model = open(join(t.testdir(), 'plain.db'))
  put(model, positions)
  model.commit(at(positions.length))
  const found = { rows: rowsOf(model), tables: tablesOf(model) }
  model.close()
  return found
}
const found = (model: ReadModel) => ({ rows: rowsOf(model), tables: tablesOf(model) })

t.test('in the end they are in their places', async (t) => {
  const wanted = plainly(t, ALL)
  t.equal(wanted.rows[0]?.length, ALL.length)
  const path = join(t.testdir(), 'rows.db')
  const model = open(path, BUILDING)
  t.teardown(() => model.close())
  for (let stream = 0; stream < STREAMS; stream++) {
    put(model, streamOf(stream))
    model.commit(at(1))
  }
  t.equal(setAside(model), ALL.length - LENGTH, 'all but those that came in order stood aside')
  put(model, streamOf(0))
  model.rollback()
  model.complete()
  t.strictSame(found(model), wanted)
  // It is a file like any other from now on.
  put(model, [ALL.length + 2, ALL.length + 1])
  model.commit(at(2))
  t.equal(rowsOf(model)[0]?.length, ALL.length + 2)
  model.close()
  const next = open(path)
  t.teardown(() => next.close())
  t.equal(rowsOf(next)[0]?.length, ALL.length + 2)
  t.strictSame(tablesOf(next), wanted.tables)
})

t.test('so they are when the building is left', async (t) => {
  const wanted = plainly(t, [...streamOf(0), ...streamOf(1)])
  const path = join(t.testdir(), 'rows.db')
  const model = open(path, BUILDING)
  for (const stream of [1, 0]) put(model, streamOf(stream))
  model.commit(at(1))
  put(model, streamOf(2))
  model.close()
  const next = open(path)
  t.teardown(() => next.close())
  t.strictSame(found(next), wanted)
})

t.test('they go with the rows of their projection, and with all rows', async (t) => {
  const model = open(join(t.testdir(), 'rows.db'), BUILDING)
  t.teardown(() => model.close())
  const fill = () => {
    for (const stream of [1, 0]) put(model, streamOf(stream))
    model.commit(at(1))
    t.not(setAside(model), 0)
  }
  fill()
  model.clear('logging')
  t.equal(setAside(model), 0)
  fill()
  model.bindStore('another')
  t.equal(setAside(model), 0)
  model.bindStore('a third one', 0n)
  model.complete()
  t.strictSame(rowsOf(model), [[], []])
})

t.test('two parts are put together wherever their rows stand', async (t) => {
  const wanted = plainly(t, ALL)
  const folder = t.testdir()
  const part = (path: string, streams: readonly number[], options: object) => {
    const model = open(path, options)
    for (const stream of streams) put(model, streamOf(stream))
    model.commit(at(ALL.length))
    return model
  }
  const [path, second] = [join(folder, 'rows.db'), join(folder, 'second.db')]
  const theirs = part(second, [4, 0, 2], { ...BUILDING, isScratch: true })
  theirs.complete()
  theirs.close()
  for (const [kind, options] of Object.entries({ 'a new file': BUILDING, 'a file that there was': {} })) {
    const mine = part(`${path}-${kind}`, [3, 1], options)
    mine.divide(['logging'])
    mine.settle(['logging'])
    mine.merge(second, ['logging'])
    mine.complete()
    t.strictSame(found(mine), wanted, kind)
    mine.close()
  }
})

t.test('rows that there were are never put at risk', async (t) => {
  const path = join(t.testdir(), 'rows.db')
  open(path).close()
  const model = open(path, BUILDING)
  t.teardown(() => model.close())
  t.throws(() => setAside(model), /no such table/)
})
