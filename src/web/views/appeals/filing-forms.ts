import { latinDigits } from '../../../digits.ts'
import type { Context } from '../../context.ts'
import type { Html } from '../../page.ts'
import { evidenceFields, letterFields, measurementFields } from '../../parts/act-fields.ts'
import { commandForm, type Field, type Option } from '../../parts/form.ts'
import type { Explanation, Scorecard } from '../../reads.ts'
import { acts, filing as words } from '../../words/appeal-acts.ts'

/* The forms that file one appeal, and those of one letter together. */

const ROWS_MAX = 20

/** How many nodes one letter disputes, as it was asked for; null where it was not. */
export function rowsIn(asked: string | undefined): number | null {
  if (asked === undefined) return null
  const rows = Number.parseInt(latinDigits(asked), 10)
  return Number.isNaN(rows) ? 2 : Math.min(Math.max(rows, 1), ROWS_MAX)
}

/** Refusals that are about what is claimed. */
const ABOUT_CLAIM = {
  claim: 'claim.points',
  'asks-nothing': 'claim.points',
  'points-needed': 'claim.points',
  'points-differ': 'claim.points',
  'above-ceiling': 'claim.points',
  'measurement-needed': 'claim.points',
  'baseline-missing': 'claim.measurement.baseline'
}

/** Disputes one node; what can be asked for depends on whether it applies and whether it is a leaf. */
export function filingForm(context: Context, chosen: Explanation, card: Scorecard): Html {
  const { say } = context
  const isLeaf = card.nodes.find(({ code }) => code === chosen.node)?.leaf === true
  return commandForm(context, {
    id: 'file-appeal',
    command: 'file-appeal',
    fixed: { evaluation: card.evaluation, node: chosen.node },
    fields: [
      {
        name: 'claim.applicable:flag',
        label: say(words.claim),
        type: 'radio',
        required: true,
        options: claims(context, chosen, isLeaf),
        value: claims(context, chosen, isLeaf)[0]?.value
      },
      ...(mayGain(chosen, isLeaf) || (isLeaf && !chosen.applicable) ? scoreFields(context, chosen) : []),
      { name: 'grounds', label: say(words.grounds), type: 'lines', required: true },
      ...evidenceFields(context),
      ...behalfFields(context),
      { name: 'case', label: say(words.case), hint: say(words.caseHint), group: say(acts.letter) },
      ...letterFields(context)
    ],
    submit: say(words.send),
    next: '/appeals/{appeal}',
    beside: ABOUT_CLAIM
  })
}

/** More points can be asked for on a leaf, as long as less than its ceiling stands. */
const mayGain = ({ standing, ceiling }: Explanation, isLeaf: boolean): boolean =>
  isLeaf && standing?.points !== ceiling

function claims({ say }: Context, chosen: Explanation, isLeaf: boolean): Option[] {
  if (!chosen.applicable) return [{ value: 'true', label: say(words.claimApplicable) }]
  const none = { value: 'false', label: say(words.claimNotApplicable) }
  return mayGain(chosen, isLeaf) ? [{ value: '', label: say(words.claimPoints) }, none] : [none]
}

function scoreFields(context: Context, { applicable, standing, ceiling, rule }: Explanation): Field[] {
  const { say, format } = context
  const values = { stood: format.number(standing?.points ?? '0'), ceiling: format.number(ceiling) }
  const hint = say(applicable ? words.pointsHint : words.pointsUpTo, values)
  return [
    { name: 'claim.points:number', label: say(words.points), hint, type: 'number' },
    ...measurementFields(context, rule?.kind, 'claim.')
  ]
}

/** A registrar files what a unit asked for by a letter, and says whose it was. */
function behalfFields({ say, actor }: Context): Field[] {
  if (actor.role !== 'registrar') return []
  return [
    { name: 'onBehalf.person', label: say(words.behalfPerson), required: true },
    { name: 'onBehalf.letter.number', label: say(words.behalfNumber), required: true },
    {
      name: 'onBehalf.letter.date:day',
      label: say(words.behalfDate),
      hint: say(acts.letterDateHint),
      type: 'date',
      required: true
    }
  ]
}

/** Disputes several nodes of one letter: all of them, or none. */
export function caseForm(context: Context, card: Scorecard, rows: number): Html {
  const { say } = context
  const nodes = card.nodes.map(({ code, title }) => ({
    value: code,
    label: `${code} ${context.name(title)}`
  }))
  return commandForm(context, {
    id: 'file-case',
    command: 'file-case',
    fixed: { evaluation: card.evaluation },
    fields: [
      { name: 'case', label: say(words.case), hint: say(words.caseHint), required: true },
      ...behalfFields(context),
      ...Array.from({ length: rows }, (_, index) => rowFields(context, nodes, index)).flat(),
      ...letterFields(context)
    ],
    submit: say(words.sendCase),
    next: '/appeals/{appeal}'
  })
}

/** The appeal about one node among several. */
function rowFields(context: Context, nodes: readonly Option[], index: number): Field[] {
  const { say, format } = context
  const number = format.number(index + 1)
  const at = `appeals.${index}.`
  const label = (text: string) => say(words.ofRow, { label: text, number })
  return [
    { name: `${at}node`, label: say(words.row, { number }), type: 'choice', options: nodes },
    {
      name: `${at}claim.applicable:flag`,
      label: label(say(words.claim)),
      type: 'radio',
      options: [
        { value: '', label: say(words.claimPoints) },
        { value: 'false', label: say(words.claimNotApplicable) },
        { value: 'true', label: say(words.claimApplicable) }
      ]
    },
    { name: `${at}claim.points:number`, label: label(say(words.points)), type: 'number' },
    ...measurementFields(context, 'growth', `${at}claim.`, label),
    { name: `${at}grounds`, label: label(say(words.grounds)), type: 'lines' },
    ...evidenceFields(context, at, label)
  ]
}
