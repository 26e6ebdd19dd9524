import { Text } from '../src/events/forms.ts'
import { appealOf, nodesOfAppeal, requireAppeal, requireOpenAppeal } from './appeal.ts'
import { bodyOf, evaluationCommand } from './define.ts'
import { requireOwnUnit } from './situation.ts'

export const withdrawAppeal = evaluationCommand({
  name: 'withdraw-appeal',
  summary: { fa: 'استرداد اعتراض', en: 'Take an appeal back' },
  roles: ['assessor'],
  body: bodyOf({ ...appealOf, reason: Text }),
  nodes: nodesOfAppeal,
  decide: (open, { appeal: id, reason }, { actor }) => {
    requireAppeal(open, id, actor)
    requireOwnUnit(open, actor)
    const { appeal, newest } = requireOpenAppeal(open, id, actor)
    return [{ type: 'AppealWithdrawn', data: { appeal, reason }, causedBy: newest }]
  }
})
