import { compareRatios, parseDecimal } from '../points.ts'
import type { Query } from './ask.ts'
import type { Context } from './context.ts'
import { byName, folded } from './format.ts'
import type { Language, Named } from './language.ts'
import { inLanguage } from './language.ts'
import type { Place } from './page.ts'
import type { Column } from './parts/table.ts'

/*
 * Lists that are searched, sorted and cut here, all of them and not only what is on the screen: `?q=` searches,
 * `?sort=percent` sorts upwards and `?sort=-percent` downwards, `?page=` is where the part shown begins.
 */

/** What a row is sorted by: a decimal string or a whole number, or a name. Null comes last either way. */
export type SortKey<Row> = (row: Row, language: Language) => string | number | null

export interface SortKeys<Row> {
  /** Columns of words; all others hold numbers. */
  words?: ReadonlySet<string>
  by: Readonly<Record<string, SortKey<Row>>>
}

/** Which column a list is sorted by, and whether downwards; null where the address names none that there is. */
export function sortAsked({ sort }: Query, names: Readonly<Record<string, unknown>>) {
  const [, minus = '', by = ''] = /^(-?)(\w+)$/.exec(sort ?? '') ?? []
  return Object.hasOwn(names, by) ? { by, isDown: minus === '-' } : null
}

/** Rows in the order that the address asks for, else as they are; equal ones keep their order. */
export function sorted<Row>(
  rows: readonly Row[],
  { by: keys, words }: SortKeys<Row>,
  { query, language }: Pick<Place, 'query' | 'language'>
): readonly Row[] {
  const asked = sortAsked(query, keys)
  const key = asked && keys[asked.by]
  if (!asked || !key) return rows
  const names = byName(language)
  const compare = words?.has(asked.by) ? names : compareDecimals
  const sign = asked.isDown ? -1 : 1
  return rows
    .map((row) => ({ row, key: key(row, language) }))
    .sort((a, b) =>
      a.key === null || b.key === null
        ? Number(a.key === null) - Number(b.key === null)
        : sign * compare(String(a.key), String(b.key))
    )
    .map(({ row }) => row)
}

/** The order of two decimal strings, exactly. */
const compareDecimals = (a: string, b: string): number => compareRatios(parseDecimal(a), parseDecimal(b))

/** A column that is sorted by following its heading: words upwards at first, figures downwards. */
export function sortable<Row>(
  context: Context,
  by: string,
  column: Column<Row>,
  { isUpFirst = false }: { isUpFirst?: boolean } = {}
): Column<Row> {
  const asked = sortAsked(context.query, { [by]: true })
  const direction = !asked ? 'none' : asked.isDown ? 'descending' : 'ascending'
  const up = direction === 'none' ? isUpFirst : direction === 'descending'
  return { ...column, sort: { href: context.here({ sort: up ? by : `-${by}` }), direction } }
}

/** Rows whose names or ids hold what is searched for, whichever letters and digits it is written with. */
export function searched<Row>(
  rows: readonly Row[],
  q: string | undefined,
  texts: (row: Row) => readonly (Named | string)[]
): readonly Row[] {
  const wanted = folded(q ?? '')
  if (wanted === '') return rows
  return rows.filter((row) =>
    texts(row)
      .flatMap((text) =>
        typeof text === 'string' ? [text] : [inLanguage(text, 'fa'), inLanguage(text, 'en')]
      )
      .some((text) => folded(text).includes(wanted))
  )
}

/** How many rows stand on one page of a list. */
export const ROWS = 200

const PAGE = /^(\d{1,18})\.(\d{1,9})$/

/** The members of every read: later parts of a list are of the moment of its first. */
export function momentOf({ query, moment }: Pick<Place, 'query' | 'moment'>): Place['moment'] {
  const [, position] = PAGE.exec(query.page ?? '') ?? []
  return moment.asOf === undefined && position !== undefined ? { ...moment, asOf: position } : moment
}

/** The part of a list that is shown, and where the next one begins. */
export function partOf<Row>(
  rows: readonly Row[],
  page: string | undefined,
  position: string
): { shown: readonly Row[]; next: string | null } {
  const [, , offset = '0'] = PAGE.exec(page ?? '') ?? []
  const end = Number(offset) + ROWS
  return {
    shown: rows.slice(Number(offset), end),
    next: end < rows.length ? `${position}.${end}` : null
  }
}
