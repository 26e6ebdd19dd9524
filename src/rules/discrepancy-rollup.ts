import { type Level, Level as Levels } from '../events/forms.ts'
import { formatPoints } from '../points.ts'
import { between, type Computed, compare, type Printed, recordedPoints } from './agreement.ts'
import { type Found, foundRow } from './discrepancy-row.ts'
import { entriesBelow, eventsOf, inPoints, type Scope } from './discrepancy-scope.ts'
import { type Entry, levelEntry } from './evaluation.ts'
import { isLeaf } from './tree.ts'

const NONE: readonly Found[] = []

/** Own points and the sum of the children that they ought to be; a partial sum is an interval. */
export function rollUpComparison(
  scope: Scope,
  node: string,
  level: Level
): { own: Entry; printed: Printed; computed: Computed; partial: boolean } | null {
  // Most nodes have no entry of their own, and then nothing need be added up.
  if (!levelEntry(scope.subject.evaluation, node, level)) return null
  const { own, rollUp } = scope.figures(node)?.[level] ?? {}
  if (!own || !rollUp) return null
  const { points, missing, partial } = rollUp
  const computed = between(inPoints(points ?? 0), inPoints((points ?? 0) + (partial ? missing : 0)))
  return { own, printed: recordedPoints(own.points, own.source?.digits), computed, partial }
}

/** Own points against the sum of the children, at every level that was recorded. */
export function rollUpMismatches(scope: Scope, node: string): readonly Found[] {
  if (isLeaf(scope.subject.tree, node)) return NONE
  return Levels.options.flatMap((level) => {
    const comparison = rollUpComparison(scope, node, level)
    const verdict = comparison && compare(comparison.printed, comparison.computed)
    if (!comparison || !verdict || verdict.agrees) return []
    const { own, partial } = comparison
    return foundRow({
      kind: 'rollup-mismatch',
      class: verdict.class,
      node,
      level,
      measure: 'points',
      expected: verdict.expected,
      value: inPoints(own.points),
      found: formatPoints(own.points),
      ceiling: inPoints(scope.figures(node)?.applicableCeiling ?? 0),
      basis: { of: 'roll-up', points: null, ceiling: null, partial, digits: own.source?.digits ?? null },
      for: [own.event],
      against: eventsOf(entriesBelow(scope, node, level))
    })
  })
}
