import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { canonicalRow } from './read-model-canonical.ts'
import type { Id, KeyPart } from './read-model-keys.ts'
import { type Cell, decodeRow, encodeRow, type Row, weightOf } from './read-model-rows.ts'
import { quoted } from './read-model-shape.ts'
import type { TableSpec } from './read-model-spec.ts'
import { asArrays, NO_ROW, NO_ROW_WEIGHT, type OpenTable, openTable } from './read-model-table.ts'
import { writeBatch, writeEarly } from './read-model-write.ts'
import type { RowCache } from './row-cache.ts'

/**
 * Rows of a table that are put once wait for each other, to be written in the order of their key: the longer, where
 * keys are in no order and a row would else hardly ever find another on its page. Long ones do not wait for long: what
 * survives that is carried about by the collector of garbage again and again.
 */
const EARLY = { rows: 2_000, scattered: 20_000, characters: 512 * 1024 }
/** The others wait for the commit; of too many, those that have waited longest are written early too. */
const WAITING = { rows: 20_000, characters: 8 * 1024 * 1024 }
/** One row in so many is weighed when it is put: that is nearer than need be, and costs hardly anything. */
const WEIGHED = 64

export interface TableParts {
  /** Applied to each row before it is handed out. */
  share: (row: Row) => Row
  /** See `canonicalRow`. */
  isStrict: boolean
  /** Whether rows of a log may stand aside. */
  aside: boolean
  /** Looks after what may show that the file is damaged. */
  guarded: <T>(work: () => T) => T
}

/** The tables of all projections. */
export function openTables(
  db: DatabaseSync,
  specs: readonly TableSpec[],
  cache: RowCache<Id, Row>,
  { share, isStrict, aside, guarded }: TableParts
) {
  const tables = new Map(specs.map((spec) => [spec.name, openTable(db, spec, cache, aside)]))
  /** By the specification itself: who asks for a table does so again and again with the same one. */
  const asked = new Map<TableSpec, OpenTable>()
  const open = (spec: TableSpec): OpenTable => {
    const known = asked.get(spec)
    if (known) return known
    const found = tables.get(spec.name)
    if (!found) throw new TypeError(`no projection of this read model owns a table ${spec.name}`)
    asked.set(spec, found)
    return found
  }
  /** Tables whose rows are kept at hand, and wait for the commit. */
  const kept = () => [...tables.values()].filter(({ cache }) => cache)
  /** So many of their rows do. */
  let waiting = 0
  /** Whether the transaction of the batch has begun. */
  let isBegun = false
  const dropBatch = () => {
    for (const { batch } of tables.values()) {
      batch.rows.clear()
      batch.log = []
      batch.deleted.clear()
    }
    waiting = 0
    isBegun = false
  }
  /** Writes a part of the batch, in its transaction. */
  const early = (table: OpenTable, share: number): void => {
    isBegun = true
    guarded(() => {
      if (!db.isTransaction) db.exec('BEGIN IMMEDIATE')
      writeEarly(table, share)
    })
  }
  const waitingCharacters = (): number =>
    kept().reduce((sum, { batch }) => sum + batch.rows.size * batch.weight, 0)
  const thin = (): void => {
    for (const table of tables.values()) if (!table.spec.log) early(table, 50)
    waiting = kept().reduce((sum, { batch }) => sum + batch.rows.size, 0)
  }
  /** Puts a row into the batch, where it keeps the place of one that it replaces; what has become too much is written early. */
  const add = (table: OpenTable, id: Id, row: Row | null): void => {
    const { batch, cache } = table
    if (cache && !batch.rows.has(id)) waiting += 1
    batch.rows.set(id, row)
    if (row && batch.puts++ % WEIGHED === 0) weigh(table, row)
    if (!cache) {
      if (isEnough(table, batch.rows.size)) early(table, 100)
    } else if (waiting >= WAITING.rows) thin()
  }
  const addToLog = (table: OpenTable, row: Row): void => {
    const { log } = table.batch
    log.push(row)
    if (table.batch.puts++ % WEIGHED === 0) weigh(table, row)
    if (isEnough(table, log.length)) early(table, 100)
  }
  const weigh = ({ batch, columns, cache }: OpenTable, row: Row): void => {
    const weight = encodeRow(columns, row, [], 0)
    batch.weight = batch.weight === 0 ? weight : batch.weight + (weight - batch.weight) / 4
    if (cache && waitingCharacters() >= WAITING.characters) thin()
  }
  const committed = ({ select, columns, cache }: OpenTable, id: Id, key: readonly KeyPart[]) => {
    const cached = cache?.get(id)
    if (cached) return cached === NO_ROW ? undefined : cached
    const cells = guarded(() => select.get(...key)) as Cell[] | undefined
    const row = cells && share(decodeRow(columns, cells))
    cache?.set(id, row ?? NO_ROW, cells ? weightOf(cells) : NO_ROW_WEIGHT)
    return row
  }
  /** The row before, unless it would have to be read. */
  const atHand = ({ batch, cache }: OpenTable, id: Id): Row | undefined =>
    batch.rows.get(id) ?? cache?.get(id)
  return {
    dropBatch,
    /** Whether the batch has been begun in the file. */
    isBegun: () => isBegun,
    get(table: TableSpec, key: readonly KeyPart[]): Row | undefined {
      const opened = open(table)
      if (opened.batch.log.length > 0) throw notInLog(table)
      const id = opened.ids.ofKey(key)
      const pending = opened.batch.rows.get(id)
      return pending === undefined ? committed(opened, id, key) : (pending ?? undefined)
    },
    put(table: TableSpec, given: object): void {
      const opened = open(table)
      const { spec, columns, ids } = opened
      if (spec.log) {
        addToLog(opened, share(canonicalRow(spec, columns, given, undefined, isStrict)))
        return
      }
      const id = ids.ofRow(given)
      // What was there before only shortens looking through JSON that is not taken at its word.
      const before = opened.cache && (isStrict || opened.isLookedThrough) ? atHand(opened, id) : undefined
      add(opened, id, share(canonicalRow(spec, columns, given, before, isStrict)))
    },
    delete(table: TableSpec, key: readonly KeyPart[]): void {
      const opened = open(table)
      if (opened.spec.log) throw notInLog(table)
      const id = opened.ids.ofKey(key)
      opened.batch.deleted.set(id, key)
      add(opened, id, null)
    },
    deleteRows() {
      for (const { spec, aside } of tables.values()) {
        for (const { name } of aside ? [spec, aside] : [spec]) db.exec(`DELETE FROM ${quoted(name)}`)
      }
      dropBatch()
      cache.clear()
    },
    /** Writes the batch in the caller's transaction; what it returns is called once COMMIT has succeeded. */
    writeBatch(): () => void {
      const keeps = [...tables.values()].map(writeBatch)
      return () => {
        for (const keep of keeps) keep()
      }
    }
  }
}

/** Whether so many rows that wait for each other are as many as should. */
const isEnough = ({ isScattered, batch }: OpenTable, rows: number): boolean =>
  rows >= (isScattered ? EARLY.scattered : EARLY.rows) || rows * batch.weight >= EARLY.characters

const notInLog = ({ name }: TableSpec) =>
  new TypeError(`${name} is a log: its rows are neither read by handlers nor deleted`)

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
