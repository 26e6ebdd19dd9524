import { isDamage, openRowsFile, removeRowsFile } from './read-model-file.ts'
import { checkpoints, storeBinding } from './read-model-meta.ts'
import { type Cell, freezeDeep, type KeyPart, type Row } from './read-model-rows.ts'
import { openTables, statements, transaction } from './read-model-tables.ts'
import { rowCache } from './row-cache.ts'

/*
 * Where the rows of projections are kept. All of it can be derived from the events again, and is whenever the file
 * does not fit. Rows are never changed in place: what is put belongs to the read model, what is got is shared.
 */

/** How a column is kept: `int` is a JavaScript number, `position` a bigint, `json` any plain value. */
export type ColumnType = 'text' | 'int' | 'position' | 'json'

export interface TableSpec {
  /** The whole name of the table, unique over all projections. */
  name: string
  key: readonly string[]
  columns: Readonly<Record<string, ColumnType>>
  indexes?: readonly (readonly string[])[]
}

export interface ProjectionSpec {
  name: string
  /** Another version than the file's: its rows are dropped, and its checkpoint is 0 again. */
  version: number
  tables: readonly TableSpec[]
}

export interface ReadModel {
  /**
   * Says which event store the rows are of (`EventStore.identity`); rows of another one are dropped. A store that was
   * empty is bound again after its first event, which keeps the rows made of it in this process.
   */
  bindStore(identity: string): void
  /** The row with a key, given in the order of `key`: as put in the running batch, else as last committed. */
  get(table: TableSpec, key: readonly KeyPart[]): Row | undefined
  /** Committed rows by a clause over the table's columns: `all(t, 'where evaluation = ? order by node', [id])`. */
  all(table: TableSpec, clause: string, parameters?: readonly Cell[]): Row[]
  /** Committed rows by free SQL, as SQLite gives them: integers are bigints, json is text. */
  query(sql: string, parameters?: readonly Cell[]): Row[]
  /** Puts a whole row into the running batch. The row may not be changed afterwards. */
  put(table: TableSpec, row: object): void
  /** Deletes a row in the running batch. */
  delete(table: TableSpec, key: readonly KeyPart[]): void
  /** Writes the batch and the checkpoints (one per projection) in one transaction. Throws, and keeps nothing of the batch, if it fails. */
  commit(checkpoints: ReadonlyMap<string, bigint>): void
  /** Drops the running batch. */
  rollback(): void
  /** Up to where a projection has applied the ledger; 0 when new. */
  checkpoint(projection: string): bigint
  close(): void
}

export interface ReadModelOptions {
  /** How many rows, and how many characters in them, are kept ready parsed. */
  cacheRows?: number
  cacheCharacters?: number
  /** Freeze every row that is handed out, so that changing one throws: for tests. */
  freeze?: boolean
}

/** Opens the read model of these projections in a file, or in `:memory:`. */
export function openReadModel(
  path: string,
  projections: readonly ProjectionSpec[],
  options: ReadModelOptions = {}
): ReadModel {
  const db = openRowsFile(path, projections)
  const cache = rowCache<Row>(options.cacheRows ?? 20_000, options.cacheCharacters ?? 64 * 1024 * 1024)
  const specs = projections.flatMap((projection) => projection.tables)
  const tables = openTables(db, specs, cache, options.freeze ? freezeDeep : (row) => row)
  const prepare = statements(db)
  const saved = checkpoints(db)
  const store = storeBinding(db)

  /** A file found damaged is deleted at once: the next start then rebuilds it instead of failing again. */
  const guarded = <T>(work: () => T): T => {
    try {
      return work()
    } catch (error) {
      if (isDamage(error)) removeRowsFile(path)
      throw error
    }
  }

  return {
    bindStore(identity) {
      if (store.accepts(identity, saved.any())) return store.bind(identity)
      guarded(() =>
        transaction(db, () => {
          tables.deleteRows()
          db.exec('DELETE FROM checkpoint')
          store.bind(identity)
        })
      )
      saved.clear()
    },
    get: (table, key) => guarded(() => tables.get(table, key)),
    all: (table, clause, parameters = []) =>
      guarded(() => {
        const statement = prepare(`${tables.selectFrom(table)} ${clause}`, true)
        return tables.rows(table, statement.all(...parameters))
      }),
    query: (sql, parameters = []) => guarded(() => prepare(sql, false).all(...parameters)),
    put: tables.put,
    delete: tables.delete,
    commit(checkpoints) {
      try {
        const keep = guarded(() =>
          transaction(db, () => {
            saved.write(checkpoints)
            return tables.writeBatch()
          })
        )
        keep()
        saved.remember(checkpoints)
      } finally {
        tables.dropBatch()
      }
    },
    rollback: tables.dropBatch,
    checkpoint: (projection) => saved.of(projection),
    close: () => {
      if (db.isOpen) db.close()
    }
  }
}
