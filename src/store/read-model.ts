import { existsSync } from 'node:fs'
import { adoptRows, type Divisible, mergeRows } from './read-model-adopt.ts'
import { dropAside, takeInAside } from './read-model-aside.ts'
import { finish, guardedBy, openRowsFile } from './read-model-file.ts'
import type { Id, KeyPart } from './read-model-keys.ts'
import { checkpoints, type Known, knownEvent, storeBinding } from './read-model-meta.ts'
import type { ReadModelOptions } from './read-model-options.ts'
import { type Reads, readsOf } from './read-model-reads.ts'
import { type Cell, freezeDeep, type Row } from './read-model-rows.ts'
import {
  builtTables,
  clearRows,
  completeIndexes,
  disown,
  own,
  type Placed,
  replaceRows,
  specsOf
} from './read-model-shape.ts'
import type { ProjectionSpec, TableSpec } from './read-model-spec.ts'
import { openTables, statements, transaction } from './read-model-tables.ts'
import { rowCache } from './row-cache.ts'
import { holdFile } from './rows-files.ts'

/*
 * Where the rows of projections are kept. All of it can be derived from the events again, and is whenever the file
 * does not fit. Rows are never changed in place: what is put belongs to the read model, what is got is shared.
 */

export interface ReadModel extends Divisible, Reads {
  /**
   * Says which event store the rows are of (`EventStore.identity`) and where it ends; rows of another one are dropped,
   * and so are rows made of events beyond its end, or where it does not hold the event that is `known`: it was put back
   * from a backup. A store that was empty is bound again after its first event, which keeps the rows made of it in this
   * process.
   */
  bindStore(identity: string, end?: bigint, holdsKnown?: boolean): void
  /** The newest event of the ledger that it was told of, as of the last commit or later. */
  known(): Known | null
  /** Tells of an event of the ledger, which is kept with the next batch. */
  meet(known: Known): void
  /** The row with a key, given in the order of `key`: as put in the running batch, else as last committed. */
  get(table: TableSpec, key: readonly KeyPart[]): Row | undefined
  /** The same as handlers see it, who build new rows while `get` gives older ones. */
  latest(table: TableSpec, key: readonly KeyPart[]): Row | undefined
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
  /**
   * Puts all rows that stand aside in their places, which nobody reads before, and makes the indexes that were left for
   * later; makes the file one that a crash leaves whole.
   */
  complete(): void
  /** Up to where the handlers of a projection have applied the ledger; 0 when new. */
  checkpoint(projection: string): bigint
  /** Up to where the rows go that are read: behind the checkpoint's while new ones are built beside them. */
  served(projection: string): bigint
  /** Whether rows are being built beside older ones that are read meanwhile. */
  isBuilding(projection: string): boolean
  /** Puts the rows that were built for these projections in the place of the older ones, in one transaction. */
  switchTo(projections: readonly string[]): void
  /** Drops the rows of a projection and its checkpoint. */
  clear(projection: string): void
  close(): void
}

/**
 * Opens the read model of these projections in a file, or in `:memory:`. Throws `StoreLocked` while another process
 * holds the file.
 */
export function openReadModel(
  path: string,
  projections: readonly ProjectionSpec[],
  options: ReadModelOptions = {}
): ReadModel {
  const release = holdFile(path)
  try {
    return openHeld(path, projections, options, release)
  } catch (error) {
    release()
    throw error
  }
}

