import type { DatabaseSync } from 'node:sqlite'
import type { ColumnType, ProjectionSpec, TableSpec } from './read-model-spec.ts'

/*
 * Which tables the file has for which projection. Rows of a new version are built in tables of their own, under the
 * names of the projection and its tables with `~` and a number behind, beside the rows that are read meanwhile.
 */

/** A projection as the file holds it. */
export interface Placed {
  spec: ProjectionSpec
  /** What is put behind its name and its tables' names while its rows are built beside older ones; else nothing. */
  suffix: string
}

const SUFFIX = /~\d+$/
const SUFFIXES = /~\d+/g

export const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`
export const list = (names: readonly string[]) => names.map(quoted).join(', ')

/** The name of a projection without what says that its rows are being built. */
export const plainName = (name: string) => name.replace(SUFFIX, '')

const suffixed = (table: TableSpec, suffix: string): TableSpec =>
  suffix === '' ? table : { ...table, name: table.name + suffix }

/** All tables that the file has for these projections. */
export const specsOf = (placed: readonly Placed[]): TableSpec[] =>
  placed.flatMap(({ spec, suffix }) =>
    suffix === '' ? [...spec.tables] : spec.tables.flatMap((table) => [table, suffixed(table, suffix)])
  )

/** Where the rows of a table are built, for tables whose older rows are still read. */
export const builtTables = (placed: readonly Placed[]): Map<string, TableSpec> =>
  new Map(
    placed
      .filter(({ suffix }) => suffix !== '')
      .flatMap(({ spec, suffix }) =>
        spec.tables.map((table) => [table.name, suffixed(table, suffix)] as const)
      )
  )

/**
 * Makes the file have what these projections need, and nothing else. Rows that are not of this version and shape are
 * kept for reading while new ones are built, where they have all columns that are read; else they go. The rows of
 * the projections in `rebuild` are built anew as well; a building that was begun is gone on with. With `indexesLater`
 * the tables that are made now have no indexes yet, see `completeIndexes`.
 */
export function placeProjections(
  db: DatabaseSync,
  projections: readonly ProjectionSpec[],
  rebuild: ReadonlySet<string>,
  indexesLater = false
): Placed[] {
  const versions = new Map(
    db
      .prepare('SELECT name, version FROM meta_projection')
      .all()
      .map((row) => [String(row.name), row.version])
  )
  const placed = projections.map((spec) => place(db, spec, versions, rebuild))
  const names = placed.flatMap(({ spec, suffix }) => [spec.name, spec.name + suffix])
  const tables = new Set(
    placed.flatMap(({ spec, suffix }) => spec.tables.flatMap(({ name }) => [name, name + suffix]))
  )
  for (const table of rowTables(db)) if (!tables.has(table)) db.exec(`DROP TABLE ${quoted(table)}`)
  for (const name of versions.keys()) if (!names.includes(name)) forget(db, name)
  for (const { spec, suffix } of placed) {
    const name = spec.name + suffix
    if (versions.get(name) === spec.version && hasShape(db, spec, suffix)) {
      completeIndexes(db, { spec, suffix })
      continue
    }
    forget(db, name)
    for (const table of spec.tables) {
      db.exec(`DROP TABLE IF EXISTS ${quoted(table.name + suffix)}`)
      const [created, ...indexes] = createTable(table, suffix)
      for (const sql of [created ?? '', ...(indexesLater ? [] : indexes)]) db.exec(sql)
    }
    own(db, [{ spec, suffix }])
  }
  return placed
}

function place(
  db: DatabaseSync,
  spec: ProjectionSpec,
  versions: ReadonlyMap<string, unknown>,
  rebuild: ReadonlySet<string>
): Placed {
  const begun = [...versions.keys()].find((name) => SUFFIX.test(name) && plainName(name) === spec.name)
  const fits = versions.get(spec.name) === spec.version && hasShape(db, spec, '')
  const suffix = begun?.slice(spec.name.length) ?? `~${nextNumber(db)}`
  const goesOn = begun !== undefined && versions.get(begun) === spec.version && hasShape(db, spec, suffix)
  if (fits && !goesOn && !rebuild.has(spec.name)) return { spec, suffix: '' }
  // Without rows that can be read there is nothing to build beside.
  const readable = versions.has(spec.name) && hasRows(db, spec.name) && isReadable(db, spec)
  return { spec, suffix: readable ? suffix : '' }
}

/** Puts what was built in the place of the older rows. Runs in the caller's transaction. */
export function replaceRows(db: DatabaseSync, { spec, suffix }: Placed): void {
  for (const { name } of spec.tables) {
    db.exec(`DROP TABLE IF EXISTS ${quoted(name)}`)
    db.exec(`ALTER TABLE ${quoted(name + suffix)} RENAME TO ${quoted(name)}`)
  }
  forget(db, spec.name)
  const names = [spec.name, spec.name + suffix]
  db.prepare('UPDATE meta_projection SET name = ? WHERE name = ?').run(...names)
  db.prepare('UPDATE checkpoint SET projection = ? WHERE projection = ?').run(...names)
}

/** Empties the tables of these and forgets how far they were. Runs in the caller's transaction. */
export function clearRows(db: DatabaseSync, placed: readonly Placed[]): void {
  for (const { spec, suffix } of placed) {
    for (const { name } of spec.tables) db.exec(`DELETE FROM ${quoted(name + suffix)}`)
    db.prepare('DELETE FROM checkpoint WHERE projection = ?').run(spec.name + suffix)
  }
}

/** Makes whoever opens the file begin these anew, whatever rows there are. Runs in the caller's transaction. */
export function disown(db: DatabaseSync, placed: readonly Placed[]): void {
  const named = db.prepare('DELETE FROM meta_projection WHERE name = ?')
  for (const { spec, suffix } of placed) named.run(spec.name + suffix)
}

/** Makes the rows of these theirs again. Runs in the caller's transaction. */
export function own(db: DatabaseSync, placed: readonly Placed[]): void {
  const named = db.prepare('INSERT OR REPLACE INTO meta_projection VALUES (?, ?)')
  for (const { spec, suffix } of placed) named.run(spec.name + suffix, spec.version)
}

function forget(db: DatabaseSync, projection: string): void {
  db.prepare('DELETE FROM checkpoint WHERE projection = ?').run(projection)
  db.prepare('DELETE FROM meta_projection WHERE name = ?').run(projection)
}

const hasRows = (db: DatabaseSync, projection: string): boolean =>
  db.prepare('SELECT 1 FROM checkpoint WHERE projection = ? AND position > 0').get(projection) !== undefined

/** The tables of projections that are in the file. */
export const rowTables = (db: DatabaseSync): string[] =>
  db
    .prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'`)
    .all()
    .map((row) => String(row.name))
    .filter((name) => !name.startsWith('meta') && !name.startsWith('checkpoint'))

