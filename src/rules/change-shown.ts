import { compareRatios, divideRounded, formatScaled, type Ratio, ratio, subtractRatios } from '../points.ts'
import type { Change } from './change.ts'

/** A change of percent as it is shown: always two digits. */
export interface ShownChange {
  percent: string
  performance: string | null
  applicability: string | null
  framework: string | null
  notSeparable: boolean
}

/** Rounds a change so that the parts shown add up to the change shown: what is left over goes to the largest part. */
export function showChange({ percent, parts }: Change): ShownChange {
  const whole = hundredths(percent)
  const shown = { percent: formatScaled(whole, 2), notSeparable: parts === null }
  if (!parts) return { ...shown, performance: null, applicability: null, framework: null }
  const exact = [parts.performance, parts.applicability, parts.framework]
  const rounded = exact.map(hundredths)
  const largest = exact.reduce((best, part, i) => (isLarger(part, exact[best]) ? i : best), 0)
  const left = whole - rounded.reduce((sum, part) => sum + part, 0n)
  const [performance, applicability, framework] = rounded.map((part, i) =>
    formatScaled(i === largest ? part + left : part, 2)
  )
  return {
    ...shown,
    performance: performance ?? null,
    applicability: applicability ?? null,
    framework: framework ?? null
  }
}

/** Relative growth in percent of the earlier percent, two digits; null where the earlier one is zero. */
export function growthPercent(before: Ratio, after: Ratio): string | null {
  if (before.top === 0n) return null
  const { top, bottom } = subtractRatios(after, before)
  return formatScaled(hundredths(ratio(top * before.bottom * 100n, bottom * before.top)), 2)
}

/** The difference of two percents in percentage points, two digits. */
export const changePoints = (before: Ratio, after: Ratio): string =>
  formatScaled(hundredths(subtractRatios(after, before)), 2)

const hundredths = ({ top, bottom }: Ratio): bigint => divideRounded(top * 100n, bottom)

const size = ({ top, bottom }: Ratio): Ratio => ({ top: top < 0n ? -top : top, bottom })

const isLarger = (part: Ratio, best: Ratio | undefined): boolean =>
  best === undefined || compareRatios(size(part), size(best)) > 0
