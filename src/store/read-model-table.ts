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

interface Part {
  table: OpenTable
  batch: Batch
}

/**
 * Writes the entries that were put longest ago in tables of the same columns, in the transaction of the batch, which
 * the first of them begins. `share`: of a hundred so many.
 */
export function writeEarly(
  db: DatabaseSync,
  group: readonly OpenTable[],
  cache: RowCache<Row>,
  share: number
): void {
  const parts = group.map((table) => {
    const count = Math.floor((table.batch.size * share) / 100)
    return { table, batch: new Map([...table.batch].slice(0, count)) }
  })
  if (parts.every(({ batch }) => batch.size === 0)) return
  if (!db.isTransaction) db.exec('BEGIN IMMEDIATE')
  writeParts(parts)
  for (const { table, batch } of parts) {
    for (const id of batch.keys()) {
      table.batch.delete(id)
      if (!table.spec.once) cache.delete(table.prefix + id)
    }
  }
}

/** Writes all of them; what it returns keeps the rows at hand. */
export function writeGroup(group: readonly OpenTable[], cache: RowCache<Row>): () => void {
  const written = writeParts(group.map((table) => ({ table, batch: table.batch })))
  return () => {
    for (const { table, id, row, weight } of written) {
      if (row) cache.set(table.prefix + id, row, weight / table.sharing)
      else cache.set(table.prefix + id, NO_ROW, NO_ROW_WEIGHT)
    }
  }
}

interface Written {
  table: OpenTable
  id: string
  row: Row | undefined
  weight: number
}

/**
 * Side by side, so that a row which several tables hold becomes JSON once. Rows in the order of their key are found
 * their place by fewer steps.
 */
function writeParts(parts: readonly Part[]): Written[] {
  const ids = new Set(parts.flatMap(({ batch }) => [...batch.keys()]))
  const written: Written[] = []
  for (const id of [...ids].sort()) {
    for (const { table, batch } of parts) {
      const entry = batch.get(id)
      if (!entry) continue
      const { spec, upsert, remove, json } = table
      const cells = entry.row ? encodeRow(spec, entry.row, json) : []
      if (entry.row) upsert.run(...cells)
      else remove.run(...entry.key)
      if (!spec.once) written.push({ table, id, row: entry.row, weight: weightOf(cells) })
    }
  }
  return written
}
