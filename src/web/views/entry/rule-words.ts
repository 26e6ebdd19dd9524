import type { Context } from '../../context.ts'
import type { ScoreNode } from '../../reads.ts'
import { entry as words } from '../../words/entry.ts'
import type { Definition } from './sheet.ts'

export type Rule = NonNullable<Definition['rule']>
type Measurement = NonNullable<ScoreNode['measurement']>

const FACTOR = '100'

/** What turns a measurement into points, in a sentence. */
export function ruleWords({ say, format }: Context, rule: Rule | null | undefined, ceiling: string): string {
  const values = { ceiling: format.number(ceiling), factor: format.number(FACTOR) }
  switch (rule?.kind) {
    case 'ratio': {
      const factor = format.number(rule.factor ?? FACTOR)
      return say(rule.direction === 'lower' ? words.ruleLower : words.ruleRatio, { ...values, factor })
    }
    case 'growth':
      return say(words.ruleGrowth, values)
    case 'bands': {
      const bands = rule.bands.map(({ from, points }) =>
        say(words.band, { from: format.number(from), points: format.number(points) })
      )
      return say(words.ruleBands, { bands: bands.join('؛ ') })
    }
    default:
      return say(words.ruleDirect, values)
  }
}

/** The target that the rule itself names. */
export const targetOf = (rule: Rule | null | undefined): string | null =>
  rule && 'target' in rule ? rule.target : null

export const isMeasured = (rule: Rule | null | undefined): boolean =>
  rule !== null && rule !== undefined && rule.kind !== 'direct'

/** What was measured, as text: «۱۲۵۸ از ۳۵۸۶، هدف ۲۰». */
export function measurementWords({ say, format }: Context, measurement: Measurement | null): string {
  if (!measurement) return ''
  const { numerator, denominator, target, baseline } = measurement
  const counted =
    denominator === undefined
      ? format.number(numerator)
      : say(words.of, { numerator: format.number(numerator), denominator: format.number(denominator) })
  const over = baseline === undefined ? '' : say(words.over, { baseline: format.number(baseline) })
  return counted + over + (target === undefined ? '' : say(words.against, { target: format.number(target) }))
}
