import { NotApplicableReason } from '../src/events/forms.ts'
import { fileOf } from '../src/rules/evaluation.ts'
import { defined, evaluationCommand } from './define.ts'
import { exemptionBody, requireMayExempt } from './exemption.ts'
import { requireApplicable } from './situation.ts'

export const grantNotApplicable = evaluationCommand({
  name: 'grant-not-applicable',
  summary: { fa: 'پذیرش عدم مصداق', en: 'Grant that a node does not apply' },
  roles: ['expert', 'registrar'],
  body: exemptionBody(NotApplicableReason),
  nodes: ({ node }) => [node],
  decide: (open, { node, reasonCode, reason, source }, { actor }) => {
    const act = { node, reasonCode, reason, source }
    requireMayExempt(open, actor, act, { stages: ['self-assessment', 'review'], below: true })
    requireApplicable(open, node)
    const causedBy = fileOf(open.evaluation, node).claim?.event
    return [{ type: 'NotApplicableGranted', data: defined(act), causedBy }]
  }
})
