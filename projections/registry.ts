import type { EventTypeName, LedgerEvent } from '../src/events/catalogue.ts'
import type { Origin } from '../src/events/forms.ts'
import type { Stage } from '../src/rules/evaluation.ts'
import { evolveFramework, type Framework } from '../src/rules/framework.ts'
import { evolveUnit, type Unit } from '../src/rules/units.ts'
import { type Change, type Get, type Projection, put, table, tables } from './projection.ts'

/* Units, frameworks and the stages of evaluations: what there is, without any score. */

export interface UnitRow {
  unit: string
  parent: string | null
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
  columns: { unit: 'text', parent: 'text', state: 'json' },
  indexes: [['parent']]
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
  const state = evolveUnit(get(unitTable, unit)?.state ?? null, event)
  return state ? [put(unitTable, { unit, parent: state.parent, state })] : []
}

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
  tables: tables(unitTable, frameworkTable, stageTable, openTable),
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
