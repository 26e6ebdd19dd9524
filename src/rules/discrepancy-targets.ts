import type { Level, Measurement } from '../events/forms.ts'
import { parseDecimal } from '../points.ts'
import { type Found, foundRow } from './discrepancy-row.ts'
import type { Scope } from './discrepancy-scope.ts'
import type { Evaluation, NodeFile } from './evaluation.ts'
import { targetInForce } from './rule.ts'

/** The target that a measurement states against the assigned one, else the node's, else the rule's. */
export function targetMismatches(
  { subject: { tree, evaluation } }: Scope,
  node: string,
  file: NodeFile
): Found[] {
  const definition = tree.nodes.get(node)?.definition
  const inForce = definition ? targetInForce(definition, file.assigned) : undefined
  if (!definition || inForce === undefined) return []
  const expected = parseDecimal(inForce)
  const rows = new Map<string, Stated[]>()
  for (const stated of statedTargets(evaluation, node, file)) {
    const value = parseDecimal(stated.target)
    if (expected.top * value.bottom === value.top * expected.bottom) continue
    const key = `${stated.level} ${stated.target}`
    rows.set(key, [...(rows.get(key) ?? []), stated])
  }
  return [...rows.values()].flatMap((same) => {
    const [first] = same
    if (!first) return []
    return foundRow({
      kind: 'target-mismatch',
      class: 'material',
      node,
      level: first.level,
      measure: isPercent(first.measurement, definition.unitOfMeasure) ? 'percent' : 'count',
      expected,
      expectedAs: inForce,
      value: parseDecimal(first.target),
      found: first.target,
      for: same.map(({ event }) => event),
      against: file.assigned ? [file.assigned.event] : []
    })
  })
}

interface Stated {
  level: Level | null
  target: string
  measurement: Measurement
  event: string
}

/** Measurements of scores, and of appeals and their decisions, which are of no level. */
function statedTargets({ appeals }: Evaluation, node: string, file: NodeFile): Stated[] {
  const state = (
    level: Level | null,
    measurement: Measurement | null | undefined,
    event: string
  ): Stated[] =>
    measurement?.target === undefined ? [] : [{ level, target: measurement.target, measurement, event }]
  const { self, expert, final, decision } = file
  const given = [
    ['self', self],
    ['expert', expert],
    ['final', final],
    [null, decision]
  ] as const
  const claimed = Object.values(appeals).filter(
    (appeal) => appeal.node === node && appeal.status !== 'withdrawn'
  )
  return [
    ...given.flatMap(([level, entry]) => (entry ? state(level, entry.measurement, entry.event) : [])),
    ...claimed.flatMap(({ claim, filed }) =>
      state(null, 'measurement' in claim ? claim.measurement : null, filed)
    )
  ]
}

/** A share of something, or said to be one, is a percent; a numerator alone counts things. */
const isPercent = ({ denominator }: Measurement, unit: string | undefined): boolean =>
  denominator !== undefined || (unit !== undefined && /درصد|percent|[%٪]/iu.test(unit))
