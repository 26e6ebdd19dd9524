import { existsSync, statSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { type Placed, placeProjections } from './read-model-shape.ts'
import type { ProjectionSpec } from './read-model-spec.ts'
import { APPLICATION_ID, aboutRows, foreign, removeFiles, removeRowsFile, standsAt } from './rows-files.ts'

/** Raise it when the meta tables change; older files are then thrown away and rebuilt. */
const FORMAT = 1
/** Larger files are not checked page by page at the start; damage then shows when it is read. */
const CHECKED_BYTES_MAX = 256 * 1024 * 1024

export interface OpenedFile {
  db: DatabaseSync
  placed: Placed[]
  /** It is new, and written in a way that a crash would not leave it whole: see `finish`. */
  isUnfinished: boolean
}

/** See `ReadModelOptions`. */
export interface FileOptions {
  indexesLater?: boolean
  finishLater?: boolean
  foldedElsewhere?: boolean
}

/**
 * Opens the file of rows, making it what the projections of now expect. Everything in it can be derived again, so
 * what cannot be used is thrown away: the whole file when it is damaged or of another format, the tables of one
 * projection when they cannot be read any more, tables that no projection owns. Throws `ForeignStore` for a file that
 * is none of ours, and leaves it as it is.
 */
export function openRowsFile(
  path: string,
  projections: readonly ProjectionSpec[],
  rebuild: ReadonlySet<string>,
  options: FileOptions
): OpenedFile {
  return aboutRows(path, () => openPlaced(path, projections, rebuild, options))
}

function openPlaced(
  path: string,
  projections: readonly ProjectionSpec[],
  rebuild: ReadonlySet<string>,
  { indexesLater = false, finishLater = false, foldedElsewhere = false }: FileOptions
): OpenedFile {
  const { db, isUnfinished } = openUsable(path, finishLater && path !== ':memory:')
  try {
    if (foldedElsewhere) db.exec(FOLDED_ELSEWHERE)
    db.exec('BEGIN IMMEDIATE')
    const placed = placeProjections(db, projections, rebuild, indexesLater)
    db.exec('COMMIT')
    return { db, placed, isUnfinished }
  } catch (error) {
    db.close()
    throw error
  }
}

/** Damage is the one trouble that a rebuild cures; a full disk or a missing right is not. */
export const isDamage = (error: unknown): boolean =>
  error instanceof Error && 'errcode' in error && [11, 26].includes(Number(error.errcode) & 0xff)

/** What is said of rows that are found damaged while they are in use. */
export const ROWS_DAMAGED =
  'the rows are damaged and their file was removed: start this process again, which rebuilds them'

/**
 * A file found damaged by what is done here is deleted at once: the next start then rebuilds it instead of failing again.
 * `onDamage` is told of it.
 */
export const guardedBy =
  (path: string, onDamage?: (error: unknown) => void) =>
  <T>(work: () => T): T => {
    try {
      return work()
    } catch (error) {
      if (isDamage(error)) {
        onDamage?.(error)
        removeRowsFile(path)
      }
      throw error
    }
  }

/**
 * Makes a file that was left unfinished one that a crash leaves whole. Its format is written last, once everything
 * else is on the disk: a file without it is none of ours, and is thrown away when it is opened.
 */
export function finish(db: DatabaseSync): void {
  db.exec(`
    PRAGMA synchronous = FULL;
    PRAGMA user_version = 0;
    PRAGMA user_version = ${FORMAT};
    PRAGMA locking_mode = NORMAL;
    PRAGMA journal_mode = DELETE`)
  try {
    db.exec(LOGGED)
  } catch (error) {
    // Somebody reads it at this very moment. It is whole, and gets its log when it is opened again.
    if (!(error instanceof Error && 'errcode' in error && error.errcode === BUSY)) throw error
  }
}

const BUSY = 5

/** Copying the log into the file less often writes fewer pages, as the same ones change again and again. */
const LOGGED = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  PRAGMA wal_autocheckpoint = 2000;
  PRAGMA journal_size_limit = 67108864`
/** Somebody else copies it, who may not quite keep up with much writing: the log must not grow without bound. */
const FOLDED_ELSEWHERE = 'PRAGMA wal_autocheckpoint = 16000'

/**
 * Of new files; older ones keep what they were made with. Each page of a batch is written, and later copied, by calls of
 * its own, so that fewer and larger ones cost less; much larger ones would be written whole for the sake of one row.
 */
const PAGE_BYTES = 8192

/**
 * Neither a log, whose pages are all written twice, nor waiting for the disk; what is rolled back is in a journal
 * beside it. Whoever would read meanwhile is kept out, since without a log a reader stands in the way of a commit.
 */
const UNFINISHED = `
  PRAGMA locking_mode = EXCLUSIVE;
  PRAGMA journal_mode = TRUNCATE;
  PRAGMA synchronous = OFF`

/** Pages at hand. While a file is filled, rows come in the order of evaluations and stand in that of the ledger. */
const CACHE_KIB = 32_768
const FILLING_KIB = 65_536

interface Usable {
  db: DatabaseSync
  isUnfinished: boolean
}

function openUsable(path: string, finishLater: boolean): Usable {
  if (path !== ':memory:' && standsAt(path) === 'foreign') throw foreign(path)
  try {
    const opened = openFormat(path, finishLater)
    if (opened) return opened
  } catch (error) {
    if (!isDamage(error)) throw error
    if (standsAt(path) !== 'ours') throw foreign(path)
  }
  removeFiles(path)
  const fresh = openFormat(path, finishLater)
  if (!fresh) throw new Error(`${path} cannot be made a read model`)
  return fresh
}

/** The database, or nothing when it is a read model that cannot be used. */
function openFormat(path: string, finishLater: boolean): Usable | undefined {
  const checked = path !== ':memory:' && existsSync(path) && statSync(path).size <= CHECKED_BYTES_MAX
  const db = new DatabaseSync(path, { timeout: 2000 })
  try {
    const isNew = ['schema_version', 'application_id', 'user_version'].every((name) => pragma(db, name) === 0)
    if (!isNew && pragma(db, 'application_id') !== APPLICATION_ID) throw foreign(path)
    const isIntact = () => !checked || db.prepare('PRAGMA quick_check(1)').get()?.quick_check === 'ok'
    if (!isNew && !(pragma(db, 'user_version') === FORMAT && isIntact())) {
      db.close()
      return undefined
    }
    const isUnfinished = isNew && finishLater
    if (isNew) db.exec(`PRAGMA page_size = ${PAGE_BYTES}`)
    db.exec(isUnfinished ? UNFINISHED : LOGGED)
    db.exec(`
      PRAGMA cache_size = -${isUnfinished ? FILLING_KIB : CACHE_KIB};
      BEGIN IMMEDIATE;
      PRAGMA application_id = ${APPLICATION_ID};
      ${isUnfinished ? '' : `PRAGMA user_version = ${FORMAT};`}
      CREATE TABLE IF NOT EXISTS meta_store (only INTEGER PRIMARY KEY CHECK (only = 1), identity TEXT NOT NULL) STRICT;
      CREATE TABLE IF NOT EXISTS meta_projection (name TEXT PRIMARY KEY, version INTEGER NOT NULL) STRICT;
      CREATE TABLE IF NOT EXISTS checkpoint (projection TEXT PRIMARY KEY, position INTEGER NOT NULL) STRICT;
      COMMIT`)
    return { db, isUnfinished }
  } catch (error) {
    db.close()
    throw error
  }
}

const pragma = (db: DatabaseSync, name: string) => db.prepare(`PRAGMA ${name}`).get()?.[name]
