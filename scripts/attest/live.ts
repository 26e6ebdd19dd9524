import { existsSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { resultCode, SQLITE } from '../../src/store/embedded-protocol.ts'
import { ForeignStore } from '../../src/store/event-store.ts'
import { aboutFile } from '../../src/store/file-trouble.ts'
import { plainName, quoted, rowTables } from '../../src/store/read-model-shape.ts'
import type { ProjectionSpec } from '../../src/store/read-model-spec.ts'
import { Complaint, EXIT } from '../program.ts'

/** The read model as it is at one moment, whoever goes on writing it. */
export interface Live {
  db: DatabaseSync
  /** Up to where the rows of each projection go. */
  positions: ReadonlyMap<string, bigint>
  /** Which ledger they say they are of; empty before its first event. */
  identity: string
  close(): void
}

/** Opens the rows as they are now, in one read transaction and without a way to change them. */
export function openLive(path: string): Live {
  if (!existsSync(path)) throw new Complaint(`There is no read model at ${path}`, EXIT.unavailable)
  return aboutFile('The read model', path, () => openAt(path))
}

function openAt(path: string): Live {
  const db = new DatabaseSync(path, { readOnly: true, timeout: 5_000 })
  try {
    db.exec('BEGIN')
    const select = db.prepare('SELECT projection, position FROM checkpoint')
    select.setReadBigInts(true)
    const positions = new Map(select.all().map((row) => [String(row.projection), row.position as bigint]))
    const identity = String(db.prepare('SELECT identity FROM meta_store').get()?.identity ?? '')
    return { db, positions, identity, close: () => db.close() }
  } catch (error) {
    db.close()
    throw isOther(error) ? new ForeignStore(`${path} is not a read model: ${String(error)}`) : error
  }
}

/** Whether it is no SQLite file, or has none of the tables. */
const isOther = (error: unknown): boolean => [1, SQLITE.notADatabase].includes(resultCode(error))

/** What forbids comparing the rows of a projection at all, in a sentence; null where nothing does. */
export function obstacle({ db }: Live, { name, version, tables }: ProjectionSpec): string | null {
  const stored = db.prepare('SELECT version FROM meta_projection WHERE name = ?').get(name)?.version
  if (stored === undefined) return 'there are no rows of it'
  if (stored !== version) {
    return `the rows are of version ${stored}, this program makes version ${version}: start it, or rebuild`
  }
  for (const table of tables) {
    const columns = db.prepare(`PRAGMA main.table_info(${quoted(table.name)})`).all()
    const found = columns.map((row) => row.name).join(', ')
    const wanted = Object.keys(table.columns).join(', ')
    if (found !== wanted) return `table ${table.name} has the columns (${found}), not (${wanted})`
  }
  return null
}

/** Tables that are in the file, and neither a projection's nor being built for one. */
export function foreignTables({ db }: Live, projections: readonly ProjectionSpec[]): string[] {
  const known = new Set(projections.flatMap(({ tables }) => tables.map(({ name }) => name)))
  const building = db.prepare(`SELECT name FROM meta_projection WHERE name LIKE '%~%'`).all()
  const suffixes = building.map(({ name }) => String(name).slice(plainName(String(name)).length))
  return rowTables(db).filter(
    (table) => !known.has(table) && !suffixes.some((suffix) => known.has(table.slice(0, -suffix.length)))
  )
}
