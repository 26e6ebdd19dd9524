import { Refusal } from '../src/errors.ts'
import type { Actor } from '../src/events/envelope.ts'
import { Text, UlidId } from '../src/events/forms.ts'
import type { AppealFile, Question } from '../src/rules/appeals.ts'
import { appealOf, nodesOfAppeal, requireOpenAppeal } from './appeal.ts'
import { bodyOf, evaluationCommand } from './define.ts'
import { attach, EvidenceInput } from './evidence.ts'
import { type Open, requireMayJudge, requireOwnUnit } from './situation.ts'

export const provideAppealInformation = evaluationCommand({
  name: 'provide-appeal-information',
  summary: { fa: 'ارائه توضیح', en: 'Answer a question of the panel' },
  roles: ['assessor', 'expert'],
  body: bodyOf({ ...appealOf, request: UlidId.optional(), answer: Text, evidence: EvidenceInput }),
  nodes: nodesOfAppeal,
  decide: (open, { appeal: id, request, answer, evidence }, circumstances) => {
    const appeal = requireOpenAppeal(open, id, circumstances.actor)
    requireSide(open, appeal, circumstances.actor)
    const question = questionFor(appeal, circumstances.actor, request)
    const { ids, attached } = attach(open, [appeal.node], evidence, circumstances)
    const data = { appeal: appeal.appeal, request: question.request, answer, evidence: ids }
    return [...attached, { type: 'AppealInformationProvided', data, causedBy: question.event }]
  }
})

function requireSide(open: Open, { node }: AppealFile, actor: Actor): void {
  if (actor.role === 'assessor') requireOwnUnit(open, actor)
  else requireMayJudge(open, actor, node)
}

/** The question named, or the only one that is open to this side. */
function questionFor(appeal: AppealFile, actor: Actor, request: string | undefined): Question {
  const side = actor.role === 'assessor' ? 'unit' : 'headquarters'
  const asked = appeal.questions.filter(({ of, answeredAt }) => of === side && answeredAt === null)
  const [only, ...others] = request === undefined ? asked : asked.filter((each) => each.request === request)
  if (!only) throw new Refusal('no-question', { event: appeal.newest })
  if (others.length > 0) {
    const requests = [only, ...others].map((each) => each.request).join(', ')
    throw new Refusal('which-question', { params: { requests } })
  }
  return only
}
