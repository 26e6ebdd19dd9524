import type { Title } from '../src/events/forms.ts'
import { formatPercent } from '../src/points.ts'
import { type Entrant, type Population, placesOf, populationTitle } from './league-places.ts'
import type { SeriesRow } from './league-rows.ts'

export interface UnitRank {
  period: string
  series: string
  evaluation: string
  population: { title: Title; size: number }
  by: 'all' | 'group' | 'kind' | 'province'
  /** Which group, kind or province; null for all. */
  value: string | null
  rank: number | null
  percent: string | null
  partial: boolean
  /** How many have a rank. */
  of: number
}

/** The rank of one entrant in every population it belongs to. */
export function ranksAmong(framework: SeriesRow, entrants: readonly Entrant[], unit: string): UnitRank[] {
  const me = entrants.find((entrant) => entrant.row.unit === unit)
  return me ? populationsOf(me).map((each) => unitRank(framework, me, entrants, each)) : []
}

type Membership = Pick<UnitRank, 'by' | 'value'> & { population: Population }

function populationsOf({ unit }: Entrant): Membership[] {
  const all: Membership = { by: 'all', value: null, population: {} }
  if (!unit) return [all]
  const { groups, kind, province } = unit
  return [
    all,
    ...groups.map((group): Membership => ({ by: 'group', value: group, population: { group } })),
    { by: 'kind', value: kind, population: { kind } },
    ...(province === null ? [] : [{ by: 'province' as const, value: province, population: { province } }])
  ]
}

function unitRank(
  framework: SeriesRow,
  { row }: Entrant,
  entrants: readonly Entrant[],
  { by, value, population }: Membership
): UnitRank {
  const places = placesOf(entrants, population, 'standing')
  const own = places.find((place) => place.row.unit === row.unit)
  return {
    period: framework.period,
    series: framework.series,
    evaluation: row.evaluation,
    population: { title: populationTitle(framework, population), size: places.length },
    by,
    value,
    rank: own?.rank ?? null,
    percent: own?.percent ? formatPercent(own.percent) : null,
    partial: own?.partial ?? false,
    of: places.filter(({ rank }) => rank !== null).length
  }
}
