import type { Level } from '../src/events/forms.ts'
import { formatMinimal, type Points, parseDecimal } from '../src/points.ts'
import type { Case } from '../src/rules/case.ts'
import {
  type Basis,
  type DiscrepancyClass,
  type DiscrepancyKind,
  type Found,
  type Side,
  sizeText
} from '../src/rules/discrepancy-row.ts'
import { inPoints } from '../src/rules/discrepancy-scope.ts'
import { revisionAt, treeAt } from '../src/rules/framework.ts'
import { type EarlierCeiling, type Hint, hinter } from '../src/rules/hints.ts'
import { caseNow } from './cases.ts'
import {
  type DiscrepancyRow,
  discrepancyEvaluations,
  discrepancyRows,
  foundOf,
  HOLDS
} from './discrepancies.ts'
import { ownerReader } from './owners.ts'
import type { Reader } from './projection.ts'
import { scorecardCases } from './scorecard.ts'

export interface DiscrepancyFilter {
  period?: string | undefined
  unit?: string | undefined
  evaluation?: string | undefined
  kind?: DiscrepancyKind | undefined
  class?: DiscrepancyClass | undefined
  /** A code, or `total`. */
  node?: string | undefined
  /** Only differences of at least so many points; a difference that is not one of points has none. */
  minGap?: Points | undefined
}

/** Two figures that ought to agree and do not, as the outside sees them. */
export interface Discrepancy {
  kind: DiscrepancyKind
  class: DiscrepancyClass
  evaluation: string
  unit: string
  period: string
  node: string
  level: Level | null
  measure: Found['measure']
  expected: string | null
  found: string | null
  difference: string | null
  events: readonly Side[]
  hints: readonly Hint[]
  note: string | null
  /** The size of the difference in points; null where it is none of points. */
  gap: string | null
  /** What a percent is of. */
  ceiling: string | null
  /** The figures behind `expected`. */
  basis: Basis | null
  /** From which position on it holds. */
  since: string
}

/** An evaluation as it stood at the moment that a list is of; hints are worked out from it. */
type CaseFor = (evaluation: string) => Case | null

/**
 * All that does not agree, now (`at` null) or as of a position of the ledger: largest difference in points first, then
 * percents without a ceiling, counts, days. Hints see cases as they stand now, unless told how they stood.
 */
export const listDiscrepancies = (
  reader: Reader,
  filter: DiscrepancyFilter,
  at: bigint | null,
  { caseFor }: { caseFor?: CaseFor } = {}
): Discrepancy[] =>
  shownDiscrepancies(reader, discrepanciesAfter(reader, filter, at, { after: null, limit: -1 }), at, caseFor)

/** What rows are listed by: of sizes the greatest comes first, of everything else the least. */
const ORDER = ['evaluation', 'node', 'level', 'kind', 'measure', 'found', 'from_position'] as const

/** Where a row stands in the list; no other one stands there at the same moment. */
export type DiscrepancyPlace = Record<'size' | (typeof ORDER)[number], string> & { size_group: number }

export const placeOf = (row: DiscrepancyRow): DiscrepancyPlace => {
  const { size_group, size, evaluation, node, level, kind, measure, found } = row
  const from_position = String(row.from_position)
  return { size_group, size, evaluation, node, level, kind, measure, found, from_position }
}

/**
 * The rows behind a place of the list (null: from its beginning), however long it is: where a row stands is found by what
 * it says, not by counting those before it. At most `limit` of them, all where that is -1.
 */
export function discrepanciesAfter(
  reader: Reader,
  filter: DiscrepancyFilter,
  at: bigint | null,
  { after, limit }: { after: DiscrepancyPlace | null; limit: number }
): DiscrepancyRow[] {
  const { where, parameters } = discrepancyClause(filter, at)
  const conditions = after === null ? [] : [BEHIND]
  const order = `order by size_group, size desc, ${ORDER.join()}`
  const clause = `where ${[where, ...conditions].join(' and ')} ${order} limit ?`
  return reader.all(discrepancyRows, clause, [...parameters, ...(after ? placeCells(after) : []), limit])
}

const BEHIND = `(size_group > ? or size_group = ? and (size < ? or size = ? and
  (${ORDER.join()}) > (${ORDER.map(() => '?').join()})))`

