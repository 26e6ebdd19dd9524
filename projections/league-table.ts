import type { Title } from '../src/events/forms.ts'
import { formatPercent, formatPoints, type Points } from '../src/points.ts'
import { changePoints, growthPercent } from '../src/rules/change-shown.ts'
import { TOTAL } from '../src/rules/tree.ts'
import { heldRows } from './league-held.ts'
import {
  entrantsOf,
  gradeOf,
  type Place,
  type Population,
  placesOf,
  populationTitle,
  type Ranked
} from './league-places.ts'
import { frameworksOf, previousPlaces } from './league-previous.ts'
import { ranksAmong, type UnitRank } from './league-ranks.ts'
import { leagueSeries, type SeriesRow } from './league-rows.ts'
import type { Reader } from './projection.ts'

export interface LeagueQuery extends Population {
  period: string
  series?: string | undefined
  node?: string | undefined
  level?: Ranked | undefined
}

/** Points are minimal, percents have two digits; `ceiling` is the applicable one. */
export interface LeagueItem {
  rank: number | null
  unit: string
  name: Title
  evaluation: string
  points: string | null
  self: string | null
  ceiling: string
  percent: string | null
  grade: Title | null
  status: 'provisional' | 'final'
  applicable: boolean
  partial: boolean
  previous: { period: string; points: string | null; percent: string | null; rank: number | null } | null
  growthPercent: string | null
  changePoints: string | null
  /** Positive when the unit climbed. */
  rankChange: number | null
}

export interface League {
  series: string
  framework: string
  population: { title: Title; size: number }
  items: LeagueItem[]
}

/**
 * The league of one period as it stood at a position (null: now), in one look at the rows that held then. Where the
 * period has not exactly one series and none is asked for, the answer is the list of those there are (none: unknown).
 */
export function leagueTable(
  reader: Reader,
  query: LeagueQuery,
  at: bigint | null
): League | { choose: string[] } {
  const frameworks = frameworksOf(reader, 'where period = ? order by series', query.period, at)
  const asked = frameworks.filter(({ series }) => query.series === undefined || series === query.series)
  const [framework, ...others] = asked
  if (!framework || others.length > 0) return { choose: frameworks.map(({ series }) => series) }
  const { node = TOTAL, level = 'standing' } = query
  const places = placesOf(entrantsOf(reader, framework.framework, node, at), query, level)
  const wanted = new Set(places.map(({ row }) => row.unit))
  const earlier = previousPlaces(reader, framework, { ...query, node, level }, wanted, at)
  return {
    series: framework.series,
    framework: framework.framework,
    population: { title: populationTitle(framework, query), size: places.length },
    items: places.map((place) => itemOf(place, framework, earlier.get(place.row.unit) ?? null))
  }
}

const shown = (points: Points | null): string | null => (points === null ? null : formatPoints(points))

function itemOf(place: Place, { grades }: SeriesRow, before: Place | null): LeagueItem {
  const { row, unit, points, percent, partial, rank } = place
  // What is partial is neither ranked, graded nor compared.
  const complete = partial ? null : percent
  const was = before?.partial ? null : (before?.percent ?? null)
  return {
    rank,
    unit: row.unit,
    name: unit?.name ?? { fa: row.unit },
    evaluation: row.evaluation,
    points: shown(points),
    self: shown(row.self),
    ceiling: formatPoints(row.ceiling),
    percent: percent && formatPercent(percent),
    grade: complete && gradeOf(grades, complete),
    status: row.status,
    applicable: row.applicable === 1,
    partial,
    previous: before && {
      period: before.row.period,
      points: before.partial ? null : shown(before.points),
      percent: was && formatPercent(was),
      rank: before.rank
    },
    growthPercent: complete && was && growthPercent(was, complete),
    changePoints: complete && was && changePoints(was, complete),
    rankChange: rank === null || before?.rank == null ? null : before.rank - rank
  }
}

/** The rank of a unit in every population it belongs to at a position (null: now), of one period or of all. */
export function ranksOf(
  reader: Reader,
  { unit, period }: { unit: string; period?: string | undefined },
  at: bigint | null
): UnitRank[] {
  const own = heldRows(reader, TOTAL, at, { unit, period })
  return own.flatMap((row) => {
    const framework = reader.get(leagueSeries, row.framework)
    return framework ? ranksAmong(framework, entrantsOf(reader, row.framework, TOTAL, at), unit) : []
  })
}
