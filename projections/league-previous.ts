import { TOTAL } from '../src/rules/tree.ts'
import { entrantsOf, type Place, type Population, placesOf, type Ranked } from './league-places.ts'
import { leagueLinks, leagueSeries, type SeriesRow } from './league-rows.ts'
import { ancestryReader } from './links.ts'
import type { Reader } from './projection.ts'

/** Frameworks that were published by then. */
export const frameworksOf = (reader: Reader, clause: string, value: string, at: bigint | null): SeriesRow[] =>
  reader.all(leagueSeries, clause, [value]).filter(({ published_at }) => at === null || published_at <= at)

/**
 * Each unit's place in the latest earlier period of the series in which it was evaluated, in the same kind of
 * population; null where the node cannot be followed back to it.
 */
export function previousPlaces(
  reader: Reader,
  framework: SeriesRow,
  query: Population & { node: string; level: Ranked },
  wanted: ReadonlySet<string>,
  at: bigint | null
): ReadonlyMap<string, Place | null> {
  const ancestryOf = ancestryReader(leagueLinks, reader.get, at)
  const found = new Map<string, Place | null>()
  const years = frameworksOf(
    reader,
    'where series = ? order by starts_on desc, period desc',
    framework.series,
    at
  )
  for (const year of years.filter((each) => isEarlier(each, framework))) {
    if (wanted.isSubsetOf(new Set(found.keys()))) break
    const origin = ancestryOf({ framework: framework.framework, node: query.node }, year.framework)
    const node = origin?.relation === 'same' && origin.nodes.length === 1 ? origin.nodes[0] : undefined
    const entrants = node === undefined ? [] : entrantsOf(reader, year.framework, node, at)
    const places = new Map(placesOf(entrants, query, query.level).map((place) => [place.row.unit, place]))
    const evaluated = node === TOTAL ? entrants : entrantsOf(reader, year.framework, TOTAL, at)
    for (const { row } of evaluated) {
      if (!found.has(row.unit)) found.set(row.unit, places.get(row.unit) ?? null)
    }
  }
  return found
}

/** Periods are ordered by their first day; by id where two begin on the same one. */
const isEarlier = (a: SeriesRow, b: SeriesRow): boolean =>
  a.starts_on < b.starts_on || (a.starts_on === b.starts_on && a.period < b.period)
