import type { LedgerEvent } from '../events/catalogue.ts'
import type { Measurement, Source } from '../events/forms.ts'
import { parsePoints } from '../points.ts'
import { type Entry, type Evaluation, fileOf, type NodeFile } from './evaluation.ts'
import { withValue } from './node-map.ts'

/** The evaluation's nodes with some members of one file changed. */
export const patch = (
  state: Evaluation,
  node: string,
  changes: Partial<NodeFile>
): Pick<Evaluation, 'nodes'> => ({
  nodes: withValue(state.nodes, node, { ...fileOf(state, node), ...changes })
})

/** The same for many nodes at once. */
export function patchAll(
  state: Evaluation,
  changes: readonly (readonly [string, Partial<NodeFile>])[]
): Pick<Evaluation, 'nodes'> {
  let { nodes } = state
  for (const [node, changed] of changes)
    nodes = withValue(nodes, node, { ...fileOf(state, node), ...changed })
  return { nodes }
}

/** The members that acts which give points may have. */
interface Given {
  points: string
  measurement?: Measurement | undefined
  reasonCode?: string | undefined
  reason?: string | undefined
  note?: string | undefined
  evidence?: readonly string[] | undefined
  source?: Source | undefined
}

/** What an event gives a node, as its file keeps it. */
export function entryOf(event: LedgerEvent, given: Given): Entry {
  return {
    points: parsePoints(given.points),
    measurement: given.measurement ?? null,
    event: event.id,
    by: event.metadata.actor.id,
    at: event.metadata.recordedAt,
    revision: event.revision,
    reasonCode: given.reasonCode ?? null,
    reason: given.reason ?? null,
    note: given.note ?? null,
    evidence: given.evidence ?? [],
    source: given.source ?? null
  }
}
