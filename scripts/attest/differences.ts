import type { DatabaseSync } from 'node:sqlite'
import { quoted } from '../../src/store/read-model-shape.ts'
import type { TableSpec } from '../../src/store/read-model-spec.ts'

/** No table tells more than so many rows of each kind. */
const ROWS_MAX = 20
/** Longer values are cut, around the place where they begin to differ. */
const VALUE_MAX = 120

/** What is rebuilt is in the schema `scratch` of the same connection. */
export const SCRATCH = 'scratch'

/**
 * The rows of one table that differ, a line each: the key, the column, what the file has and what the events make.
 * Both tables must have the columns of the specification. Says how many more there are beyond the first ones.
 */
export function differencesOf(db: DatabaseSync, table: TableSpec): string[] {
  return [
    ...changed(db, table),
    ...alone(db, table, 'main', SCRATCH, 'is in the file, and no event makes it'),
    ...alone(db, table, SCRATCH, 'main', 'is not in the file')
  ]
}

const onKey = ({ key }: TableSpec, a: string, b: string): string =>
  key.map((column) => `${a}.${quoted(column)} = ${b}.${quoted(column)}`).join(' AND ')

function changed(db: DatabaseSync, table: TableSpec): string[] {
  const others = Object.keys(table.columns).filter((column) => !table.key.includes(column))
  if (others.length === 0) return []
  const lines = others.flatMap((column) => {
    const name = quoted(column)
    const from = `main.${quoted(table.name)} AS l JOIN ${SCRATCH}.${quoted(table.name)} AS s ON ${onKey(table, 'l', 's')}`
    const found = rowsOf(
      db,
      `SELECT ${keyOf(table, 'l')}, l.${name}, s.${name} FROM ${from} WHERE l.${name} IS NOT s.${name} LIMIT ${ROWS_MAX + 1}`
    )
    return found.map((cells) => {
      const [was, is] = excerpts(String(cells.at(-2)), String(cells.at(-1)))
      return `${place(table, cells)}: ${column} is ${was}, the events make it ${is}`
    })
  })
  return bounded(lines, table)
}

function alone(db: DatabaseSync, table: TableSpec, here: string, there: string, what: string): string[] {
  const name = quoted(table.name)
  const found = rowsOf(
    db,
    `SELECT ${keyOf(table, 'l')} FROM ${here}.${name} AS l
     WHERE NOT EXISTS (SELECT 1 FROM ${there}.${name} AS s WHERE ${onKey(table, 'l', 's')}) LIMIT ${ROWS_MAX + 1}`
  )
  return bounded(
    found.map((cells) => `${place(table, cells)} ${what}`),
    table
  )
}

const bounded = (lines: readonly string[], { name }: TableSpec): string[] =>
  lines.length > ROWS_MAX ? [...lines.slice(0, ROWS_MAX), `${name}: and more`] : [...lines]

const keyOf = ({ key }: TableSpec, alias: string): string =>
  key.map((column) => `${alias}.${quoted(column)}`).join(', ')

function rowsOf(db: DatabaseSync, sql: string): unknown[][] {
  const statement = db.prepare(sql)
  statement.setReadBigInts(true)
  statement.setReturnArrays(true)
  return statement.all() as unknown as unknown[][]
}

const place = ({ name, key }: TableSpec, cells: readonly unknown[]): string =>
  `${name} [${key.map((column, i) => `${column} ${String(cells[i])}`).join(', ')}]`

/** Two values that differ, each cut to what shows how. */
function excerpts(a: string, b: string): [string, string] {
  if (a.length <= VALUE_MAX && b.length <= VALUE_MAX) return [a, b]
  let same = 0
  while (same < a.length && a[same] === b[same]) same += 1
  const from = Math.max(0, same - VALUE_MAX / 3)
  const cut = (text: string) =>
    `${from > 0 ? '…' : ''}${text.slice(from, from + VALUE_MAX)}${from + VALUE_MAX < text.length ? '…' : ''}`
  return [cut(a), cut(b)]
}
