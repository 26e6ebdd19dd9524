import { html } from 'ghtml'
import { formatMinimal, formatRatio, parseDecimal, type Ratio, ratio } from '../../points.ts'
import { achieved } from '../../rules/rule.ts'
import type { Context } from '../context.ts'
import type { Html } from '../page.ts'
import type { Step } from '../reads.ts'
import { node as words } from '../words/node.ts'
import { figure } from './figures.ts'
import { sentence } from './sentence.ts'

/* A measurement in words: what was counted, what it comes to, and what it was held against. */

export type Measured = NonNullable<Step['measurement']>

const DIGITS = 2

/** Exactly `digits` fraction digits where there are more, else as it is. */
export const shortRatio = (value: Ratio): string => {
  const whole = formatMinimal(value, DIGITS)
  return whole.includes('.') ? formatRatio(value, DIGITS) : whole
}

/** What a measurement comes to: a percent where something is divided by something. */
export function comesTo(context: Context, measurement: Measured, factor?: string): Html {
  const value = shortRatio(achieved(measurement, factor))
  const isPercent = measurement.denominator !== undefined && (factor ?? '100') === '100'
  const shown = isPercent ? context.format.percent(value) : context.format.number(value)
  return html`<bdi dir="ltr">${shown}</bdi>`
}

/** «نسبت ۱۲۵۸ به ۳۵۸۶ = ۳۵٫۰۸٪، در برابر هدف ۲۰»: what was stated, and nothing else. */
export function measurementWords(context: Context, measurement: Measured, factor?: string): Html {
  const { numerator, denominator, target, baseline } = measurement
  const counted =
    denominator === undefined
      ? figure(context, numerator)
      : html`!${sentence(context, words.ratioOf, {
          numerator: figure(context, numerator),
          denominator: figure(context, denominator)
        })} = !${comesTo(context, measurement, factor)}`
  const more = []
  if (target !== undefined)
    more.push(sentence(context, words.againstTarget, { target: figure(context, target) }))
  if (baseline !== undefined) more.push(html`${context.say(words.baseline)} !${figure(context, baseline)}`)
  return [counted, ...more].join(context.format.comma)
}

/** How much of a target a measurement reaches, as a percent. */
export function shareOfTarget(measurement: Measured, target: string, factor?: string): string {
  const [value, wanted] = [achieved(measurement, factor), parseDecimal(target)]
  return shortRatio(ratio(value.top * wanted.bottom * 100n, value.bottom * wanted.top))
}
