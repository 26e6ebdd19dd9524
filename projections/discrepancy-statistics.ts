import { formatMinimal, parseDecimal } from '../src/points.ts'
import {
  DISCREPANCY_CLASSES,
  DISCREPANCY_KINDS,
  type DiscrepancyClass,
  type DiscrepancyKind
} from '../src/rules/discrepancy-row.ts'
import { discrepancyRows } from './discrepancies.ts'
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
  { counts }: Reader,
  filter: DiscrepancyFilter,
  at: bigint | null
): DiscrepancyCount[] {
  const { where, parameters } = discrepancyClause(filter, at)
  const by = ['class', 'kind', 'size_group'] as const
  const found = counts(discrepancyRows, { by, greatest: 'size' }, `where ${where}`, parameters)
  return DISCREPANCY_CLASSES.flatMap((weight) =>
    DISCREPANCY_KINDS.flatMap((kind) => {
      const groups = found.filter((each) => each.class === weight && each.kind === kind)
      const count = groups.reduce((sum, { rows }) => sum + rows, 0)
      const ofPoints = groups.find(({ size_group }) => size_group === 0)
      return count === 0 ? [] : [{ kind, class: weight, count, largest: ofPoints ? shown(ofPoints) : null }]
    })
  )
}

/** Sizes are padded, so that the greatest text is the greatest number. */
const shown = ({ greatest }: { greatest: string }): string => formatMinimal(parseDecimal(greatest), 4)
