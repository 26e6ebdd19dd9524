import type { z } from 'zod'
import { latinDigits } from '../src/digits.ts'
import type { EventTypeName, LedgerEvent } from '../src/events/catalogue.ts'
import type { Letter, Level, Measurement, Source } from '../src/events/forms.ts'
import { formatPoints, type Points } from '../src/points.ts'
import type { Case } from '../src/rules/case.ts'
import { levelEntry, standingEntry } from '../src/rules/evaluation.ts'
import { concernedNodes } from '../src/rules/event-nodes.ts'
import { figuresOf } from '../src/rules/rollup.ts'
import { type Act, actOf } from './act.ts'
import { onCaseEvents } from './cases.ts'
import { type Change, type Moved, type Projection, put, table, tables } from './projection.ts'
import { numberOf } from './volumes.ts'

/** One act of one evaluation: written with nearly every event, so short numbers stand for what acts are looked up by. */
export interface TrailRow {
  position: bigint
  event: string
  type: string
  at: string
  evaluation: string
  /** The node it names, where it names exactly one. */
  node: string | null
  level: Level | null
  before: string | null
  after: string | null
  actor: string
  role: string
  reason_code: string | null
  /** Number of the letter, for searching: with Latin digits, in which scripts of both sides meet. */
  letter: string | null
  /** Everything else that is shown, without what most acts do not have; `detailsOf` gives it whole. */
  details: Partial<TrailDetails>
  evaluation_number: number
  actor_number: number
  node_number: number | null
}

export interface TrailDetails {
  nodes: string[]
  units: string[]
  reason: string | null
  note: string | null
  measurement: Measurement | null
  source: Source | null
  evidence: string[]
  onBehalf: Act['onBehalf']
  letter: z.infer<typeof Letter> | null
  causedBy: string
  correlationId: string
  printed: string | null
}

/** What is not written with an act, as most have none of it. */
const NONE: Omit<TrailDetails, 'nodes' | 'causedBy' | 'correlationId'> = {
  units: [],
  reason: null,
  note: null,
  measurement: null,
  source: null,
  evidence: [],
  onBehalf: null,
  letter: null,
  printed: null
}

/** The details of an act, whole again. */
export function detailsOf({ node, details }: Pick<TrailRow, 'node' | 'details'>): TrailDetails {
  const causedBy = details.causedBy ?? ''
  const { printed, ...none } = NONE
  return {
    nodes: node === null ? [] : [node],
    ...none,
    causedBy,
    correlationId: causedBy,
    printed,
    ...details
  }
}

/** Which acts name a node among others: with the acts that name it alone, what `?node=` looks up. */
export interface TrailNodeRow {
  node: string
  position: bigint
  evaluation: string
}

export const trailTable = table<TrailRow>({
  name: 'trail_acts',
  key: ['position'],
  columns: {
    position: 'position',
    event: 'text',
    type: 'text',
    at: 'text',
    evaluation: 'text',
    node: 'text',
    level: 'text',
    before: 'text',
    after: 'text',
    actor: 'text',
    role: 'text',
    reason_code: 'text',
    letter: 'text',
    details: 'json',
    evaluation_number: 'int',
    actor_number: 'int',
    node_number: 'int'
  },
  plain: ['details'],
  indexes: [
    ['evaluation_number', 'position'],
    ['actor_number', 'position'],
    ['letter', 'position'],
    ['node_number', 'position']
  ],
  sparse: ['letter', 'node_number'],
  once: true,
  log: true
})

/** What all acts of an evaluation have in common. */
export interface TrailEvaluationRow {
  evaluation: string
  number: number
  unit: string
  framework: string
  period: string
}

/** Evaluations are of one unit, one framework and one period for ever: acts of those are found by their evaluations. */
export const trailEvaluations = table<TrailEvaluationRow>({
  name: 'trail_evaluations',
  key: ['evaluation'],
  columns: { evaluation: 'text', number: 'int', unit: 'text', framework: 'text', period: 'text' },
  indexes: [['unit'], ['period']],
  once: true
})

export const trailNodeTable = table<TrailNodeRow>({
  name: 'trail_nodes',
  key: ['node', 'position'],
  columns: { node: 'text', position: 'position', evaluation: 'text' },
  indexes: [['evaluation', 'node', 'position']],
  once: true,
  log: true
})

