import { dayOf, daysBetween } from '../src/clock.ts'
import { formatPoints } from '../src/points.ts'
import { decisionDue, isOverdue } from '../src/rules/deadlines.ts'
import { type AppealRow, appealRows, seatRows } from './appeals.ts'
import type { Reader } from './projection.ts'

export const APPEAL_STATUSES = ['open', 'overdue', 'decided', 'withdrawn'] as const
export type AppealStatus = (typeof APPEAL_STATUSES)[number]

/** What a register is asked for; all of it together. */
export interface AppealFilter {
  status?: AppealStatus | undefined
  unit?: string | undefined
  period?: string | undefined
  /** Somebody who sits on the panel of the present instance. */
  panelist?: string | undefined
}

/** Rows that held at a position; null: that hold now. */
const holding = (at: bigint | null): { clause: string; parameters: bigint[] } =>
  at === null
    ? { clause: 'to_position is null', parameters: [] }
    : { clause: 'from_position <= ? and (to_position is null or to_position > ?)', parameters: [at, at] }

/** Of whom appeals are looked for; either is left out where it does not matter. */
export interface AppealScope {
  units?: readonly string[]
  evaluations?: readonly string[]
}

/** Rows in the order of filing, after the one that was filed at a position. */
export function appealsAfter(
  reader: Reader,
  { status, unit, period, panelist }: AppealFilter,
  scope: AppealScope,
  { at, after, limit }: { at: bigint | null; after: bigint; limit: number }
): AppealRow[] {
  const { clause, parameters } = holding(at)
  const conditions = ['filed_position > ?', clause]
  const values: (string | bigint | number)[] = [after, ...parameters]
  const add = (condition: string, ...more: readonly string[]): void => {
    conditions.push(condition)
    values.push(...more)
  }
  if (unit !== undefined) add('unit = ?', unit)
  if (period !== undefined) add('period = ?', period)
  // Whether an open appeal is overdue depends on the clock, and so is asked of each row.
  if (status !== undefined) add('status = ?', status === 'overdue' ? 'open' : status)
  if (panelist !== undefined) {
    const evaluations = evaluationsOfPanelist(reader, panelist)
    add(`evaluation in (${places(evaluations)}) and ${ON_PANEL}`, ...evaluations, panelist)
  }
  if (scope.units) add(`unit in (${places(scope.units)})`, ...scope.units)
  if (scope.evaluations) add(`evaluation in (${places(scope.evaluations)})`, ...scope.evaluations)
  const where = conditions.join(' and ')
  return reader.all(appealRows, `where ${where} order by filed_position limit ?`, [...values, limit])
}

const places = (values: readonly string[]): string => values.map(() => '?').join(', ')

const ON_PANEL =
  "exists (select 1 from json_each(state, '$.panel.members') as member where json_extract(member.value, '$.id') = ?)"

/** Where somebody sits, or sat, on a panel, as far as known now. */
export const evaluationsOfPanelist = (reader: Reader, person: string): string[] =>
  reader.all(seatRows, 'where person = ? order by evaluation', [person]).map(({ evaluation }) => evaluation)

/** One appeal as it stood; undefined where there was none. */
export function appealAt(reader: Reader, appeal: string, at: bigint | null): AppealRow | undefined {
  const { clause, parameters } = holding(at)
  return reader.all(appealRows, `where appeal = ? and ${clause}`, [appeal, ...parameters])[0]
}

/** Open, or open past its day, or over. */
export const statusAt = ({ state, rules }: Pick<AppealRow, 'state' | 'rules'>, now: string): AppealStatus =>
  isOverdue(state, rules, now) ? 'overdue' : state.status

/**
 * A line of the register. `daysLeft` are the whole days of Tehran left for the decision after today: 0 on the last day,
 * negative when it is overdue, null when none is due.
 */
export function appealView(row: AppealRow, now: string) {
  const { state, rules, moved } = row
  const { claim, panel } = state
  // A question that was never answered stopped the clock until the decision came.
  const dueAt = decisionDue(state, rules, state.endedAt ?? now)
  return {
    appeal: row.appeal,
    evaluation: row.evaluation,
    unit: row.unit,
    framework: row.framework,
    period: row.period,
    node: row.node,
    case: state.case,
    status: statusAt(row, now),
    instance: state.instance,
    filedAt: state.filedAt,
    ageDays: daysBetween(dayOf(state.filedAt), dayOf(state.endedAt ?? now)),
    dueAt,
    daysLeft: state.status === 'open' ? daysBetween(dayOf(now), dayOf(dueAt)) - 1 : null,
    outcome: state.outcome,
    /** Points; null where the claim is that a node does not apply, or that one above the leaves does. */
    claimed: ('points' in claim ? claim.points : undefined) ?? null,
    moved: moved === null ? null : formatPoints(moved),
    claim,
    disputed: state.disputed,
    answer: state.position,
    panel: panel && { chair: panel.chair, members: panel.members.map(({ id }) => id) },
    openQuestions: state.questions.filter(({ answeredAt }) => answeredAt === null).length,
    escalationClosesAt: state.escalationClosesAt,
    onBehalf: state.onBehalf?.person ?? null,
    filedBy: state.filedBy
  }
}

export type AppealView = ReturnType<typeof appealView>
