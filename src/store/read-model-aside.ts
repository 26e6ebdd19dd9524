import type { DatabaseSync } from 'node:sqlite'
import { list, type Placed, quoted } from './read-model-shape.ts'
import type { TableSpec } from './read-model-spec.ts'

/*
 * Rows of a log that come behind newer ones, as a rebuild that goes through evaluation after evaluation brings them. Put
 * in their place one by one nearly each would have a page read and written for it. While a new file is filled they
 * stand aside as they come, in a table without any order, and are put in their places all at once.
 */

/** Only of logs in the order of the ledger: those have the most rows, and hardly two that follow each other. */
export const canStandAside = ({ log, key: [first = '', ...others], columns }: TableSpec): boolean =>
  log === true && others.length === 0 && columns[first] === 'position'

const asideOf = (name: string): string => `${name}~aside`

/** Makes room for rows of a table that stand aside; the name of it. */
export function makeAside(db: DatabaseSync, { name, columns }: TableSpec): string {
  const names = Object.keys(columns)
  db.exec(`CREATE TABLE IF NOT EXISTS ${quoted(asideOf(name))} (${list(names)})`)
  return asideOf(name)
}

/** Drops what stands aside of these. Runs in the caller's transaction. */
export function dropAside(db: DatabaseSync, placed: readonly Placed[]): void {
  for (const name of namesOf(placed)) db.exec(`DROP TABLE IF EXISTS ${quoted(asideOf(name))}`)
}

/** Puts what stands aside of these in its place. Runs in the caller's transaction. */
export function takeInAside(db: DatabaseSync, placed: readonly Placed[]): void {
  for (const { spec, suffix } of placed) {
    for (const table of spec.tables) {
      const aside = asideOf(table.name + suffix)
      if (!isThere(db, aside)) continue
      const order = list(table.key)
      db.exec(`INSERT INTO ${quoted(table.name + suffix)} SELECT * FROM ${quoted(aside)} ORDER BY ${order}`)
    }
  }
  dropAside(db, placed)
}

const isThere = (db: DatabaseSync, table: string): boolean =>
  db.prepare(`SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?`).get(table) !== undefined

const namesOf = (placed: readonly Placed[]): string[] =>
  placed.flatMap(({ spec, suffix }) => spec.tables.map(({ name }) => name + suffix))