export const trail: Projection = {
  name: 'trail',
  version: 5,
  follows: true,
  tables: tables(trailTable, trailNodeTable, trailEvaluations),
  on: onCaseEvents((event, _get, moved) => {
    const changes: Change[] = []
    if (event.stream.startsWith('evaluation-')) for (const move of moved) addAct(event, move, changes)
    return changes
  })
}

function addAct(event: LedgerEvent, { before, after }: Moved, changes: Change[]): void {
  const { evaluation } = after
  const nodes = concernedNodes(event, evaluation.appeals)
  const node = nodes.length === 1 ? (nodes[0] ?? null) : null
  const { actor, recordedAt, letter } = event.metadata
  const act = actOf(event)
  const evaluation_number = numberOf(evaluation.evaluation)
  const row: TrailRow = {
    position: event.position,
    event: event.id,
    type: event.type,
    at: recordedAt,
    evaluation: evaluation.evaluation,
    node,
    level: act.level,
    before: node && before ? show(figureMoved(event, before, node)) : null,
    after: node ? show(figureMoved(event, after, node)) : null,
    actor: actor.id,
    role: actor.role,
    reason_code: act.reasonCode,
    letter: letter ? latinDigits(letter.number) : null,
    details: detailsIn(event, act, node === null ? nodes : null),
    evaluation_number,
    actor_number: numberOf(actor.id),
    node_number: node === null ? null : numberOf(node)
  }
  changes.push(put(trailTable, row))
  if (before === null) changes.push(put(trailEvaluations, ownerOf(after, evaluation_number)))
  if (node !== null) return
  for (const code of nodes)
    changes.push(put(trailNodeTable, { node: code, position: row.position, evaluation: row.evaluation }))
}

const ownerOf = ({ evaluation, framework }: Case, number: number): TrailEvaluationRow => ({
  evaluation: evaluation.evaluation,
  number,
  unit: evaluation.unit,
  framework: framework.framework,
  period: framework.period.id
})

/** What there is of details; `nodes` are those of an act that does not name exactly one. */
function detailsIn(event: LedgerEvent, act: Act, nodes: string[] | null): Partial<TrailDetails> {
  const { actor, letter, causationId, correlationId } = event.metadata
  const { reason, note, measurement, source, evidence, onBehalf } = act
  const details: Partial<TrailDetails> = { causedBy: causationId }
  if (actor.units.length > 0) details.units = actor.units
  if (reason !== null) details.reason = reason
  if (note !== null) details.note = note
  if (measurement !== null) details.measurement = measurement
  if (source !== null) details.source = source
  if (evidence.length > 0) details.evidence = evidence
  if (onBehalf !== null) details.onBehalf = onBehalf
  if (letter !== undefined) details.letter = letter
  if (event.type === 'FigurePublished') details.printed = event.data.printed
  if (nodes !== null) details.nodes = nodes
  if (correlationId !== causationId) details.correlationId = correlationId
  return details
}

const show = (points: Points | null): string | null => (points === null ? null : formatPoints(points))

const EXEMPTIONS: ReadonlySet<EventTypeName> = new Set<EventTypeName>([
  'NotApplicableClaimed',
  'NotApplicableGranted',
  'NotApplicableRefused',
  'NotApplicableRevoked'
])

const JUDGEMENTS: ReadonlySet<EventTypeName> = new Set<EventTypeName>([
  'ScoreConfirmed',
  'ScoreOverridden',
  'AppealDecided',
  'ReturnedForCorrection'
])

/**
 * The figure an act may have moved: the claim for a self score, the recorded level for an imported one, what stands
 * for a judgement. A node that does not apply has none.
 */
function figureMoved(event: LedgerEvent, { tree, evaluation }: Case, node: string): Points | null {
  if (event.type === 'SelfScoreEntered') return levelEntry(evaluation, node, 'self')?.points ?? null
  if (event.type === 'ScoreRecorded') return levelEntry(evaluation, node, event.data.level)?.points ?? null
  if (EXEMPTIONS.has(event.type) || event.type === 'AppealDecided') {
    return figuresOf(tree, evaluation, node).get(node)?.standing.points ?? null
  }
  return JUDGEMENTS.has(event.type) ? (standingEntry(evaluation, node)?.points ?? null) : null
}
