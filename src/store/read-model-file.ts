import { existsSync, rmSync, statSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { type Placed, placeProjections } from './read-model-shape.ts'
import type { ProjectionSpec } from './read-model-spec.ts'

/** "KrnR": a file with another mark is not a read model of ours. */
const APPLICATION_ID = 0x4b726e52
/** Raise it when the meta tables change; older files are then thrown away and rebuilt. */
const FORMAT = 1
/** Larger files are not checked page by page at the start; damage then shows when it is read. */
const CHECKED_BYTES_MAX = 256 * 1024 * 1024

/**
 * Opens the file of rows, making it what the projections of now expect. Everything in it can be derived again, so
 * what cannot be used is thrown away: the whole file when it is damaged or of another format, the tables of one
 * projection when they cannot be read any more, tables that no projection owns.
 */
export function openRowsFile(
  path: string,
  projections: readonly ProjectionSpec[],
  rebuild: ReadonlySet<string>,
  indexesLater: boolean
): { db: DatabaseSync; placed: Placed[] } {
  const db = openUsable(path)
  try {
    db.exec('BEGIN IMMEDIATE')
    const placed = placeProjections(db, projections, rebuild, indexesLater)
    db.exec('COMMIT')
    return { db, placed }
  } catch (error) {
    db.close()
    throw error
  }
}

/** Deletes a read model and what SQLite keeps beside it. */
export function removeRowsFile(path: string): void {
  if (path === ':memory:') return
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(path + suffix, { force: true })
}

/** Damage is the one trouble that a rebuild cures; a full disk or a missing right is not. */
export const isDamage = (error: unknown): boolean =>
  error instanceof Error && 'errcode' in error && [11, 26].includes(Number(error.errcode) & 0xff)

function openUsable(path: string): DatabaseSync {
  try {
    const db = openFormat(path)
    if (db) return db
  } catch (error) {
    if (!isDamage(error)) throw error
  }
  removeRowsFile(path)
  const fresh = openFormat(path)
  if (!fresh) throw new Error(`${path} cannot be made a read model`)
  return fresh
}

/** The database, or nothing when it holds something else. */
function openFormat(path: string): DatabaseSync | undefined {
  const checked = path !== ':memory:' && existsSync(path) && statSync(path).size <= CHECKED_BYTES_MAX
  const db = new DatabaseSync(path, { timeout: 2000 })
  try {
    const tables = pragma(db, 'schema_version')
    const ours = pragma(db, 'application_id') === APPLICATION_ID && pragma(db, 'user_version') === FORMAT
    const intact = !checked || db.prepare('PRAGMA quick_check(1)').get()?.quick_check === 'ok'
    if (tables !== 0 && !(ours && intact)) {
      db.close()
      return undefined
    }
    db.exec(`
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = NORMAL;
      PRAGMA cache_size = -32768;
      BEGIN IMMEDIATE;
      PRAGMA application_id = ${APPLICATION_ID};
      PRAGMA user_version = ${FORMAT};
      CREATE TABLE IF NOT EXISTS meta_store (only INTEGER PRIMARY KEY CHECK (only = 1), identity TEXT NOT NULL) STRICT;
      CREATE TABLE IF NOT EXISTS meta_projection (name TEXT PRIMARY KEY, version INTEGER NOT NULL) STRICT;
      CREATE TABLE IF NOT EXISTS checkpoint (projection TEXT PRIMARY KEY, position INTEGER NOT NULL) STRICT;
      COMMIT`)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

const pragma = (db: DatabaseSync, name: string) => db.prepare(`PRAGMA ${name}`).get()?.[name]
