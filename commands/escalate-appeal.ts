import { Refusal } from '../src/errors.ts'
import { Text } from '../src/events/forms.ts'
import { decisionDue, isOverdue } from '../src/rules/deadlines.ts'
import { appealOf, appealRules, nodesOfAppeal, requireAppeal } from './appeal.ts'
import { bodyOf, evaluationCommand } from './define.ts'
import { attach, EvidenceInput } from './evidence.ts'
import { requireOwnUnit, requireStage } from './situation.ts'

export const escalateAppeal = evaluationCommand({
  name: 'escalate-appeal',
  summary: { fa: 'تجدیدنظرخواهی', en: 'Take a decided or overdue appeal to the second instance' },
  roles: ['assessor'],
  body: bodyOf({ ...appealOf, grounds: Text, evidence: EvidenceInput }),
  nodes: nodesOfAppeal,
  decide: (open, { appeal: id, grounds, evidence }, circumstances) => {
    const { actor, now } = circumstances
    const appeal = requireAppeal(open, id, actor)
    requireOwnUnit(open, actor)
    requireStage(open, 'appeal')
    const rules = appealRules(open)
    const { status, newest: event } = appeal
    if (status === 'withdrawn') throw new Refusal('appeal-not-open', { params: { status }, event })
    if (appeal.outcome === 'upheld') throw new Refusal('already-upheld', { event })
    if (appeal.instance >= rules.instances) throw new Refusal('last-instance', { event })
    if (status === 'open' && !isOverdue(appeal, rules, now)) {
      throw new Refusal('not-escalable', { params: { due: decisionDue(appeal, rules, now) }, event })
    }
    if (status === 'decided' && (appeal.escalationClosesAt === null || now >= appeal.escalationClosesAt)) {
      throw new Refusal('window-closed', { params: { until: appeal.escalationClosesAt ?? '-' }, event })
    }
    const { ids, attached } = attach(open, [appeal.node], evidence, circumstances)
    const data = { appeal: appeal.appeal, grounds, evidence: ids }
    return [...attached, { type: 'AppealEscalated', data, causedBy: event }]
  }
})
