import type { DataOf } from '../src/events/catalogue.ts'
import type { Origin } from '../src/events/forms.ts'
import type { Points } from '../src/points.ts'
import type { Stage } from '../src/rules/evaluation.ts'
import type { Unit } from '../src/rules/units.ts'
import { linkTable } from './links.ts'
import { table } from './projection.ts'

/*
 * The figures of every node of every evaluation, and the units they belong to, each with the position from which they
 * held. The history of an evaluation is told in stretches: what stood at the beginning of one, and then a row for each
 * event with what it changed, until the next stretch begins. So an event writes little, and a league of any moment
 * reads of each evaluation one beginning and a few changes.
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

/** Empty where the node is no longer in the tree. */
export type FiguresNow = Figures | readonly []

export interface StretchRow {
  evaluation: string
  from_position: bigint
  unit: string
  framework: string
  period: string
  series: string
  origin: Origin
  stage: Stage
  base: Readonly<Record<string, Figures>>
}

/** What one event changed in the stretch that began at `since`, the first one being number 0. */
export interface ChangeRow {
  evaluation: string
  since: bigint
  n: number
  position: bigint
  stage: Stage
  figures: Readonly<Record<string, FiguresNow>>
}

/** Every evaluation with its newest stretch, and how many changes that has. */
export interface OpenRow {
  evaluation: string
  since: bigint
  changes: number
  stage: Stage
  unit: string
  framework: string
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
    base: 'json'
  },
  plain: ['base'],
  once: true,
  log: true
})

export const leagueChanges = table<ChangeRow>({
  name: 'league_changes',
  key: ['evaluation', 'since', 'n'],
  columns: {
    evaluation: 'text',
    since: 'position',
    n: 'int',
    position: 'position',
    stage: 'text',
    figures: 'json'
  },
  plain: ['figures'],
  once: true,
  log: true
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
  columns: {
    evaluation: 'text',
    since: 'position',
    changes: 'int',
    stage: 'text',
    unit: 'text',
    framework: 'text'
  },
  indexes: [['unit'], ['framework']]
})

/** A unit as it stands, and since when. */
export const openUnits = table<{ unit: string; since: bigint; state: Unit }>({
  name: 'league_open_units',
  key: ['unit'],
  columns: { unit: 'text', since: 'position', state: 'json' }
})