/** Indexes keep the number under which their table was built, so that no number may come twice. */
function nextNumber(db: DatabaseSync): number {
  const names = db.prepare('SELECT name FROM sqlite_schema').all()
  const used = names.flatMap(({ name }) => [...String(name).matchAll(/~(\d+)/g)].map(([, n]) => Number(n)))
  return Math.max(0, ...used) + 1
}

/**
 * A forgotten version number must not leave rows of an old shape: the file's own SQL is compared too. Indexes may be
 * missing, since a rebuild makes them last.
 */
function hasShape(db: DatabaseSync, projection: ProjectionSpec, suffix: string): boolean {
  const stored = db.prepare('SELECT sql FROM sqlite_schema WHERE tbl_name = ? AND sql IS NOT NULL')
  return projection.tables.every((table) => {
    const found = stored.all(table.name + suffix).map((row) => String(row.sql).replace(SUFFIXES, ''))
    const [created, ...indexes] = createTable(table)
    const wanted = new Set([created, ...indexes])
    return found.includes(created ?? '') && found.every((sql) => wanted.has(sql))
  })
}

/** Makes the indexes that these tables lack. Runs in the caller's transaction. */
export function completeIndexes(db: DatabaseSync, { spec, suffix }: Placed): void {
  const stored = db.prepare(`SELECT name FROM sqlite_schema WHERE tbl_name = ? AND type = 'index'`)
  for (const table of spec.tables) {
    const found = stored.all(table.name + suffix).map(({ name }) => String(name).replace(SUFFIXES, ''))
    for (const [i, index] of (table.indexes ?? []).entries()) {
      if (found.includes(indexName(table.name, index))) continue
      const sql = createTable(table, suffix)[i + 1]
      if (sql) db.exec(sql)
    }
  }
}

