import type { DataOf } from '../src/events/catalogue.ts'
import type { Origin } from '../src/events/forms.ts'
import type { Points } from '../src/points.ts'
import type { Stage } from '../src/rules/evaluation.ts'
import type { Unit } from '../src/rules/units.ts'
import { linkTable } from './links.ts'
import { table } from './projection.ts'

/*
 * The figures of every node of every evaluation, and the units they belong to, each with the position from which they
 * held. The history of an evaluation is told in stretches: what stood at the beginning of one, and then what each event
 * changed, until the next stretch begins. So an event writes little, and a league of any moment reads of each evaluation
 * one beginning and a few changes. Those of the newest stretch stand together in the one row of the evaluation that is
 * put again and again, those of older ones are put once.
 * The total is what nearly every league is of. It stands in columns of its own, before the long ones of all other nodes,
 * which then are not read.
 */

/** What may change about one node: points that stand, of each level, the applicable ceiling, and `FLAGS`. */
export type Figures = readonly [
  points: Points | null,
  self: Points | null,
  expert: Points | null,
  final: Points | null,
  ceiling: Points,
  flags: number
]

export const FLAGS = {
  applicable: 1,
  partial: 2,
  self_partial: 4,
  expert_partial: 8,
  final_partial: 16
} as const

/** Null where the node is no longer in the tree. */
export type FiguresNow = Figures | null

/** What one event changed: nodes, each with six figures behind it, which are all null where it is gone; none where only the stage did. */
export type Told = readonly [position: string, stage: Stage, figures: readonly (string | number | null)[]]

/** A node and its figures in the list of an event. */
const TOLD_WIDTH = 7

/** What an event changed about a node; undefined where it changed nothing. */
export function toldOf([, , figures]: Told, node: string): FiguresNow | undefined {
  for (let i = 0; i < figures.length; i += TOLD_WIDTH) {
    if (figures[i] !== node) continue
    const found = figures.slice(i + 1, i + TOLD_WIDTH)
    // A node that is there has flags; only figures are ever put behind a node.
    return found.at(-1) === null ? null : (found as unknown as Figures)
  }
  return undefined
}

export interface StretchRow {
  evaluation: string
  from_position: bigint
  unit: string
  framework: string
  period: string
  series: string
  origin: Origin
  stage: Stage
  total: Figures
  /** Of every other node. */
  base: Readonly<Record<string, Figures>>
}

/** The changes of a stretch that has ended, oldest first. */
export interface ChangesRow {
  evaluation: string
  since: bigint
  /** Of the total, and of the stage. */
  totals: readonly Told[]
  /** Of the other nodes, with all that changed anything. */
  changes: readonly Told[]
}

/** The newest stretch of an evaluation, with the stage it is in. */
export interface OpenRow extends ChangesRow {
  stage: Stage
}

export interface LeagueUnitRow {
  unit: string
  from_position: bigint
  to_position: bigint | null
  name: Unit['name']
  kind: Unit['kind']
  parent: string | null
  province: string | null
  groups: readonly string[]
}

/** What a league needs to know of a framework; none of it changes once it is published. */
export interface SeriesRow {
  framework: string
  period: string
  series: string
  starts_on: string
  published_at: bigint
  title: DataOf<'FrameworkPublished'>['title']
  grades: NonNullable<DataOf<'FrameworkPublished'>['grades']>
}

export const leagueLinks = linkTable('league')

export const leagueRows = table<StretchRow>({
  name: 'league_rows',
  key: ['evaluation', 'from_position'],
  columns: {
    evaluation: 'text',
    from_position: 'position',
    unit: 'text',
    framework: 'text',
    period: 'text',
    series: 'text',
    origin: 'text',
    stage: 'text',
    total: 'json',
    base: 'json'
  },
  plain: ['total', 'base'],
  once: true,
  log: true
})

export const leagueChanges = table<ChangesRow>({
  name: 'league_changes',
  key: ['evaluation', 'since'],
  columns: { evaluation: 'text', since: 'position', totals: 'json', changes: 'json' },
  plain: ['totals', 'changes'],
  once: true,
  log: true
})

/** Which evaluations there are. */
export const leagueEvaluations = table<{ evaluation: string; unit: string; framework: string }>({
  name: 'league_evaluations',
  key: ['evaluation'],
  columns: { evaluation: 'text', unit: 'text', framework: 'text' },
  indexes: [['unit'], ['framework']],
  once: true
})

export const leagueUnits = table<LeagueUnitRow>({
  name: 'league_units',
  key: ['unit', 'from_position'],
  columns: {
    unit: 'text',
    from_position: 'position',
    to_position: 'position',
    name: 'json',
    kind: 'text',
    parent: 'text',
    province: 'text',
    groups: 'json'
  }
})

export const leagueSeries = table<SeriesRow>({
  name: 'league_series',
  key: ['framework'],
  columns: {
    framework: 'text',
    period: 'text',
    series: 'text',
    starts_on: 'text',
    published_at: 'position',
    title: 'json',
    grades: 'json'
  },
  indexes: [['period'], ['series']]
})

export const openRows = table<OpenRow>({
  name: 'league_open_rows',
  key: ['evaluation'],
  columns: { evaluation: 'text', since: 'position', stage: 'text', totals: 'json', changes: 'json' },
  plain: ['totals', 'changes']
})

/** A unit as it stands, and since when. */
export const openUnits = table<{ unit: string; since: bigint; state: Unit }>({
  name: 'league_open_units',
  key: ['unit'],
  columns: { unit: 'text', since: 'position', state: 'json' }
})
