import type { Origin } from '../src/events/forms.ts'
import type { Points } from '../src/points.ts'
import type { Stage } from '../src/rules/evaluation.ts'
import { TOTAL } from '../src/rules/tree.ts'
import {
  type Figures,
  type FiguresNow,
  FLAGS,
  leagueChanges,
  leagueEvaluations,
  leagueRows,
  leagueSeries,
  type OpenRow,
  openRows,
  type StretchRow,
  type Told,
  toldOf
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
  const evaluations = evaluationsOf(meant)
  const newest = new Map(
    changesOf(reader, node, evaluations, at).map(({ evaluation, told }) => [
      evaluation,
      newestOf(told, node, at)
    ])
  )
  return beginningsOf(reader, node, stretchesOf(evaluations, at))
    .flatMap(({ stretch, figures }) => rowAt(stretch, figures, newest.get(stretch.evaluation), node) ?? [])
    .filter(({ stage }) => meant.stage === undefined || stage === meant.stage)
}

/** What a row says of an evaluation, without figures. */
type Stretch = Omit<StretchRow, 'total' | 'base'>

interface Beginning {
  stretch: Stretch
  /** Of the node that is meant, when the stretch began; null where it was not in the tree. */
  figures: Figures | null
}

const STRETCH = [
  'evaluation',
  'from_position',
  'unit',
  'framework',
  'period',
  'series',
  'origin',
  'stage'
] as const

/** Stretches by their keys. */
function beginningsOf(reader: Reader, node: string, { clause, parameters }: Clause): Beginning[] {
  const held = `where (evaluation, from_position) in (${clause}) order by evaluation`
  if (node === TOTAL) {
    const rows = reader.some(leagueRows, [...STRETCH, 'total'], held, parameters)
    return rows.map(({ total, ...stretch }) => ({ stretch, figures: total }))
  }
  const rows = reader.members(leagueRows, ['base'], node, held, parameters)
  return rows.map(({ base, ...stretch }) => ({ stretch, figures: base }))
}

/** The changes of one stretch of each evaluation: the newest one that had begun. */
function changesOf(
  reader: Reader,
  node: string,
  evaluations: Clause,
  at: bigint | null
): { evaluation: string; told: readonly Told[] }[] {
  const { clause, parameters } = evaluations
  // The one that holds what is told of the node.
  const column = node === TOTAL ? 'totals' : 'changes'
  const columns = ['evaluation', column] as const
  const open = `where evaluation in (select evaluation from ${leagueEvaluations.name} as meant where ${clause})`
  const rows = at === null ? reader.some(openRows, columns, open, parameters) : []
  if (at !== null) {
    const ended = stretchesOf(evaluations, at)
    const held = `where (evaluation, since) in (${ended.clause})`
    rows.push(...reader.some(openRows, columns, `${open} and since <= ?`, [...parameters, at]))
    rows.push(...reader.some(leagueChanges, columns, held, ended.parameters))
  }
  return rows.map((row) => ({ evaluation: row.evaluation, told: row[column] }))
}

/** The total in the newest stretch of an evaluation; null where that stretch is not there. */
export function totalNow(get: Get, { evaluation, since, totals }: OpenRow): LeagueRow | null {
  const stretch = get(leagueRows, evaluation, since)
  return stretch ? rowAt(stretch, stretch.total, newestOf(totals, TOTAL, null), TOTAL) : null
}

/** What the changes of a stretch come to, for one node. */
interface Newest {
  /** Of the last of them; undefined where there is none. */
  stage: Stage | undefined
  /** Undefined where none of them was about the node. */
  figures: FiguresNow | undefined
}

/** As of a position; changes come oldest first. */
function newestOf(changes: readonly Told[], node: string, at: bigint | null): Newest {
  const newest: Newest = { stage: undefined, figures: undefined }
  for (const told of changes) {
    const [position, stage] = told
    if (at !== null && BigInt(position) > at) break
    newest.stage = stage
    const figures = toldOf(told, node)
    if (figures !== undefined) newest.figures = figures
  }
  return newest
}

function rowAt(
  stretch: Stretch,
  base: Figures | null,
  newest: Newest | undefined,
  node: string
): LeagueRow | null {
  const figures = newest?.figures === undefined ? base : newest.figures
  if (!figures) return null
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
  clause: string
  parameters: (string | bigint)[]
}

/** Which evaluations are meant, as a condition over the short list of all. */
function evaluationsOf({ framework, unit, period }: Meant): Clause {
  const conditions = [
    ['framework = ?', framework],
    ['unit = ?', unit],
    [`framework in (select framework from ${leagueSeries.name} where period = ?)`, period]
  ] as const
  const given = conditions.flatMap(([text, value]) => (value === undefined ? [] : [{ text, value }]))
  return {
    clause: given.map(({ text }) => text).join(' and ') || 'true',
    parameters: given.map(({ value }) => value)
  }
}

/** A query for the key of one stretch of each evaluation. */
function stretchesOf({ clause, parameters }: Clause, at: bigint | null): Clause {
  const meant = `${leagueEvaluations.name} as meant`
  if (at === null) {
    const newest = `select since from ${openRows.name} as open where open.evaluation = meant.evaluation`
    return { clause: `select evaluation, (${newest}) from ${meant} where ${clause}`, parameters }
  }
  const latest = `select max(from_position) from ${leagueRows.name} as past
    where past.evaluation = meant.evaluation and past.from_position <= ?`
  return {
    clause: `select evaluation, (${latest}) from ${meant} where ${clause}`,
    parameters: [at, ...parameters]
  }
}
