import type { Level } from '../events/forms.ts'
import {
  compareRatios,
  formatPoints,
  formatRatio,
  parseDecimal,
  type Ratio,
  ratio,
  subtractRatios
} from '../points.ts'
import {
  type Computed,
  compare,
  exactly,
  type Printed,
  printedPoints,
  recordedPoints,
  standsFor,
  sumOf,
  times
} from './agreement.ts'
import { judge } from './discrepancy-checks.ts'
import { firstPoints, printedValue } from './discrepancy-prints.ts'
import { rollUpComparison } from './discrepancy-rollup.ts'
import type { Basis, Found } from './discrepancy-row.ts'
import { entriesBelow, inPoints, type Scope } from './discrepancy-scope.ts'
import { publishedSum } from './discrepancy-sums.ts'
import type { Entry } from './evaluation.ts'

/*
 * The figures that meet in a row, each of which may be the one that is misprinted.
 */

/** What is held against what. */
export interface Comparison {
  printed: Printed
  computed: Computed
}

/** One figure of a comparison, and the comparison with another text in its place. */
export interface Suspect {
  figure: 'found' | 'points' | 'ceiling' | 'part'
  node: string
  text: string
  instead: (text: string) => Comparison
}

/** The comparison behind a row as the case stands now; null when it has none, or no longer fails. */
export function comparisonOf(scope: Scope, found: Found): Comparison | null {
  if (found.kind !== 'rollup-mismatch') return comparisonOfPrint(scope, found)
  return found.level && rollUpComparison(scope, found.node, found.level)
}

function comparisonOfPrint(
  scope: Scope,
  { node, level, measure, found, basis, expected }: Found
): Comparison | null {
  if (measure === 'days' || found === null) return null
  const figures = (scope.published.get(node) ?? []).filter((figure) => (figure.level ?? null) === level)
  if (basis?.of === 'other-place') {
    const [here, other] = [found, expected].map((text) => {
      const place = figures.find((figure) => figure[measure] === text)
      return place && text !== null ? printedValue(place, measure, text) : null
    })
    return here && other ? { printed: here, computed: standsFor(other) } : null
  }
  for (const figure of figures) {
    if (figure[measure] !== found) continue
    const judgement = judge(scope, { node, level, figure }, measure, found)
    const computed = judgement.agrees ? null : judgement.check.computed
    if (computed) return { printed: printedValue(figure, measure, found), computed }
  }
  return null
}

/** The figures of a row that may be misprinted, nearest first: the one found, what it rests on, parts of a sum. */
export function suspectsOf(
  scope: Scope,
  found: Found,
  comparison: Comparison
): readonly (readonly Suspect[])[] {
  return [[itself(found, comparison)], beside(found, comparison), parts(scope, found, comparison)]
}

function itself({ node, found }: Found, { printed, computed }: Comparison): Suspect {
  const instead = (text: string): Comparison => {
    const { top, bottom } = parseDecimal(text)
    return { printed: { value: { top, bottom }, digits: printed.digits }, computed }
  }
  return { figure: 'found', node, text: found ?? '', instead }
}

/** The points and the ceiling that a percent rests on. */
function beside({ node, measure, basis }: Found, { printed }: Comparison): Suspect[] {
  if (measure !== 'percent' || !basis || basis.partial) return []
  const { points, ceiling } = basis
  if (points === null || ceiling === null) return []
  const of = (points: string, ceiling: string): Comparison => ({
    printed,
    computed: percentOfBasis({ ...basis, points }, parseDecimal(ceiling))
  })
  return [
    { figure: 'points', node, text: points, instead: (text) => of(text, ceiling) },
    { figure: 'ceiling', node, text: ceiling, instead: (text) => of(points, text) }
  ]
}

/** What the points of a row are as a percent of a ceiling: printed points stand for an interval, recorded ones do not. */
export function percentOfBasis({ of, points, digits }: Basis, { top, bottom }: Ratio): Computed {
  const value = printedPoints(points ?? '0', digits ?? undefined)
  const held = of === 'own-figures' ? standsFor(value) : exactly(value.value)
  return top > 0n ? times(held, ratio(100n * bottom, top)) : exactly(ratio(0n, 1n))
}

/** The figures that a sum was made of, as far as nothing but adding was done to them. */
function parts(scope: Scope, { node, level, basis, measure }: Found, comparison: Comparison): Suspect[] {
  if (measure !== 'points') return []
  const texts =
    basis?.of === 'roll-up'
      ? entriesBelow(scope, node, level).map(({ code, entry }) => ({ code, text: recordedText(entry) }))
      : basis?.of === 'published-parts'
        ? publishedTexts(scope, node, level)
        : []
  const { printed, computed } = comparison
  const sum = sumOf(texts.map(({ text }) => exactly(parseDecimal(text))))
  if (compareRatios(sum.low, computed.low) !== 0 || compareRatios(sum.low, computed.high) !== 0) return []
  return texts.map(({ code, text }) => ({
    figure: 'part',
    node: code,
    text,
    instead: (other) => {
      const change = subtractRatios(parseDecimal(other), parseDecimal(text))
      return { printed, computed: sumOf([computed, exactly(change)]) }
    }
  }))
}

/** A recorded score with the digits its document prints. */
function recordedText({ points, source }: Entry): string {
  const { digits } = recordedPoints(points, source?.digits)
  return digits === null ? formatPoints(points) : formatRatio(inPoints(points), digits)
}

const publishedTexts = (scope: Scope, node: string, level: Level | null) =>
  (publishedSum(scope, node, level)?.parts ?? []).flatMap((code) => {
    const printed = firstPoints(scope, code, level)
    return printed ? [{ code, text: printed.text }] : []
  })

/** Do they agree, or differ by rounding only? */
export function fits({ printed, computed }: Comparison): boolean {
  const verdict = compare(printed, computed)
  return verdict.agrees || verdict.class === 'rounding'
}
