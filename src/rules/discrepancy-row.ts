import type { Level } from '../events/forms.ts'
import {
  compareRatios,
  formatMinimal,
  formatPercent,
  formatPoints,
  formatRatio,
  type Points,
  type Ratio,
  ratio,
  subtractRatios,
  UNITS_PER_POINT
} from '../points.ts'

/** What two figures that ought to agree are about. */
export const DISCREPANCY_KINDS = [
  'self-final-gap',
  'rollup-mismatch',
  'published-mismatch',
  'unknown-node',
  'target-mismatch',
  'override-without-evidence',
  'missing-evidence',
  'not-applicable',
  'late-framework'
] as const
export type DiscrepancyKind = (typeof DISCREPANCY_KINDS)[number]

export const DISCREPANCY_CLASSES = ['material', 'rounding', 'notice'] as const
export type DiscrepancyClass = (typeof DISCREPANCY_CLASSES)[number]

export const DISCREPANCY_MEASURES = ['points', 'percent', 'ceiling', 'days', 'count'] as const
export type DiscrepancyMeasure = (typeof DISCREPANCY_MEASURES)[number]

/** An event behind a row: it supports what was found, or what was expected. */
export interface Side {
  event: string
  side: 'for' | 'against'
}

/** What the expected figure was worked out from. */
export interface Basis {
  /**
   * `own-figures`: points and ceiling printed beside the percent; `recorded`: own points of the ledger; `roll-up`:
   * the ledger's sum; `published-parts`: the sum of published descendants; `other-place`: another print of the figure.
   */
  of: 'own-figures' | 'recorded' | 'roll-up' | 'published-parts' | 'other-place' | 'framework'
  /** The points and the ceiling behind an expected percent, as printed or recorded. */
  points: string | null
  ceiling: string | null
  /** The sum lacks parts, so `expected` is the nearest end of an interval. */
  partial: boolean
  /** Fraction digits that the document gives points in. */
  digits: number | null
}

/** Two figures that ought to agree and do not. */
export interface Found {
  kind: DiscrepancyKind
  class: DiscrepancyClass
  /** A code, known or not, or `total`. */
  node: string
  level: Level | null
  measure: DiscrepancyMeasure
  /** As computed; null where there is nothing to hold the figure against. */
  expected: string | null
  /** With the digits it was printed in. */
  found: string | null
  /** Found less expected, from exact values. */
  difference: string | null
  size: Size
  /** The ceiling that a percent is of. */
  ceiling: string | null
  basis: Basis | null
  events: readonly Side[]
  /** The print verbatim. */
  note: string | null
}

/** How large a difference is: points first (0), then percents without a ceiling (1), counts (2), days (3). */
export interface Size {
  group: number
  /** Its absolute value with ten fraction digits, padded, so that texts sort as the numbers do. */
  text: string
}

const SIZE_DIGITS = 10
const SIZE_WIDTH = 32

/** A size as it is sorted and compared. */
export const sizeText = (value: Ratio): string =>
  formatRatio(absolute(value), SIZE_DIGITS).padStart(SIZE_WIDTH, '0')

const absolute = (value: Ratio): Ratio => (value.top < 0n ? ratio(-value.top, value.bottom) : value)

function sizeOf(measure: DiscrepancyMeasure, difference: Ratio | null, ceiling: Ratio | null): Size {
  const size = difference ?? ratio(0n, 1n)
  if (measure === 'count') return { group: 2, text: sizeText(size) }
  if (measure === 'days') return { group: 3, text: sizeText(size) }
  if (measure !== 'percent') return { group: 0, text: sizeText(size) }
  if (!ceiling) return { group: 1, text: sizeText(size) }
  const points = ratio(size.top * ceiling.top, size.bottom * ceiling.bottom * 100n)
  return { group: 0, text: sizeText(compareRatios(absolute(points), ceiling) > 0 ? ceiling : points) }
}

/** A figure as it is shown: percents with two digits, everything else minimal. */
export const showFigure = (measure: DiscrepancyMeasure, value: Ratio): string =>
  measure === 'percent' ? formatPercent(value) : formatMinimal(value, 4)

/** A quantity of the measured world has up to six fraction digits, all of which were stated. */
const showStated = (_measure: DiscrepancyMeasure, value: Ratio): string => formatMinimal(value, 6)

