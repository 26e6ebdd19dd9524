import type { LedgerEvent } from '../src/events/catalogue.ts'
import type { Case } from '../src/rules/case.ts'
import { discrepanciesOf } from '../src/rules/discrepancies.ts'
import type {
  Basis,
  DiscrepancyClass,
  DiscrepancyKind,
  DiscrepancyMeasure,
  Found,
  Side
} from '../src/rules/discrepancy-row.ts'
import { identityOf } from '../src/rules/discrepancy-row.ts'
import { touchedNodes } from '../src/rules/discrepancy-touched.ts'
import { onCaseEvents } from './cases.ts'
import { type Change, type Get, type Moved, type Projection, put, table, tables } from './projection.ts'

/*
 * Figures that ought to agree and do not, each with the positions between which they did not: the list as of any
 * moment is one look at what held then. `to_position` is exclusive, null while it holds.
 */

export interface DiscrepancyRow {
  evaluation: string
  node: string
  /** Empty where the figure is of no level, as is `found` where nothing was found: a key holds no null. */
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
  key: ['evaluation', 'node', 'level', 'kind', 'measure', 'found', 'from_position'],
  columns: {
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
  indexes: [['period'], ['unit'], ['to_position']],
  plain: ['basis', 'events']
})

type Identity = [node: string, level: string, kind: string, measure: string, found: string]

interface OpenRow {
  /** As `identityOf` writes it. */
  identity: string
  since: string
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
  version: 2,
  follows: true,
  tables: tables(discrepancyRows, discrepanciesOpen),
  on: onCaseEvents((event, get, moved) => moved.flatMap((one) => followDiscrepancies(one, event, get)))
}

/**
 * Closes the rows that no longer hold and opens the ones that do. What was open is what the case before the event had
 * to show, so that rows are only looked for where something is other, among the nodes that the event can have touched.
 */
function followDiscrepancies({ before, after }: Moved, event: LedgerEvent, get: Get): Change[] {
  const touched = touchedNodes(event, after)
  if (touched?.size === 0) return []
  const found = discrepanciesOf(after, touched)
  const were = before ? discrepanciesOf(before, touched) : []
  if (found.length === 0 && were.length === 0) return []
  const gone = new Map(were.map((each) => [identityOf(each), each]))
  const fresh = found.filter((each) => {
    const identity = identityOf(each)
    const known = gone.get(identity)
    if (!known || !isSameValue(known, each)) return true
    gone.delete(identity)
    return false
  })
  const nodes = new Set([...gone.values(), ...fresh].map(({ node }) => node))
  return [...nodes].flatMap((node) => {
    const ended = new Set([...gone].flatMap(([identity, each]) => (each.node === node ? [identity] : [])))
    const begun = fresh.filter((each) => each.node === node)
    return changesOn(after, node, { ended, begun }, event.position, get)
  })
}

/** What becomes of the rows of one node. */
function changesOn(
  after: Case,
  node: string,
  { ended, begun }: { ended: ReadonlySet<string>; begun: readonly Found[] },
  position: bigint,
  get: Get
): Change[] {
  const { evaluation } = after.evaluation
  const open = get(discrepanciesOpen, evaluation, node)?.rows ?? []
  const closing = open.filter(({ identity }) => ended.has(identity))
  const opening = begun.map((found) => ({ identity: identityOf(found), since: String(position) }))
  const staying = open.filter(({ identity }) => !ended.has(identity))
  const rows = [...staying, ...opening].sort((a, b) => (a.identity < b.identity ? -1 : 1))
  return [
    ...closing.flatMap((row) => close(evaluation, row, position, get)),
    ...begun.map((found) => put(discrepancyRows, rowOf(after, found, position))),
    put(discrepanciesOpen, { evaluation, node, rows })
  ]
}

/** Positions grow, so a row never closes at the position it was opened at. */
function close(evaluation: string, { identity, since }: OpenRow, position: bigint, get: Get): Change[] {
  const key = JSON.parse(identity) as Identity
  const old = get(discrepancyRows, evaluation, ...key, BigInt(since))
  return old ? [put(discrepancyRows, { ...old, to_position: position })] : []
}

/** Members in the order of the columns: such a row is kept as it is. */
const rowOf = ({ evaluation, framework }: Case, found: Found, position: bigint): DiscrepancyRow => ({
  evaluation: evaluation.evaluation,
  node: found.node,
  level: found.level ?? '',
  kind: found.kind,
  measure: found.measure,
  found: found.found ?? '',
  from_position: position,
  to_position: null,
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

/** Plain values with the same members. */
function isSameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  const [left, right] = [Object.entries(a), b as Record<string, unknown>]
  return (
    left.length === Object.keys(b).length && left.every(([name, value]) => isSameValue(value, right[name]))
  )
}
