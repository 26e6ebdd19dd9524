import type { LedgerEvent } from '../src/events/catalogue.ts'
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
import { identityOf } from '../src/rules/discrepancy-row.ts'
import { onCaseEvents } from './cases.ts'
import { type Change, type Get, type Moved, type Projection, put, table, tables } from './projection.ts'

/*
 * Figures that ought to agree and do not, each with the positions between which they did not: the list as of any
 * moment is one look at what held then. `to_position` is exclusive, null while it holds.
 */

export interface DiscrepancyRow {
  /** Rows that one event begins are counted, from 0: new ones stand behind the others, and one that ends is found at once. */
  n: number
  evaluation: string
  node: string
  /** Empty where the figure is of no level, as is `found` where nothing was found. */
  level: string
  kind: DiscrepancyKind
  measure: DiscrepancyMeasure
  found: string
  from_position: bigint
  to_position: bigint | null
  unit: string
  period: string
  framework: string
  class: DiscrepancyClass
  expected: string | null
  difference: string | null
  size_group: number
  size: string
  ceiling: string | null
  basis: Basis | null
  events: readonly Side[]
  note: string | null
}

export const discrepancyRows = table<DiscrepancyRow>({
  name: 'discrepancies_rows',
  key: ['from_position', 'n'],
  columns: {
    n: 'int',
    evaluation: 'text',
    node: 'text',
    level: 'text',
    kind: 'text',
    measure: 'text',
    found: 'text',
    from_position: 'position',
    to_position: 'position',
    unit: 'text',
    period: 'text',
    framework: 'text',
    class: 'text',
    expected: 'text',
    difference: 'text',
    size_group: 'int',
    size: 'text',
    ceiling: 'text',
    basis: 'json',
    events: 'json',
    note: 'text'
  },
  indexes: [['period'], ['evaluation'], ['to_position']],
  plain: ['basis', 'events'],
  once: true
})

/** Evaluations are of one unit for ever: the rows of a unit are found by its evaluations. */
export const discrepancyEvaluations = table<{ evaluation: string; unit: string }>({
  name: 'discrepancies_evaluations',
  key: ['evaluation'],
  columns: { evaluation: 'text', unit: 'text' },
  indexes: [['unit']],
  once: true
})

interface OpenRow {
  /** As `identityOf` writes it. */
  identity: string
  since: string
  n: number
}

/** What is open on a node, and since when, so that no handler has to look for it. */
const discrepanciesOpen = table<{ evaluation: string; node: string; rows: readonly OpenRow[] }>({
  name: 'discrepancies_open',
  key: ['evaluation', 'node'],
  columns: { evaluation: 'text', node: 'text', rows: 'json' },
  plain: ['rows']
})

export const discrepancies: Projection = {
  name: 'discrepancies',
  version: 3,
  follows: true,
  tables: tables(discrepancyRows, discrepanciesOpen, discrepancyEvaluations),
  on: onCaseEvents((event, get, moved) => {
    const draft: Draft = { position: event.position, get, begun: 0 }
    return moved.flatMap((one) => followDiscrepancies(one, event, draft))
  })
}

/** What one event leads to. */
interface Draft {
  position: bigint
  get: Get
  /** How many rows it has begun so far. */
  begun: number
}

/** Closes the rows that no longer hold and opens the ones that do. */
function followDiscrepancies({ before, after }: Moved, event: LedgerEvent, draft: Draft): Change[] {
  const changes = discrepancyChanges(event, before, after).flatMap((each) => changesOn(after, each, draft))
  const { evaluation, unit } = after.evaluation
  if (before === null) changes.push(put(discrepancyEvaluations, { evaluation, unit }))
  return changes
}

/**
 * What becomes of the rows of one node. What was open before the event is what the case then had to show, so that
 * nothing is read where it had nothing, and of a row that ends no more than since when it was open.
 */
function changesOn(after: Case, { node, isFirst, ended, begun }: NodeChanges, draft: Draft): Change[] {
  const { position, get } = draft
  const { evaluation } = after.evaluation
  const rows: OpenRow[] = isFirst ? [] : [...(get(discrepanciesOpen, evaluation, node)?.rows ?? [])]
  const changes: Change[] = []
  for (const found of ended) {
    const identity = identityOf(found)
    const at = rows.findIndex((row) => row.identity === identity)
    const [open] = at < 0 ? [] : rows.splice(at, 1)
    // Positions grow, so a row never closes at the position it was opened at.
    if (open) changes.push(put(discrepancyRows, rowOf(after, found, open, position)))
  }
  for (const found of begun) {
    const open = { identity: identityOf(found), since: String(position), n: draft.begun++ }
    rows.push(open)
    changes.push(put(discrepancyRows, rowOf(after, found, open, null)))
  }
  if (rows.length > 1) rows.sort((a, b) => (a.identity < b.identity ? -1 : 1))
  changes.push(put(discrepanciesOpen, { evaluation, node, rows }))
  return changes
}

/** Members in the order of the columns: such a row is kept as it is. */
const rowOf = (
  { evaluation, framework }: Case,
  found: Found,
  { since, n }: OpenRow,
  to: bigint | null
): DiscrepancyRow => ({
  n,
  evaluation: evaluation.evaluation,
  node: found.node,
  level: found.level ?? '',
  kind: found.kind,
  measure: found.measure,
  found: found.found ?? '',
  from_position: BigInt(since),
  to_position: to,
  unit: evaluation.unit,
  period: framework.period.id,
  framework: evaluation.framework,
  class: found.class,
  expected: found.expected,
  difference: found.difference,
  size_group: found.size.group,
  size: found.size.text,
  ceiling: found.ceiling,
  basis: found.basis,
  events: found.events,
  note: found.note
})
