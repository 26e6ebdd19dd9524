import { catalogue, type EventTypeName, type LedgerEvent } from '../src/events/catalogue.ts'
import { type Case, caseOf } from '../src/rules/case.ts'
import type { Evaluation } from '../src/rules/evaluation.ts'
import { evolveEvaluation } from '../src/rules/evolve-evaluation.ts'
import { evolveFramework, type Framework } from '../src/rules/framework.ts'
import { subtree } from '../src/rules/tree.ts'
import { headOf, type PartRow, partChanges, putTogether } from './parts.ts'
import {
  type Change,
  type Followed,
  type Get,
  type Moved,
  type Projection,
  put,
  type Reader,
  type Source,
  type Table,
  table,
  tables
} from './projection.ts'
import { SHARES, shareOf } from './shares.ts'
import { type Head, keepWhole, noPlaces, takeWhole, type Whole, wholeAtHand } from './wholes.ts'

/*
 * Frameworks and evaluations as their events tell them, and what each event did to which evaluation. One projection
 * keeps them for all; an evaluation is kept in small rows, since an event changes little of it.
 */

export interface FrameworkRow {
  framework: string
  period: string
  series: string
  state: Framework
}

export interface EvaluationRow {
  evaluation: string
  unit: string
  framework: string
  head: Head
}

/** How many evaluations of a share were opened under a framework, and which: an amendment moves those that are not submitted. */
interface OpenedRow {
  framework: string
  share: number
  evaluations: number
}

interface OpeningRow {
  framework: string
  share: number
  n: number
  evaluation: string
}

export interface Cases {
  frameworks: Table<FrameworkRow>
  evaluations: Table<EvaluationRow>
  parts: Table<PartRow>
  opened: Table<OpenedRow>
  openings: Table<OpeningRow>
}

/** The tables, named after whoever owns them. */
export const caseTables = (owner: string): Cases => ({
  frameworks: table<FrameworkRow>({
    name: `${owner}_frameworks`,
    key: ['framework'],
    columns: { framework: 'text', period: 'text', series: 'text', state: 'json' },
    plain: ['state']
  }),
  evaluations: table<EvaluationRow>({
    name: `${owner}_evaluations`,
    key: ['evaluation'],
    columns: { evaluation: 'text', unit: 'text', framework: 'text', head: 'json' },
    indexes: [['unit'], ['framework']],
    plain: ['head']
  }),
  parts: table<PartRow>({
    name: `${owner}_parts`,
    key: ['evaluation', 'n'],
    columns: { evaluation: 'text', n: 'int', kind: 'text', name: 'text', value: 'json' },
    plain: ['value'],
    once: true
  }),
  opened: table<OpenedRow>({
    name: `${owner}_opened`,
    key: ['framework', 'share'],
    columns: { framework: 'text', share: 'int', evaluations: 'int' }
  }),
  openings: table<OpeningRow>({
    name: `${owner}_openings`,
    key: ['framework', 'share', 'n'],
    columns: { framework: 'text', share: 'int', n: 'int', evaluation: 'text' },
    once: true
  })
})

const isUnitEvent = (type: EventTypeName): boolean => type === 'UnitRegistered' || type === 'UnitReclassified'

/** Every event type of a framework's or an evaluation's stream. */
export const CASE_EVENTS = (Object.keys(catalogue) as EventTypeName[]).filter((type) => !isUnitEvent(type))

/** The same handler for every event of frameworks and evaluations. */
export const onCaseEvents = (
  handler: (event: LedgerEvent, get: Get, moved: readonly Moved[]) => Change[]
): Projection['on'] => Object.fromEntries(CASE_EVENTS.map((type) => [type, handler]))

/** A projection that keeps evaluations in these tables, and tells others what events did to them. */
export const keeperOf = (name: string, version: number, cases: Cases): Source => ({
  name,
  version,
  tables: tables(cases.frameworks, cases.evaluations, cases.parts, cases.opened, cases.openings),
  on: {},
  follow: (event, get) => follow(cases, event, get)
})

const NOBODY: readonly Moved[] = []
const NOTHING: Followed = { changes: [], moved: [NOBODY] }

/** Follows one event: the rows to put, and which evaluations moved by it (several when a framework is amended). */
export function follow(cases: Cases, event: LedgerEvent, get: Get): Followed {
  if (event.stream.startsWith('evaluation-')) return followEvaluation(cases, event, get)
  return event.stream.startsWith('framework-') ? followFramework(cases, event, get) : NOTHING
}

function followFramework(cases: Cases, event: LedgerEvent, get: Get): Followed {
  const framework = event.stream.slice('framework-'.length)
  const known = get(cases.frameworks, framework)?.state ?? null
  const state = evolveFramework(known, event)
  if (!state) return NOTHING
  const { period, series } = state
  const isAmended = event.type === 'FrameworkAmended' && known !== null
  return {
    changes: [put(cases.frameworks, { framework, period: period.id, series, state })],
    moved: isAmended ? movedBy(cases, known, state, get) : [NOBODY]
  }
}

