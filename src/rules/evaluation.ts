import type { DataOf } from '../events/catalogue.ts'
import type { Level, Measurement, Origin, Source } from '../events/forms.ts'
import type { Points } from '../points.ts'
import type { AppealFiles } from './appeals.ts'
import { type NodeMap, valueAt } from './node-map.ts'

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
  /** The event that opened it, and the newest that changed the stage. */
  openedEvent: string
  stageEvent: string
  /** Nodes of a return that is open, with the event; null when none is. */
  returned: { nodes: readonly string[]; event: string } | null
  appealClosesAt: string | null
  waived: string | null
  nodes: NodeMap<NodeFile>
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
export const fileOf = (state: Evaluation, node: string): NodeFile => valueAt(state.nodes, node) ?? EMPTY

/**
 * The own points that stand for a node. Live: the latest act in stream order (confirmation, override, decision), else
 * the self claim. Imported: the highest level recorded.
 */
export const standingEntry = (state: Evaluation, node: string): Entry | null =>
  standingOf(state.origin, fileOf(state, node))

/** The same of a node's file. */
export function standingOf(origin: Origin, { self, expert, decision, final }: NodeFile): Entry | null {
  if (origin === 'imported') return final ?? expert ?? self
  if (expert && decision) return decision.revision > expert.revision ? decision : expert
  return decision ?? expert ?? self
}

/**
 * The measurement behind the own points that stand. A confirmation carries none of its own: it confirms the claim
 * with what was measured for it.
 */
export function standingMeasurement(state: Evaluation, node: string): Measurement | null {
  const standing = standingEntry(state, node)
  const { self, expert } = fileOf(state, node)
  // Only an override has a reason code.
  const confirmed = state.origin === 'live' && standing === expert && standing?.reasonCode === null
  return (confirmed ? self : standing)?.measurement ?? null
}

/** The own points of a node at one level. */
export const levelEntry = (state: Evaluation, node: string, level: Level): Entry | null =>
  fileOf(state, node)[level]
