import type { DataOf, EventOf, LedgerEvent } from '../events/catalogue.ts'
import type { Level, Measurement, Origin, Source } from '../events/forms.ts'
import { type Points, parsePoints } from '../points.ts'
import { type AppealFile, type AppealFiles, evolveAppeals } from './appeals.ts'

/** Points that somebody gave a node. */
export interface Entry {
  points: Points
  measurement: Measurement | null
  event: string
  by: string
  at: string
  /** Revision of that event; says which of two acts is the later one. */
  revision: number
  reasonCode: string | null
  reason: string | null
  note: string | null
  evidence: readonly string[]
  /** Imported: where the score is printed. */
  source: Source | null
}

/** A claim or a grant of not applicable. */
export interface Exemption {
  reasonCode: string
  reason: string | null
  event: string
  by: string
  at: string
}

export interface Assignment {
  target: string
  baseline?: string | undefined
  issuedOn?: string | undefined
  event: string
}

/** All that was said about one node of one evaluation and still holds. */
export interface NodeFile {
  self: Entry | null
  /** Live: the latest confirmation or override. Imported: the recorded expert score. */
  expert: Entry | null
  /** The latest decision of a panel. */
  decision: Entry | null
  /** Imported: the recorded final score. Live: set when the evaluation is finalised, cleared when it is reopened. */
  final: Entry | null
  /** A claim of not applicable that nobody has judged yet. */
  claim: Exemption | null
  /** A grant of not applicable that stands. */
  granted: (Exemption & { claim: Exemption | null; decided: boolean }) | null
  /** A claim that was refused; a return opens it again. */
  refused: Exemption | null
  blank: string | null
  assigned: Assignment | null
}

export type Stage = 'self-assessment' | 'review' | 'appeal' | 'final' | 'imported'

export type PublishedFigure = DataOf<'FigurePublished'> & { event: string; at: string }
export type Responsibility = DataOf<'ResponsibilityAssigned'> & { event: string }
export type EvidenceFile = DataOf<'EvidenceAttached'> & { event: string; by: string; at: string }

/** One evaluation as its stream tells it: plain data, so that a projection can keep it as a row. */
export interface Evaluation {
  evaluation: string
  unit: string
  framework: string
  origin: Origin
  stage: Stage
  /** The revision it was opened under; for a live one that is not submitted, a newer one may be in force. */
  openedRevision: number
  /** The revision it is judged by for good: from opening when imported, from the first submission when live. */
  judgedRevision: number | null
  /** Revision, id and time of the newest event. */
  revision: number
  newest: string
  updatedAt: string
  openedAt: string
  submittedAt: string | null
  finalisedAt: string | null
  /** The newest event that changed the stage. */
  stageEvent: string
  /** Nodes of a return that is open, with the event; null when none is. */
  returned: { nodes: readonly string[]; event: string } | null
  appealClosesAt: string | null
  waived: string | null
  nodes: Readonly<Record<string, NodeFile>>
  figures: readonly PublishedFigure[]
  responsibilities: readonly Responsibility[]
  evidence: Readonly<Record<string, EvidenceFile>>
  appeals: AppealFiles
  /** Revision of the newest reopening; -1 when never. */
  reopenedRevision: number
}

const EMPTY: NodeFile = {
  self: null,
  expert: null,
  decision: null,
  final: null,
  claim: null,
  granted: null,
  refused: null,
  blank: null,
  assigned: null
}

/** What is known of a node; an empty file for one that nobody has touched. */
export const fileOf = (state: Evaluation, node: string): NodeFile => state.nodes[node] ?? EMPTY

/**
 * The next state of an evaluation; null before it is opened. `below` lists a node with all that is below it in the
 * tree in force; only a return needs it.
 */
export function evolveEvaluation(
  state: Evaluation | null,
  event: LedgerEvent,
  below: (node: string) => readonly string[]
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
    stageEvent: event.id,
    returned: null,
    appealClosesAt: null,
    waived: null,
    nodes: {},
    figures: [],
    responsibilities: [],
    evidence: {},
    appeals: {},
    reopenedRevision: -1
  }
}

