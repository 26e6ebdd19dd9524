import type { StatementSync } from 'node:sqlite'
import { memberPath, selectionOf } from './read-model-query.ts'
import { type Cell, type Column, columnsOf, decodeRow, type Row } from './read-model-rows.ts'
import { list, quoted } from './read-model-shape.ts'
import type { TableSpec } from './read-model-spec.ts'

/* The ways of reading many rows at once. */

export interface Reads {
  /** Committed rows by a clause over the table's columns: `all(t, 'where evaluation = ? order by node', [id])`. */
  all(table: TableSpec, clause: string, parameters?: readonly Cell[]): Row[]
  /** Like `all`, of these columns alone: what a long column holds is not read where it is not among them. */
  some(table: TableSpec, columns: readonly string[], clause: string, parameters?: readonly Cell[]): Row[]
  /** Like `all`; of these json columns only the member of this name is read, null where there is none. */
  members(
    table: TableSpec,
    columns: readonly string[],
    member: string,
    clause: string,
    parameters?: readonly Cell[]
  ): Row[]
  /**
   * How many rows there are of each combination of some columns, as `rows`, and the greatest value of another one among
   * them, as `greatest`; the clause says only which are counted.
   */
  counts(table: TableSpec, counted: Counted, clause: string, parameters?: readonly Cell[]): Row[]
}

/** What is told apart, and of which column the greatest value is told. */
export interface Counted {
  by: readonly string[]
  greatest: string
}

export interface ReadsParts {
  /** Around every reading. */
  guarded: <T>(work: () => T) => T
  prepare: (sql: string, arrays: boolean) => StatementSync
  /** Applied to each row before it is handed out. */
  share: (row: Row) => Row
}

export function readsOf({ guarded, prepare, share }: ReadsParts): Reads {
  const known = new Map<TableSpec, readonly Column[]>()
  const columnsIn = (table: TableSpec): readonly Column[] => {
    const columns = known.get(table) ?? columnsOf(table)
    known.set(table, columns)
    return columns
  }
  const named = (table: TableSpec, name: string): Column => {
    const column = columnsIn(table).find((each) => each.name === name)
    if (!column) throw new TypeError(`table ${table.name} has no column ${name}`)
    return column
  }
  const rows = (columns: readonly Column[], sql: string, parameters: readonly Cell[]): Row[] =>
    guarded(() => {
      const found = prepare(sql, true).all(...parameters) as unknown as Cell[][]
      return found.map((cells) => share(decodeRow(columns, cells)))
    })

  return {
    all: (table, clause, parameters = []) =>
      rows(columnsIn(table), `${selectionOf(table)} ${clause}`, parameters),
    some: (table, columns, clause, parameters = []) =>
      rows(
        columns.map((name) => named(table, name)),
        `SELECT ${list(columns)} FROM ${quoted(table.name)} ${clause}`,
        parameters
      ),
    members: (table, columns, member, clause, parameters = []) =>
      rows(columnsIn(table), `${selectionOf(table, columns)} ${clause}`, [
        ...columns.map(() => memberPath(member)),
        ...parameters
      ]),
    counts(table, { by, greatest }, clause, parameters = []) {
      const columns = [
        ...by.map((name) => named(table, name)),
        ROWS,
        { ...named(table, greatest), name: 'greatest' }
      ]
      const asked = `SELECT ${list(by)}, count(*), max(${quoted(greatest)}) FROM ${quoted(table.name)}`
      return rows(columns, `${asked} ${clause} GROUP BY ${list(by)}`, parameters)
    }
  }
}

const ROWS: Column = { name: 'rows', type: 'int', isPlain: false }
