import type { Origin } from '../src/events/forms.ts'
import type { Points } from '../src/points.ts'
import type { Stage } from '../src/rules/evaluation.ts'
import {
  type Figures,
  type FiguresFrom,
  FLAGS,
  leagueRows,
  leagueSeries,
  openRows,
  type StretchRow
} from './league-rows.ts'
import type { Reader } from './projection.ts'

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
 * One node in every evaluation that is meant, as of a position (null: now), by evaluation. An evaluation has a row for
 * each stretch of its history; of those only the one that began last before the position is looked at, found by its key.
 * So the past costs as much as now, however long the history.
 */
export function heldRows(reader: Reader, node: string, at: bigint | null, meant: Meant): LeagueRow[] {
  const { clause, parameters } = at === null ? stretchesNow(meant) : stretchesAt(at, meant)
  const stretches = reader.members(
    leagueRows,
    ['base', 'changes'],
    node,
    `where ${clause} order by evaluation`,
    parameters
  )
  return stretches
    .flatMap((stretch) => rowAt(stretch, node, stretch.base, stretch.changes ?? [], at) ?? [])
    .filter(({ stage }) => meant.stage === undefined || stage === meant.stage)
}

/** A node in a stretch at a position that lies in it (null: at its end); null where it is not in the tree. */
export const rowIn = (stretch: StretchRow, node: string, at: bigint | null): LeagueRow | null =>
  rowAt(stretch, node, own(stretch.base, node) ?? null, own(stretch.changes, node) ?? [], at)

const own = <T>(record: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined

/** The figures that a node has at the end of a stretch; null where it is not in the tree. */
export function figuresNow({ base, changes }: StretchRow, node: string): Figures | null {
  const latest = own(changes, node)?.at(-1)
  return latest ? (latest[1] ?? null) : (own(base, node) ?? null)
}

type Place = Omit<StretchRow, 'base' | 'changes'>

function rowAt(
  { evaluation, unit, framework, period, series, origin, stages }: Place,
  node: string,
  base: Figures | null,
  changes: readonly FiguresFrom[],
  at: bigint | null
): LeagueRow | null {
  const latest = latestAt(changes, at)
  const figures = latest ? latest[1] : base
  if (!figures) return null
  const stage = (latestAt(stages, at) ?? stages[0])?.[1] ?? 'self-assessment'
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

const latestAt = <Entry extends readonly [position: string, ...unknown[]]>(
  entries: readonly Entry[],
  at: bigint | null
): Entry | undefined =>
  at === null ? entries.at(-1) : entries.findLast(([position]) => BigInt(position) <= at)

interface Clause {
  /** What stands after `where`. */
  clause: string
  parameters: (string | bigint)[]
}

function wanted({ framework, unit, period }: Meant): Clause {
  const columns = Object.entries({ framework, unit, period }).flatMap(([column, value]) =>
    value === undefined ? [] : [{ column, value }]
  )
  return {
    clause: columns.map(({ column }) => `${column} = ? and `).join(''),
    parameters: columns.map(({ value }) => value)
  }
}

/** Which evaluations there are is a short list, by which what holds now is found without reading the past. */
function stretchesNow(meant: Meant): Clause {
  const { clause, parameters } = wanted(meant)
  const isWide = meant.framework === undefined && meant.unit === undefined
  const home = isWide ? `framework in (select framework from ${leagueSeries.name}) and ` : ''
  return { clause: `${home}${clause}to_position is null`, parameters }
}

function stretchesAt(at: bigint, meant: Meant): Clause {
  const { clause, parameters } = wanted({ ...meant, period: undefined })
  const latest = `select max(from_position) from ${leagueRows.name} as past
    where past.evaluation = meant.evaluation and past.from_position <= ?`
  const evaluations = `select evaluation, (${latest}) from ${openRows.name} as meant
    where ${clause}true`
  const period = wanted({ period: meant.period })
  return {
    clause: `${period.clause}(${leagueRows.key.join(', ')}) in (${evaluations})`,
    parameters: [...period.parameters, at, ...parameters]
  }
}
