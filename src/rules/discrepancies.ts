import type { Case } from './case.ts'
import { ledgerDiscrepancies } from './discrepancy-ledger.ts'
import { publishedDiscrepancies } from './discrepancy-published.ts'
import { compareFound, type Found } from './discrepancy-row.ts'
import { type Scope, scopeOf } from './discrepancy-scope.ts'

/**
 * Every two figures of an evaluation that ought to agree and do not, one row per node, level, kind, measure and
 * printed value, largest first. The ledger takes nobody's side: `expected` is computed or claimed, `found` is printed or
 * final, and neither is called right. With `only`, just the rows of these nodes; they are the same rows.
 */
export const discrepanciesOf = (subject: Case, only: ReadonlySet<string> | null = null): Found[] =>
  rowsIn(scopeOf(subject, only && [...only])).sort(compareFound)

/** The same of one scope, in no particular order. No node may be named twice in it. */
export function rowsIn(scope: Scope): Found[] {
  const rows = ledgerDiscrepancies(scope)
  if (scope.published.size > 0) rows.push(...publishedDiscrepancies(scope))
  return rows
}
