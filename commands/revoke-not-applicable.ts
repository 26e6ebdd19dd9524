import { Refusal } from '../src/errors.ts'
import { OverrideReason } from '../src/events/forms.ts'
import { fileOf } from '../src/rules/evaluation.ts'
import { defined, evaluationCommand } from './define.ts'
import { exemptionBody, requireMayExempt } from './exemption.ts'

export const revokeNotApplicable = evaluationCommand({
  name: 'revoke-not-applicable',
  summary: { fa: 'لغو عدم مصداق', en: 'Take back a grant; what was claimed or judged before stands again' },
  roles: ['expert', 'registrar'],
  body: exemptionBody(OverrideReason),
  nodes: ({ node }) => [node],
  decide: (open, { node, reasonCode, reason, source }, { actor }) => {
    const act = { node, reasonCode, reason, source }
    requireMayExempt(open, actor, act, { stages: ['review'], below: true })
    const { granted } = fileOf(open.evaluation, node)
    if (!granted) throw new Refusal('no-grant', { params: { node } })
    return [{ type: 'NotApplicableRevoked', data: defined(act), causedBy: granted.event }]
  }
})