/** What a row is made of; figures still exact. */
export interface Draft extends Pick<Found, 'kind' | 'class' | 'node' | 'measure' | 'found'> {
  level?: Level | null | undefined
  expected: Ratio | null
  /** How it is written where somebody stated it; else as it is shown. */
  expectedAs?: string | undefined
  /** What `found` says as a number. */
  value: Ratio | null
  ceiling?: Ratio | null | undefined
  basis?: Basis | undefined
  for?: readonly string[] | undefined
  against?: readonly string[] | undefined
  note?: string | undefined
}

export function foundRow(draft: Draft): Found {
  const { kind, node, measure, expected, value, found, ceiling = null } = draft
  const difference = expected && value && subtractRatios(value, expected)
  const show = kind === 'target-mismatch' ? showStated : showFigure
  return {
    kind,
    class: draft.class,
    node,
    level: draft.level ?? null,
    measure,
    expected: draft.expectedAs ?? (expected && showFigure(measure, expected)),
    found,
    difference: difference && show(measure, difference),
    size: sizeOf(measure, difference, ceiling),
    ceiling: ceiling && formatMinimal(ceiling, 4),
    basis: draft.basis ?? null,
    events: [...sides('for', draft.for), ...sides('against', draft.against)],
    note: draft.note ?? null
  }
}

/** What a row of points is made of that a single event says: whole numbers of inner units, as most are. */
export interface PointsDraft extends Pick<Found, 'kind' | 'node' | 'level'> {
  expected: Points | null
  value: Points
  ceiling: Points
  for: readonly string[]
  against: readonly string[]
}

/** The same row as `foundRow` makes of these figures, a material difference of points, without exact fractions. */
export function pointsRow({ kind, node, level, expected, value, ceiling, ...events }: PointsDraft): Found {
  const difference = expected === null ? null : value - expected
  return {
    kind,
    class: 'material',
    node,
    level,
    measure: 'points',
    expected: expected === null ? null : formatPoints(expected),
    found: formatPoints(value),
    difference: difference === null ? null : formatPoints(difference),
    size: { group: 0, text: pointsSize(Math.abs(difference ?? 0)) },
    ceiling: formatPoints(ceiling),
    basis: null,
    events: [...sides('for', events.for), ...sides('against', events.against)],
    note: null
  }
}

/** `sizeText` of points. */
function pointsSize(points: Points): string {
  const fraction = String(points % UNITS_PER_POINT).padStart(4, '0')
  const whole = String(Math.floor(points / UNITS_PER_POINT))
  return `${whole.padStart(SIZE_WIDTH - SIZE_DIGITS - 1, '0')}.${fraction.padEnd(SIZE_DIGITS, '0')}`
}

const sides = (side: Side['side'], events: readonly string[] = []): Side[] =>
  [...new Set(events)].map((event) => ({ event, side }))

/** Whether two rows say the same, in every member: told after nearly every event, so none is looked for by its name. */
export const isSameFound = (a: Found, b: Found): boolean =>
  a === b ||
  (a.kind === b.kind &&
    a.node === b.node &&
    a.level === b.level &&
    a.measure === b.measure &&
    a.found === b.found &&
    a.expected === b.expected &&
    a.difference === b.difference &&
    a.class === b.class &&
    a.size.text === b.size.text &&
    a.size.group === b.size.group &&
    a.ceiling === b.ceiling &&
    a.note === b.note &&
    isSameBasis(a.basis, b.basis) &&
    a.events.length === b.events.length &&
    a.events.every(({ event, side }, i) => event === b.events[i]?.event && side === b.events[i]?.side))

const isSameBasis = (a: Basis | null, b: Basis | null): boolean =>
  a === b ||
  (a !== null &&
    b !== null &&
    a.of === b.of &&
    a.points === b.points &&
    a.ceiling === b.ceiling &&
    a.partial === b.partial &&
    a.digits === b.digits)

/** Largest difference in points first, then percents without a ceiling, counts, days. */
export function compareFound(a: Found, b: Found): number {
  if (a.size.group !== b.size.group) return a.size.group - b.size.group
  if (a.size.text !== b.size.text) return a.size.text > b.size.text ? -1 : 1
  const [left, right] = [identityOf(a), identityOf(b)]
  return left < right ? -1 : left > right ? 1 : 0
}

/** One row per node, level, kind, measure and printed value. */
export const identityOf = (row: Pick<Found, 'node' | 'level' | 'kind' | 'measure' | 'found'>): string =>
  JSON.stringify([row.node, row.level ?? '', row.kind, row.measure, row.found ?? ''])
