import type { z } from 'zod'
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

/** One act of one evaluation. */
export interface TrailRow {
  position: bigint
  event: string
  type: string
  at: string
  evaluation: string
  unit: string
  framework: string
  period: string
  /** The node it names, where it names exactly one. */
  node: string | null
  level: Level | null
  before: string | null
  after: string | null
  actor: string
  role: string
  reason_code: string | null
  /** Number of the letter, for searching. */
  letter: string | null
  /** Everything else that is shown, without what most acts do not have; `detailsOf` gives it whole. */
  details: Partial<TrailDetails>
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

const OFTEN_NONE = Object.keys(NONE) as (keyof typeof NONE)[]

const isNone = (value: unknown): boolean => value === null || (Array.isArray(value) && value.length === 0)

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
    unit: 'text',
    framework: 'text',
    period: 'text',
    node: 'text',
    level: 'text',
    before: 'text',
    after: 'text',
    actor: 'text',
    role: 'text',
    reason_code: 'text',
    letter: 'text',
    details: 'json'
  },
  plain: ['details'],
  indexes: [
    ['evaluation', 'position'],
    ['actor', 'position'],
    ['letter', 'position'],
    ['node', 'position']
  ],
  sparse: ['letter', 'node'],
  once: true,
  log: true
})

/** Evaluations are of one unit for ever: acts of a unit are found by its evaluations. */
export const trailEvaluations = table<Pick<TrailRow, 'evaluation' | 'unit'>>({
  name: 'trail_evaluations',
  key: ['evaluation'],
  columns: { evaluation: 'text', unit: 'text' },
  indexes: [['unit']],
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
  version: 3,
  follows: true,
  tables: tables(trailTable, trailNodeTable, trailEvaluations),
  on: onCaseEvents((event, _get, moved) =>
    event.stream.startsWith('evaluation-') ? moved.flatMap((move) => actRows(event, move)) : []
  )
}

function actRows(event: LedgerEvent, move: Moved): Change[] {
  const { evaluation, framework } = move.after
  const nodes = concernedNodes(event, evaluation.appeals)
  const node = nodes.length === 1 ? (nodes[0] ?? null) : null
  const { actor, recordedAt, letter = null, causationId, correlationId } = event.metadata
  const { level, reasonCode, ...act } = actOf(event)
  const row: TrailRow = {
    position: event.position,
    event: event.id,
    type: event.type,
    at: recordedAt,
    evaluation: evaluation.evaluation,
    unit: evaluation.unit,
    framework: framework.framework,
    period: framework.period.id,
    node,
    level,
    before: node && move.before ? show(figureMoved(event, move.before, node)) : null,
    after: node ? show(figureMoved(event, move.after, node)) : null,
    actor: actor.id,
    role: actor.role,
    reason_code: reasonCode,
    letter: letter?.number ?? null,
    details: sparseDetails(node, {
      nodes,
      units: actor.units,
      ...act,
      letter,
      causedBy: causationId,
      correlationId,
      printed: event.type === 'FigurePublished' ? event.data.printed : null
    })
  }
  const { position, unit } = row
  const changes = [put(trailTable, row)]
  if (move.before === null) changes.push(put(trailEvaluations, { evaluation: row.evaluation, unit }))
  if (node === null)
    for (const code of nodes)
      changes.push(put(trailNodeTable, { node: code, position, evaluation: row.evaluation }))
  return changes
}

function sparseDetails(node: string | null, whole: TrailDetails): Partial<TrailDetails> {
  const kept: Partial<TrailDetails> = { causedBy: whole.causedBy }
  const keep = <Name extends keyof TrailDetails>(name: Name) => {
    kept[name] = whole[name]
  }
  for (const name of OFTEN_NONE) if (!isNone(whole[name])) keep(name)
  if (node === null) keep('nodes')
  if (whole.correlationId !== whole.causedBy) keep('correlationId')
  return kept
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
