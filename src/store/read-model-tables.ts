import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { type Cell, decodeRow, joinKey, type KeyPart, keyOf, type Row, weightOf } from './read-model-rows.ts'
import { quoted } from './read-model-shape.ts'
import { canonicalOnce, JSON_ALONE, sharedJson } from './read-model-shared.ts'
import type { TableSpec } from './read-model-spec.ts'
import {
  asArrays,
  type Entry,
  NO_ROW,
  NO_ROW_WEIGHT,
  type OpenTable,
  openTable,
  writeEarly,
  writeGroup
} from './read-model-table.ts'
import type { RowCache } from './row-cache.ts'

/** So many rows of a table that are put once wait for each other, to be written in the order of their key. */
const EARLY_ROWS = 2_000
/** Of the others so many may wait for the commit; then those that were put longest ago are written early too. */
const WAITING_ROWS = 40_000

/** The tables of all projections; `share` is applied to each row before it is handed out; `isStrict`: see `canonicalRow`. */
export function openTables(
  db: DatabaseSync,
  specs: readonly TableSpec[],
  cache: RowCache<Row>,
  share: (row: Row) => Row,
  isStrict: boolean
) {
  const shared = sharedJson()
  const tables = new Map(
    specs.map((spec) => {
      const sharing = specs.filter(({ columns }) => columns === spec.columns).length
      return [spec.name, openTable(db, spec, sharing, sharing > 1 ? shared : JSON_ALONE)]
    })
  )
  const groups = [...Map.groupBy(tables.values(), ({ spec }) => spec.columns).values()]
  const canonical = canonicalOnce(isStrict)
  const open = ({ name }: TableSpec): OpenTable => {
    const found = tables.get(name)
    if (!found) throw new TypeError(`no projection of this read model owns a table ${name}`)
    return found
  }
  let waiting = 0
  const dropBatch = () => {
    for (const table of tables.values()) table.batch.clear()
    waiting = 0
  }
  /** Puts a row at the end of the batch; what has become too much is written early, in the transaction of the batch. */
  const add = (table: OpenTable, id: string, entry: Entry): void => {
    const { spec, batch } = table
    if (!batch.delete(id) && !spec.once) waiting += 1
    batch.set(id, entry)
    if (spec.once && batch.size >= EARLY_ROWS) writeEarly(db, [table], cache, 100)
    if (waiting < WAITING_ROWS) return
    for (const group of groups) writeEarly(db, group, cache, 50)
    waiting = [...tables.values()].reduce((sum, each) => sum + (each.spec.once ? 0 : each.batch.size), 0)
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
      const { spec } = opened
      const key = keyOf(spec, given)
      const id = joinKey(key)
      const row = share(canonical(spec, given, atHand(opened, id)))
      add(opened, id, { key, row })
    },
    delete(table: TableSpec, key: readonly KeyPart[]): void {
      add(open(table), joinKey(key), { key, row: undefined })
    },
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
      const keeps = groups.map((group) => writeGroup(group, cache))
      return () => {
        for (const keep of keeps) keep()
      }
    }
  }
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
