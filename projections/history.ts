import { type LedgerEvent, readEvent } from '../src/events/catalogue.ts'
import type { Case } from '../src/rules/case.ts'
import type { EventStore } from '../src/store/event-store.ts'
import { caseNow, caseTables, follow } from './cases.ts'
import { createMemoryRows } from './memory.ts'

/*
 * One evaluation as of a moment: its own stream and its framework's, folded up to a position. Nothing else is read.
 */

/** The events of one evaluation and of its framework, in ledger order, up to a position (inclusive). */
export async function caseEvents(
  store: EventStore,
  evaluation: string,
  upTo: bigint | null
): Promise<LedgerEvent[]> {
  const own = await streamUpTo(store, `evaluation-${evaluation}`, upTo)
  const [opened] = own
  if (opened?.type !== 'EvaluationOpened') return []
  const framework = await streamUpTo(store, `framework-${opened.data.framework}`, upTo)
  return [...framework, ...own].sort((a, b) => (a.position < b.position ? -1 : 1))
}

async function streamUpTo(store: EventStore, stream: string, upTo: bigint | null): Promise<LedgerEvent[]> {
  const events: LedgerEvent[] = []
  for await (const stored of store.readStream(stream)) {
    if (upTo !== null && stored.position > upTo) break
    events.push(readEvent(stored))
  }
  return events
}

/** One event with the case before and after it; `before` is null for the event that opened the evaluation. */
export interface Step {
  event: LedgerEvent
  before: Case | null
  after: Case
}

/** Plays the events of one evaluation and its framework; a step for each event that moved the evaluation. */
export function play(events: readonly LedgerEvent[]): Step[] {
  const cases = caseTables('history')
  const rows = createMemoryRows()
  return events.flatMap((event) => {
    const { changes, moved } = follow(cases, event, rows.get)
    rows.write(changes)
    return [...moved].flat().map(({ before, after }) => ({ event, before, after }))
  })
}

/** The case after all these events; null where no evaluation was opened. */
export function caseAfter(events: readonly LedgerEvent[]): Case | null {
  const cases = caseTables('history')
  const rows = createMemoryRows()
  for (const event of events) rows.write(follow(cases, event, rows.get).changes)
  const [row] = rows.rows(cases.evaluations)
  return row ? caseNow(cases, rows, row.evaluation) : null
}
