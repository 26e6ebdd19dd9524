import { html } from 'ghtml'
import { caseReaders } from '../../../http/access-table.ts'
import type { Context } from '../../context.ts'
import { definePage, type Html } from '../../page.ts'
import { isolated } from '../../parts/appeal.ts'
import { evidenceTable } from '../../parts/appeal-evidence.ts'
import { inForceFacts } from '../../parts/in-force.ts'
import { appeals as words } from '../../words/appeals.ts'
import { actsOn } from './acts.ts'
import { course } from './course.ts'
import { decisionsOf } from './decisions.ts'
import { head, sides } from './head.ts'
import { hypothesis, mayTry, upheld } from './hypothesis.ts'
import { appealIn, type CaseModel, nodeName } from './model.ts'

/* The whole file of one appeal, on one page for both sides: what was said, what was in force, what came of it. */

export const casePage = definePage<CaseModel>({
  path: '/appeals/:appeal',
  who: caseReaders,
  filters: [],
  acts: [
    'answer-appeal',
    'assign-panel',
    'request-appeal-information',
    'provide-appeal-information',
    'decide-appeal',
    'escalate-appeal',
    'withdraw-appeal'
  ],
  isTyped: ({ file }) => file.may.length > 0,
  load: async (reads, place) => {
    const file = await reads.appeal(appealIn(place), place.moment)
    const { unit, framework } = file
    const { items } = await reads.evaluations({ unit, framework, ...place.moment })
    const isAsked = place.query.ifUpheld !== undefined && mayTry(place.actor, file)
    return {
      file,
      unitName: items[0]?.name ?? { fa: unit },
      ifUpheld: isAsked ? await reads.simulate(upheld(file, place.moment.asOf)) : null,
      asOf: file.asOf
    }
  },
  title: ({ file, unitName }, context) =>
    context.say(words.caseTitle, {
      unit: isolated(context.name(unitName)),
      node: isolated(nodeName(context, file))
    }),
  body,
  about: ({ file }) => `evaluation-${file.evaluation}`
})

function body(model: CaseModel, context: Context): Html {
  const { say } = context
  const { file } = model
  const section = (id: string, title: string, content: Html) =>
    html`<section id="${id}"><h2>${title}</h2>!${content}</section>`
  const evidence =
    file.evidence.length === 0
      ? html`<p class="none">${say(words.evidenceNone)}</p>`
      : evidenceTable(context, file.evidence, say(words.evidence))
  return html`!${head(context, model)}
!${actsOn(context, file)}
!${section('sides', say(words.sides), sides(context, file))}
!${section('decisions', say(words.decisions), decisionsOf(context, file))}
!${hypothesis(context, model)}
!${course(context, file)}
!${section('evidence', say(words.evidence), evidence)}
!${section('in-force', say(words.inForce), inForceFacts(context, file))}`
}
