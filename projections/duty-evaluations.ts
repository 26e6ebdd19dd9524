import type { EventOf, EventTypeName, LedgerEvent } from '../src/events/catalogue.ts'
import type { Draft } from './draft.ts'
import type { DutyAppeal, DutyCase } from './duty-acts.ts'
import { type DutyEvaluationRow, dutyAppeals, dutyEvaluations } from './duty-tables.ts'

/*
 * As much of evaluations and their appeals as duties need.
 */

/** Follows an event of an evaluation; what is known of it then, if anything. */
export function evolve(rows: Draft, evaluation: string, event: LedgerEvent): DutyEvaluationRow | undefined {
  if (event.type === 'EvaluationOpened') return open(rows, event)
  const row = rows.get(dutyEvaluations, evaluation)
  if (!row) return row
  if (event.type === 'SelfAssessmentSubmitted' && row.judged === null) {
    const submitted = { ...row, judged: Number(event.data.frameworkRevision) }
    rows.put(dutyEvaluations, submitted)
    return submitted
  }
  const appeal = isOfAppeal(event) ? appealAfter(rows, evaluation, event) : undefined
  if (appeal) rows.put(dutyAppeals, appeal)
  return row
}

function open(rows: Draft, { data }: EventOf<'EvaluationOpened'>): DutyEvaluationRow {
  const { evaluation, unit, framework, origin, frameworkRevision } = data
  const judged = origin === 'live' ? null : Number(frameworkRevision)
  const row = { evaluation, unit, framework, origin, judged }
  rows.put(dutyEvaluations, row)
  return row
}

type OfAppeal = EventOf<'AppealFiled' | 'PanelAssigned' | 'AppealDecided' | 'AppealEscalated'>

const OF_APPEAL: ReadonlySet<EventTypeName> = new Set<OfAppeal['type']>([
  'AppealFiled',
  'PanelAssigned',
  'AppealDecided',
  'AppealEscalated'
])

const isOfAppeal = (event: LedgerEvent): event is OfAppeal => OF_APPEAL.has(event.type)

function appealAfter({ get }: Draft, evaluation: string, event: OfAppeal) {
  const { appeal } = event.data
  if (event.type === 'AppealFiled')
    return { evaluation, appeal, node: event.data.node, panel: [], before: [], decided: [] }
  const known = get(dutyAppeals, evaluation, appeal)
  if (!known) return known
  if (event.type === 'PanelAssigned') return { ...known, panel: event.data.members.map(({ id }) => id) }
  if (event.type === 'AppealDecided') return { ...known, decided: [...known.decided, ...known.panel] }
  return { ...known, panel: [], before: known.panel }
}

const appealOf = ({ get }: Draft, evaluation: string, appeal: string): DutyAppeal | undefined =>
  get(dutyAppeals, evaluation, appeal)

/** An evaluation as the rules see it: its appeals are read where one is asked for. */
export const caseOf = (rows: Draft, { evaluation, unit, origin }: DutyEvaluationRow): DutyCase => ({
  unit,
  origin,
  appeal: (id) => appealOf(rows, evaluation, id)
})

/** Who sits on the panel that an event is about to replace or to end. */
export function leavers(rows: Draft, evaluation: string, event: LedgerEvent): readonly string[] {
  if (event.type !== 'PanelAssigned' && event.type !== 'AppealEscalated') return []
  return appealOf(rows, evaluation, event.data.appeal)?.panel ?? []
}
