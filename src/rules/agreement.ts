import {
  compareRatios,
  divideRounded,
  formatPoints,
  type Points,
  parseDecimal,
  type Ratio,
  ratio,
  subtractRatios
} from '../points.ts'

/*
 * When two figures agree. A printed figure stands for everything that could have been printed like it, rounded or
 * cut off; a computed one is exact, or it is as vague as the printed figures that went into it.
 */

/** A printed figure and the fraction digits it is given in; null where it is exact. */
export interface Printed {
  value: Ratio
  digits: number | null
}

/** Points printed with a fraction carry their own last digit, whole points the document's; none given: exact. */
export function printedPoints(text: string, documentDigits: number | undefined): Printed {
  const { top, bottom, digits } = parseDecimal(text)
  return { value: { top, bottom }, digits: digits > 0 ? digits : (documentDigits ?? null) }
}

/**
 * Points of the ledger that are held against the sum below them. They were printed once, but are kept without trailing
 * zeros, so `22.5` of a document that gives two digits stands for `22.50`.
 */
export function recordedPoints(points: Points, documentDigits: number | undefined): Printed {
  const printed = printedPoints(formatPoints(points), documentDigits)
  const digits = printed.digits === null ? null : Math.max(printed.digits, documentDigits ?? 0)
  return { value: printed.value, digits }
}

/** Percents carry their own last digit. */
export function printedPercent(text: string): Printed {
  const { top, bottom, digits } = parseDecimal(text)
  return { value: { top, bottom }, digits }
}

/** Ceilings and counts are exact. */
export function printedExactly(text: string): Printed {
  const { top, bottom } = parseDecimal(text)
  return { value: { top, bottom }, digits: null }
}

/** What a figure ought to be. */
export interface Computed {
  /** Exact bounds: equal, unless it is a sum that lacks parts. */
  low: Ratio
  high: Ratio
  /** The bounds once every printed figure that went into it stands for its interval; `to` is excluded if `open`. */
  from: Ratio
  to: Ratio
  open: boolean
}

export const exactly = (value: Ratio): Computed => between(value, value)

/** Anything from `low` to `high`, both included. */
export const between = (low: Ratio, high: Ratio): Computed => ({
  low,
  high,
  from: low,
  to: high,
  open: false
})

/** A printed value with last-digit unit u stands for [p − u/2, p + u): figures are also cut off instead of rounded. */
export function standsFor({ value, digits }: Printed): Computed {
  if (digits === null) return exactly(value)
  const unit = 10n ** BigInt(digits)
  return {
    low: value,
    high: value,
    from: subtractRatios(value, ratio(1n, 2n * unit)),
    to: plus(value, ratio(1n, unit)),
    open: true
  }
}

/** The sum of parts; of none, nothing. */
export const sumOf = (parts: readonly Computed[]): Computed =>
  parts.reduce(
    (sum, part) => ({
      low: plus(sum.low, part.low),
      high: plus(sum.high, part.high),
      from: plus(sum.from, part.from),
      to: plus(sum.to, part.to),
      open: sum.open || part.open
    }),
    exactly(ratio(0n, 1n))
  )

/** A figure multiplied by a positive factor. */
export function times(figure: Computed, { top, bottom }: Ratio): Computed {
  const scaled = (value: Ratio): Ratio => ratio(value.top * top, value.bottom * bottom)
  const { low, high, from, to, open } = figure
  return { low: scaled(low), high: scaled(high), from: scaled(from), to: scaled(to), open }
}

/** Like `addRatios`, but a sum of decimals keeps the finest of their denominators instead of their product. */
function plus(a: Ratio, b: Ratio): Ratio {
  const [fine, coarse] = a.bottom >= b.bottom ? [a, b] : [b, a]
  if (fine.bottom % coarse.bottom !== 0n) {
    return ratio(a.top * b.bottom + b.top * a.bottom, a.bottom * b.bottom)
  }
  return ratio(fine.top + coarse.top * (fine.bottom / coarse.bottom), fine.bottom)
}

/** `confirmed` is false where a sum that lacks parts allows the figure without proving it. */
export type Verdict =
  | { agrees: true; confirmed: boolean }
  | { agrees: false; class: 'rounding' | 'material'; expected: Ratio }

/**
 * Holds a printed figure against what it ought to be. They agree when the exact value, rounded half away from zero to
 * the printed digits, is the printed value; else the difference is of rounding when their intervals meet. A figure
 * outside of a sum that lacks parts is held against the nearest end of it.
 */
export function compare(printed: Printed, computed: Computed): Verdict {
  const { low, high } = computed
  const certain = compareRatios(low, high) === 0
  const below = compareRatios(printed.value, low) < 0
  const expected = below ? low : high
  if (roundsTo(expected, printed)) return { agrees: true, confirmed: certain }
  if (!certain && !below && compareRatios(printed.value, high) <= 0) return { agrees: true, confirmed: false }
  return { agrees: false, class: meet(standsFor(printed), computed) ? 'rounding' : 'material', expected }
}

/** The same figure printed in two places: either may be the other one, rounded. */
export function compareTwo(printed: Printed, other: Printed): Verdict {
  const verdict = compare(printed, standsFor(other))
  return verdict.agrees || !roundsTo(printed.value, other) ? verdict : { agrees: true, confirmed: true }
}

function roundsTo(exact: Ratio, { value, digits }: Printed): boolean {
  if (digits === null) return compareRatios(exact, value) === 0
  const unit = 10n ** BigInt(digits)
  // A figure never has more fraction digits than it is given in, so its own quotient is whole.
  return divideRounded(exact.top * unit, exact.bottom) === divideRounded(value.top * unit, value.bottom)
}

/** Have two intervals a value in common? Lower ends belong to them, upper ends only if closed. */
function meet(a: Computed, b: Computed): boolean {
  const from = compareRatios(a.from, b.from) > 0 ? a.from : b.from
  const ends = compareRatios(a.to, b.to)
  const to = ends > 0 ? b.to : a.to
  const order = compareRatios(from, to)
  if (order !== 0) return order < 0
  return !(a.open && ends <= 0) && !(b.open && ends >= 0)
}
