import type { LedgerEvent } from '../src/events/catalogue.ts'
import type { Points } from '../src/points.ts'
import type { AppealFile } from '../src/rules/appeals.ts'
import type { Case } from '../src/rules/case.ts'
import { fileOf, standingEntry } from '../src/rules/evaluation.ts'
import type { Framework } from '../src/rules/framework.ts'
import { figuresOf } from '../src/rules/rollup.ts'
import { onCaseEvents } from './cases.ts'
import { type Change, type Get, type Moved, type Projection, put, table, tables } from './projection.ts'

/*
 * The register of appeals: a row for each stretch of the ledger in which an appeal stood as it did. What depends on the
 * clock (overdue, days left) is worked out when rows are read, from the rules that are kept with them.
 */

export interface AppealRow {
  appeal: string
  from_position: bigint
  to_position: bigint | null
  /** Where it was filed; the register is in this order. */
  filed_position: bigint
  evaluation: string
  unit: string
  framework: string
  period: string
  node: string
  status: AppealFile['status']
  /** Whoever of the evaluating side gave what is disputed; null where nobody did. */
  judge: string | null
  /** Points by which decisions have moved the node, over all instances; null while there was none. */
  moved: Points | null
  /** 1 once a decision has given the unit at least a part of what it claimed. */
  overturned: number
  state: AppealFile
  rules: NonNullable<Framework['appeal']>
}

export const appealRows = table<AppealRow>({
  name: 'appeals_rows',
  key: ['appeal', 'from_position'],
  columns: {
    appeal: 'text',
    from_position: 'position',
    to_position: 'position',
    filed_position: 'position',
    evaluation: 'text',
    unit: 'text',
    framework: 'text',
    period: 'text',
    node: 'text',
    status: 'text',
    judge: 'text',
    moved: 'int',
    overturned: 'int',
    state: 'json',
    rules: 'json'
  },
  indexes: [['filed_position'], ['evaluation'], ['unit', 'filed_position']]
})

/** Where the stretch of an appeal that holds is found. */
const openRows = table<{ appeal: string; since: bigint }>({
  name: 'appeals_open',
  key: ['appeal'],
  columns: { appeal: 'text', since: 'position' }
})

/** Who was ever named to a panel in which evaluation. */
export const seatRows = table<{ person: string; evaluation: string }>({
  name: 'appeals_seats',
  key: ['person', 'evaluation'],
  columns: { person: 'text', evaluation: 'text' }
})

export const appeals: Projection = {
  name: 'appeals',
  version: 1,
  follows: true,
  tables: tables(appealRows, openRows, seatRows),
  on: onCaseEvents((event, get, moved) =>
    'appeal' in event.data ? moved.flatMap((move) => followAppeal(event, move, get)) : []
  )
}

function followAppeal(event: LedgerEvent, move: Moved, get: Get): Change[] {
  if (!('appeal' in event.data) || typeof event.data.appeal !== 'string') return []
  const { evaluation, framework } = move.after
  const state = evaluation.appeals[event.data.appeal]
  if (!state || !framework.appeal) return []
  const { appeal, node } = state
  const since = get(openRows, appeal)?.since
  const old = since === undefined ? undefined : get(appealRows, appeal, since)
  const next: AppealRow = {
    appeal,
    from_position: event.position,
    to_position: null,
    filed_position: old?.filed_position ?? event.position,
    evaluation: evaluation.evaluation,
    unit: evaluation.unit,
    framework: framework.framework,
    period: framework.period.id,
    node,
    status: state.status,
    judge: old ? old.judge : judgeOf(move.before, node),
    ...outcomeOf(event, move, node, old),
    state,
    rules: framework.appeal
  }
  const closed =
    old && old.from_position < event.position
      ? [put(appealRows, { ...old, to_position: event.position })]
      : []
  const seats = event.type === 'PanelAssigned' ? event.data.members : []
  return [
    ...closed,
    put(appealRows, next),
    put(openRows, { appeal, since: event.position }),
    ...seats.map(({ id }) => put(seatRows, { person: id, evaluation: evaluation.evaluation }))
  ]
}

/** Who confirmed, overrode or granted what stands; a claim that nobody judged and a decision have no expert. */
function judgeOf(before: Case | null, node: string): string | null {
  if (!before) return null
  const { granted, expert } = fileOf(before.evaluation, node)
  if (granted) return granted.decided ? null : granted.by
  return expert && standingEntry(before.evaluation, node) === expert ? expert.by : null
}

function outcomeOf(
  event: LedgerEvent,
  { before, after }: Moved,
  node: string,
  old: AppealRow | undefined
): Pick<AppealRow, 'moved' | 'overturned'> {
  const { moved, overturned } = old ?? { moved: null, overturned: 0 }
  if (event.type !== 'AppealDecided') return { moved, overturned }
  const difference = standingOf(after, node) - (before ? standingOf(before, node) : 0)
  const given = event.data.outcome === 'upheld' || event.data.outcome === 'partly-upheld'
  return { moved: (moved ?? 0) + difference, overturned: given ? 1 : overturned }
}

/** What does not apply, or has no points, counts as nothing. */
const standingOf = ({ tree, evaluation }: Case, node: string): Points =>
  figuresOf(tree, evaluation, node).get(node)?.standing.points ?? 0
