import type { Case } from './case.ts'
import { ledgerDiscrepancies } from './discrepancy-ledger.ts'
import { publishedDiscrepancies } from './discrepancy-published.ts'
import { compareFound, type Found } from './discrepancy-row.ts'
import { scopeOf } from './discrepancy-scope.ts'

/**
 * Every two figures of an evaluation that ought to agree and do not, one row per node, level, kind, measure and
 * printed value, largest first. The ledger takes nobody's side: `expected` is computed or claimed, `found` is printed or
 * final, and neither is called right. With `only`, just the rows of these nodes; they are the same rows.
 */
export const discrepanciesOf = (subject: Case, only: ReadonlySet<string> | null = null): Found[] =>
  rowsOf(subject, only && [...only]).sort(compareFound)

/** The same in no particular order. No node may be named twice. */
export function rowsOf(subject: Case, only: readonly string[] | null): Found[] {
  const scope = scopeOf(subject, only)
  const rows = ledgerDiscrepancies(scope)
  if (subject.evaluation.figures.length > 0) rows.push(...publishedDiscrepancies(scope))
  return rows
}
