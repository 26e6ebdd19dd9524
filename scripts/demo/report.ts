import { discrepancyTable } from './discrepancies.ts'
import { disputeLines } from './dispute.ts'
import type { DemoFacts } from './gather.ts'
import { lossTable } from './losses.ts'
import type { Look } from './page.ts'
import { formATable, totalsTable } from './totals.ts'
import { unknownLines } from './unknown.ts'
import { yearLines } from './years.ts'

/** Everything the demo prints about the imported years, as lines. */
export function reportLines(facts: DemoFacts, look: Look): string[] {
  const { scorecards, latest, explanation, discrepancies, comparison, unplaced } = facts
  return [
    ...totalsTable(latest, look),
    ...formATable(latest, look),
    ...disputeLines(explanation, look),
    ...discrepancyTable(discrepancies, look),
    ...yearLines(comparison, look),
    ...lossTable(latest, look),
    ...unknownLines(scorecards, explanation, unplaced, look)
  ]
}
