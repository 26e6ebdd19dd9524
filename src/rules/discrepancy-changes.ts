import type { LedgerEvent } from '../events/catalogue.ts'
import type { Case } from './case.ts'
import { rowsIn } from './discrepancies.ts'
import { goOnWithEvidence } from './discrepancy-evidence.ts'
import { isBlank } from './discrepancy-ledger.ts'
import { type Found, isSameFound } from './discrepancy-row.ts'
import { scopeOf } from './discrepancy-scope.ts'
import { touchedNodes } from './discrepancy-touched.ts'

/** What an event changed in the discrepancies of one node. */
export interface NodeChanges {
  node: string
  /** As they were; one that is found with other members has ended and begun. */
  ended: readonly Found[]
  begun: readonly Found[]
}

const NONE: readonly Found[] = []
const UNCHANGED: readonly NodeChanges[] = []

/** What is other after an event than before it, node by node: of the nodes that it touches, nothing else is looked at. */
export function discrepancyChanges(
  event: LedgerEvent,
  before: Case | null,
  after: Case
): readonly NodeChanges[] {
  const touched = touchedNodes(event, before, after)
  if (before) goOnWithEvidence(event, before.evaluation.evidence, after.evaluation.evidence)
  if (touched?.length === 0) return UNCHANGED
  const first = touched?.length === 1 ? touched[0] : undefined
  const isNew = before !== null && first !== undefined && isBlank(before, first)
  const now = scopeOf(after, touched)
  const found = rowsIn(now)
  const were = before && !isNew ? rowsIn(scopeOf(before, touched, now)) : NONE
  if (found.length === 0 && were.length === 0) return UNCHANGED
  return first === undefined ? comparedByNode(were, found) : compared(first, were, found)
}

function comparedByNode(were: readonly Found[], found: readonly Found[]): readonly NodeChanges[] {
  const old = Map.groupBy(were, ({ node }) => node)
  const now = Map.groupBy(found, ({ node }) => node)
  const nodes = new Set([...old.keys(), ...now.keys()])
  return [...nodes].flatMap((node) => compared(node, old.get(node) ?? NONE, now.get(node) ?? NONE))
}

/** Rows of one node, of which there are few. */
function compared(node: string, were: readonly Found[], found: readonly Found[]): readonly NodeChanges[] {
  const begun = [...found]
  const ended: Found[] = []
  for (const row of were) {
    const at = begun.findIndex((other) => isSameFound(row, other))
    if (at < 0) ended.push(row)
    else begun.splice(at, 1)
  }
  if (ended.length === 0 && begun.length === 0) return UNCHANGED
  return [{ node, ended, begun }]
}
