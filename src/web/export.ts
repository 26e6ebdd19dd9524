import { toCsv } from '../http/csv.ts'
import type { Exported, Page, Place } from './page.ts'

/*
 * What is taken away from a page: figures and instants as the API writes them, with Latin digits, and at the head what
 * the list was filtered by, which moment it is of and when it was taken.
 */

export type ExportKind = 'csv' | 'json'

export const exportAs = (asked: string | undefined): ExportKind | null =>
  asked === 'csv' || asked === 'json' ? asked : null

export interface ExportFile {
  name: string
  type: string
  content: string
}

/** Members of the query that are no filter. */
const NO_FILTER: ReadonlySet<string> = new Set(['export', 'lang', 'page', 'waitFor', 'done', 'asOf', 'live'])

/** The file of a list. */
export function fileOf(
  kind: ExportKind,
  { path }: Pick<Page, 'path'>,
  { name, rows, asOf }: Exported,
  { query, params, now }: Pick<Place, 'query' | 'params' | 'now'>
): ExportFile {
  const chosen = Object.entries(query).filter(([member]) => !NO_FILTER.has(member))
  const filter = { ...params, ...Object.fromEntries(chosen) }
  const about = { list: path, filter, position: asOf.position, at: asOf.at, exportedAt: now }
  const base = `${name}-${asOf.position}`.replace(/[^\w.-]/g, '-')
  if (kind === 'json') {
    const content = `${JSON.stringify({ ...about, items: rows }, null, 2)}\n`
    return { name: `${base}.json`, type: 'application/json; charset=utf-8', content }
  }
  return { name: `${base}.csv`, type: 'text/csv; charset=utf-8', content: csvOf(about, rows) }
}

/** The head in lines of two cells, an empty line, and the table. */
function csvOf(
  about: {
    list: string
    filter: Record<string, string | undefined>
    position: string
    at: string | null
    exportedAt: string
  },
  rows: readonly object[]
): string {
  const { filter, ...rest } = about
  const head = [
    ...Object.entries(rest),
    ...Object.entries(filter).map(([name, value]) => [`filter ${name}`, value] as const)
  ].map(([name, value]) => ({ name, value: value ?? '' }))
  const mark = '\ufeff'
  const table = rows.length === 0 ? '' : toCsv(rows).slice(mark.length)
  // Without its own line of names, the head is two columns of words.
  return `${mark}${toCsv(head).slice(mark.length).replace(/^.*\n/, '')}\n${table}`
}