/** So many evaluations of an amended framework are told of at a time: large ones have some hundred kilobytes. */
const TOLD_AT_ONCE = 16

/** Evaluations that are judged by another revision now; nobody once, where there are none. */
function* movedBy(cases: Cases, known: Framework, state: Framework, get: Get): Generator<readonly Moved[]> {
  let moved: Moved[] = []
  let isTold = false
  for (const open of unsubmitted(cases, state.framework, get)) {
    moved.push({ before: caseOf(known, open), after: caseOf(state, open) })
    if (moved.length < TOLD_AT_ONCE) continue
    yield moved
    isTold = true
    moved = []
  }
  if (moved.length > 0 || !isTold) yield moved
}

/** Live evaluations that are judged by the newest revision because they are not submitted yet, share by share, oldest first. */
function* unsubmitted(cases: Cases, framework: string, get: Get): Generator<Evaluation> {
  for (const evaluation of openedUnder(cases, framework, get)) {
    const row = get(cases.evaluations, evaluation)
    const waits = row?.head.origin === 'live' && row.head.judgedRevision === null
    if (waits) yield wholeOf(cases, row.head, { get }).state
  }
}

function openedUnder({ opened, openings }: Cases, framework: string, get: Get): string[] {
  const evaluations: string[] = []
  for (let share = 0; share < SHARES; share++) {
    const count = get(opened, framework, share)?.evaluations ?? 0
    for (let n = 0; n < count; n++) {
      const opening = get(openings, framework, share, n)
      if (opening) evaluations.push(opening.evaluation)
    }
  }
  return evaluations
}

function followEvaluation(cases: Cases, event: LedgerEvent, get: Get): Followed {
  const row = get(cases.evaluations, event.stream.slice('evaluation-'.length))
  const framework = event.type === 'EvaluationOpened' ? event.data.framework : row?.framework
  const home = framework === undefined ? undefined : get(cases.frameworks, framework)?.state
  if (!home) return NOTHING
  const known = row && wholeOf(cases, row.head, { get })
  if (row) takeWhole(row.head)
  const before = known ? caseOf(home, known.state) : null
  const state = evolveEvaluation(known?.state ?? null, event, (node) =>
    before ? subtree(before.tree, node) : []
  )
  if (!state) return NOTHING
  const changes = known ? [] : openingOf(cases, state, get)
  changes.push(...rowsAfter(cases, known, state))
  return { changes, moved: [[{ before, after: caseOf(home, state) }]] }
}

/** The head and the parts that are new. What was known goes on into the new state, so nobody may go on from it again. */
function rowsAfter(cases: Cases, known: Whole | undefined, state: Evaluation): Change[] {
  const places = known?.places ?? noPlaces()
  const changes = partChanges(cases.parts, known?.state ?? null, state, places)
  const head = headOf(state, places.size)
  keepWhole(head, { state, places })
  const { evaluation, unit, framework } = state
  changes.push(put(cases.evaluations, { evaluation, unit, framework, head }))
  return changes
}

function openingOf(cases: Cases, { framework, evaluation }: Evaluation, get: Get): Change[] {
  const share = shareOf(evaluation)
  const { evaluations: n = 0 } = get(cases.opened, framework, share) ?? {}
  return [
    put(cases.openings, { framework, share, n, evaluation }),
    put(cases.opened, { framework, share, evaluations: n + 1 })
  ]
}

/** Rows by their keys; where they are in a file alone, many of them by one question, too. */
export type CaseRows = Pick<Reader, 'get'> & Partial<Pick<Reader, 'all'>>

function wholeOf({ parts }: Cases, head: Head, { get, all }: CaseRows): Whole {
  const known = wholeAtHand(head)
  if (known) return known
  const { evaluation } = head
  // Numbered from 0 without a gap.
  const found = all?.(parts, 'where evaluation = ? order by n', [evaluation])
  const whole = putTogether(head, (n) => (found ? found[n] : get(parts, evaluation, n)))
  keepWhole(head, whole)
  return whole
}

/** An evaluation as its rows stand; undefined where it was never opened. */
export function evaluationOf(cases: Cases, rows: CaseRows, evaluation: string): Evaluation | undefined {
  const row = rows.get(cases.evaluations, evaluation)
  return row && wholeOf(cases, row.head, rows).state
}

/** The same with the framework it is judged by. */
export function caseNow(cases: Cases, rows: CaseRows, evaluation: string): Case | null {
  const state = evaluationOf(cases, rows, evaluation)
  const home = state && rows.get(cases.frameworks, state.framework)?.state
  return state && home ? caseOf(home, state) : null
}
