import { type Comparison, compareUnit } from '../../projections/comparison-table.ts'
import { type Discrepancy, listDiscrepancies } from '../../projections/discrepancy-list.ts'
import { type Explanation, explain } from '../../projections/explanation.ts'
import { caseEvents, play } from '../../projections/history.ts'
import type { Reader } from '../../projections/projection.ts'
import { type Scorecard, scorecardView } from '../../projections/scorecard-view.ts'
import type { Title } from '../../src/events/forms.ts'
import { caseOfNow } from '../../src/http/reads.ts'
import type { EventStore } from '../../src/store/event-store.ts'
import { SERIES, UNIT } from '../import/names.ts'

/** The indicator that the province disputes. */
export const DISPUTED = 'S6'

/** What the ledger answers, as the tables need it: nothing in them comes from anywhere else. */
export interface DemoFacts {
  /** Oldest first. */
  scorecards: Scorecard[]
  latest: Scorecard
  explanation: Explanation
  discrepancies: Discrepancy[]
  comparison: Comparison
  /** Said by the import: what found no place. */
  unplaced: readonly Title[]
}

/** Asks the projections what the API would be asked. Throws where the imported unit is not there. */
export async function gatherFacts(
  reader: Reader,
  store: EventStore,
  unplaced: readonly Title[]
): Promise<DemoFacts> {
  const comparison = compareUnit(reader, { unit: UNIT, series: SERIES, at: null })
  const scorecards = comparison.periods.flatMap((period) => {
    const subject = caseOfNow(reader, comparison.evaluations[period] ?? '')
    return subject ? [scorecardView(subject)] : []
  })
  const latest = scorecards.at(-1)
  const steps = latest ? play(await caseEvents(store, latest.evaluation, null)) : []
  const explanation = explain(steps, DISPUTED)
  if (!latest || !explanation) throw new Error(`the ledger has no ${DISPUTED} of ${UNIT}`)
  const discrepancies = listDiscrepancies(reader, { unit: UNIT, class: 'material' }, null)
  return { scorecards, latest, explanation, discrepancies, comparison, unplaced }
}
