import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { encodeRow, type JsonForm, type KeyPart, type Row, weightOf } from './read-model-rows.ts'
import { quoted } from './read-model-shape.ts'
import type { TableSpec } from './read-model-spec.ts'
import type { RowCache } from './row-cache.ts'

/* One table of the read model, and how the rows of a batch get into it. */

/** A table, its statements, and what the running batch does to it. */
export interface OpenTable {
  spec: TableSpec
  selectAll: string
  /** Keeps its rows apart from those of other tables in the cache. */
  prefix: string
  select: StatementSync
  upsert: StatementSync
  remove: StatementSync
  json: JsonForm
  /** So many tables hold the same rows; each counts as a part of one in the cache. */
  sharing: number
  batch: Batch
}

/** The row to put, or none to delete it. */
export interface Entry {
  key: readonly KeyPart[]
  row: Row | undefined
}

/** By key; what was put longest ago comes first. */
type Batch = Map<string, Entry>

export function openTable(db: DatabaseSync, spec: TableSpec, sharing: number, json: JsonForm): OpenTable {
  const names = Object.keys(spec.columns)
  const columns = names.map(quoted).join(', ')
  const where = spec.key.map((name) => `${quoted(name)} = ?`).join(' AND ')
  const others = names.filter((name) => !spec.key.includes(name))
  const update = others.map((name) => `${quoted(name)} = excluded.${quoted(name)}`).join(', ')
  const name = quoted(spec.name)
  const selectAll = `SELECT ${columns} FROM ${name}`
  return {
    spec,
    selectAll,
    prefix: `${spec.name}/`,
    select: asArrays(db.prepare(`${selectAll} WHERE ${where}`)),
    upsert: db.prepare(
      `INSERT INTO ${name} (${columns}) VALUES (${names.map(() => '?').join(', ')})
       ON CONFLICT DO ${update === '' ? 'NOTHING' : `UPDATE SET ${update}`}`
    ),
    remove: db.prepare(`DELETE FROM ${name} WHERE ${where}`),
    json,
    sharing,
    batch: new Map()
  }
}

export function asArrays(statement: StatementSync): StatementSync {
  statement.setReadBigInts(true)
  statement.setReturnArrays(true)
  return statement
}

/** In the cache: that there is no such row. */
export const NO_ROW: Row = {}
export const NO_ROW_WEIGHT = 50

/** Writes the entries that were put longest ago, in the transaction of the batch, which the first of them begins. */
export function writeEarly(db: DatabaseSync, table: OpenTable, cache: RowCache<Row>, count: number): void {
  if (count === 0) return
  if (!db.isTransaction) db.exec('BEGIN IMMEDIATE')
  const early = new Map([...table.batch].slice(0, count))
  writeRows(table, early)
  for (const id of early.keys()) {
    table.batch.delete(id)
    if (!table.spec.once) cache.delete(table.prefix + id)
  }
}

export function writeTable(table: OpenTable, cache: RowCache<Row>): () => void {
  const { prefix, spec, sharing } = table
  const written = writeRows(table, table.batch)
  if (spec.once) return () => {}
  return () => {
    for (const { id, row, weight } of written) {
      if (row) cache.set(prefix + id, row, weight / sharing)
      else cache.set(prefix + id, NO_ROW, NO_ROW_WEIGHT)
    }
  }
}

/** Rows in the order of their key are found their place by fewer steps. */
function writeRows({ spec, upsert, remove, json }: OpenTable, batch: Batch) {
  const inOrder = batch.size > 1 && typeof batch.values().next().value?.key[0] === 'string'
  const ids = inOrder ? [...batch.keys()].sort() : batch.keys()
  const written: { id: string; row: Row | undefined; weight: number }[] = []
  for (const id of ids) {
    const { key, row } = batch.get(id) ?? { key: [], row: undefined }
    const cells = row ? encodeRow(spec, row, json) : []
    if (row) upsert.run(...cells)
    else remove.run(...key)
    if (!spec.once) written.push({ id, row, weight: weightOf(cells) })
  }
  return written
}
