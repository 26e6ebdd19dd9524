import { html } from 'ghtml'
import type { Context } from '../../context.ts'
import type { Phrase } from '../../language.ts'
import type { Html } from '../../page.ts'
import { commandForm, optionsOf } from '../../parts/form.ts'
import { entry, review as words } from '../../words/entry.ts'
import { notApplicableReasons, overrideReasons } from '../../words/terms.ts'
import { factsOf } from './facts.ts'
import { documentFields, measurementFields, pointsField, type ScoreQuestion } from './fields.ts'
import type { ReviewModel } from './review.ts'
import { isMeasured } from './rule-words.ts'
import { attachForm, folded } from './self-forms.ts'
import type { Opened } from './sheet.ts'

/** The opened leaf with the acts on it that are this expert's now. */
export function judgeForms(model: ReviewModel, context: Context): Html {
  const { opened, card } = model
  const { say, query } = context
  if (!opened) return query.node === undefined ? '' : html`<p class="none">${say(entry.noLeaf)}</p>`
  const { leaf, explanation } = opened
  const { evaluation } = card
  const make: Record<string, () => Html> = {
    'confirm-scores': () => confirmForm(evaluation, context, opened),
    'override-score': () => overrideForm(evaluation, context, opened),
    'grant-not-applicable': () =>
      exemptionForm(evaluation, context, opened, { act: 'grant', reasons: notApplicableReasons }),
    'refuse-not-applicable': () =>
      exemptionForm(evaluation, context, opened, { act: 'refuse', reasons: overrideReasons }),
    'revoke-not-applicable': () =>
      exemptionForm(evaluation, context, opened, { act: 'revoke', reasons: overrideReasons })
  }
  const acts = Object.entries(make).filter(([act]) => explanation.may.includes(act))
  const forms = acts.map(([, form]) => form())
  // A unit brings its documents on its own form.
  if (context.actor.role === 'expert' && explanation.may.includes('attach-evidence'))
    forms.push(attachForm(evaluation, context, opened))
  const none = acts.length === 0 ? html`<p class="note">${say(words.notYours)}</p>` : ''
  return html`<section id="leaf" class="leaf"><h2><bdi>${leaf.code}</bdi> ${context.name(leaf.title)}</h2>!${factsOf(context, model, opened)}!${leaf.claim ? claimWords(context, opened) : ''}!${none}!${forms.join('')}</section>`
}

function claimWords({ say }: Context, { leaf }: Opened): Html {
  const code = leaf.claim?.reasonCode as keyof typeof notApplicableReasons | null | undefined
  const kind = code && Object.hasOwn(notApplicableReasons, code) ? say(notApplicableReasons[code]) : ''
  return html`<p class="note"><strong>${say(entry.claimOpen)}</strong> ${[kind, leaf.claim?.reason].filter(Boolean).join(': ')}</p>`
}

function confirmForm(evaluation: string, context: Context, { leaf }: Opened): Html {
  const points = context.format.number(leaf.self?.points ?? '0')
  const form = commandForm(context, {
    id: 'confirm',
    command: 'confirm-scores',
    fixed: { evaluation, 'nodes:list': [leaf.code] },
    fields: [],
    submit: context.say(words.confirmSend, { points })
  })
  return html`<h3>${context.say(words.confirm)}</h3>!${form}`
}

function overrideForm(evaluation: string, context: Context, { leaf, explanation }: Opened): Html {
  const { say } = context
  const { rule, assigned } = explanation
  const question: ScoreQuestion = {
    rule,
    ceiling: leaf.ceiling,
    unitOfMeasure: leaf.unitOfMeasure,
    hasBaseline: assigned?.baseline !== undefined
  }
  const measured = isMeasured(rule)
  const form = commandForm(context, {
    id: 'override',
    command: 'override-score',
    fixed: { evaluation, node: leaf.code },
    fields: [
      { ...pointsField(context, question), required: !measured },
      ...(measured ? measurementFields(context, question, false) : []),
      {
        name: 'reasonCode',
        label: say(entry.reasonCode),
        type: 'choice',
        options: optionsOf(overrideReasons, context),
        required: true
      },
      { name: 'reason', label: say(entry.reason), type: 'lines', required: true },
      { name: 'ruleReference', label: say(entry.ruleReference) },
      ...documentFields(context)
    ],
    submit: say(words.overrideSend),
    beside: { 'above-ceiling': 'points' }
  })
  const either = measured ? html`<p class="note">${say(words.eitherOr)}</p>` : ''
  return html`<h3>${say(words.override)}</h3>!${either}!${form}`
}

type Exempting = 'grant' | 'refuse' | 'revoke'

function exemptionForm(
  evaluation: string,
  context: Context,
  { leaf }: Opened,
  { act, reasons }: { act: Exempting; reasons: Readonly<Record<string, Phrase>> }
): Html {
  const { say } = context
  const title = say(words[act])
  const form = commandForm(context, {
    id: act,
    command: `${act}-not-applicable`,
    fixed: { evaluation, node: leaf.code },
    fields: [
      {
        name: 'reasonCode',
        label: say(entry.reasonCode),
        type: 'choice',
        options: optionsOf(reasons, context),
        required: true
      },
      { name: 'reason', label: say(entry.reason), type: 'lines', required: true }
    ],
    submit: title
  })
  // A claim asks for an answer; to grant what nobody has claimed is rare.
  return leaf.claim || act === 'revoke' ? html`<h3>${title}</h3>!${form}` : folded(title, form)
}