function placeCells(place: DiscrepancyPlace): (string | number | bigint)[] {
  const { size_group, size } = place
  const rest = ORDER.map((column) => (column === 'from_position' ? BigInt(place[column]) : place[column]))
  return [size_group, size_group, size, size, ...rest]
}

/** Rows as the outside sees them, with hints. */
export function shownDiscrepancies(
  reader: Reader,
  rows: readonly DiscrepancyRow[],
  at: bigint | null,
  caseFor: CaseFor = caseReader(reader)
): Discrepancy[] {
  const hintsOf = hintReader(reader, caseFor, at)
  const ownerOf = ownerReader(reader, discrepancyEvaluations)
  return rows.map((row) => shown(row, ownerOf(row.evaluation), hintsOf(row)))
}

/** The rows that a filter lets through at a position (null: now), as a clause over their table. */
export function discrepancyClause(filter: DiscrepancyFilter, at: bigint | null) {
  const { minGap, unit, period, ...columns } = filter
  const held =
    at === null
      ? { clause: 'to_position = ?', values: [HOLDS] }
      : { clause: 'from_position <= ? and (to_position = ? or to_position > ?)', values: [at, HOLDS, at] }
  const least =
    minGap === undefined
      ? []
      : [{ clause: 'size_group = 0 and size >= ?', values: [sizeText(inPoints(minGap))] }]
  const all = [...equal(columns), ...ofOwner({ unit, period }), held, ...least]
  return {
    where: all.map(({ clause }) => clause).join(' and '),
    parameters: all.flatMap(({ values }): (string | bigint)[] => values)
  }
}

const equal = (columns: Readonly<Record<string, string | undefined>>) =>
  Object.entries(columns).flatMap(([name, value]) =>
    value === undefined ? [] : [{ clause: `${name} = ?`, values: [value] }]
  )

/** Of a unit, of a period: by the evaluations that are. */
function ofOwner(columns: Readonly<Record<string, string | undefined>>) {
  const conditions = equal(columns)
  if (conditions.length === 0) return []
  const where = conditions.map(({ clause }) => clause).join(' and ')
  return [
    {
      clause: `evaluation in (select evaluation from ${discrepancyEvaluations.name} where ${where})`,
      values: conditions.flatMap(({ values }) => values)
    }
  ]
}

interface Owner {
  unit: string
  period: string
}

function shown(row: DiscrepancyRow, { unit, period }: Owner, hints: readonly Hint[]): Discrepancy {
  const { kind, node, level, measure, expected, found, difference, events, note, ...rest } = foundOf(row)
  return {
    kind,
    class: rest.class,
    evaluation: row.evaluation,
    unit,
    period,
    node,
    level,
    measure,
    expected,
    found,
    difference,
    events,
    hints,
    note,
    gap: rest.size.group === 0 ? formatMinimal(parseDecimal(rest.size.text), 4) : null,
    ceiling: rest.ceiling,
    basis: rest.basis,
    since: String(row.from_position)
  }
}

/** An evaluation with its framework as they stand now. */
const caseReader =
  (reader: Reader): CaseFor =>
  (evaluation) =>
    caseNow(scorecardCases, reader, evaluation)

/** Hints row by row; the figures of an evaluation are added up once for all its rows. */
function hintReader(reader: Reader, caseFor: CaseFor, at: bigint | null) {
  const hinters = new Map<string, (found: Found) => Hint[]>()
  return (row: DiscrepancyRow): Hint[] => {
    let hintsOf = hinters.get(row.evaluation)
    if (!hintsOf) {
      const subject = caseFor(row.evaluation)
      hintsOf = subject ? hinter(subject, { lastYear: earlierCeilings(reader, subject, at) }) : () => []
      hinters.set(row.evaluation, hintsOf)
    }
    return hintsOf(foundOf(row))
  }
}

/** What the nodes that a node continues could earn in their own year, as that stood at a position (null: stands now). */
const earlierCeilings =
  ({ get }: Reader, { framework }: Case, at: bigint | null) =>
  (node: string): EarlierCeiling[] =>
    (framework.lineage[node]?.predecessors ?? []).flatMap((predecessor) => {
      const earlier = get(scorecardCases.frameworks, predecessor.framework)?.state
      if (!earlier) return []
      const tree = treeAt(earlier, at === null ? undefined : revisionAt(earlier, at))
      const before = tree.nodes.get(predecessor.node)?.definition
      return before ? [{ node: before.code, period: earlier.period.id, ceiling: before.ceiling }] : []
    })
