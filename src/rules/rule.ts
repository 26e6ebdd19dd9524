import { Refusal } from '../errors.ts'
import type { FrameworkNode, Measurement } from '../events/forms.ts'
import {
  compareRatios,
  divideRounded,
  type Points,
  parseDecimal,
  parsePoints,
  type Ratio,
  ratio,
  subtractRatios
} from '../points.ts'

/** What a unit was assigned for a node, instead of what the framework says. */
export interface Assigned {
  target: string
  baseline?: string | undefined
}

/** The target a measurement is held against: the assigned one, else the node's, else the rule's. */
export function targetInForce(node: FrameworkNode, assigned: Assigned | null): string | undefined {
  if (assigned) return assigned.target
  if (node.target !== undefined) return node.target
  return node.rule && 'target' in node.rule ? node.rule.target : undefined
}

/** What was achieved: numerator / denominator × factor (100 unless given), or the numerator alone. */
export function achieved(measurement: Measurement, factor = '100'): Ratio {
  const numerator = parseDecimal(measurement.numerator)
  if (measurement.denominator === undefined) return numerator
  return multiply(divide(numerator, parseDecimal(measurement.denominator)), parseDecimal(factor))
}

/**
 * The points a measurement earns under a node's rule, clamped to 0 … ceiling and then rounded half away from zero to
 * four digits. An assigned target or baseline overrides the rule's and the measured one.
 * Refuses `measurement-on-direct` where points are entered, and `baseline-missing` where growth has no base.
 */
export function pointsFor(node: FrameworkNode, measurement: Measurement, assigned: Assigned | null): Points {
  const rule = node.rule ?? { kind: 'direct' }
  const ceiling = parsePoints(node.ceiling)
  if (rule.kind === 'direct') throw new Refusal('measurement-on-direct', { params: { node: node.code } })
  if (rule.kind === 'bands') return Math.min(bandPoints(rule.bands, achieved(measurement)), ceiling)
  const target = parseDecimal(assigned?.target ?? rule.target)
  if (rule.kind === 'growth') {
    const base = assigned?.baseline ?? measurement.baseline
    if (base === undefined) throw new Refusal('baseline-missing', { params: { node: node.code } })
    const baseline = parseDecimal(base)
    const growth = divide(subtractRatios(achieved(measurement), baseline), baseline)
    return share(divide(multiply(growth, ratio(100n, 1n)), target), ceiling)
  }
  const value = achieved(measurement, rule.factor)
  if (rule.direction !== 'lower') return share(divide(value, target), ceiling)
  return value.top <= 0n ? ceiling : share(divide(target, value), ceiling)
}

/** The points of the highest band reached; `from` is inclusive, below all bands 0. */
function bandPoints(bands: readonly { from: string; points: string }[], value: Ratio): Points {
  const reached = bands
    .filter(({ from }) => compareRatios(parseDecimal(from), value) <= 0)
    .sort((a, b) => compareRatios(parseDecimal(b.from), parseDecimal(a.from)))[0]
  return reached ? parsePoints(reached.points) : 0
}

/** min(1, max(0, part)) × ceiling. */
function share(part: Ratio, ceiling: Points): Points {
  if (part.top <= 0n) return 0
  if (part.top >= part.bottom) return ceiling
  return Number(divideRounded(part.top * BigInt(ceiling), part.bottom))
}

const multiply = (a: Ratio, b: Ratio): Ratio => ratio(a.top * b.top, a.bottom * b.bottom)
const divide = (a: Ratio, b: Ratio): Ratio => ratio(a.top * b.bottom, a.bottom * b.top)
