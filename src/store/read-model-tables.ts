import type { DatabaseSync, StatementSync } from 'node:sqlite'
import {
  type Cell,
  decodeRow,
  encodeRow,
  type JsonForm,
  joinKey,
  type KeyPart,
  keyOf,
  type Row,
  weightOf
} from './read-model-rows.ts'
import { quoted } from './read-model-shape.ts'
import { canonicalOnce, JSON_ALONE, sharedJson } from './read-model-shared.ts'
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
  json: JsonForm
  /** So many tables hold the same rows; each counts as a part of one in the cache. */
  sharing: number
  batch: Batch
}

/** By key: the row to put, or none to delete it. */
type Batch = Map<string, { key: readonly KeyPart[]; row: Row | undefined }>

function openTable(db: DatabaseSync, spec: TableSpec, sharing: number, json: JsonForm): OpenTable {
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

function asArrays(statement: StatementSync): StatementSync {
  statement.setReadBigInts(true)
  statement.setReturnArrays(true)
  return statement
}

/** So many rows of a table that are put once wait for each other, to be written in the order of their key. */
const EARLY_ROWS = 20_000

/** In the cache: that there is no such row. */
const NO_ROW: Row = {}
const NO_ROW_WEIGHT = 50

/** The tables of all projections; `share` is applied to each row before it is handed out. */
export function openTables(
  db: DatabaseSync,
  specs: readonly TableSpec[],
  cache: RowCache<Row>,
  share: (row: Row) => Row
) {
  const shared = sharedJson()
  const tables = new Map(
    specs.map((spec) => {
      const sharing = specs.filter(({ columns }) => columns === spec.columns).length
      return [spec.name, openTable(db, spec, sharing, sharing > 1 ? shared : JSON_ALONE)]
    })
  )
  const canonical = canonicalOnce()
  const open = ({ name }: TableSpec): OpenTable => {
    const found = tables.get(name)
    if (!found) throw new TypeError(`no projection of this read model owns a table ${name}`)
    return found
  }
  const dropBatch = () => {
    for (const table of tables.values()) table.batch.clear()
    shared.forget()
  }
  const committed = (
    { prefix, select, spec, json, sharing }: OpenTable,
    id: string,
    key: readonly KeyPart[]
  ) => {
    const cached = spec.once ? undefined : cache.get(prefix + id)
    if (cached) return cached === NO_ROW ? undefined : cached
    const cells = select.get(...key) as Cell[] | undefined
    if (spec.once) return cells && share(decodeRow(spec, cells, json))
    const row = cells ? share(decodeRow(spec, cells, json)) : NO_ROW
    cache.set(prefix + id, row, cells ? weightOf(cells) / sharing : NO_ROW_WEIGHT)
    return cells && row
  }
  /** The row before, unless it would have to be read. */
  const atHand = ({ spec, batch, prefix }: OpenTable, id: string): Row | undefined =>
    batch.get(id)?.row ?? (spec.once ? undefined : cache.get(prefix + id))
  return {
    dropBatch,
    get(table: TableSpec, key: readonly KeyPart[]): Row | undefined {
      const opened = open(table)
      const id = joinKey(key)
      const pending = opened.batch.get(id)
      return pending ? pending.row : committed(opened, id, key)
    },
    put(table: TableSpec, given: object): void {
      const opened = open(table)
      const { spec, batch } = opened
      const key = keyOf(spec, given)
      const id = joinKey(key)
      const row = share(canonical(spec, given, atHand(opened, id)))
      batch.set(id, { key, row })
      if (spec.once && batch.size >= EARLY_ROWS) writeEarly(db, opened)
    },
    delete(table: TableSpec, key: readonly KeyPart[]): void {
      open(table).batch.set(joinKey(key), { key, row: undefined })
    },
    /** Rows that wait to be written. */
    waiting: () => [...tables.values()].reduce((sum, { batch }) => sum + batch.size, 0),
    selectFrom: (table: TableSpec) => open(table).selectAll,
    /** The same with a parameter for each of these columns: the path of what is read of it. */
    selectMembers(table: TableSpec, of: readonly string[]): string {
      const { name, columns } = open(table).spec
      const read = Object.keys(columns).map((each) =>
        of.includes(each) ? `${quoted(each)} -> ?` : quoted(each)
      )
      return `SELECT ${read.join(', ')} FROM ${quoted(name)}`
    },
    /** Rows from what a statement that begins with `selectFrom` has given. */
    rows: (table: TableSpec, found: readonly unknown[]): Row[] =>
      (found as Cell[][]).map((cells) => share(decodeRow(open(table).spec, cells, JSON_ALONE))),
    deleteRows() {
      for (const name of tables.keys()) db.exec(`DELETE FROM ${quoted(name)}`)
      dropBatch()
      cache.clear()
    },
    /** Writes the batch in the caller's transaction; what it returns is called once COMMIT has succeeded. */
    writeBatch(): () => void {
      const keeps = [...tables.values()].map((table) => writeTable(table, cache))
      shared.forget()
      return () => {
        for (const keep of keeps) keep()
      }
    }
  }
}

/** In the transaction of the batch, which is begun by the first table that is so large. */
function writeEarly(db: DatabaseSync, table: OpenTable): void {
  if (!db.isTransaction) db.exec('BEGIN IMMEDIATE')
  writeRows(table)
  table.batch.clear()
}

function writeTable(table: OpenTable, cache: RowCache<Row>): () => void {
  const { prefix, spec, sharing } = table
  const written = writeRows(table)
  if (spec.once) return () => {}
  return () => {
    for (const { id, row, weight } of written) {
      if (row) cache.set(prefix + id, row, weight / sharing)
      else cache.set(prefix + id, NO_ROW, NO_ROW_WEIGHT)
    }
  }
}

/** Rows in the order of their key are found their place by fewer steps. */
function writeRows({ spec, batch, upsert, remove, json }: OpenTable) {
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

/** All or nothing, with what was written early. */
export function transaction<T>(db: DatabaseSync, work: () => T): T {
  if (!db.isTransaction) db.exec('BEGIN IMMEDIATE')
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
