import { html } from 'ghtml'
import type { Context } from '../../context.ts'
import type { Html } from '../../page.ts'
import { type CommandForm, commandForm, optionsOf } from '../../parts/form.ts'
import { holdsRefusal } from '../../parts/refusal.ts'
import type { ScoreNode } from '../../reads.ts'
import { entry, self as words } from '../../words/entry.ts'
import { frame } from '../../words/frame.ts'
import { notApplicableReasons } from '../../words/terms.ts'
import { factsOf } from './facts.ts'
import { attachFields, documentFields, keptDocuments, scoreFields } from './fields.ts'
import type { SelfModel } from './self.ts'
import type { Opened } from './sheet.ts'

/** The opened leaf: what is known of it, and a form for each act that is open to the reader. */
export function leafForms(model: SelfModel, context: Context): Html {
  const { opened } = model
  const { say } = context
  if (!opened) return context.query.node === undefined ? '' : html`<p class="none">${say(entry.noLeaf)}</p>`
  const { leaf, explanation } = opened
  const forms = [
    explanation.may.includes('enter-self-score') ? scoreForm(model, context, opened) : '',
    explanation.may.includes('claim-not-applicable') ? claimForm(model, context, opened) : '',
    context.actor.role === 'assessor' && explanation.may.includes('attach-evidence')
      ? attachForm(model.card.evaluation, context, opened)
      : ''
  ]
  return html`<section id="leaf" class="leaf"><h2><bdi>${leaf.code}</bdi> ${context.name(leaf.title)}</h2>!${factsOf(context, model, opened)}!${standing(context, opened)}!${forms.join('')}</section>`
}

/** What was entered, and the points that it makes. */
function standing({ say, format }: Context, { leaf }: Opened): Html {
  if (leaf.claim) {
    return html`<p class="note">${say(words.claimStands, { reason: leaf.claim.reason ?? say(frame.withheld) })}</p>`
  }
  if (!leaf.self) return ''
  const values = { points: format.number(leaf.self.points), ceiling: format.number(leaf.ceiling) }
  return html`<p><strong>${say(words.makes, values)}</strong></p>`
}

/**
 * Where a form of a leaf leads. The page of an axis opens the first empty leaf, which is another one in time: what is
 * refused is about this leaf still, and what is taken leads on to the next.
 */
const waysOn = ({ query, here }: Context, { code }: ScoreNode): Pick<CommandForm, 'at' | 'next'> => ({
  at: { node: code },
  next: query.node === undefined ? here({}) : undefined
})

function scoreForm({ card }: SelfModel, context: Context, { leaf, explanation }: Opened): Html {
  const { say } = context
  const before = explanation.steps.findLast(({ type }) => type === 'SelfScoreEntered')
  const { rule, assigned } = explanation
  const fields = scoreFields(context, {
    rule,
    ceiling: leaf.ceiling,
    unitOfMeasure: leaf.unitOfMeasure,
    points: leaf.self?.points ?? undefined,
    measurement: leaf.measurement,
    hasBaseline: assigned?.baseline !== undefined
  })
  const form = commandForm(context, {
    id: 'score',
    command: 'enter-self-score',
    fixed: { evaluation: card.evaluation, node: leaf.code },
    kept: keptDocuments(before?.evidence ?? []),
    ...waysOn(context, leaf),
    fields: [
      ...fields,
      { name: 'note', label: say(entry.note), type: 'lines', value: before?.note ?? undefined },
      ...documentFields(context)
    ],
    submit: say(words.save),
    beside: { 'above-ceiling': 'points' }
  })
  return html`<h3>${say(words.enter)}</h3>!${form}`
}

function claimForm({ card }: SelfModel, context: Context, { leaf }: Opened): Html {
  const { say } = context
  const form = commandForm(context, {
    id: 'claim',
    command: 'claim-not-applicable',
    fixed: { evaluation: card.evaluation, node: leaf.code },
    ...waysOn(context, leaf),
    fields: [
      {
        name: 'reasonCode',
        label: say(entry.reasonCode),
        type: 'choice',
        options: optionsOf(notApplicableReasons, context),
        required: true
      },
      { name: 'reason', label: say(entry.reason), type: 'lines', required: true },
      ...documentFields(context)
    ],
    submit: say(words.claimSend)
  })
  return folded(say(words.claim), form)
}

/** A document by itself, for either side. */
export function attachForm(evaluation: string, context: Context, { leaf }: Opened): Html {
  const form = commandForm(context, {
    id: 'attach',
    command: 'attach-evidence',
    fixed: { evaluation, 'nodes:list': [leaf.code] },
    ...waysOn(context, leaf),
    fields: attachFields(context),
    submit: context.say(entry.attach)
  })
  return folded(context.say(entry.attach), form)
}

/** A form that is not what one has most often come for; it stands open where it was refused. */
export const folded = (title: string, form: Html, isOpen: boolean = holdsRefusal(form)): Html =>
  html`<details class="act"!${isOpen ? ' open' : ''}><summary>${title}</summary>!${form}</details>`
