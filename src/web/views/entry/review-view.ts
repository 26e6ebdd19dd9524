import { html } from 'ghtml'
import type { Context } from '../../context.ts'
import type { Html } from '../../page.ts'
import { commandForm } from '../../parts/form.ts'
import type { ScoreNode } from '../../reads.ts'
import { entry, review as words } from '../../words/entry.ts'
import { stages } from '../../words/terms.ts'
import { leafTable } from './leaf-table.ts'
import type { ReviewModel } from './review.ts'
import { judgeForms } from './review-forms.ts'
import { folded } from './self-forms.ts'
import { isReturned, leavesOf, reviewerOf } from './sheet.ts'

const ACTS = ['confirm-scores', 'override-score', 'return-for-correction', 'complete-review']

/** The whole sheet of an expert. */
export function reviewBody(model: ReviewModel, context: Context): Html {
  const { card } = model
  const { say, format } = context
  const leaves = leavesOf(card)
  const open = leaves.filter((leaf) => isOpen(leaf))
  const done = leaves.filter(({ applicable }) => applicable).length - open.length
  const all = done + open.length
  const href = ({ code }: ScoreNode) => `${context.link(address(model), { node: code })}#leaf`
  return html`!${standing(model, context)}<p>${say(words.progress, { done: format.number(done), all: format.number(all) })}</p>
!${judgeForms(model, context)}<h2>${say(words.sheet)}</h2>!${leafTable(context, model, leaves, { caption: say(words.sheet), href, hasStanding: true })}
!${restPart(model, context)}!${returnPart(model, context)}!${completePart(model, context, open)}
<p><a href="${context.link(`/evaluations/${card.evaluation}`)}">${say(entry.scorecard)}</a></p>`
}

const address = ({ card }: ReviewModel): string => `/evaluations/${card.evaluation}/review`

/** A leaf that applies and that nobody has judged, or whose claim nobody has answered. */
export const isOpen = ({ applicable, expert, final, claim }: ScoreNode): boolean =>
  applicable && (claim !== null || (expert === null && final === null))

function standing({ card }: ReviewModel, { say, query }: Context): Html {
  if (query.asOf !== undefined) return html`<p class="note">${say(entry.past)}</p>`
  if (ACTS.some((act) => card.may.includes(act))) return ''
  return html`<p class="note">${say(words.readOnly, { stage: say(stages[card.stage]) })}</p>`
}

function restPart({ card }: ReviewModel, context: Context): Html {
  const { say } = context
  if (!card.may.includes('confirm-scores')) return ''
  const form = commandForm(context, {
    id: 'rest',
    command: 'confirm-scores',
    fixed: { evaluation: card.evaluation, 'rest:flag': 'true' },
    fields: [],
    submit: say(words.restSend)
  })
  return html`<h2>${say(words.restTitle)}</h2><p>${say(words.rest)}</p>!${form}`
}

/** What may be returned: leaves that this expert's body reviews and that are not with the unit already. */
function returnPart(model: ReviewModel, context: Context): Html {
  const { card } = model
  const { say } = context
  if (!card.may.includes('return-for-correction')) return ''
  const leaves = leavesOf(card).filter(({ code }) => {
    const body = reviewerOf(model, code)
    return !isReturned(card, code) && (body === null || context.actor.units.includes(body))
  })
  const form = commandForm(context, {
    id: 'return',
    command: 'return-for-correction',
    fixed: { evaluation: card.evaluation },
    fields: [
      {
        name: 'nodes:list',
        label: say(words.returnNodes),
        type: 'checks',
        options: leaves.map(({ code, title }) => ({ value: code, label: `${code} ${context.name(title)}` })),
        required: true
      },
      { name: 'reason', label: say(entry.reason), type: 'lines', required: true }
    ],
    submit: say(words.returnSend)
  })
  return html`<h2>${say(words.returnTitle)}</h2>!${folded(say(words.returnNodes), form)}`
}

function completePart(model: ReviewModel, context: Context, open: readonly ScoreNode[]): Html {
  const { card } = model
  const { say, format } = context
  if (card.stage !== 'review') return ''
  const items = open.map(
    ({ code, title }) =>
      html`<li><a href="${context.link(address(model), { node: code })}#leaf"><bdi>${code}</bdi> ${context.name(title)}</a></li>`
  )
  const told =
    open.length === 0
      ? html`<p>${say(words.nothingOpen)}</p>`
      : html`<p>${say(words.openLead, { count: format.number(open.length) })}</p><ul>!${items}</ul>`
  const form = !card.may.includes('complete-review')
    ? ''
    : commandForm(context, {
        id: 'complete',
        command: 'complete-review',
        fixed: { evaluation: card.evaluation },
        fields: [],
        submit: say(words.completeSend),
        caution: say(words.completeCaution)
      })
  const waiting = card.returned.length > 0 ? html`<p class="note">${say(words.withUnit)}</p>` : ''
  return html`<h2>${say(words.completeTitle)}</h2>!${told}!${waiting}!${form}`
}
