import { catalogue, type EventTypeName, type LedgerEvent } from '../src/events/catalogue.ts'
import { type Case, caseOf } from '../src/rules/case.ts'
import type { Evaluation } from '../src/rules/evaluation.ts'
import { evolveEvaluation } from '../src/rules/evolve-evaluation.ts'
import { evolveFramework, type Framework } from '../src/rules/framework.ts'
import { subtree } from '../src/rules/tree.ts'
import { type Change, type Get, type Projection, put, type Table, table } from './projection.ts'

/*
 * What every projection of scores needs to know: frameworks and evaluations as their events tell them. Each
 * projection that follows evaluations keeps these in tables of its own, so that it can be rebuilt alone.
 */

export interface FrameworkRow {
  framework: string
  period: string
  series: string
  state: Framework
  /** Live evaluations that are judged by the newest revision because they are not submitted yet. */
  unsubmitted: readonly string[]
}

export interface EvaluationRow {
  evaluation: string
  unit: string
  framework: string
  state: Evaluation
}

export interface Cases {
  frameworks: Table<FrameworkRow>
  evaluations: Table<EvaluationRow>
}

/** The two tables, named after the projection that owns them. */
export const caseTables = (owner: string): Cases => ({
  frameworks: table<FrameworkRow>({
    name: `${owner}_frameworks`,
    key: ['framework'],
    columns: FRAMEWORK_COLUMNS,
    plain: ['state', 'unsubmitted']
  }),
  evaluations: table<EvaluationRow>({
    name: `${owner}_evaluations`,
    key: ['evaluation'],
    columns: EVALUATION_COLUMNS,
    indexes: [['unit'], ['framework']],
    plain: ['state']
  })
})

/* The same for every owner, so that a row which several of them put is looked through once. */
const FRAMEWORK_COLUMNS = {
  framework: 'text',
  period: 'text',
  series: 'text',
  state: 'json',
  unsubmitted: 'json'
} as const
const EVALUATION_COLUMNS = { evaluation: 'text', unit: 'text', framework: 'text', state: 'json' } as const

/** What one event did to one evaluation. */
export interface Moved {
  /** Null when the event opened it. */
  before: Case | null
  after: Case
}

const isFrameworkEvent = (type: EventTypeName): boolean =>
  type === 'FrameworkPublished' || type === 'FrameworkAmended' || type === 'LineageLinked'
const isUnitEvent = (type: EventTypeName): boolean => type === 'UnitRegistered' || type === 'UnitReclassified'

/** Every event type of a framework's or an evaluation's stream. */
export const CASE_EVENTS = (Object.keys(catalogue) as EventTypeName[]).filter((type) => !isUnitEvent(type))

/** The same handler for every event of frameworks and evaluations. */
export const onCaseEvents = (handler: (event: LedgerEvent, get: Get) => Change[]): Projection['on'] =>
  Object.fromEntries(CASE_EVENTS.map((type) => [type, handler]))

/** What a projection holds before an event that may concern it. */
interface Held {
  home: FrameworkRow | undefined
  row: EvaluationRow | undefined
}

/** The rows that an event changes; null where it changes none. */
interface Followed {
  home: FrameworkRow | null
  row: EvaluationRow | null
  moved: readonly Moved[]
}

const NOTHING: Followed = { home: null, row: null, moved: [] }

/** Follows one event: the rows to put, and which evaluations moved by it (several when a framework is amended). */
export function follow(
  cases: Cases,
  event: LedgerEvent,
  get: Get
): { changes: Change[]; moved: readonly Moved[] } {
  const { home, row, moved } = isFrameworkEvent(event.type)
    ? followFramework(cases, event, get)
    : followedOnce(event, heldBefore(cases, event, get))
  const changes: Change[] = []
  if (row) changes.push(put(cases.evaluations, row))
  if (home) changes.push(put(cases.frameworks, home))
  return { changes, moved }
}

function followFramework(cases: Cases, event: LedgerEvent, get: Get): Followed {
  const id = event.stream.slice('framework-'.length)
  const row = get(cases.frameworks, id)
  const state = evolveFramework(row?.state ?? null, event)
  if (!state) return NOTHING
  const home: FrameworkRow = {
    framework: id,
    period: state.period.id,
    series: state.series,
    state,
    unsubmitted: row?.unsubmitted ?? []
  }
  const moved =
    event.type === 'FrameworkAmended' && row
      ? home.unsubmitted.flatMap((evaluation) => {
          const open = get(cases.evaluations, evaluation)
          return open ? [{ before: caseOf(row.state, open.state), after: caseOf(state, open.state) }] : []
        })
      : []
  return { home, row: null, moved }
}

function heldBefore(cases: Cases, event: LedgerEvent, get: Get): Held {
  const row = get(cases.evaluations, event.stream.slice('evaluation-'.length))
  const framework = event.type === 'EvaluationOpened' ? event.data.framework : row?.framework
  return { home: framework === undefined ? undefined : get(cases.frameworks, framework), row }
}

let latest: { event: LedgerEvent; held: Held; result: Followed } | null = null

/**
 * Projections that go through the ledger together hold the same states before an event, and what it makes of them is
 * then worked out for the first one only: the same event and the same states give the same rows.
 */
function followedOnce(event: LedgerEvent, held: Held): Followed {
  if (latest && latest.event === event && isSame(latest.held, held)) return latest.result
  const result = followEvaluation(event, held)
  latest = { event, held, result }
  return result
}

const isSame = (a: Held, b: Held): boolean =>
  a.row?.state === b.row?.state &&
  a.home?.state === b.home?.state &&
  a.home?.unsubmitted === b.home?.unsubmitted

function followEvaluation(event: LedgerEvent, { home, row }: Held): Followed {
  if (!home) return NOTHING
  const before = row ? caseOf(home.state, row.state) : null
  const state = evolveEvaluation(row?.state ?? null, event, (node) =>
    before ? subtree(before.tree, node) : []
  )
  if (!state) return NOTHING
  const { evaluation, unit, framework } = state
  const unsubmitted = waiting(home.unsubmitted, before?.evaluation ?? null, state)
  return {
    home: unsubmitted === home.unsubmitted ? null : { ...home, unsubmitted },
    row: { evaluation, unit, framework, state },
    moved: [{ before, after: caseOf(home.state, state) }]
  }
}

/** Opening a live evaluation makes it wait for its revision, the first submission ends that. */
function waiting(list: readonly string[], before: Evaluation | null, after: Evaluation): readonly string[] {
  if (after.origin !== 'live') return list
  if (!before) return [...list, after.evaluation]
  const settled = before.judgedRevision === null && after.judgedRevision !== null
  return settled ? list.filter((evaluation) => evaluation !== after.evaluation) : list
}
