import type { Context } from '../../context.ts'
import { type Field, optionsOf } from '../../parts/form.ts'
import { evidenceKinds, entry as words } from '../../words/entry.ts'
import { isMeasured, type Rule } from './rule-words.ts'

/* Questions that both sides are asked alike. */

const DOCUMENTS = 2
/** Documents that are kept come after those that are new. */
const KEPT_FROM = 50

/** Documents given on the spot. */
export const documentFields = ({ say, format }: Context): Field[] =>
  Array.from({ length: DOCUMENTS }, (_, index) => {
    const number = format.number(index + 1)
    const place = `evidence.${index}`
    return [
      { name: `${place}.title.fa`, label: say(words.docTitle, { number }) },
      { name: `${place}.uri`, label: say(words.docUri, { number }) },
      { name: `${place}.sha256:hash`, label: say(words.docSha, { number }), hint: say(words.docHint) }
    ]
  }).flat()

/** Documents of an earlier entry, so that a new one does not drop them. */
export const keptDocuments = (ids: readonly string[]): Record<string, string> =>
  Object.fromEntries(ids.map((id, index) => [`evidence.${KEPT_FROM + index}`, id]))

export interface Measured {
  numerator?: string | undefined
  denominator?: string | undefined
  baseline?: string | undefined
}

export interface ScoreQuestion {
  rule: Rule | null | undefined
  ceiling: string
  unitOfMeasure?: string | null | undefined
  /** What stands in the fields at first. */
  points?: string | undefined
  measurement?: Measured | null | undefined
  /** A baseline that was assigned need not be typed. */
  hasBaseline?: boolean
}

/** Points, where the rule derives none. */
export const pointsField = ({ say, format }: Context, { ceiling, points }: ScoreQuestion): Field => ({
  name: 'points:number',
  label: say(words.points),
  hint: say(words.pointsHint, { ceiling: format.number(ceiling) }),
  type: 'number',
  value: points
})

/** What the rule makes points of. */
export function measurementFields({ say }: Context, question: ScoreQuestion, required: boolean): Field[] {
  const { rule, unitOfMeasure, measurement, hasBaseline = false } = question
  const field = (name: keyof Measured, label: string, needed: boolean, hint?: string): Field => ({
    name: `measurement.${name}:number`,
    label,
    type: 'number',
    required: needed,
    value: measurement?.[name],
    ...(hint && { hint })
  })
  const hint = [unitOfMeasure, say(words.numberHint)].filter(Boolean).join(' · ')
  return [
    field('numerator', say(words.numerator), required, hint),
    field('denominator', say(words.denominator), false),
    ...(rule?.kind === 'growth' ? [field('baseline', say(words.baseline), required && !hasBaseline)] : [])
  ]
}

/** What a leaf's score is asked by. */
export const scoreFields = (context: Context, question: ScoreQuestion): Field[] =>
  isMeasured(question.rule)
    ? measurementFields(context, question, true)
    : [{ ...pointsField(context, question), required: true }]

/** The questions of attaching a document to a node by itself. */
export const attachFields = (context: Context): Field[] => {
  const { say } = context
  return [
    {
      name: 'kind',
      label: say(words.attachKind),
      type: 'choice',
      options: optionsOf(evidenceKinds, context),
      required: true
    },
    { name: 'title.fa', label: say(words.attachTitle), required: true },
    { name: 'uri', label: say(words.attachUri) },
    { name: 'sha256:hash', label: 'SHA-256', hint: say(words.docHint) }
  ]
}
