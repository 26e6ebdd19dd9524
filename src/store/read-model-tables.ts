import type { DatabaseSync, StatementSync } from 'node:sqlite'
import {
  type Cell,
  canonicalRow,
  decodeRow,
  encodeRow,
  joinKey,
  type KeyPart,
  keyOf,
  type Row,
  weightOf
} from './read-model-rows.ts'
import { quoted } from './read-model-shape.ts'
import type { TableSpec } from './read-model-spec.ts'
import type { RowCache } from './row-cache.ts'

/** A table, its statements, and what the running batch does to it. */
interface OpenTable {
  spec: TableSpec
  selectAll: string
  /** Keeps its rows apart from those of other tables in the cache. */
  prefix: string
  select: StatementSync
  upsert: StatementSync
  remove: StatementSync
  /** By key: the row to put, or none to delete it. */
  batch: Map<string, { key: readonly KeyPart[]; row: Row | undefined }>
}

function openTable(db: DatabaseSync, spec: TableSpec): OpenTable {
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
    batch: new Map()
  }
}

function asArrays(statement: StatementSync): StatementSync {
  statement.setReadBigInts(true)
  statement.setReturnArrays(true)
  return statement
}

/** The tables of all projections; `share` is applied to each row before it is handed out. */
export function openTables(
  db: DatabaseSync,
  specs: readonly TableSpec[],
  cache: RowCache<Row>,
  share: (row: Row) => Row
) {
  const tables = new Map(specs.map((spec) => [spec.name, openTable(db, spec)]))
  const open = ({ name }: TableSpec): OpenTable => {
    const found = tables.get(name)
    if (!found) throw new TypeError(`no projection of this read model owns a table ${name}`)
    return found
  }
  const dropBatch = () => {
    for (const table of tables.values()) table.batch.clear()
  }
  const committed = ({ prefix, select, spec }: OpenTable, id: string, key: readonly KeyPart[]) => {
    const cached = cache.get(prefix + id)
    if (cached) return cached
    const cells = select.get(...key) as Cell[] | undefined
    if (!cells) return undefined
    const row = share(decodeRow(spec, cells))
    cache.set(prefix + id, row, weightOf(cells))
    return row
  }
  return {
    dropBatch,
    get(table: TableSpec, key: readonly KeyPart[]): Row | undefined {
      const opened = open(table)
      const id = joinKey(key)
      const pending = opened.batch.get(id)
      return pending ? pending.row : committed(opened, id, key)
    },
    put(table: TableSpec, given: object): void {
      const { spec, batch } = open(table)
      const row = share(canonicalRow(spec, given))
      const key = keyOf(spec, row)
      batch.set(joinKey(key), { key, row })
    },
    delete(table: TableSpec, key: readonly KeyPart[]): void {
      open(table).batch.set(joinKey(key), { key, row: undefined })
    },
    selectFrom: (table: TableSpec) => open(table).selectAll,
    /** Rows from what a statement that begins with `selectFrom` has given. */
    rows: (table: TableSpec, found: readonly unknown[]): Row[] =>
      (found as Cell[][]).map((cells) => share(decodeRow(open(table).spec, cells))),
    deleteRows() {
      for (const name of tables.keys()) db.exec(`DELETE FROM ${quoted(name)}`)
      dropBatch()
      cache.clear()
    },
    /** Writes the batch in the caller's transaction; what it returns is called once COMMIT has succeeded. */
    writeBatch(): () => void {
      const keeps = [...tables.values()].map((table) => writeTable(table, cache))
      return () => {
        for (const keep of keeps) keep()
      }
    }
  }
}

function writeTable({ spec, batch, prefix, upsert, remove }: OpenTable, cache: RowCache<Row>): () => void {
  const written: [id: string, row: Row | undefined, weight: number][] = []
  for (const [id, { key, row }] of batch) {
    const cells = row ? encodeRow(spec, row) : []
    if (row) upsert.run(...cells)
    else remove.run(...key)
    written.push([prefix + id, row, weightOf(cells)])
  }
  return () => {
    for (const [id, row, weight] of written) {
      if (row) cache.set(id, row, weight)
      else cache.delete(id)
    }
  }
}

/** All or nothing. */
export function transaction<T>(db: DatabaseSync, work: () => T): T {
  db.exec('BEGIN IMMEDIATE')
  try {
    const result = work()
    db.exec('COMMIT')
    return result
  } catch (error) {
    // A full disk may have rolled back already.
    if (db.isTransaction) db.exec('ROLLBACK')
    throw error
  }
}

const STATEMENTS_MAX = 200

/** Prepares each text once, and keeps the ones used lately. */
export function statements(db: DatabaseSync): (sql: string, arrays: boolean) => StatementSync {
  const kept = new Map<string, StatementSync>()
  return (sql, arrays) => {
    const id = `${arrays} ${sql}`
    const statement = kept.get(id) ?? (arrays ? asArrays(db.prepare(sql)) : db.prepare(sql))
    statement.setReadBigInts(true)
    kept.delete(id)
    kept.set(id, statement)
    const oldest = kept.keys().next().value
    if (kept.size > STATEMENTS_MAX && oldest !== undefined) kept.delete(oldest)
    return statement
  }
}
