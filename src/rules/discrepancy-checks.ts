import type { Level } from '../events/forms.ts'
import { compareRatios, formatMinimal, formatPoints, parseDecimal, type Ratio, ratio } from '../points.ts'
import { between, type Computed, compare, exactly, printedPoints, standsFor, times } from './agreement.ts'
import { type PrintedMeasure, printedValue } from './discrepancy-prints.ts'
import type { Basis } from './discrepancy-row.ts'
import { atLevel, entriesBehind, eventsOf, inPoints, type Scope, treeEvents } from './discrepancy-scope.ts'
import { publishedSum } from './discrepancy-sums.ts'
import type { PublishedFigure } from './evaluation.ts'
import { subtree } from './tree.ts'

/** Something that a printed number can be held against. */
export interface Check {
  /** Null where the node does not apply, so that nothing but zero can be right. */
  computed: Computed | null
  basis: Basis
  /** The events behind it; asked for only when it fails. */
  against: () => readonly string[]
  /** What a percent is of. */
  ceiling: Ratio | null
}

export type Judgement =
  | { agrees: true; confirmed: boolean }
  | { agrees: false; class: 'rounding' | 'material'; expected: Ratio | null; check: Check }

/** Where a figure is printed: the node, the level it names, and the place itself. */
export interface Place {
  node: string
  level: Level | null
  figure: PublishedFigure
}

/** Holds one number of one place against everything it can be held against; the first that it fails decides. */
export function judge(scope: Scope, place: Place, measure: PrintedMeasure, text: string): Judgement {
  const printed = printedValue(place.figure, measure, text)
  let confirmed = false
  for (const check of checks[measure](scope, place)) {
    if (!check.computed) {
      if (printed.value.top !== 0n) return { agrees: false, class: 'material', expected: null, check }
      confirmed = true
      continue
    }
    const verdict = compare(printed, check.computed)
    if (!verdict.agrees) return { ...verdict, check }
    confirmed ||= verdict.confirmed
  }
  return { agrees: true, confirmed }
}

const checks: Record<PrintedMeasure, (scope: Scope, place: Place) => Check[]> = {
  points: (scope, place) => [...ledgerPoints(scope, place), ...publishedParts(scope, place)],
  percent: (scope, place) => {
    const own = ownFigures(scope, place)
    return own ? [own] : recordedPercent(scope, place)
  },
  ceiling: (scope, { node }) => {
    const { tree } = scope.subject
    const ceiling = tree.nodes.get(node)?.ceiling
    return ceiling === undefined ? [] : [framework(scope, inPoints(ceiling))]
  },
  count: (scope, { node }) => {
    const { tree } = scope.subject
    const below = subtree(tree, node).slice(1)
    const indicators = below.filter((code) => tree.nodes.get(code)?.definition?.kind === 'indicator')
    // A remainder stands for nodes that are not known one by one, so they cannot be counted.
    const countable = indicators.length > 0 && !below.some((code) => code.endsWith('.rest'))
    return countable ? [framework(scope, ratio(BigInt(indicators.length), 1n))] : []
  }
}

const basisOf = (of: Basis['of'], more: Partial<Basis> = {}): Basis => ({
  of,
  points: null,
  ceiling: null,
  partial: false,
  digits: null,
  ...more
})

const framework = (scope: Scope, value: Ratio): Check => ({
  computed: exactly(value),
  basis: basisOf('framework'),
  against: () => treeEvents(scope),
  ceiling: null
})

/** What the ledger holds for a node at a level, in points; a sum that lacks parts is an interval. */
function held(scope: Scope, { node, level, figure }: Place): Check | null {
  const figures = scope.figures(node)
  if (!figures) return null
  const { points, missing, partial, own, rollUp } = atLevel(figures, level)
  const basis = basisOf(own ? 'recorded' : 'roll-up', {
    points: formatPoints(points ?? 0),
    ceiling: formatPoints(figures.applicableCeiling),
    partial,
    digits: figure.source.digits ?? null
  })
  const against = () => eventsOf(entriesBehind(scope, node, level))
  const ceiling = inPoints(figures.applicableCeiling)
  if (!figures.applicable) return { computed: null, basis, against, ceiling: null }
  if (points === null && !rollUp) return null
  const computed = between(inPoints(points ?? 0), inPoints((points ?? 0) + (partial ? missing : 0)))
  return { computed, basis, against, ceiling }
}

function ledgerPoints(scope: Scope, place: Place): Check[] {
  const check = held(scope, place)
  return check ? [check] : []
}

/** A published parent against the figures published below it. */
function publishedParts(scope: Scope, { node, level, figure }: Place): Check[] {
  const sum = publishedSum(scope, node, level)
  if (!sum) return []
  const partial = compareRatios(sum.computed.low, sum.computed.high) !== 0
  const basis = basisOf('published-parts', { partial, digits: figure.source.digits ?? null })
  const ceiling = inPoints(scope.figures(node)?.applicableCeiling ?? 0)
  return [{ computed: sum.computed, basis, against: () => sum.events, ceiling }]
}

/** A percent against the points and the ceiling printed beside it; a ceiling that is not printed is the ledger's. */
function ownFigures(scope: Scope, { node, figure }: Place): Check | null {
  if (figure.points === undefined) return null
  const printed = figure.ceiling === undefined ? null : parseDecimal(figure.ceiling)
  const ceiling =
    printed && printed.top > 0n ? printed : inPoints(scope.figures(node)?.applicableCeiling ?? 0)
  if (ceiling.top <= 0n) return null
  const points = standsFor(printedPoints(figure.points, figure.source.digits))
  return {
    computed: times(points, ratio(100n * ceiling.bottom, ceiling.top)),
    basis: basisOf('own-figures', {
      points: figure.points,
      ceiling: formatMinimal(ceiling, 4),
      digits: figure.source.digits ?? null
    }),
    against: () => [figure.event],
    ceiling
  }
}

/** A percent without points of its own against the points and the ceiling recorded for the same node and level. */
function recordedPercent(scope: Scope, place: Place): Check[] {
  const check = held(scope, place)
  if (!check) return []
  const { computed, ceiling } = check
  if (!computed) return [check]
  if (!ceiling || ceiling.top === 0n) return []
  return [{ ...check, computed: times(computed, ratio(100n * ceiling.bottom, ceiling.top)) }]
}
