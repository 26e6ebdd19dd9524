import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { canStandAside, makeAside } from './read-model-aside.ts'
import { type Id, type Ids, idsOf, type KeyPart } from './read-model-keys.ts'
import { selectionOf } from './read-model-query.ts'
import { type Column, columnsOf, type Row } from './read-model-rows.ts'
import { list, quoted } from './read-model-shape.ts'
import type { TableSpec } from './read-model-spec.ts'
import type { CachedTable, RowCache } from './row-cache.ts'

/* One table of the read model: its statements, and what the running batch does to it. */

export interface OpenTable {
  spec: TableSpec
  columns: readonly Column[]
  ids: Ids
  select: StatementSync
  /** Puts so many rows with one statement. */
  upsert(rows: number): StatementSync
  /** Where rows stand aside that come behind newer ones; see there. */
  aside: Aside | undefined
  remove: StatementSync
  /** Rows that come one after another stand far apart, since their key does not begin with what grows with the ledger. */
  isScattered: boolean
  /** It has JSON that is looked through. */
  isLookedThrough: boolean
  /** None of a table whose rows are put once. */
  cache: CachedTable<Id, Row> | undefined
  batch: Batch
}

export interface Aside {
  name: string
  /** Puts so many rows there. */
  put(rows: number): StatementSync
  /** The highest key that ever stood among the rows themselves. */
  newest: KeyPart | undefined
}

export interface Batch {
  /** The rows to put, null where one is deleted. What has waited longest comes first. */
  rows: Map<Id, Row | null>
  /** Those of a log, in the order in which they were put. */
  log: Row[]
  /** The keys of those that are deleted. */
  deleted: Map<Id, readonly KeyPart[]>
  /** What a row weighs about, as seen on some of them. */
  weight: number
  /** Rows put or deleted since the table was opened. */
  puts: number
}

/** In the cache: that there is no such row. */
export const NO_ROW: Row = {}
export const NO_ROW_WEIGHT = 50

/** With `aside` rows may stand there: the file is new. */
export function openTable(
  db: DatabaseSync,
  spec: TableSpec,
  cache: RowCache<Id, Row>,
  aside: boolean
): OpenTable {
  const columns = columnsOf(spec)
  const where = spec.key.map((name) => `${quoted(name)} = ?`).join(' AND ')
  const name = quoted(spec.name)
  return {
    spec,
    columns,
    ids: idsOf(spec),
    select: asArrays(db.prepare(`${selectionOf(spec)} WHERE ${where}`)),
    upsert: upserts(db, spec),
    aside: aside && canStandAside(spec) ? openAside(db, spec) : undefined,
    remove: db.prepare(`DELETE FROM ${name} WHERE ${where}`),
    isScattered: spec.columns[spec.key[0] ?? ''] === 'text',
    isLookedThrough: columns.some(({ type, isPlain }) => type === 'json' && !isPlain),
    cache: spec.once ? undefined : cache.table(spec.name),
    batch: { rows: new Map(), log: [], deleted: new Map(), weight: 0, puts: 0 }
  }
}

/** Statements that put so many rows, each prepared when it is first needed. */
function upserts(db: DatabaseSync, spec: TableSpec): (rows: number) => StatementSync {
  const names = Object.keys(spec.columns)
  const others = names.filter((name) => !spec.key.includes(name))
  const update = others.map((name) => `${quoted(name)} = excluded.${quoted(name)}`).join(', ')
  const onConflict = ` ON CONFLICT DO ${update === '' ? 'NOTHING' : `UPDATE SET ${update}`}`
  return prepared((rows) => db.prepare(insertInto(spec.name, names, rows) + onConflict))
}

function openAside(db: DatabaseSync, spec: TableSpec): Aside {
  const name = makeAside(db, spec)
  const names = Object.keys(spec.columns)
  return { name, put: prepared((rows) => db.prepare(insertInto(name, names, rows))), newest: undefined }
}

function insertInto(table: string, columns: readonly string[], rows: number): string {
  const row = `(${columns.map(() => '?').join(', ')})`
  const values = Array.from({ length: rows }, () => row).join(', ')
  return `INSERT INTO ${quoted(table)} (${list(columns)}) VALUES ${values}`
}

function prepared(prepare: (rows: number) => StatementSync): (rows: number) => StatementSync {
  const known = new Map<number, StatementSync>()
  return (rows) => {
    const statement = known.get(rows) ?? prepare(rows)
    known.set(rows, statement)
    return statement
  }
}

export function asArrays(statement: StatementSync): StatementSync {
  statement.setReadBigInts(true)
  statement.setReturnArrays(true)
  return statement
}
