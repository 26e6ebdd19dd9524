import type { EventTypeName, LedgerEvent } from '../src/events/catalogue.ts'
import { formatPoints, type Points } from '../src/points.ts'
import type { Case } from '../src/rules/case.ts'
import { fileOf } from '../src/rules/evaluation.ts'
import { concernedNodes } from '../src/rules/event-nodes.ts'
import { figuresOf, type NodeFigures } from '../src/rules/rollup.ts'
import { subtree } from '../src/rules/tree.ts'
import { actOf } from './act.ts'
import type { Step } from './history.ts'
import { nodeView } from './scorecard-view.ts'

/** Acts that are shown even where they moved nothing: they are part of why. */
const ACTS: ReadonlySet<EventTypeName> = new Set<EventTypeName>([
  'SelfScoreEntered',
  'NotApplicableClaimed',
  'NotApplicableGranted',
  'NotApplicableRefused',
  'NotApplicableRevoked',
  'ReturnedForCorrection',
  'ScoreConfirmed',
  'ScoreOverridden',
  'ScoreRecorded',
  'AppealFiled',
  'AppealAnswered',
  'AppealDecided',
  'AppealEscalated',
  'AppealWithdrawn'
])

/**
 * Why a node (or `total`) stands where it does: every event that moved its standing or its self claim, and every act
 * on it or below it, each with its share of standing − self. The shares add up to standing − self exactly, because
 * each is the difference that one event made. Null for a node that the tree does not have.
 */
export function explain(steps: readonly Step[], code: string) {
  const last = steps.at(-1)?.after
  const node = last?.tree.nodes.get(code)
  const figures = last && figuresOf(last.tree, last.evaluation, code).get(code)
  if (!last || !node || !figures) return null
  const view = nodeView(last, node, figures)
  const { evaluation, framework } = last
  return {
    evaluation: evaluation.evaluation,
    unit: evaluation.unit,
    period: framework.period.id,
    node: code,
    title: view.title,
    kind: view.kind,
    ceiling: view.ceiling,
    applicableCeiling: view.applicableCeiling,
    applicable: view.applicable,
    partial: view.partial,
    self: view.self,
    expert: view.expert,
    final: view.final,
    standing: view.standing,
    gap: view.gap,
    rule: node.definition?.rule ?? null,
    target: view.target,
    assigned: fileOf(evaluation, code).assigned,
    /** The revision of the framework that the rule and the target are read from. */
    revision: String(evaluation.judgedRevision ?? framework.revision),
    appeal: view.appeal,
    published: view.published,
    rollUp: view.rollUp,
    responsibilities: evaluation.responsibilities.filter((item) => item.node === code),
    steps: stepsOf(steps, code)
  }
}

export type Explanation = NonNullable<ReturnType<typeof explain>>
export type ExplanationStep = Explanation['steps'][number]

/** What is watched: null where there is no figure, or the node does not apply. */
interface Watched {
  standing: Points | null
  self: Points | null
}

const NOTHING: Watched = { standing: null, self: null }

function stepsOf(steps: readonly Step[], code: string) {
  let before = NOTHING
  return steps.flatMap(({ event, before: earlier, after: later }) => {
    const after = watch(later, code)
    const moved = after.standing !== before.standing || after.self !== before.self
    const concerned = ACTS.has(event.type) && concerns(event, later, code)
    const step = moved || concerned ? [stepView(event, earlier ?? later, before, after)] : []
    before = after
    return step
  })
}

function watch({ tree, evaluation }: Case, code: string): Watched {
  const figures: NodeFigures | undefined = figuresOf(tree, evaluation, code).get(code)
  return { standing: figures?.standing.points ?? null, self: figures?.self.points ?? null }
}

function concerns(event: LedgerEvent, { tree, evaluation }: Case, code: string): boolean {
  const below = subtree(tree, code)
  return concernedNodes(event, evaluation.appeals).some((node) => below.includes(node))
}

function stepView(event: LedgerEvent, { evaluation }: Case, before: Watched, after: Watched) {
  const { recordedAt, actor, letter, causationId } = event.metadata
  const nodes = concernedNodes(event, evaluation.appeals)
  return {
    event: event.id,
    type: event.type,
    position: String(event.position),
    at: recordedAt,
    by: actor.id,
    role: actor.role,
    byUnits: actor.units,
    node: nodes.length === 1 ? (nodes[0] ?? null) : null,
    nodes,
    ...actOf(event),
    before: show(before.standing),
    after: show(after.standing),
    delta: deltaOf(before, after),
    letter: letter ?? null,
    causedBy: causationId
  }
}

const show = (points: Points | null): string | null => (points === null ? null : formatPoints(points))

/** The change of standing less the change of self; a missing figure counts as 0. Null when neither changed. */
function deltaOf(before: Watched, after: Watched): string | null {
  if (before.standing === after.standing && before.self === after.self) return null
  const standing = (after.standing ?? 0) - (before.standing ?? 0)
  const self = (after.self ?? 0) - (before.self ?? 0)
  return formatPoints(standing - self)
}
