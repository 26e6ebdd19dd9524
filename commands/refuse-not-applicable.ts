import { Refusal } from '../src/errors.ts'
import { OverrideReason } from '../src/events/forms.ts'
import { fileOf } from '../src/rules/evaluation.ts'
import { defined, evaluationCommand } from './define.ts'
import { exemptionBody, requireMayExempt } from './exemption.ts'

export const refuseNotApplicable = evaluationCommand({
  name: 'refuse-not-applicable',
  summary: { fa: 'رد عدم مصداق', en: 'Refuse a claim that a node does not apply' },
  roles: ['expert'],
  body: exemptionBody(OverrideReason),
  nodes: ({ node }) => [node],
  decide: (open, { node, reasonCode, reason, source }, { actor }) => {
    const act = { node, reasonCode, reason, source }
    // A refusal leaves everything below as it is.
    requireMayExempt(open, actor, act, { stages: ['review'], below: false })
    const { claim } = fileOf(open.evaluation, node)
    if (!claim) throw new Refusal('no-claim', { params: { node } })
    return [{ type: 'NotApplicableRefused', data: defined(act), causedBy: claim.event }]
  }
})
