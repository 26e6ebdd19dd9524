import type { EventOf, LedgerEvent } from '../events/catalogue.ts'
import { type AppealFile, evolveAppeals } from './appeals.ts'
import { type Evaluation, type Exemption, fileOf, type NodeFile } from './evaluation.ts'
import { type Below, stageChange } from './evolve-stage.ts'
import { entryOf, patch } from './node-files.ts'
import { emptyNodeMap } from './node-map.ts'

/**
 * The next state of an evaluation; null before it is opened. `below` lists a node with all that is below it in the
 * tree in force; only a return needs it.
 */
export function evolveEvaluation(
  state: Evaluation | null,
  event: LedgerEvent,
  below: Below
): Evaluation | null {
  if (event.type === 'EvaluationOpened') return opened(event)
  if (!state) return state
  const next = { ...state, ...change(state, event, below) }
  next.appeals = evolveAppeals(state.appeals, event)
  next.revision = event.revision
  next.newest = event.id
  next.updatedAt = event.metadata.recordedAt
  return next
}

function opened(event: EventOf<'EvaluationOpened'>): Evaluation {
  const { evaluation, unit, framework, origin, frameworkRevision } = event.data
  const at = event.metadata.recordedAt
  return {
    evaluation,
    unit,
    framework,
    origin,
    stage: origin === 'live' ? 'self-assessment' : 'imported',
    openedRevision: Number(frameworkRevision),
    judgedRevision: origin === 'live' ? null : Number(frameworkRevision),
    revision: event.revision,
    newest: event.id,
    updatedAt: at,
    openedAt: at,
    submittedAt: null,
    finalisedAt: null,
    openedEvent: event.id,
    stageEvent: event.id,
    returned: null,
    appealClosesAt: null,
    waived: null,
    nodes: emptyNodeMap(),
    figures: [],
    responsibilities: [],
    evidence: {},
    appeals: {},
    reopenedRevision: -1
  }
}

/** What an event changes besides the appeals and the marks that every event moves. */
function change(state: Evaluation, event: LedgerEvent, below: Below): Partial<Evaluation> {
  switch (event.type) {
    case 'TargetAssigned': {
      const { node, ...assigned } = event.data
      return patch(state, node, { assigned: { ...assigned, event: event.id } })
    }
    case 'ResponsibilityAssigned':
      return { responsibilities: [...state.responsibilities, { ...event.data, event: event.id }] }
    case 'EvidenceAttached': {
      const file = {
        ...event.data,
        event: event.id,
        by: event.metadata.actor.id,
        at: event.metadata.recordedAt
      }
      return { evidence: { ...state.evidence, [file.evidence]: file } }
    }
    case 'FigurePublished':
      return {
        figures: [...state.figures, { ...event.data, event: event.id, at: event.metadata.recordedAt }]
      }
    case 'SelfScoreEntered':
      return patch(state, event.data.node, { self: entryOf(event, event.data), claim: null, blank: null })
    case 'NotApplicableClaimed':
      return patch(state, event.data.node, { claim: exemption(event), refused: null, blank: null })
    case 'ScoreConfirmed':
    case 'ScoreOverridden':
      return patch(state, event.data.node, { expert: entryOf(event, event.data) })
    case 'NotApplicableGranted':
    case 'NotApplicableRefused':
    case 'NotApplicableRevoked':
      return judged(state, event)
    case 'ScoreRecorded':
      return patch(state, event.data.node, { [event.data.level]: entryOf(event, event.data) })
    case 'AppealDecided':
      return decided(state, event)
    default:
      return stageChange(state, event, below)
  }
}

function exemption(
  event: EventOf<'NotApplicableClaimed' | 'NotApplicableGranted' | 'NotApplicableRefused'>
): Exemption {
  return {
    reasonCode: event.data.reasonCode,
    reason: event.data.reason ?? null,
    event: event.id,
    by: event.metadata.actor.id,
    at: event.metadata.recordedAt
  }
}

function judged(
  state: Evaluation,
  event: EventOf<'NotApplicableGranted' | 'NotApplicableRefused' | 'NotApplicableRevoked'>
): Partial<Evaluation> {
  const { node } = event.data
  const { claim, granted } = fileOf(state, node)
  if (event.type === 'NotApplicableGranted') {
    return patch(state, node, { granted: { ...exemption(event), claim, decided: false }, claim: null })
  }
  if (event.type === 'NotApplicableRefused') return patch(state, node, { claim: null, refused: claim })
  // Points claimed or judged before were never touched by the grant, so they stand again by themselves. The claim it
  // had granted is turned down with it.
  return patch(state, node, { granted: null, refused: granted?.claim ?? null })
}

/** A decision gives points, takes the node out of the denominator or brings it back; a rejection moves nothing. */
function decided(state: Evaluation, event: EventOf<'AppealDecided'>): Partial<Evaluation> {
  const appeal: AppealFile | undefined = state.appeals[event.data.appeal]
  const { points, applicable, measurement } = event.data
  if (!appeal) return {}
  const changes: Partial<NodeFile> = {}
  if (points !== undefined)
    changes.decision = entryOf(event, { points, measurement, reason: event.data.reasons })
  if (applicable === true) changes.granted = null
  if (applicable === false) {
    const { actor, recordedAt } = event.metadata
    const grant = {
      reasonCode: 'other',
      reason: event.data.reasons,
      event: event.id,
      by: actor.id,
      at: recordedAt
    }
    changes.granted = { ...grant, claim: fileOf(state, appeal.node).claim, decided: true }
    changes.claim = null
  }
  return Object.keys(changes).length > 0 ? patch(state, appeal.node, changes) : {}
}
