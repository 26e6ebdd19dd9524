import { columnsOf, csvHead, csvLines } from '../http/csv.ts'
import type { Exported, Page, Place } from './page.ts'

/*
 * What is taken away from a page: figures and instants as the API writes them, with Latin digits, and at the head what
 * the list was filtered by, which moment it is of and when it was taken. It is written as it is read, a page of the list
 * after the other: a list may have a million rows.
 */

export type ExportKind = 'csv' | 'json'

export const exportAs = (asked: string | undefined): ExportKind | null =>
  asked === 'csv' || asked === 'json' ? asked : null

export interface ExportFile {
  name: string
  type: string
  /** In parts; the next one is made when it is asked for. */
  content: AsyncIterable<string>
}

/** Members of the query that are no filter. */
const NO_FILTER: ReadonlySet<string> = new Set(['export', 'lang', 'page', 'waitFor', 'done', 'asOf', 'live'])

/** The file of a list. */
export function fileOf(
  kind: ExportKind,
  { path }: Pick<Page, 'path'>,
  { name, pages, asOf }: Exported,
  { query, params, now }: Pick<Place, 'query' | 'params' | 'now'>
): ExportFile {
  const chosen = Object.entries(query).filter(([member]) => !NO_FILTER.has(member))
  const filter = { ...params, ...Object.fromEntries(chosen) }
  const about = { list: path, filter, position: asOf.position, at: asOf.at, exportedAt: now }
  const base = `${name}-${asOf.position}`.replace(/[^\w.-]/g, '-')
  return kind === 'json'
    ? { name: `${base}.json`, type: 'application/json; charset=utf-8', content: jsonOf(about, pages) }
    : { name: `${base}.csv`, type: 'text/csv; charset=utf-8', content: csvOf(about, pages) }
}

interface About {
  list: string
  filter: Record<string, string | undefined>
  position: string
  at: string | null
  exportedAt: string
}

/** One document, as `JSON.stringify` would indent it. */
async function* jsonOf(about: About, pages: Exported['pages']): AsyncGenerator<string> {
  yield JSON.stringify({ ...about, items: [] }, null, 2).replace(/\]\n\}$/, '')
  let separator = '\n    '
  for await (const rows of pages) {
    let part = ''
    for (const row of rows) {
      part += separator + JSON.stringify(row, null, 2).replaceAll('\n', '\n    ')
      separator = ',\n    '
    }
    yield part
  }
  yield separator.startsWith(',') ? '\n  ]\n}\n' : ']\n}\n'
}

/** So many rows are looked at for the columns there are. */
const LOOKED_AT = 2_000

/** The last column of a longer list: what a later row has that none of those had, as JSON. */
const REST = '(other)'

/** The head in lines of two cells, an empty line, and the table. */
async function* csvOf(about: About, pages: Exported['pages']): AsyncGenerator<string> {
  yield headOf(about)
  const columns = new Set<string>()
  let first: object[] | null = []
  for await (const rows of pages) {
    if (!first) {
      yield* csvParts(rows, columns, true)
      continue
    }
    for (const name of columnsOf(rows)) columns.add(name)
    first.push(...rows)
    if (first.length < LOOKED_AT) continue
    yield csvHead([...columns, REST])
    yield* csvParts(first, columns, true)
    first = null
  }
  if (!first || first.length === 0) return
  yield csvHead([...columns])
  yield* csvParts(first, columns, false)
}

/** Lines of so many rows are made at once, which takes some milliseconds; others are answered in between. */
const ROWS_AT_ONCE = 100

function* csvParts(
  rows: readonly object[],
  columns: ReadonlySet<string>,
  withRest: boolean
): Generator<string> {
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE)
    yield csvLines(rows.slice(from, from + ROWS_AT_ONCE), columns, withRest)
}

function headOf({ filter, ...rest }: About): string {
  const lines = [
    ...Object.entries(rest),
    ...Object.entries(filter).map(([name, value]) => [`filter ${name}`, value] as const)
  ].map(([name, value]) => ({ name, value }))
  return `${MARK}${csvLines(lines, new Set(['name', 'value']), false)}\n`
}

/** By which spreadsheets know UTF-8. */
const MARK = '\ufeff'
