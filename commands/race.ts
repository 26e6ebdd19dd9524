import { Refusal } from '../src/errors.ts'
import type { EventTypeName, LedgerEvent } from '../src/events/catalogue.ts'
import type { Evaluation } from '../src/rules/evaluation.ts'
import { concernedNodes } from '../src/rules/event-nodes.ts'

/** Acts that change what may be done at all, or whether anything may still be appealed. */
const STAGE_CHANGES: ReadonlySet<EventTypeName> = new Set<EventTypeName>([
  'EvaluationOpened',
  'SelfAssessmentSubmitted',
  'ReviewCompleted',
  'AppealWaived',
  'EvaluationFinalised',
  'EvaluationReopened'
])

/**
 * After a lost race a command is decided anew only if no newer event names its node or changes the stage. `nodes` is
 * null for a command that concerns all of them.
 */
export function requireUnconcerned(
  newer: readonly LedgerEvent[],
  nodes: readonly string[] | null,
  evaluation: Evaluation | null
): void {
  const concerned = newer.find((event) => {
    if (STAGE_CHANGES.has(event.type)) return true
    const named = concernedNodes(event, evaluation?.appeals ?? {})
    return nodes === null ? named.length > 0 : named.some((node) => nodes.includes(node))
  })
  if (concerned) throw new Refusal('changed-meanwhile', { event: concerned.id })
}
