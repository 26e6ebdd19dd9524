import type { DataOf } from '../src/events/catalogue.ts'
import type { Origin } from '../src/events/forms.ts'
import type { Points } from '../src/points.ts'
import type { Stage } from '../src/rules/evaluation.ts'
import type { Unit } from '../src/rules/units.ts'
import { caseTables } from './cases.ts'
import { linkTable } from './links.ts'
import { table } from './projection.ts'

/*
 * The figures of every node of every evaluation, and the units they belong to, each with the positions between which
 * they held: a league of any moment is one look at what held then. `to_position` is exclusive, null while it holds.
 */

/** What may change about one node of one evaluation. Flags are 0 or 1. */
export interface NodeStanding {
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

export interface LeagueRow extends NodeStanding {
  evaluation: string
  node: string
  from_position: bigint
  to_position: bigint | null
  unit: string
  framework: string
  period: string
  series: string
  origin: Origin
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

export const leagueCases = caseTables('league')
export const leagueLinks = linkTable('league')

export const leagueRows = table<LeagueRow>({
  name: 'league_rows',
  key: ['evaluation', 'node', 'from_position'],
  columns: {
    evaluation: 'text',
    node: 'text',
    from_position: 'position',
    to_position: 'position',
    unit: 'text',
    framework: 'text',
    period: 'text',
    series: 'text',
    stage: 'text',
    status: 'text',
    origin: 'text',
    points: 'int',
    self: 'int',
    expert: 'int',
    final: 'int',
    ceiling: 'int',
    applicable: 'int',
    partial: 'int',
    self_partial: 'int',
    expert_partial: 'int',
    final_partial: 'int'
  },
  indexes: [
    ['framework', 'node', 'to_position'],
    ['unit', 'node']
  ]
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

/** Since when the open row of a node holds. */
export const openRows = table<{ evaluation: string; node: string; since: bigint }>({
  name: 'league_open_rows',
  key: ['evaluation', 'node'],
  columns: { evaluation: 'text', node: 'text', since: 'position' }
})

/** A unit as it stands, and since when. */
export const openUnits = table<{ unit: string; since: bigint; state: Unit }>({
  name: 'league_open_units',
  key: ['unit'],
  columns: { unit: 'text', since: 'position', state: 'json' }
})