type Below = (node: string) => readonly string[]

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
      return patch(state, event.data.node, { self: entry(event, event.data), claim: null, blank: null })
    case 'NotApplicableClaimed':
      return patch(state, event.data.node, { claim: exemption(event), refused: null, blank: null })
    case 'ScoreConfirmed':
    case 'ScoreOverridden':
      return patch(state, event.data.node, { expert: entry(event, event.data) })
    case 'NotApplicableGranted':
    case 'NotApplicableRefused':
    case 'NotApplicableRevoked':
      return judged(state, event)
    case 'ScoreRecorded':
      return patch(state, event.data.node, { [event.data.level]: entry(event, event.data) })
    case 'AppealDecided':
      return decided(state, event)
    default:
      return stageChange(state, event, below)
  }
}

/** What the stage-changing acts do. */
function stageChange(state: Evaluation, event: LedgerEvent, below: Below): Partial<Evaluation> {
  const at = event.metadata.recordedAt
  switch (event.type) {
    case 'SelfAssessmentSubmitted': {
      const blanks = event.data.blank.map(({ node, reason }) => [node, { blank: reason }] as const)
      return {
        ...patchAll(state, blanks),
        stage: 'review',
        stageEvent: event.id,
        returned: null,
        submittedAt: state.submittedAt ?? at,
        judgedRevision: state.judgedRevision ?? Number(event.data.frameworkRevision)
      }
    }
    case 'ReturnedForCorrection': {
      const nodes = [...new Set(event.data.nodes.flatMap(below))]
      // A further return while one is open adds to it.
      const named = new Set([...(state.returned?.nodes ?? []), ...event.data.nodes])
      const returned = { nodes: [...named], event: event.id }
      return {
        ...patchAll(
          state,
          nodes.map((node) => [node, voided(fileOf(state, node))] as const)
        ),
        returned
      }
    }
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
      return { ...finals(state, event), stage: 'final', stageEvent: event.id, finalisedAt: at }
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

const patch = (state: Evaluation, node: string, changes: Partial<NodeFile>): Partial<Evaluation> => ({
  nodes: { ...state.nodes, [node]: { ...fileOf(state, node), ...changes } }
})

function patchAll(
  state: Evaluation,
  changes: readonly (readonly [string, Partial<NodeFile>])[]
): Pick<Evaluation, 'nodes'> {
  const nodes = { ...state.nodes }
  for (const [node, changed] of changes) nodes[node] = { ...(nodes[node] ?? EMPTY), ...changed }
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

function entry(event: LedgerEvent, given: Given): Entry {
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
  const { claim } = fileOf(state, node)
  if (event.type === 'NotApplicableGranted') {
    return patch(state, node, { granted: { ...exemption(event), claim, decided: false }, claim: null })
  }
  if (event.type === 'NotApplicableRefused') return patch(state, node, { claim: null, refused: claim })
  // What was claimed or judged before was never touched by the grant, so it stands again by itself.
  return patch(state, node, { granted: null })
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

/** A decision gives points, takes the node out of the denominator or brings it back; a rejection moves nothing. */
function decided(state: Evaluation, event: EventOf<'AppealDecided'>): Partial<Evaluation> {
  const appeal: AppealFile | undefined = state.appeals[event.data.appeal]
  const { points, applicable, measurement } = event.data
  if (!appeal) return {}
  const changes: Partial<NodeFile> = {}
  if (points !== undefined)
    changes.decision = entry(event, { points, measurement, reason: event.data.reasons })
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

/** An imported evaluation keeps what was recorded; a live one gets its final level now. */
function finals(state: Evaluation, event: EventOf<'EvaluationFinalised'>): Partial<Evaluation> {
  if (state.origin === 'imported') return {}
  const changes = event.data.nodes.flatMap(({ node, points }) =>
    points === null ? [] : [[node, { final: entry(event, { points }) }] as const]
  )
  return patchAll(state, changes)
}

const withoutFinals = (state: Evaluation): Partial<Evaluation> =>
  patchAll(
    state,
    Object.keys(state.nodes).map((node) => [node, { final: null }] as const)
  )

/**
 * The own points that stand for a node. Live: the latest act in stream order (confirmation, override, decision), else
 * the self claim. Imported: the highest level recorded.
 */
export function standingEntry(state: Evaluation, node: string): Entry | null {
  const { self, expert, decision, final } = fileOf(state, node)
  if (state.origin === 'imported') return final ?? expert ?? self
  if (expert && decision) return decision.revision > expert.revision ? decision : expert
  return decision ?? expert ?? self
}

/** The own points of a node at one level. */
export const levelEntry = (state: Evaluation, node: string, level: Level): Entry | null =>
  fileOf(state, node)[level]

export const isFinal = (state: Evaluation): boolean => state.stage === 'final'
