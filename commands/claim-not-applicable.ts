import { EvaluationId, NodeCode, NotApplicableReason, Text } from '../src/events/forms.ts'
import { bodyOf, evaluationCommand } from './define.ts'
import { attach, EvidenceInput } from './evidence.ts'
import { requireWritable } from './unit-side.ts'

export const claimNotApplicable = evaluationCommand({
  name: 'claim-not-applicable',
  summary: { fa: 'ادعای عدم مصداق', en: 'Claim that a leaf does not apply to the unit' },
  roles: ['assessor'],
  body: bodyOf({
    evaluation: EvaluationId,
    node: NodeCode,
    reasonCode: NotApplicableReason,
    reason: Text,
    evidence: EvidenceInput
  }),
  nodes: ({ node }) => [node],
  decide: (open, { node, reasonCode, reason, evidence }, circumstances) => {
    requireWritable(open, circumstances.actor, node)
    const { ids, attached } = attach(open, [node], evidence, circumstances)
    return [...attached, { type: 'NotApplicableClaimed', data: { node, reasonCode, reason, evidence: ids } }]
  }
})
