import type { Origin } from '../src/events/forms.ts'
import type { Points } from '../src/points.ts'
import type { Stage } from '../src/rules/evaluation.ts'
import {
  type ChangeRow,
  type Figures,
  type FiguresNow,
  FLAGS,
  leagueChanges,
  leagueRows,
  leagueSeries,
  type OpenRow,
  openRows,
  type StretchRow
} from './league-rows.ts'
import type { Get, Reader } from './projection.ts'

/* Finding the figures of a moment. */

/** One node of one evaluation at one moment. Flags are 0 or 1. */
export interface LeagueRow {
  evaluation: string
  node: string
  unit: string
  framework: string
  period: string
  series: string
  origin: Origin
  stage: Stage
  status: 'provisional' | 'final'
  /** What stands. */
  points: Points | null
  self: Points | null
  expert: Points | null
  final: Points | null
  /** The applicable ceiling. */
  ceiling: Points
  applicable: number
  partial: number
  self_partial: number
  expert_partial: number
  final_partial: number
}

/** Which evaluations are meant; what is left out does not matter. */
export interface Meant {
  framework?: string | undefined
  unit?: string | undefined
  period?: string | undefined
  stage?: string | undefined
}

/**
 * One node in every evaluation that is meant, as of a position (null: now), by evaluation. Of the stretches of an
 * evaluation only the one that began last before the position is looked at, found by its key, with its few changes. So
 * the past costs as much as now, however long the history.
 */
export function heldRows(reader: Reader, node: string, at: bigint | null, meant: Meant): LeagueRow[] {
  const { clause, parameters } = stretchesOf(meant, at)
  const stretches = reader.members(
    leagueRows,
    ['base'],
    node,
    `where (evaluation, from_position) in (${clause}) order by evaluation`,
    parameters
  )
  const changes = reader.members(
    leagueChanges,
    ['figures'],
    node,
    `where (evaluation, since) in (${clause}) ${at === null ? '' : 'and position <= ?'} order by evaluation, since, n`,
    at === null ? parameters : [...parameters, at]
  )
  const newest = newestOf(changes)
  return stretches
    .flatMap((stretch) => rowAt(stretch, node, stretch.base, newest.get(stretch.evaluation)) ?? [])
    .filter(({ stage }) => meant.stage === undefined || stage === meant.stage)
}

/** A node in the newest stretch of an evaluation; null where it is not in the tree. */
export function rowNow(get: Get, { evaluation, since, changes }: OpenRow, node: string): LeagueRow | null {
  const stretch = get(leagueRows, evaluation, since)
  const told = Array.from({ length: changes }, (_, n) => get(leagueChanges, evaluation, since, n)).flatMap(
    (change) => (change ? { ...change, figures: own(change.figures, node) ?? null } : [])
  )
  return stretch
    ? rowAt(stretch, node, own(stretch.base, node) ?? null, newestOf(told).get(evaluation))
    : null
}

const own = <T>(record: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined

/** What the changes of a stretch end in, for one node. */
interface Newest {
  stage: Stage
  /** Null where none of them was about the node. */
  figures: FiguresNow | null
}

/** By evaluation; changes come oldest first. */
function newestOf(
  changes: Iterable<Pick<ChangeRow, 'evaluation' | 'stage'> & { figures: FiguresNow | null }>
): Map<string, Newest> {
  const newest = new Map<string, Newest>()
  for (const { evaluation, stage, figures } of changes) {
    const known = newest.get(evaluation)
    if (!known) newest.set(evaluation, { stage, figures })
    else {
      known.stage = stage
      known.figures = figures ?? known.figures
    }
  }
  return newest
}

function rowAt(
  stretch: Omit<StretchRow, 'base'>,
  node: string,
  base: Figures | null,
  newest: Newest | undefined
): LeagueRow | null {
  const figures = newest?.figures ?? base
  if (!figures || figures.length === 0) return null
  const { evaluation, unit, framework, period, series, origin } = stretch
  const stage = newest?.stage ?? stretch.stage
  const [points, self, expert, final, ceiling, flags] = figures
  const flag = (name: keyof typeof FLAGS): number => Number((flags & FLAGS[name]) !== 0)
  return {
    evaluation,
    node,
    unit,
    framework,
    period,
    series,
    origin,
    stage,
    status: stage === 'final' ? 'final' : 'provisional',
    points,
    self,
    expert,
    final,
    ceiling,
    applicable: flag('applicable'),
    partial: flag('partial'),
    self_partial: flag('self_partial'),
    expert_partial: flag('expert_partial'),
    final_partial: flag('final_partial')
  }
}

interface Clause {
  /** A query for evaluations, and where the stretch of each began. */
  clause: string
  parameters: (string | bigint)[]
}

/** Finds the key of one stretch of each evaluation. Which evaluations there are is a short list. */
function stretchesOf({ framework, unit, period }: Meant, at: bigint | null): Clause {
  const conditions = [
    ['framework = ?', framework],
    ['unit = ?', unit],
    [`framework in (select framework from ${leagueSeries.name} where period = ?)`, period]
  ] as const
  const given = conditions.flatMap(([text, value]) => (value === undefined ? [] : [{ text, value }]))
  const where = given.map(({ text }) => text).join(' and ') || 'true'
  const values = given.map(({ value }) => value)
  if (at === null)
    return { clause: `select evaluation, since from ${openRows.name} where ${where}`, parameters: values }
  const latest = `select max(from_position) from ${leagueRows.name} as past
    where past.evaluation = meant.evaluation and past.from_position <= ?`
  return {
    clause: `select evaluation, (${latest}) from ${openRows.name} as meant where ${where}`,
    parameters: [at, ...values]
  }
}
