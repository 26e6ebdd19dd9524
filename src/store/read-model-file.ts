import { existsSync, mkdirSync, rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { ColumnType, ProjectionSpec, TableSpec } from './read-model.ts'

/** "KrnR": a file with another mark is not a read model of ours. */
const APPLICATION_ID = 0x4b726e52
/** Raise it when the meta tables change; older files are then thrown away and rebuilt. */
const FORMAT = 1
/** Larger files are not checked page by page at the start; damage then shows when it is read. */
const CHECKED_BYTES_MAX = 256 * 1024 * 1024

export const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`
const list = (names: readonly string[]) => names.map(quoted).join(', ')

/**
 * Opens the file of rows, making it what the projections of now expect. Everything in it can be derived again, so
 * what cannot be used is thrown away: the whole file when it is damaged or of another format, the tables of one
 * projection when its version or shape is another, tables that no projection owns.
 */
export function openRowsFile(path: string, projections: readonly ProjectionSpec[]): DatabaseSync {
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true })
  const db = openUsable(path)
  try {
    matchProjections(db, projections)
    return db
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

function matchProjections(db: DatabaseSync, projections: readonly ProjectionSpec[]): void {
  db.exec('BEGIN IMMEDIATE')
  const versions = new Map(
    db
      .prepare('SELECT name, version FROM meta_projection')
      .all()
      .map((row) => [row.name, row.version])
  )
  const stale = projections.filter((p) => versions.get(p.name) !== p.version || !sameShape(db, p))
  const kept = new Set(
    projections.filter((p) => !stale.includes(p)).flatMap((p) => p.tables.map(({ name }) => name))
  )
  for (const name of rowTables(db)) if (!kept.has(name)) db.exec(`DROP TABLE ${quoted(name)}`)
  for (const name of versions.keys()) if (!projections.some((p) => p.name === name)) forget(db, String(name))
  for (const projection of stale) {
    forget(db, projection.name)
    for (const sql of projection.tables.flatMap(createTable)) db.exec(sql)
    db.prepare('INSERT INTO meta_projection VALUES (?, ?)').run(projection.name, projection.version)
  }
  db.exec('COMMIT')
}

function forget(db: DatabaseSync, projection: string): void {
  db.prepare('DELETE FROM checkpoint WHERE projection = ?').run(projection)
  db.prepare('DELETE FROM meta_projection WHERE name = ?').run(projection)
}

/** The tables of projections that are in the file. */
const rowTables = (db: DatabaseSync): string[] =>
  db
    .prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'`)
    .all()
    .map((row) => String(row.name))
    .filter((name) => !name.startsWith('meta') && !name.startsWith('checkpoint'))

/** A forgotten version number must not leave rows of an old shape: the file's own SQL is compared too. */
function sameShape(db: DatabaseSync, projection: ProjectionSpec): boolean {
  const stored = db.prepare(
    'SELECT sql FROM sqlite_schema WHERE tbl_name = ? AND sql IS NOT NULL ORDER BY sql'
  )
  return projection.tables.every((table) => {
    const found = stored.all(table.name).map((row) => row.sql)
    const wanted = createTable(table).sort()
    return found.length === wanted.length && wanted.every((sql, i) => sql === found[i])
  })
}

const sqlType = (type: ColumnType) => (type === 'text' || type === 'json' ? 'TEXT' : 'INTEGER')

/**
 * Always WITHOUT ROWID: rows then stand in the order of their key, whatever order or batches they came in.
 */
function createTable(table: TableSpec): string[] {
  const { name, key, columns, indexes = [] } = table
  if (/^(meta|checkpoint|sqlite_)/.test(name))
    throw new TypeError(`a projection cannot own a table named ${name}`)
  for (const column of [key, ...indexes].flat()) {
    if (!Object.hasOwn(columns, column)) throw new TypeError(`table ${name} has no column ${column}`)
  }
  if (key.some((column) => columns[column] === 'json')) throw new TypeError(`${name}: json cannot be a key`)
  const lines = Object.entries(columns).map(
    ([column, type]) => `${quoted(column)} ${sqlType(type)}${key.includes(column) ? ' NOT NULL' : ''}`
  )
  return [
    `CREATE TABLE ${quoted(name)} (${lines.join(', ')}, PRIMARY KEY (${list(key)})) STRICT, WITHOUT ROWID`,
    ...indexes.map(
      (index) => `CREATE INDEX ${quoted(`${name} by ${index.join(' ')}`)} ON ${quoted(name)} (${list(index)})`
    )
  ]
}
