import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { type Id, type Ids, idsOf, type KeyPart } from './read-model-keys.ts'
import { selectionOf } from './read-model-query.ts'
import { type Column, columnsOf, type Row } from './read-model-rows.ts'
import { quoted } from './read-model-shape.ts'
import type { TableSpec } from './read-model-spec.ts'
import type { CachedTable, RowCache } from './row-cache.ts'

/* One table of the read model: its statements, and what the running batch does to it. */

export interface OpenTable {
  spec: TableSpec
  columns: readonly Column[]
  ids: Ids
  selectAll: string
  select: StatementSync
  /** Puts so many rows with one statement. */
  upsert(rows: number): StatementSync
  remove: StatementSync
  /** Rows that come one after another stand far apart, since their key does not begin with what grows with the ledger. */
  isScattered: boolean
  /** It has JSON that is looked through. */
  isLookedThrough: boolean
  /** None of a table whose rows are put once. */
  cache: CachedTable<Id, Row> | undefined
  batch: Batch
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

export function openTable(db: DatabaseSync, spec: TableSpec, cache: RowCache<Id, Row>): OpenTable {
  const columns = columnsOf(spec)
  const where = spec.key.map((name) => `${quoted(name)} = ?`).join(' AND ')
  const name = quoted(spec.name)
  const selectAll = selectionOf(spec)
  return {
    spec,
    columns,
    ids: idsOf(spec),
    selectAll,
    select: asArrays(db.prepare(`${selectAll} WHERE ${where}`)),
    upsert: upserts(db, spec),
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
  const row = `(${names.map(() => '?').join(', ')})`
  const prepared = new Map<number, StatementSync>()
  return (rows) => {
    const known = prepared.get(rows)
    if (known) return known
    const statement = db.prepare(
      `INSERT INTO ${quoted(spec.name)} (${names.map(quoted).join(', ')})
       VALUES ${Array.from({ length: rows }, () => row).join(', ')}
       ON CONFLICT DO ${update === '' ? 'NOTHING' : `UPDATE SET ${update}`}`
    )
    prepared.set(rows, statement)
    return statement
  }
}

export function asArrays(statement: StatementSync): StatementSync {
  statement.setReadBigInts(true)
  statement.setReturnArrays(true)
  return statement
}
