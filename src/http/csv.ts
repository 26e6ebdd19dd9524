import { stringify } from 'csv-stringify/sync'

/** What a spreadsheet would run instead of showing; a plain number is none of it. */
const FORMULA = /^[=+\-@\t\r＝＋－＠]/
const NUMBER = /^-?\d+(\.\d+)?$/

/**
 * Rows as CSV that spreadsheets open rightly: UTF-8 with a byte-order mark, formulas made harmless by a leading
 * apostrophe. Members of members become columns with dotted names; lists of plain values are joined by blanks, other
 * lists are JSON. Without `columns` they are those of the rows, in the order in which they first come.
 */
export function toCsv(rows: readonly object[], columns?: readonly string[]): string {
  const flat = rows.map((row) => flatten(row))
  const names = columns ?? [...new Set(flat.flatMap((row) => Object.keys(row)))]
  const cells = flat.map((row) => names.map((name) => row[name] ?? ''))
  // The library's own escaping would put an apostrophe before every loss of points.
  return stringify([[...names], ...cells], { bom: true })
}

function flatten(value: object, prefix = ''): Record<string, string> {
  const cells: Record<string, string> = {}
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
  return harmless(String(value))
}

const listCell = (list: readonly unknown[]): string =>
  list.some((item) => typeof item === 'object') ? JSON.stringify(list) : list.join(' ')

const harmless = (text: string): string => (FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text)
