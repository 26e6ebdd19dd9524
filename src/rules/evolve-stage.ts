import type { EventOf, LedgerEvent } from '../events/catalogue.ts'
import { type Evaluation, fileOf, type NodeFile } from './evaluation.ts'
import { entryOf, patchAll } from './node-files.ts'
import { nodesOf } from './node-map.ts'

/** Lists a node with all that is below it in the tree in force. */
export type Below = (node: string) => readonly string[]

/** What the acts that move an evaluation from one stage to another change, returns among them. */
export function stageChange(state: Evaluation, event: LedgerEvent, below: Below): Partial<Evaluation> {
  switch (event.type) {
    case 'SelfAssessmentSubmitted':
      return submitted(state, event)
    case 'ReturnedForCorrection':
      return returned(state, event, below)
    case 'ReviewCompleted':
      return {
        stage: 'appeal',
        stageEvent: event.id,
        appealClosesAt: event.data.appealClosesAt,
        waived: null
      }
    case 'AppealWaived':
      return { waived: event.id }
    case 'EvaluationFinalised':
      return {
        ...finals(state, event),
        stage: 'final',
        stageEvent: event.id,
        finalisedAt: event.metadata.recordedAt
      }
    case 'EvaluationReopened':
      return {
        ...(state.origin === 'live' ? withoutFinals(state) : {}),
        stage: state.origin === 'live' ? 'review' : 'imported',
        stageEvent: event.id,
        finalisedAt: null,
        waived: null,
        appealClosesAt: null,
        reopenedRevision: event.revision
      }
    default:
      return {}
  }
}

function submitted(state: Evaluation, event: EventOf<'SelfAssessmentSubmitted'>): Partial<Evaluation> {
  const blanks = event.data.blank.map(({ node, reason }) => [node, { blank: reason }] as const)
  return {
    ...patchAll(state, blanks),
    stage: 'review',
    stageEvent: event.id,
    returned: null,
    submittedAt: state.submittedAt ?? event.metadata.recordedAt,
    judgedRevision: state.judgedRevision ?? Number(event.data.frameworkRevision)
  }
}

function returned(
  state: Evaluation,
  event: EventOf<'ReturnedForCorrection'>,
  below: Below
): Partial<Evaluation> {
  const nodes = [...new Set(event.data.nodes.flatMap(below))]
  // A further return while one is open adds to it.
  const named = new Set([...(state.returned?.nodes ?? []), ...event.data.nodes])
  const files = nodes.map((node) => [node, voided(fileOf(state, node))] as const)
  return { ...patchAll(state, files), returned: { nodes: [...named], event: event.id } }
}

/** A return voids what the evaluating side did on a node; what the unit claimed is open again. */
function voided(file: NodeFile): Partial<NodeFile> {
  const kept = file.granted?.decided ? file.granted : null
  return {
    expert: null,
    granted: kept,
    claim: file.claim ?? (kept ? null : (file.granted?.claim ?? null)) ?? file.refused,
    refused: null
  }
}

/** An imported evaluation keeps what was recorded; a live one gets its final level now. */
function finals(state: Evaluation, event: EventOf<'EvaluationFinalised'>): Partial<Evaluation> {
  if (state.origin === 'imported') return {}
  const changes = event.data.nodes.flatMap(({ node, points }) =>
    points === null ? [] : [[node, { final: entryOf(event, { points }) }] as const]
  )
  return patchAll(state, changes)
}

const withoutFinals = (state: Evaluation): Partial<Evaluation> =>
  patchAll(
    state,
    nodesOf(state.nodes).map((node) => [node, { final: null }] as const)
  )
