import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { TableSpec } from './read-model.ts'
import { quoted } from './read-model-file.ts'
import { type Cell, encodeRow, type KeyPart, type Row } from './read-model-rows.ts'

/** A table, its statements, and what the running batch does to it. */
export interface OpenTable {
  spec: TableSpec
  /** Its columns as a select lists them. */
  columns: string
  /** Keeps its rows apart from those of other tables in the cache. */
  prefix: string
  select: StatementSync
  upsert: StatementSync
  remove: StatementSync
  /** By key: the row to put, or none to delete it. */
  batch: Map<string, { key: readonly KeyPart[]; row: Row | undefined }>
}

/** Key, row (none: deleted) and cells of what a batch has written. */
export type Written = [id: string, row: Row | undefined, cells: Cell[]]

export function openTable(db: DatabaseSync, spec: TableSpec): OpenTable {
  const names = Object.keys(spec.columns)
  const columns = names.map(quoted).join(', ')
  const where = spec.key.map((name) => `${quoted(name)} = ?`).join(' AND ')
  const others = names.filter((name) => !spec.key.includes(name))
  const update = others.map((name) => `${quoted(name)} = excluded.${quoted(name)}`).join(', ')
  const name = quoted(spec.name)
  return {
    spec,
    columns,
    prefix: `${spec.name}/`,
    select: asArrays(db.prepare(`SELECT ${columns} FROM ${name} WHERE ${where}`)),
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

/** Writes what is in the batch of a table; the caller holds the transaction. */
export function writeBatch({ spec, batch, upsert, remove }: OpenTable): Written[] {
  const written: Written[] = []
  for (const [id, { key, row }] of batch) {
    const cells = row ? encodeRow(spec, row) : []
    if (row) upsert.run(...cells)
    else remove.run(...key)
    written.push([id, row, cells])
  }
  return written
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

/** The checkpoints of the file, known without asking it. */
export function checkpoints(db: DatabaseSync) {
  const select = db.prepare('SELECT projection, position FROM checkpoint')
  select.setReadBigInts(true)
  const known = new Map(select.all().map((row) => [String(row.projection), row.position as bigint]))
  const upsert = db.prepare(
    `INSERT INTO checkpoint VALUES (?, ?) ON CONFLICT DO UPDATE SET position = excluded.position`
  )
  return {
    of: (projection: string) => known.get(projection) ?? 0n,
    any: () => [...known.values()].some((position) => position > 0n),
    write(positions: ReadonlyMap<string, bigint>) {
      for (const [projection, position] of positions) {
        if (position !== known.get(projection)) upsert.run(projection, position)
      }
    },
    remember(positions: ReadonlyMap<string, bigint>) {
      for (const [projection, position] of positions) known.set(projection, position)
    },
    clear: () => known.clear()
  }
}

/** Which event store the rows are of. */
export function storeBinding(db: DatabaseSync) {
  const found = db.prepare('SELECT identity FROM meta_store').get()
  let stored = found ? String(found.identity) : ''
  /** This process has seen its store empty, so all rows since then are of that store. */
  let seenEmpty = false
  const upsert = db.prepare(
    `INSERT INTO meta_store VALUES (1, ?) ON CONFLICT DO UPDATE SET identity = excluded.identity`
  )
  return {
    accepts: (identity: string, anyRows: boolean) =>
      identity === stored || (stored === '' && (!anyRows || (seenEmpty && identity !== 'empty'))),
    bind(identity: string) {
      seenEmpty = identity === 'empty'
      const wanted = seenEmpty ? '' : identity
      if (wanted !== stored) upsert.run(wanted)
      stored = wanted
    }
  }
}
