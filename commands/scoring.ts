import { Refusal } from '../src/errors.ts'
import { Measurement, type Measurement as MeasurementData, Points } from '../src/events/forms.ts'
import { formatPoints, type Points as PointUnits, parsePoints } from '../src/points.ts'
import { fileOf } from '../src/rules/evaluation.ts'
import { pointsFor, targetInForce } from '../src/rules/rule.ts'
import type { TreeNode } from '../src/rules/tree.ts'
import { defined } from './define.ts'
import type { Open } from './situation.ts'

/** Points, or a measurement that a rule turns into points; one of the two. */
export const pointsOrMeasurement = { points: Points.optional(), measurement: Measurement.optional() }

export const exactlyOne = (body: { points?: unknown; measurement?: unknown }): boolean =>
  (body.points === undefined) !== (body.measurement === undefined)

export const EXACTLY_ONE = 'give either points or a measurement, not both and not neither'

export interface Given {
  points?: string | undefined
  measurement?: MeasurementData | undefined
}

/** The points that are given or that the node's rule derives, at most the ceiling. */
export function scoreOf(
  open: Open,
  node: TreeNode,
  given: Given
): { points: PointUnits; measurement?: MeasurementData } {
  const definition = node.definition
  if (given.measurement !== undefined && definition) {
    const assigned = fileOf(open.evaluation, node.code).assigned
    const points = pointsFor(definition, given.measurement, assigned)
    return { points, measurement: withTarget(open, node, given.measurement) }
  }
  const points = parsePoints(given.points ?? '0')
  requireWithinCeiling(node, points)
  return { points }
}

export function requireWithinCeiling(node: TreeNode, points: PointUnits): void {
  if (points <= node.ceiling) return
  const params = { node: node.code, ceiling: formatPoints(node.ceiling), points: formatPoints(points) }
  throw new Refusal('above-ceiling', { params })
}

/** A target that is stated is kept as stated; where none is, the one in force is written, if any. */
export function withTarget(open: Open, node: TreeNode, measurement: MeasurementData): MeasurementData {
  if (measurement.target !== undefined || !node.definition) return measurement
  const target = targetInForce(node.definition, fileOf(open.evaluation, node.code).assigned)
  return defined({ ...measurement, target })
}

/** Does the node's rule derive points from a measurement? */
export const isMeasured = (node: TreeNode): boolean => (node.definition?.rule?.kind ?? 'direct') !== 'direct'
