import type { EventTypeName, LedgerEvent } from '../src/events/catalogue.ts'
import type { Origin } from '../src/events/forms.ts'
import type { Stage } from '../src/rules/evaluation.ts'
import { evolveFramework, type Framework } from '../src/rules/framework.ts'
import { evolveUnit, type Unit } from '../src/rules/units.ts'
import { type Change, type Get, type Projection, put, type Reader, table, tables } from './projection.ts'

/* Units, frameworks and the stages of evaluations: what there is, without any score. */

export interface UnitRow {
  unit: string
  parent: string | null
  /** From which position on it is as it is now. */
  since: bigint
  state: Unit
}

/** A unit as it was from one position to another (exclusive; null while it still is). */
interface UnitPastRow {
  unit: string
  from_position: bigint
  to_position: bigint | null
  state: Unit
}

export interface FrameworkRow {
  framework: string
  period: string
  series: string
  starts_on: string
  state: Framework
}

/** One stretch of time in which an evaluation stood in one stage. */
export interface StageRow {
  evaluation: string
  from_position: bigint
  to_position: bigint | null
  unit: string
  framework: string
  origin: Origin
  stage: Stage
  opened_at: string
  submitted_at: string | null
  /** When this stage began. */
  since: string
}

/** Where the open stretch of an evaluation is found. */
interface OpenRow {
  evaluation: string
  from_position: bigint
}

export const unitTable = table<UnitRow>({
  name: 'registry_units',
  key: ['unit'],
  columns: { unit: 'text', parent: 'text', since: 'position', state: 'json' },
  indexes: [['parent']]
})

const unitPast = table<UnitPastRow>({
  name: 'registry_unit_past',
  key: ['unit', 'from_position'],
  columns: { unit: 'text', from_position: 'position', to_position: 'position', state: 'json' }
})

export const frameworkTable = table<FrameworkRow>({
  name: 'registry_frameworks',
  key: ['framework'],
  columns: { framework: 'text', period: 'text', series: 'text', starts_on: 'text', state: 'json' }
})

export const stageTable = table<StageRow>({
  name: 'registry_stages',
  key: ['evaluation', 'from_position'],
  columns: {
    evaluation: 'text',
    from_position: 'position',
    to_position: 'position',
    unit: 'text',
    framework: 'text',
    origin: 'text',
    stage: 'text',
    opened_at: 'text',
    submitted_at: 'text',
    since: 'text'
  },
  indexes: [['framework'], ['unit']]
})

const openTable = table<OpenRow>({
  name: 'registry_open',
  key: ['evaluation'],
  columns: { evaluation: 'text', from_position: 'position' }
})

function followUnit(event: LedgerEvent, get: Get): Change[] {
  const unit = event.stream.slice('unit-'.length)
  const { position } = event
  const known = get(unitTable, unit)
  const state = evolveUnit(known?.state ?? null, event)
  if (!state) return []
  const ended = known && { unit, from_position: known.since, to_position: position, state: known.state }
  return [
    ...(ended ? [put(unitPast, ended)] : []),
    put(unitPast, { unit, from_position: position, to_position: null, state }),
    put(unitTable, { unit, parent: state.parent, since: position, state })
  ]
}

/** The units there were at a position (null: now), by id. */
export const unitsAt = ({ all }: Reader, at: bigint | null): Unit[] =>
  (at === null
    ? all(unitTable, 'order by unit')
    : all(unitPast, `where ${HELD} order by unit`, [at, at])
  ).map(({ state }) => state)

/** One of them. */
export const unitAt = ({ get, all }: Reader, unit: string, at: bigint | null): Unit | undefined =>
  (at === null ? get(unitTable, unit) : all(unitPast, `where unit = ? and ${HELD}`, [unit, at, at])[0])?.state

/** Rows that held at a position, which is given twice. */
const HELD = 'from_position <= ? and (to_position is null or to_position > ?)'

function followFramework(event: LedgerEvent, get: Get): Change[] {
  const framework = event.stream.slice('framework-'.length)
  const state = evolveFramework(get(frameworkTable, framework)?.state ?? null, event)
  if (!state) return []
  const { period, series } = state
  return [put(frameworkTable, { framework, period: period.id, series, starts_on: period.startsOn, state })]
}

const STAGES: Partial<Record<EventTypeName, (origin: Origin) => Stage>> = {
  SelfAssessmentSubmitted: () => 'review',
  ReviewCompleted: () => 'appeal',
  EvaluationFinalised: () => 'final',
  EvaluationReopened: (origin) => (origin === 'live' ? 'review' : 'imported')
}

function followStage(event: LedgerEvent, get: Get): Change[] {
  const at = event.metadata.recordedAt
  if (event.type === 'EvaluationOpened') {
    const { evaluation, unit, framework, origin } = event.data
    const stage = origin === 'live' ? 'self-assessment' : 'imported'
    return open(
      { evaluation, unit, framework, origin, stage, opened_at: at, submitted_at: null, since: at },
      event
    )
  }
  const evaluation = event.stream.slice('evaluation-'.length)
  const since = get(openTable, evaluation)?.from_position
  const row = since === undefined ? undefined : get(stageTable, evaluation, since)
  const stage = row && STAGES[event.type]?.(row.origin)
  if (!row || !stage || stage === row.stage) return []
  const { from_position: _from, to_position: _to, ...kept } = row
  const submitted_at = row.submitted_at ?? (event.type === 'SelfAssessmentSubmitted' ? at : null)
  return [
    put(stageTable, { ...row, to_position: event.position }),
    ...open({ ...kept, stage, submitted_at, since: at }, event)
  ]
}

const open = (row: Omit<StageRow, 'from_position' | 'to_position'>, { position }: LedgerEvent): Change[] => [
  put(stageTable, { ...row, from_position: position, to_position: null }),
  put(openTable, { evaluation: row.evaluation, from_position: position })
]

export const registry: Projection = {
  name: 'registry',
  version: 1,
  tables: tables(unitTable, unitPast, frameworkTable, stageTable, openTable),
  on: {
    UnitRegistered: followUnit,
    UnitReclassified: followUnit,
    FrameworkPublished: followFramework,
    FrameworkAmended: followFramework,
    LineageLinked: followFramework,
    EvaluationOpened: followStage,
    SelfAssessmentSubmitted: followStage,
    ReviewCompleted: followStage,
    EvaluationFinalised: followStage,
    EvaluationReopened: followStage
  }
}
