import { stringify } from 'csv-stringify/sync'

// The library's own escaping would put an apostrophe before every loss of points: cells are made harmless here.

/** What a spreadsheet would run instead of showing; a plain number is none of it. */
const FORMULA = /^[=+\-@\t\r＝＋－＠]/
const NUMBER = /^-?\d+(\.\d+)?$/

/**
 * Rows as CSV that spreadsheets open rightly: UTF-8 with a byte-order mark, formulas made harmless by a leading
 * apostrophe. Members of members are named with dots; lists of plain values are joined by blanks, other lists, and
 * members that have no columns of their own, are JSON.
 */
export function toCsv(rows: readonly object[], columns: readonly string[]): string {
  const paths = columns.map((column) => column.split('.'))
  const cells = rows.map((row) => paths.map((path) => cell(path.reduce<unknown>(memberOf, row))))
  return stringify([[...columns], ...cells], { bom: true })
}

const memberOf = (value: unknown, name: string): unknown =>
  value === null || typeof value !== 'object' ? undefined : (value as Record<string, unknown>)[name]

/** The columns that rows have, in the order in which they first come. */
export const columnsOf = (rows: readonly object[]): string[] => [
  ...new Set(rows.flatMap((row) => Object.keys(flatten(row))))
]

/** The line with the names of columns, for a table that is written in parts. */
export const csvHead = (columns: readonly string[]): string => stringify([[...columns]])

/** Lines of such a table; with `withRest` there is one more cell at the end, for what a row has under none of these columns. */
export function csvLines(rows: readonly object[], columns: ReadonlySet<string>, withRest: boolean): string {
  const lines = rows.map((row) => {
    const cells = flatten(row)
    const line = Array.from(columns, (name) => cells[name] ?? '')
    if (!withRest) return line
    const rest = Object.entries(cells).filter(([name, cell]) => cell !== '' && !columns.has(name))
    return [...line, rest.length === 0 ? '' : JSON.stringify(Object.fromEntries(rest))]
  })
  return stringify(lines)
}

/** What a row has under which column. */
type Cells = Record<string, string>

function flatten(value: object, prefix = ''): Cells {
  const cells: Cells = {}
  for (const [name, member] of Object.entries(value)) {
    const column = prefix + name
    if (member !== null && typeof member === 'object' && !Array.isArray(member)) {
      Object.assign(cells, flatten(member, `${column}.`))
    } else cells[column] = cell(member)
  }
  return cells
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return harmless(listCell(value))
  if (typeof value === 'object') return JSON.stringify(value)
  return harmless(String(value))
}

const listCell = (list: readonly unknown[]): string =>
  list.some((item) => typeof item === 'object') ? JSON.stringify(list) : list.join(' ')

const harmless = (text: string): string => (FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text)
