import { Refusal } from '../src/errors.ts'
import { EvaluationId, NodeCode, Text } from '../src/events/forms.ts'
import { formatPoints } from '../src/points.ts'
import { bodyOf, defined, evaluationCommand } from './define.ts'
import { attach, EvidenceInput } from './evidence.ts'
import { EXACTLY_ONE, exactlyOne, isMeasured, pointsOrMeasurement, scoreOf } from './scoring.ts'
import { requireWritable } from './unit-side.ts'

export const enterSelfScore = evaluationCommand({
  name: 'enter-self-score',
  summary: { fa: 'ثبت امتیاز خودارزیابی', en: 'Enter what the unit claims for a leaf' },
  roles: ['assessor'],
  body: bodyOf({
    evaluation: EvaluationId,
    node: NodeCode,
    ...pointsOrMeasurement,
    note: Text.optional(),
    evidence: EvidenceInput
  }).refine(exactlyOne, EXACTLY_ONE),
  nodes: ({ node }) => [node],
  decide: (open, body, circumstances) => {
    const node = requireWritable(open, circumstances.actor, body.node)
    if (isMeasured(node) && body.measurement === undefined) {
      throw new Refusal('measurement-needed', { params: { node: node.code } })
    }
    const { points, measurement } = scoreOf(open, node, body)
    const { ids, attached } = attach(open, [node.code], body.evidence, circumstances)
    const data = defined({
      node: node.code,
      points: formatPoints(points),
      measurement,
      note: body.note,
      evidence: ids
    })
    return [...attached, { type: 'SelfScoreEntered', data }]
  }
})