function openHeld(
  path: string,
  projections: readonly ProjectionSpec[],
  options: ReadModelOptions,
  release: () => void
): ReadModel {
  const { db, placed, ...opened } = openRowsFile(path, projections, new Set(options.rebuild ?? []), options)
  let { isUnfinished } = opened
  const cache = rowCache<Id, Row>(options.cacheRows ?? 20_000, options.cacheCharacters ?? 64 * 1024 * 1024)
  const share = options.freeze ? freezeDeep<Row> : (row: Row) => row
  const prepare = statements(db)
  const saved = checkpoints(db)
  const store = storeBinding(db)
  const known = knownEvent(db)
  let built = builtTables(placed)
  const builtFor = (table: TableSpec) => (built.size === 0 ? table : (built.get(table.name) ?? table))
  const suffixOf = (name: string) => placed.find(({ spec }) => spec.name === name)?.suffix ?? ''

  const guarded = guardedBy(path)
  const open = () =>
    openTables(db, specsOf(placed), cache, {
      share,
      isStrict: options.freeze ?? false,
      aside: isUnfinished,
      guarded
    })
  let tables = open()
  const changed = (work: () => void): void => guarded(() => transaction(db, work))
  const placesOf = (names: readonly string[]) => placed.filter(({ spec }) => names.includes(spec.name))
  const settle = (these: readonly Placed[]): void =>
    changed(() => {
      takeInAside(db, these)
      for (const each of these) completeIndexes(db, each)
    })
  const finished = (): void => {
    if (isUnfinished && !options.isScratch) {
      changed(() => takeInAside(db, placed))
      guarded(() => finish(db))
    }
    isUnfinished = false
  }

  return {
    bindStore(identity, end, holdsKnown = true) {
      const ahead = end !== undefined && saved.newest() > end
      if (!ahead && holdsKnown && store.accepts(identity, saved.newest() > 0n)) return store.bind(identity)
      changed(() => {
        tables.deleteRows()
        db.exec('DELETE FROM checkpoint')
        known.clear()
        store.bind(identity)
      })
      saved.clear()
    },
    known: known.newest,
    meet: known.meet,
    get: (table, key) => tables.get(table, key),
    latest: (table, key) => tables.get(builtFor(table), key),
    ...readsOf({ guarded, prepare, share }),
    query: (sql, parameters = []) => guarded(() => prepare(sql, false).all(...parameters)),
    put: (table, row) => tables.put(builtFor(table), row),
    delete: (table, key) => tables.delete(builtFor(table), key),
    commit(checkpoints) {
      const named = new Map([...checkpoints].map(([name, position]) => [name + suffixOf(name), position]))
      try {
        const keep = guarded(() =>
          transaction(db, () => {
            saved.write(named)
            known.write()
            return tables.writeBatch()
          })
        )
        keep()
        known.keep()
        saved.remember(named)
      } catch (error) {
        cache.clear()
        throw error
      } finally {
        tables.dropBatch()
      }
    },
    rollback() {
      // What was written early is at hand; a full disk may have rolled it back already.
      if (tables.isBegun()) cache.clear()
      if (db.isTransaction) db.exec('ROLLBACK')
      tables.dropBatch()
    },
    settle(names) {
      settle(placesOf(names))
      tables = open()
    },
    complete() {
      settle(placed)
      finished()
      tables = open()
    },
    checkpoint: (projection) => saved.of(projection + suffixOf(projection)),
    served: (projection) => saved.of(projection),
    isBuilding: (projection) => suffixOf(projection) !== '',
    switchTo(names) {
      const ready = placed.filter(({ spec, suffix }) => suffix !== '' && names.includes(spec.name))
      if (ready.length === 0) return
      changed(() => {
        for (const each of ready) replaceRows(db, each)
      })
      for (const each of ready) {
        saved.remember(new Map([[each.spec.name, saved.of(each.spec.name + each.suffix)]]))
        saved.forget(each.spec.name + each.suffix)
        each.suffix = ''
      }
      cache.clear()
      tables = open()
      built = builtTables(placed)
    },
    clear(projection) {
      const cleared = placesOf([projection])
      changed(() => {
        clearRows(db, cleared)
        dropAside(db, cleared)
        own(db, cleared)
      })
      tables = open()
      for (const { spec, suffix } of cleared) saved.forget(spec.name + suffix)
      cache.clear()
    },
    adopt(from, names) {
      saved.remember(guarded(() => adoptRows(db, from, placesOf(names))))
      cache.clear()
    },
    divide: (names) => changed(() => disown(db, placesOf(names))),
    merge(from, names) {
      guarded(() => mergeRows(db, from, placesOf(names)))
      tables = open()
      cache.clear()
    },
    close: () => {
      if (!db.isOpen) return
      try {
        if (db.isTransaction) db.exec('ROLLBACK')
        if (existsSync(path)) finished()
      } catch {
        // What could not be finished is built anew by the next start.
      }
      db.close()
      release()
    }
  }
}
