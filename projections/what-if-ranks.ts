import type { Title } from '../src/events/forms.ts'
import { formatPercent, formatPoints } from '../src/points.ts'
import { TOTAL } from '../src/rules/tree.ts'
import { totalNow } from './league-held.ts'
import { type Entrant, entrantsOf, gradeOf, type Place, placesOf, populationTitle } from './league-places.ts'
import { leagueSeries, leagueUnits, openRows, type SeriesRow } from './league-rows.ts'
import type { MemoryRows } from './memory.ts'
import type { Reader } from './projection.ts'

/** Everybody with an evaluation by one framework, and how the totals rank. */
export interface Field {
  entrants: readonly Entrant[]
  /** By unit, best first. */
  places: ReadonlyMap<string, Place>
}

/** One framework's league as it stood and as it would stand. */
export interface Contest {
  framework: SeriesRow
  before: Field
  after: Field
}

/** One unit whose rank among all units of its series would be another. */
export interface RankChange {
  unit: string
  name: Title
  evaluation: string
  framework: string
  period: string
  series: string
  /** What would stand; minimal points, a percent of two digits. */
  points: string | null
  percent: string | null
  before: number | null
  after: number | null
  population: { title: Title; size: number }
}

/**
 * The league of a framework at a position, and again with the rows that hypothetical events left in memory. Null for
 * a framework that nobody has published.
 */
export function contestOf(
  reader: Reader,
  rows: MemoryRows,
  framework: string,
  position: bigint
): Contest | null {
  // One that is in memory was published by the hypothesis, whatever became of its name later.
  const found = rows.get(leagueSeries, framework) ?? reader.get(leagueSeries, framework)
  if (!found) return null
  const entrants = entrantsOf(reader, framework, TOTAL, position)
  return {
    framework: found,
    before: fieldOf(entrants),
    after: fieldOf(entrantsAfter(entrants, rows, framework))
  }
}

const fieldOf = (entrants: readonly Entrant[]): Field => ({
  entrants,
  places: new Map(placesOf(entrants, {}, 'standing').map((place) => [place.row.unit, place]))
})

/** Who has no row in memory stands as before. */
function entrantsAfter(before: readonly Entrant[], rows: MemoryRows, framework: string): Entrant[] {
  const units = new Map(
    rows
      .rows(leagueUnits)
      .filter(({ to_position }) => to_position === null)
      .map((unit) => [unit.unit, unit])
  )
  const entrants = new Map(before.map((entrant) => [entrant.row.evaluation, entrant]))
  for (const open of rows.rows(openRows)) {
    const row = totalNow(rows.get, open)
    if (row?.framework === framework)
      entrants.set(row.evaluation, { row, unit: entrants.get(row.evaluation)?.unit })
  }
  return [...entrants.values()].map(({ row, unit }) => ({ row, unit: units.get(row.unit) ?? unit }))
}

/** Whose rank would change, best first. */
export function ranksThatChange({ framework, before, after }: Contest): RankChange[] {
  const population = { title: populationTitle(framework, {}), size: after.places.size }
  const { period, series } = framework
  return [...after.places.values()].flatMap(({ row, unit, points, percent, rank }) => {
    const was = before.places.get(row.unit)?.rank ?? null
    if (was === rank) return []
    return {
      unit: row.unit,
      name: unit?.name ?? { fa: row.unit },
      evaluation: row.evaluation,
      framework: row.framework,
      period,
      series,
      points: points === null ? null : formatPoints(points),
      percent: percent && formatPercent(percent),
      before: was,
      after: rank,
      population
    }
  })
}

/** Rank and grade of a unit's total; what is partial has neither. */
export function resultIn(
  { places }: Field,
  { grades }: SeriesRow,
  unit: string
): { rank: number | null; grade: Title | null } {
  const place = places.get(unit)
  const complete = !place || place.partial ? null : place.percent
  return { rank: place?.rank ?? null, grade: complete && gradeOf(grades, complete) }
}
