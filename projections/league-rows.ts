import type { DataOf } from '../src/events/catalogue.ts'
import type { Origin } from '../src/events/forms.ts'
import type { Points } from '../src/points.ts'
import type { Stage } from '../src/rules/evaluation.ts'
import type { Unit } from '../src/rules/units.ts'
import { linkTable } from './links.ts'
import { table } from './projection.ts'

/*
 * The figures of every node of every evaluation, and the units they belong to, each with the positions between which
 * they held. `to_position` is exclusive, null while it holds. One row holds a stretch of an evaluation's history: what
 * stood at its beginning, and what changed since, node by node. So one event changes one row, and a league of any
 * moment reads one row of each evaluation.
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

/** From a position on; without figures where the node is no longer in the tree. */
export type FiguresFrom = readonly [position: string] | readonly [position: string, figures: Figures]

export interface StretchRow {
  evaluation: string
  from_position: bigint
  to_position: bigint | null
  unit: string
  framework: string
  period: string
  series: string
  origin: Origin
  /** Oldest first; the first one held when the stretch began. */
  stages: readonly (readonly [position: string, stage: Stage])[]
  base: Readonly<Record<string, Figures>>
  changes: Readonly<Record<string, readonly FiguresFrom[]>>
  /** So many events have changed something in it. */
  events: number
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
    to_position: 'position',
    unit: 'text',
    framework: 'text',
    period: 'text',
    series: 'text',
    origin: 'text',
    stages: 'json',
    base: 'json',
    changes: 'json',
    events: 'int'
  },
  indexes: [
    ['framework', 'to_position'],
    ['unit', 'to_position']
  ],
  plain: ['stages', 'base', 'changes']
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

/** Every evaluation, and where its open stretch begins. */
export const openRows = table<{ evaluation: string; since: bigint; unit: string; framework: string }>({
  name: 'league_open_rows',
  key: ['evaluation'],
  columns: { evaluation: 'text', since: 'position', unit: 'text', framework: 'text' },
  indexes: [['unit'], ['framework']]
})

/** A unit as it stands, and since when. */
export const openUnits = table<{ unit: string; since: bigint; state: Unit }>({
  name: 'league_open_units',
  key: ['unit'],
  columns: { unit: 'text', since: 'position', state: 'json' }
})
