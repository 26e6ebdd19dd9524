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
  key: Identity
  since: string
}

/** What is open on a node, and since when, so that no handler has to look for it. */
const discrepanciesOpen = table<{ evaluation: string; node: string; rows: readonly OpenRow[] }>({
  name: 'discrepancies_open',
  key: ['evaluation', 'node'],
  columns: { evaluation: 'text', node: 'text', rows: 'json' },
  plain: ['rows']
})

/** The nodes on which anything ever was open. */
const discrepanciesNodes = table<{ evaluation: string; nodes: readonly string[] }>({
  name: 'discrepancies_nodes',
  key: ['evaluation'],
  columns: { evaluation: 'text', nodes: 'json' },
  plain: ['nodes']
})

export const discrepancies: Projection = {
  name: 'discrepancies',
  version: 2,
  follows: true,
  tables: tables(discrepancyRows, discrepanciesOpen, discrepanciesNodes),
  on: onCaseEvents((event, get, moved) => moved.flatMap((one) => followDiscrepancies(one, event, get)))
}

/** Closes the rows that no longer hold and opens the ones that do, among the nodes that the event can have touched. */
function followDiscrepancies({ after }: Moved, event: LedgerEvent, get: Get): Change[] {
  const touched = touchedNodes(event, after)
  if (touched?.size === 0) return []
  const { evaluation } = after.evaluation
  const found = Map.groupBy(discrepanciesOf(after, touched), ({ node }) => node)
  const known = get(discrepanciesNodes, evaluation)?.nodes ?? []
  // What is open elsewhere stays as it is.
  const open = touched ? known.filter((node) => touched.has(node)) : known
  const changes = [...new Set([...open, ...found.keys()])].flatMap((node) => {
    const rows = open.includes(node) ? get(discrepanciesOpen, evaluation, node)?.rows : undefined
    return followNode(after, node, rows ?? [], found.get(node) ?? [], event.position, get)
  })
  const begun = [...found.keys()].filter((node) => !known.includes(node))
  if (begun.length === 0) return changes
  return [...changes, put(discrepanciesNodes, { evaluation, nodes: [...known, ...begun] })]
}

function followNode(
  after: Case,
  node: string,
  open: readonly OpenRow[],
  found: readonly Found[],
  position: bigint,
  get: Get
): Change[] {
  const { evaluation } = after.evaluation
  const gone = new Map(open.map((row) => [row.key.join('\n'), row]))
  const changes: Change[] = []
  const rows: OpenRow[] = []
  for (const each of found) {
    const row = rowOf(after, each, position)
    const key = keyOf(row)
    const text = key.join('\n')
    const known = gone.get(text)
    const old = known && get(discrepancyRows, evaluation, ...key, BigInt(known.since))
    if (known && old && isSame(old, row)) {
      rows.push(known)
      gone.delete(text)
      continue
    }
    changes.push(put(discrepancyRows, row))
    rows.push({ key, since: String(position) })
  }
  const closed = [...gone.values()].flatMap((row) => close(evaluation, row, position, get))
  if (changes.length === 0 && closed.length === 0) return []
  return [...closed, ...changes, put(discrepanciesOpen, { evaluation, node, rows: inOrder(rows) })]
}

/** By key, whatever the order in which they were found. */
const inOrder = (rows: readonly OpenRow[]): readonly OpenRow[] =>
  rows.length < 2
    ? rows
    : rows
        .map((row) => ({ row, text: JSON.stringify(row.key) }))
        .sort((a, b) => (a.text < b.text ? -1 : 1))
        .map(({ row }) => row)

/** Positions grow, so a row never closes at the position it was opened at. */
function close(evaluation: string, { key, since }: OpenRow, position: bigint, get: Get): Change[] {
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

const keyOf = ({ node, level, kind, measure, found }: DiscrepancyRow): Identity => [
  node,
  level,
  kind,
  measure,
  found
]

const COMPARED = (Object.keys(discrepancyRows.columns) as (keyof DiscrepancyRow)[]).filter(
  (name) => name !== 'from_position' && name !== 'to_position'
)

/** The same but for the position from which it holds; both are open. */
const isSame = (a: DiscrepancyRow, b: DiscrepancyRow): boolean =>
  COMPARED.every((name) => isSameValue(a[name], b[name]))

/** Plain values with the same members. */
function isSameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  const [left, right] = [Object.entries(a), b as Record<string, unknown>]
  return (
    left.length === Object.keys(b).length && left.every(([name, value]) => isSameValue(value, right[name]))
  )
}
