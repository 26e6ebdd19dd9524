import { formatPoints, type Points, showPercent } from '../src/points.ts'
import type { Case } from '../src/rules/case.ts'
import {
  type Evaluation,
  type Exemption,
  fileOf,
  type PublishedFigure,
  standingMeasurement
} from '../src/rules/evaluation.ts'
import { figuresOf, gapOf, type LevelFigure, type NodeFigures, type RollUp } from '../src/rules/rollup.ts'
import { targetInForce } from '../src/rules/rule.ts'
import { TOTAL, type TreeNode } from '../src/rules/tree.ts'

/** A node's points at one level, as shown. `event`, `by` and `at` only where they are its own. */
export interface LevelView {
  points: string
  percent: string | null
  own: boolean
  event: string | null
  by: string | null
  at: string | null
}

export const TOTAL_TITLE = { fa: 'جمع کل', en: 'Total' }

/** The tree of one evaluation at every level, `total` apart. */
export function scorecardView(subject: Case) {
  const { framework, evaluation, tree } = subject
  const figures = figuresOf(tree, evaluation)
  const nodes = tree.order.flatMap((code) => {
    const node = tree.nodes.get(code)
    const figure = figures.get(code)
    return node && figure ? [nodeView(subject, node, figure)] : []
  })
  const [total, ...rest] = nodes
  return {
    evaluation: evaluation.evaluation,
    unit: evaluation.unit,
    framework: framework.framework,
    period: framework.period.id,
    series: framework.series,
    stage: evaluation.stage,
    status: evaluation.stage === 'final' ? ('final' as const) : ('provisional' as const),
    origin: evaluation.origin,
    revision: String(evaluation.revision),
    frameworkRevision: String(evaluation.judgedRevision ?? framework.revision),
    submittedAt: evaluation.submittedAt,
    finalisedAt: evaluation.finalisedAt,
    appealClosesAt: evaluation.appealClosesAt,
    waived: evaluation.waived !== null,
    returned: [...(evaluation.returned?.nodes ?? [])],
    responsibilities: [...evaluation.responsibilities],
    total,
    nodes: rest,
    /** Figures about what the tree does not have: a label, or a code it does not know. */
    unplaced: evaluation.figures
      .filter(({ about }) => !('node' in about) || !tree.nodes.has(about.node))
      .map(figureView)
  }
}

export type Scorecard = ReturnType<typeof scorecardView>
export type NodeView = Scorecard['nodes'][number]

/** One node of a scorecard; `total` has the same shape. */
export function nodeView({ evaluation, tree }: Case, node: TreeNode, figures: NodeFigures) {
  const { code, definition } = node
  const file = fileOf(evaluation, code)
  const { applicableCeiling } = figures
  const gap = gapOf(figures)
  return {
    code,
    parent: code === TOTAL || node.parent === TOTAL ? null : node.parent,
    kind: definition?.kind ?? TOTAL,
    title: definition?.title ?? TOTAL_TITLE,
    ceiling: formatPoints(node.ceiling),
    applicableCeiling: formatPoints(applicableCeiling),
    applicable: figures.applicable,
    partial: figures.standing.partial,
    self: levelView(figures.self, applicableCeiling),
    expert: levelView(figures.expert, applicableCeiling),
    final: levelView(figures.final, applicableCeiling),
    standing: levelView(figures.standing, applicableCeiling),
    gap: gap === null ? null : { points: formatPoints(gap), percent: showPercent(gap, applicableCeiling) },
    appeal: appealView(evaluation, code),
    published: publishedOn(evaluation, code),
    rollUp: rollUpView(figures.standing.rollUp, applicableCeiling),
    unitOfMeasure: definition?.unitOfMeasure ?? null,
    target: (definition && targetInForce(definition, file.assigned)) ?? null,
    measurement: standingMeasurement(evaluation, code),
    exemption: exemptionView(file.granted),
    claim: exemptionView(file.claim),
    blank: file.blank === null ? null : { reason: file.blank },
    leaf: (tree.nodes.get(code)?.children.length ?? 0) === 0
  }
}

/** Null where there are no points at that level. */
export const levelView = ({ points, own }: LevelFigure, ceiling: Points): LevelView | null =>
  points === null
    ? null
    : {
        points: formatPoints(points),
        percent: showPercent(points, ceiling),
        own: own !== null,
        event: own?.event ?? null,
        by: own?.by ?? null,
        at: own?.at ?? null
      }

/** What the children add up to, beside a node's own points; the interval's upper end where it is partial. */
const rollUpView = (rollUp: RollUp | null, ceiling: Points) =>
  rollUp?.points == null
    ? null
    : {
        points: formatPoints(rollUp.points),
        percent: showPercent(rollUp.points, ceiling),
        partial: rollUp.partial,
        atMost: formatPoints(rollUp.points + rollUp.missing)
      }

const exemptionView = (exemption: Exemption | null) =>
  exemption && {
    reasonCode: exemption.reasonCode,
    reason: exemption.reason,
    event: exemption.event,
    by: exemption.by,
    at: exemption.at
  }

/** The newest appeal on a node: readers of figures see that there is one, and no more. */
function appealView(evaluation: Evaluation, node: string) {
  const newest = Object.values(evaluation.appeals).findLast((appeal) => appeal.node === node)
  return newest ? { appeal: newest.appeal, status: newest.status, outcome: newest.outcome } : null
}

const publishedOn = (evaluation: Evaluation, node: string) =>
  evaluation.figures.filter(({ about }) => 'node' in about && about.node === node).map(figureView)

const figureView = ({ about, level, printed, source, event, at, ...numbers }: PublishedFigure) => ({
  about,
  level: level ?? null,
  points: numbers.points ?? null,
  percent: numbers.percent ?? null,
  ceiling: numbers.ceiling ?? null,
  count: numbers.count ?? null,
  rank: numbers.rank ?? null,
  growthPercent: numbers.growthPercent ?? null,
  grade: numbers.grade ?? null,
  printed,
  source,
  event,
  at
})
