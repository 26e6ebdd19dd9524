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
): readonly Found[] {
  const given = statedTargets(evaluation, node, file)
  if (given.length === 0) return NONE
  const definition = tree.nodes.get(node)?.definition
  const inForce = definition ? targetInForce(definition, file.assigned) : undefined
  if (!definition || inForce === undefined) return NONE
  // Nearly all state it in the same words.
  if (given.every(({ target }) => target === inForce)) return NONE
  const expected = parseDecimal(inForce)
  const rows = new Map<string, Stated[]>()
  for (const stated of given) {
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

const NONE: readonly Found[] = []
const NOTHING: readonly Stated[] = []

/** Measurements of scores, and of appeals and their decisions, which are of no level. Most state no target. */
function statedTargets({ appeals }: Evaluation, node: string, file: NodeFile): readonly Stated[] {
  let found: Stated[] | null = null
  const state = (level: Level | null, measurement: Measurement | null | undefined, event: string): void => {
    if (measurement?.target === undefined) return
    found ??= []
    found.push({ level, target: measurement.target, measurement, event })
  }
  const { self, expert, final, decision } = file
  if (self) state('self', self.measurement, self.event)
  if (expert) state('expert', expert.measurement, expert.event)
  if (final) state('final', final.measurement, final.event)
  if (decision) state(null, decision.measurement, decision.event)
  for (const id in appeals) {
    const appeal = appeals[id]
    if (appeal?.node !== node || appeal.status === 'withdrawn') continue
    state(null, 'measurement' in appeal.claim ? appeal.claim.measurement : null, appeal.filed)
  }
  return found ?? NOTHING
}

/** A share of something, or said to be one, is a percent; a numerator alone counts things. */
const isPercent = ({ denominator }: Measurement, unit: string | undefined): boolean =>
  denominator !== undefined || (unit !== undefined && /درصد|percent|[%٪]/iu.test(unit))