const indexName = (table: string, index: readonly string[]): string => `${table} by ${index.join(' ')}`

/** Whether queries of now can read the tables as they are in the file. */
function isReadable(db: DatabaseSync, { tables }: ProjectionSpec): boolean {
  return tables.every(({ name, key, columns }) => {
    const found = db.prepare(`PRAGMA table_info(${quoted(name)})`).all()
    const types = new Map(found.map((row) => [row.name, row.type]))
    const keys = found.filter(({ pk }) => Number(pk) > 0).sort((a, b) => Number(a.pk) - Number(b.pk))
    return (
      Object.entries(columns).every(([column, type]) => types.get(column) === sqlType(type)) &&
      keys.map((row) => row.name).join() === key.join()
    )
  })
}

const sqlType = (type: ColumnType) => (type === 'text' || type === 'json' ? 'TEXT' : 'INTEGER')

/**
 * Rows with JSON in them are long, and go behind each other with their keys in an index: where whole rows stand in the
 * order of their key, only a few fit on a page, and putting one between others moves all of those. Short rows are
 * their own index. Where the key is one number it is what SQLite finds any row by, long or short, and needs no index.
 * In which order rows stand nobody may rely on.
 */
const hasRowids = (table: TableSpec): boolean =>
  Object.values(table.columns).includes('json') || isByNumber(table)

const isByNumber = ({ columns, key: [first = '', ...others] }: TableSpec): boolean =>
  others.length === 0 && columns[first] !== 'text'

/** Whether whole rows stand in the order of their key. */
export const isByKey = (table: TableSpec): boolean => isByNumber(table) || !hasRowids(table)

function createTable(table: TableSpec, suffix = ''): string[] {
  const { key, columns, indexes = [], sparse = [] } = table
  if (/^(meta|checkpoint|sqlite_)/.test(table.name) || table.name.includes('~'))
    throw new TypeError(`a projection cannot own a table named ${table.name}`)
  for (const column of [key, ...indexes, sparse].flat()) {
    if (!Object.hasOwn(columns, column)) throw new TypeError(`table ${table.name} has no column ${column}`)
  }
  if (key.some((column) => columns[column] === 'json'))
    throw new TypeError(`${table.name}: json cannot be a key`)
  const lines = Object.entries(columns).map(
    ([column, type]) => `${quoted(column)} ${sqlType(type)}${key.includes(column) ? ' NOT NULL' : ''}`
  )
  const name = table.name + suffix
  const where = (index: readonly string[]) =>
    index
      .filter((column) => sparse.includes(column))
      .map((column, i) => ` ${i === 0 ? 'WHERE' : 'AND'} ${quoted(column)} IS NOT NULL`)
      .join('')
  return [
    `CREATE TABLE ${quoted(name)} (${lines.join(', ')}, PRIMARY KEY (${list(key)})) STRICT${hasRowids(table) ? '' : ', WITHOUT ROWID'}`,
    ...indexes.map(
      (index) =>
        `CREATE INDEX ${quoted(indexName(name, index))} ON ${quoted(name)} (${list(index)})${where(index)}`
    )
  ]
}
