import type { Context } from '../context.ts'
import { acts as words } from '../words/appeal-acts.ts'
import type { Field } from './form.ts'

/* Questions that many forms ask alike. `at` is what stands before them in the body, with a dot. */

const DOCUMENTS = 2

/** Documents given on the spot. */
export function evidenceFields({ say, format }: Context, at = '', label?: (text: string) => string): Field[] {
  const group = label?.(say(words.evidence)) ?? say(words.evidence)
  return Array.from({ length: DOCUMENTS }, (_, index) => {
    const place = `${at}evidence.${index}`
    const told = (phrase: typeof words.documentTitle) => {
      const text = say(phrase, { number: format.number(index + 1) })
      return label?.(text) ?? text
    }
    return [
      { name: `${place}.title.fa`, label: told(words.documentTitle), group },
      { name: `${place}.uri`, label: told(words.documentAddress), group },
      {
        name: `${place}.sha256:hash`,
        label: told(words.documentHash),
        hint: say(words.documentHashHint),
        group
      }
    ]
  }).flat()
}

/** The letter by which something is done: in an office that is the identity of an act. */
export function letterFields({ say }: Context): Field[] {
  const group = say(words.letter)
  return [
    { name: 'letter.number', label: say(words.letterNumber), group },
    {
      name: 'letter.date:day',
      label: say(words.letterDate),
      hint: say(words.letterDateHint),
      type: 'date',
      group
    },
    { name: 'letter.signatory', label: say(words.signatory), group }
  ]
}

/** What was measured; which of it a rule needs, the rule says. */
export function measurementFields(
  { say }: Context,
  rule: string | undefined,
  at: string,
  label: (text: string) => string = (text) => text
): Field[] {
  if (rule === undefined || rule === 'direct') return []
  const group = label(say(words.orMeasured))
  const field = (name: string, text: string): Field => ({
    name: `${at}measurement.${name}:number`,
    label: label(text),
    type: 'number',
    group
  })
  return [
    field('numerator', say(words.numerator)),
    field('denominator', say(words.denominator)),
    ...(rule === 'growth' ? [field('baseline', say(words.baseline))] : [])
  ]
}
