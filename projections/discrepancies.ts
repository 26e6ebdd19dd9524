import type { LedgerEvent } from '../src/events/catalogue.ts'
import type { Level } from '../src/events/forms.ts'
import type { Case } from '../src/rules/case.ts'
import { discrepancyChanges, type NodeChanges } from '../src/rules/discrepancy-changes.ts'
import type {
  Basis,
  DiscrepancyClass,
  DiscrepancyKind,
  DiscrepancyMeasure,
  Found,
  Side
} from '../src/rules/discrepancy-row.ts'
import { onCaseEvents } from './cases.ts'
import {
  type Change,
  type Get,
  type Key,
  type Moved,
  type Projection,
  put,
  remove,
  table,
  tables
} from './projection.ts'

/*
 * Figures that ought to agree and do not, each with the positions between which they did not: the list as of any
 * moment is one look at what held then. Where a row ended is a part of its key, so that the one that holds is found by
 * what it says; and the key is all that rows are found by, since nearly every event begins one.
 */

export interface DiscrepancyRow {
  evaluation: string
  node: string
  kind: DiscrepancyKind
  /** Empty where the figure is of no level, as is `found` where nothing was found. */
  level: string
  measure: DiscrepancyMeasure
  found: string
  /** Exclusive; `HOLDS` while it does. */
  to_position: bigint
  from_position: bigint
  class: DiscrepancyClass
  expected: string | null
  difference: string | null
  size_group: number
  size: string
  ceiling: string | null
  /** As JSON. A table without a column of JSON keeps its rows in the order of their key, and needs no index for it. */
  basis: string | null
  /** As `sidesText` writes them. */
  events: string
  note: string | null
}

/** Stands for the end of what has none. */
export const HOLDS = 0n

export const discrepancyRows = table<DiscrepancyRow>({
  name: 'discrepancies_rows',
  key: ['evaluation', 'node', 'kind', 'level', 'measure', 'found', 'to_position'],
  columns: {
    evaluation: 'text',
    node: 'text',
    kind: 'text',
    level: 'text',
    measure: 'text',
    found: 'text',
    to_position: 'position',
    from_position: 'position',
    class: 'text',
    expected: 'text',
    difference: 'text',
    size_group: 'int',
    size: 'text',
    ceiling: 'text',
    basis: 'text',
    events: 'text',
    note: 'text'
  },
  once: true
})

/** Evaluations are of one unit and one period for ever: the rows of those are found by their evaluations. */
export const discrepancyEvaluations = table<{ evaluation: string; unit: string; period: string }>({
  name: 'discrepancies_evaluations',
  key: ['evaluation'],
  columns: { evaluation: 'text', unit: 'text', period: 'text' },
  indexes: [['unit'], ['period']],
  once: true
})

export const discrepancies: Projection = {
  name: 'discrepancies',
  version: 5,
  follows: true,
  tables: tables(discrepancyRows, discrepancyEvaluations),
  on: onCaseEvents((event, get, moved) => {
    const changes: Change[] = []
    for (const each of moved) followDiscrepancies(each, event, get, changes)
    return changes
  })
}

/** Closes the rows that no longer hold and opens the ones that do. */
function followDiscrepancies(
  { before, after }: Moved,
  event: LedgerEvent,
  get: Get,
  changes: Change[]
): void {
  for (const each of discrepancyChanges(event, before, after))
    addChanges(after, each, event.position, get, changes)
  if (before !== null) return
  const { evaluation, unit } = after.evaluation
  changes.push(put(discrepancyEvaluations, { evaluation, unit, period: after.framework.period.id }))
}

/** What becomes of the rows of one node. What began takes the place of what ended where both say the same of it. */
function addChanges(
  { evaluation: { evaluation } }: Case,
  { ended, begun }: NodeChanges,
  position: bigint,
  get: Get,
  changes: Change[]
): void {
  for (const found of ended) {
    const key = keyOf(evaluation, found)
    const open = get(discrepancyRows, ...key)
    if (open)
      changes.push(put(discrepancyRows, { ...open, to_position: position }), remove(discrepancyRows, ...key))
  }
  for (const found of begun) changes.push(put(discrepancyRows, rowOf(evaluation, found, position)))
}

/** Of the row that holds. */
const keyOf = (evaluation: string, { node, kind, level, measure, found }: Found): Key => [
  evaluation,
  node,
  kind,
  level ?? '',
  measure,
  found ?? '',
  HOLDS
]

/** Members in the order of the columns: such a row is kept as it is. */
const rowOf = (evaluation: string, found: Found, position: bigint): DiscrepancyRow => ({
  evaluation,
  node: found.node,
  kind: found.kind,
  level: found.level ?? '',
  measure: found.measure,
  found: found.found ?? '',
  to_position: HOLDS,
  from_position: position,
  class: found.class,
  expected: found.expected,
  difference: found.difference,
  size_group: found.size.group,
  size: found.size.text,
  ceiling: found.ceiling,
  basis: found.basis && JSON.stringify(found.basis),
  events: sidesText(found.events),
  note: found.note
})

/** The ids one after the other, each behind a mark of its side. Ids hold neither mark nor space. */
function sidesText(events: readonly Side[]): string {
  let text = ''
  for (const { event, side } of events)
    text += (text === '' ? '' : ' ') + (side === 'for' ? '+' : '-') + event
  return text
}

const sidesOf = (text: string): Side[] =>
  text === ''
    ? []
    : text
        .split(' ')
        .map((each) => ({ event: each.slice(1), side: each.startsWith('+') ? 'for' : 'against' }))

/** What was found, as the rules gave it. */
export function foundOf({
  level,
  found,
  size_group: group,
  size,
  basis,
  events,
  ...row
}: DiscrepancyRow): Found {
  // Levels were levels when the row was made, and a basis was one; an empty level says that the figure is of none.
  return {
    ...row,
    level: level === '' ? null : (level as Level),
    found: found === '' ? null : found,
    size: { group, text: size },
    basis: basis === null ? null : (JSON.parse(basis) as Basis),
    events: sidesOf(events)
  }
}
