import type { Level, Title } from '../src/events/forms.ts'
import { compareRatios, type Points, parseDecimal, percentOf, type Ratio } from '../src/points.ts'
import { heldRows, type LeagueRow } from './league-held.ts'
import { type LeagueUnitRow, leagueUnits, type SeriesRow } from './league-rows.ts'
import type { Reader } from './projection.ts'

/* Which units are ranked together, and how. */

export type Ranked = Level | 'standing'

/** Which units of a framework are meant; what is left out does not matter. All that is given must hold. */
export interface Population {
  group?: string | undefined
  kind?: string | undefined
  province?: string | undefined
}

/** One unit in one framework with the row of a node, as they held at one moment. */
export interface Entrant {
  row: LeagueRow
  unit: LeagueUnitRow | undefined
}

export interface Place extends Entrant {
  points: Points | null
  /** Of the applicable ceiling, exact; null where there are no points or no ceiling. */
  percent: Ratio | null
  partial: boolean
  /** Null for partial, not applicable, or without points. */
  rank: number | null
}

/** Rows that held at a position (null: that hold now), as the end of a clause. */
export const holding = (at: bigint | null): { clause: string; parameters: bigint[] } =>
  at === null
    ? { clause: 'to_position is null', parameters: [] }
    : { clause: 'from_position <= ? and (to_position is null or to_position > ?)', parameters: [at, at] }

/** Everybody with an evaluation by the framework and the node in it. */
export function entrantsOf(reader: Reader, framework: string, node: string, at: bigint | null): Entrant[] {
  const rows = heldRows(reader, node, at, { framework })
  const { clause, parameters } = holding(at)
  const units = reader.all(leagueUnits, `where unit in (select value from json_each(?)) and ${clause}`, [
    JSON.stringify(rows.map(({ unit }) => unit)),
    ...parameters
  ])
  const known = new Map(units.map((unit) => [unit.unit, unit]))
  return rows.map((row) => ({ row, unit: known.get(row.unit) }))
}

export const belongsTo = ({ unit }: Entrant, { group, kind, province }: Population): boolean =>
  (group === undefined || unit?.groups.includes(group) === true) &&
  (kind === undefined || unit?.kind === kind) &&
  (province === undefined || unit?.province === province)

/**
 * The members of a population by exact percent at a level, best first; equal percents share a rank (1, 2, 2, 4) and
 * stand by unit id. Those without a rank come last.
 */
export function placesOf(entrants: readonly Entrant[], population: Population, level: Ranked): Place[] {
  const places = entrants
    .filter((entrant) => belongsTo(entrant, population))
    .map((each) => placeOf(each, level))
  places.sort(byPercent)
  places.forEach((place, i) => {
    const above = places[i - 1]
    if (!isRankable(place)) return
    const tie = above?.percent && place.percent && compareRatios(above.percent, place.percent) === 0
    place.rank = tie ? above.rank : i + 1
  })
  return places
}

function placeOf(entrant: Entrant, level: Ranked): Place {
  const { row } = entrant
  const points = level === 'standing' ? row.points : row[level]
  const partial = level === 'standing' ? row.partial : row[`${level}_partial`]
  const percent = points === null ? null : percentOf(points, row.ceiling)
  return { ...entrant, points, percent, partial: partial === 1, rank: null }
}

const isRankable = ({ percent, partial }: Place): boolean => percent !== null && !partial

function byPercent(a: Place, b: Place): number {
  const [first, second] = [isRankable(a), isRankable(b)]
  if (first !== second) return first ? -1 : 1
  const order = first && a.percent && b.percent ? compareRatios(b.percent, a.percent) : 0
  return order !== 0 ? order : a.row.unit < b.row.unit ? -1 : 1
}

/** The band with the highest lower bound that the percent reaches. */
export function gradeOf(grades: SeriesRow['grades'], percent: Ratio): Title | null {
  let best: { from: Ratio; title: Title } | null = null
  for (const { from, title } of grades) {
    const bound = parseDecimal(from)
    if (compareRatios(bound, percent) <= 0 && (!best || compareRatios(bound, best.from) > 0)) {
      best = { from: bound, title }
    }
  }
  return best?.title ?? null
}

const KINDS: Record<LeagueUnitRow['kind'], { fa: string; en: string }> = {
  ministry: { fa: 'وزارتخانه‌ها', en: 'ministries' },
  headquarters: { fa: 'ستادها', en: 'headquarters' },
  organisation: { fa: 'سازمان‌ها', en: 'organisations' },
  fund: { fa: 'صندوق‌ها', en: 'funds' },
  directorate: { fa: 'ادارات کل', en: 'directorates' },
  office: { fa: 'ادارات', en: 'offices' },
  aggregate: { fa: 'واحدهای تجمیعی', en: 'aggregates' }
}

/** Says which units are ranked, in words: a rank means nothing without its population. */
export function populationTitle(framework: SeriesRow, { group, kind, province }: Population): Title {
  const title = { fa: framework.title.fa, en: framework.title.en ?? framework.title.fa }
  const kinds = kind === undefined ? undefined : KINDS[kind as LeagueUnitRow['kind']]
  const who = kinds ?? (kind === undefined ? { fa: 'همه واحدها', en: 'all units' } : { fa: kind, en: kind })
  return {
    fa: [`${who.fa}، ${title.fa}`, group && `گروه ${group}`, province && `استان ${province}`]
      .filter(Boolean)
      .join('، '),
    en: [`${who.en}, ${title.en}`, group && `group ${group}`, province && `province ${province}`]
      .filter(Boolean)
      .join(', ')
  }
}
