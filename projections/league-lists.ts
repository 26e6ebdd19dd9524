import type { Title } from '../src/events/forms.ts'
import { formatPoints, type Points, showPercent } from '../src/points.ts'
import { TOTAL } from '../src/rules/tree.ts'
import { heldRows, type LeagueRow } from './league-held.ts'
import { entrantsOf, holding } from './league-places.ts'
import { leagueUnits } from './league-rows.ts'
import type { Reader } from './projection.ts'

/* Plain lists of what the league knows: evaluations with their totals, and one node across units. */

export interface EvaluationFilter {
  period?: string | undefined
  framework?: string | undefined
  unit?: string | undefined
  stage?: string | undefined
}

export type EvaluationItem = Pick<
  LeagueRow,
  'evaluation' | 'unit' | 'framework' | 'period' | 'series' | 'stage' | 'status' | 'origin'
> & {
  name: Title
  /** Points minimal; the ceiling is the applicable one; percent of what stands, two digits. */
  total: {
    self: string | null
    standing: string | null
    ceiling: string
    percent: string | null
    partial: boolean
  }
}

/** Evaluations with the figures of their total as of a position (null: now), by id. */
export function evaluationsList(
  reader: Reader,
  filter: EvaluationFilter,
  at: bigint | null
): EvaluationItem[] {
  const rows = heldRows(reader, TOTAL, at, filter)
  const name = namesAt(reader, at)
  return rows.map((row) => ({
    evaluation: row.evaluation,
    unit: row.unit,
    name: name(row.unit),
    framework: row.framework,
    period: row.period,
    series: row.series,
    stage: row.stage,
    status: row.status,
    origin: row.origin,
    total: {
      self: shown(row.self),
      standing: shown(row.points),
      ceiling: formatPoints(row.ceiling),
      percent: percentOfRow(row),
      partial: row.partial === 1
    }
  }))
}

export interface NodeItem {
  unit: string
  name: Title
  evaluation: string
  self: string | null
  standing: string | null
  percent: string | null
  /** Self less standing, and its part of the applicable ceiling. */
  gap: { points: string; percent: string | null } | null
  ceiling: string
  applicable: boolean
  partial: boolean
  status: LeagueRow['status']
}

/** One node (or `total`) of a framework in every evaluation by it, as of a position (null: now), by unit. */
export function nodeAcross(
  reader: Reader,
  { framework, node }: { framework: string; node: string },
  at: bigint | null
): NodeItem[] {
  return entrantsOf(reader, framework, node, at)
    .map(({ row, unit }) => ({
      unit: row.unit,
      name: unit?.name ?? { fa: row.unit },
      evaluation: row.evaluation,
      self: shown(row.self),
      standing: shown(row.points),
      percent: percentOfRow(row),
      gap: gapOfRow(row),
      ceiling: formatPoints(row.ceiling),
      applicable: row.applicable === 1,
      partial: row.partial === 1,
      status: row.status
    }))
    .sort((a, b) => (a.unit < b.unit ? -1 : 1))
}

const shown = (points: Points | null): string | null => (points === null ? null : formatPoints(points))

const percentOfRow = ({ points, ceiling }: LeagueRow): string | null =>
  points === null ? null : showPercent(points, ceiling)

function gapOfRow({ self, points, ceiling }: LeagueRow): NodeItem['gap'] {
  if (self === null || points === null) return null
  return { points: formatPoints(self - points), percent: showPercent(self - points, ceiling) }
}

/** The names of units as they were at a position. */
function namesAt(reader: Reader, at: bigint | null): (unit: string) => Title {
  const { clause, parameters } = holding(at)
  const names = new Map(
    reader.all(leagueUnits, `where ${clause}`, parameters).map(({ unit, name }) => [unit, name])
  )
  return (unit) => names.get(unit) ?? { fa: unit }
}
