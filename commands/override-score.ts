import { Refusal } from '../src/errors.ts'
import { EvaluationId, Line, NodeCode, OverrideReason, Text } from '../src/events/forms.ts'
import { canonicalJson } from '../src/ids.ts'
import { formatPoints } from '../src/points.ts'
import { type Entry, standingEntry } from '../src/rules/evaluation.ts'
import { bodyOf, defined, evaluationCommand } from './define.ts'
import { attach, EvidenceInput } from './evidence.ts'
import { requireJudgeable } from './expert-side.ts'
import { EXACTLY_ONE, exactlyOne, pointsOrMeasurement, scoreOf } from './scoring.ts'
import { requireLeaf, requireMayJudge, requireStage } from './situation.ts'

export const overrideScore = evaluationCommand({
  name: 'override-score',
  summary: { fa: 'اصلاح امتیاز', en: 'Give other points than were claimed, and say why' },
  roles: ['expert'],
  body: bodyOf({
    evaluation: EvaluationId,
    node: NodeCode,
    ...pointsOrMeasurement,
    reasonCode: OverrideReason,
    reason: Text,
    ruleReference: Line.optional(),
    evidence: EvidenceInput
  }).refine(exactlyOne, EXACTLY_ONE),
  nodes: ({ node }) => [node],
  decide: (open, body, circumstances) => {
    const node = requireLeaf(open, body.node)
    requireMayJudge(open, circumstances.actor, node.code)
    requireStage(open, 'review')
    requireJudgeable(open, circumstances.actor, node.code)
    const { points, measurement } = scoreOf(open, node, body)
    const before = standingEntry(open.evaluation, node.code)
    if (before && isSame(before, { ...body, points, measurement })) {
      throw new Refusal('nothing-changes', { event: before.event })
    }
    const { ids, attached } = attach(open, [node.code], body.evidence, circumstances)
    const data = defined({
      node: node.code,
      points: formatPoints(points),
      previous: before && { points: formatPoints(before.points), event: before.event },
      reasonCode: body.reasonCode,
      reason: body.reason,
      measurement,
      ruleReference: body.ruleReference,
      evidence: ids
    })
    return [...attached, { type: 'ScoreOverridden', data, causedBy: before?.event }]
  }
})

/** Neither points, measurement nor reason would be another. */
const isSame = (
  before: Entry,
  next: { points: number; measurement?: unknown; reasonCode: string; reason: string }
): boolean =>
  canonicalJson([before.points, before.measurement ?? null, before.reasonCode, before.reason]) ===
  canonicalJson([next.points, next.measurement ?? null, next.reasonCode, next.reason])
