import { z } from 'zod'
import { Text } from '../src/events/forms.ts'
import { appealOf, nodesOfAppeal, requireOpenAppeal } from './appeal.ts'
import { bodyOf, evaluationCommand } from './define.ts'
import { attach, EvidenceInput } from './evidence.ts'
import { requireMayJudge } from './situation.ts'

export const answerAppeal = evaluationCommand({
  name: 'answer-appeal',
  summary: { fa: 'پاسخ به اعتراض', en: 'Concede or contest an appeal' },
  roles: ['expert'],
  body: bodyOf({
    ...appealOf,
    position: z.enum(['concede', 'contest']),
    text: Text,
    evidence: EvidenceInput
  }),
  nodes: nodesOfAppeal,
  decide: (open, { appeal: id, position, text, evidence }, circumstances) => {
    const { appeal, node, newest } = requireOpenAppeal(open, id, circumstances.actor)
    requireMayJudge(open, circumstances.actor, node)
    const { ids, attached } = attach(open, [node], evidence, circumstances)
    const data = { appeal, position, text, evidence: ids }
    return [...attached, { type: 'AppealAnswered', data, causedBy: newest }]
  }
})
