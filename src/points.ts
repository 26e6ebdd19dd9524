/**
 * Exact points. On the wire a decimal string with at most four fraction digits; inside an integer of
 * 1/10 000 point. No floating point touches a score: every product goes through BigInt.
 */
export type Points = number

/** How many inner units make one point. */
export const UNITS_PER_POINT = 10_000

/** At most nine digits before the point, so that the sum of any tree stays an exact integer. */
export const POINTS_PATTERN = /^(0|[1-9]\d{0,8})(\.\d{1,4})?$/
/** 999 999 999.9999 points. */
export const POINTS_MAX: Points = 10 ** 13 - 1

/** Reads `"22.5"` as 225 000 units; throws on anything that is not a plain decimal with ≤ 4 fraction digits. */
export function parsePoints(text: string): Points {
  if (!POINTS_PATTERN.test(text)) throw new RangeError(`not points: ${JSON.stringify(text)}`)
  const [whole = '0', fraction = ''] = text.split('.')
  return Number(whole) * UNITS_PER_POINT + Number(fraction.padEnd(4, '0'))
}

/** Prints points minimally: `"22.5"`, `"40"`, `"-75"` for a loss. */
export function formatPoints(points: Points): string {
  const size = Math.abs(points)
  // Nearly all are whole.
  if (size % UNITS_PER_POINT === 0) return String(points / UNITS_PER_POINT)
  const fraction = String(size % UNITS_PER_POINT)
    .padStart(4, '0')
    .replace(/0+$/, '')
  const whole = Math.floor(size / UNITS_PER_POINT)
  return `${points < 0 ? '-' : ''}${whole}.${fraction}`
}

/** Quotient of two integers, rounded half away from zero. `divisor` must not be zero. */
export function divideRounded(dividend: bigint, divisor: bigint): bigint {
  const [top, bottom] = divisor < 0n ? [-dividend, -divisor] : [dividend, divisor]
  const size = top < 0n ? -top : top
  const rounded = (size * 2n + bottom) / (bottom * 2n)
  return top < 0n ? -rounded : rounded
}

/** `points × by / over`, rounded once to 1/10 000 point, half away from zero. `over` must not be zero. */
export function scalePoints(points: Points, by: Points, over: Points): Points {
  if (by === over) return points
  return Number(divideRounded(BigInt(points) * BigInt(by), BigInt(over)))
}

/** An exact fraction; `bottom` is always positive. */
export interface Ratio {
  top: bigint
  bottom: bigint
}

/** The ratio of two whole quantities. `bottom` must not be zero. */
export function ratio(top: bigint, bottom: bigint): Ratio {
  return bottom < 0n ? { top: -top, bottom: -bottom } : { top, bottom }
}

/** `points / of` as an exact percent, or null where there is nothing to be a part of. */
export function percentOf(points: Points, of: Points): Ratio | null {
  return of === 0 ? null : ratio(BigInt(points) * 100n, BigInt(of))
}

/** Negative, zero or positive as `a` is below, equal to or above `b`. */
export function compareRatios(a: Ratio, b: Ratio): number {
  const [left, right] = [a.top * b.bottom, b.top * a.bottom]
  return left < right ? -1 : left > right ? 1 : 0
}

export const addRatios = (a: Ratio, b: Ratio): Ratio => ({
  top: a.top * b.bottom + b.top * a.bottom,
  bottom: a.bottom * b.bottom
})

export const subtractRatios = (a: Ratio, b: Ratio): Ratio => ({
  top: a.top * b.bottom - b.top * a.bottom,
  bottom: a.bottom * b.bottom
})

/** A ratio in decimal with exactly `digits` fraction digits, rounded half away from zero. */
export function formatRatio({ top, bottom }: Ratio, digits: number): string {
  return formatScaled(divideRounded(top * 10n ** BigInt(digits), bottom), digits)
}

/** An integer of 10^-digits units in decimal, with exactly `digits` fraction digits. */
export function formatScaled(value: bigint, digits: number): string {
  const size = (value < 0n ? -value : value).toString().padStart(digits + 1, '0')
  const sign = value < 0n ? '-' : ''
  return digits === 0 ? `${sign}${size}` : `${sign}${size.slice(0, -digits)}.${size.slice(-digits)}`
}

/** A percent as it is always shown: two digits, half away from zero. */
export const formatPercent = (percent: Ratio): string => formatRatio(percent, 2)

/** `points / of` as a shown percent, or null where `of` is zero. */
export function showPercent(points: Points, of: Points): string | null {
  const percent = percentOf(points, of)
  return percent && formatPercent(percent)
}

/** Reads any plain decimal, sign allowed, as an exact ratio and tells how many fraction digits it carries. */
export function parseDecimal(text: string): Ratio & { digits: number } {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text)
  if (!match) throw new RangeError(`not a decimal: ${JSON.stringify(text)}`)
  const [, sign, whole = '0', fraction = ''] = match
  const size = BigInt(whole + fraction)
  return { top: sign ? -size : size, bottom: 10n ** BigInt(fraction.length), digits: fraction.length }
}

/** A ratio in minimal decimal, at most `digits` fraction digits, rounded half away from zero. */
export function formatMinimal(value: Ratio, digits: number): string {
  const text = formatRatio(value, digits)
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}
