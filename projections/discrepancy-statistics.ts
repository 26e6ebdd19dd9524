import { formatMinimal, parseDecimal } from '../src/points.ts'
import {
  DISCREPANCY_CLASSES,
  DISCREPANCY_KINDS,
  type DiscrepancyClass,
  type DiscrepancyKind
} from '../src/rules/discrepancy-row.ts'
import { type DiscrepancyRow, discrepancyRows } from './discrepancies.ts'
import { type DiscrepancyFilter, discrepancyClause } from './discrepancy-list.ts'
import type { Reader } from './projection.ts'

/** How many there are of a kind and a class. */
export interface DiscrepancyCount {
  kind: DiscrepancyKind
  class: DiscrepancyClass
  count: number
  /** The largest difference in points; null where none is one of points. */
  largest: string | null
}

/** What does not agree, counted, now (`at` null) or as of a position: by class, then by kind, without those of which there are none. */
export function discrepancyStatistics(
  { all }: Reader,
  filter: DiscrepancyFilter,
  at: bigint | null
): DiscrepancyCount[] {
  const { where, parameters } = discrepancyClause(filter, at)
  const groups = new Map<string, DiscrepancyRow[]>()
  for (const row of all(discrepancyRows, `where ${where}`, parameters)) {
    const key = `${row.class} ${row.kind}`
    const group = groups.get(key)
    if (group) group.push(row)
    else groups.set(key, [row])
  }
  return DISCREPANCY_CLASSES.flatMap((weight) =>
    DISCREPANCY_KINDS.flatMap((kind) => {
      const rows = groups.get(`${weight} ${kind}`)
      return rows ? [{ kind, class: weight, count: rows.length, largest: largestOf(rows) }] : []
    })
  )
}

/** Sizes are padded, so that the greatest text is the greatest number. */
function largestOf(rows: readonly DiscrepancyRow[]): string | null {
  const sizes = rows.flatMap(({ size_group: group, size }) => (group === 0 ? [size] : []))
  const largest = sizes.sort().at(-1)
  return largest === undefined ? null : formatMinimal(parseDecimal(largest), 4)
}
