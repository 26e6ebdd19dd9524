import { z } from 'zod'
import { Text } from '../src/events/forms.ts'
import { appealOf, nodesOfAppeal, requireChair, requireOpenAppeal } from './appeal.ts'
import { bodyOf, evaluationCommand } from './define.ts'
import { attach, EvidenceInput } from './evidence.ts'

export const requestAppealInformation = evaluationCommand({
  name: 'request-appeal-information',
  summary: { fa: 'درخواست توضیح', en: 'Ask one side; the clock of the panel stands still meanwhile' },
  roles: ['panelist'],
  body: bodyOf({
    ...appealOf,
    of: z.enum(['unit', 'headquarters']),
    question: Text,
    evidence: EvidenceInput
  }),
  nodes: nodesOfAppeal,
  decide: (open, { appeal: id, of, question, evidence }, circumstances) => {
    const appeal = requireOpenAppeal(open, id, circumstances.actor)
    requireChair(appeal, circumstances.actor)
    const { ids, attached } = attach(open, [appeal.node], evidence, circumstances)
    const request = circumstances.ulid(attached.length)
    const data = { appeal: appeal.appeal, request, of, question, evidence: ids }
    return [...attached, { type: 'AppealInformationRequested', data, causedBy: appeal.newest }]
  }
})
