import { type FieldError, Refusal } from '../src/errors.ts'
import type { FrameworkNode, Measurement } from '../src/events/forms.ts'
import type { Points } from '../src/points.ts'
import { fileOf } from '../src/rules/evaluation.ts'
import { type Assigned, pointsFor } from '../src/rules/rule.ts'
import { isMeasured } from './scoring.ts'
import type { Open } from './situation.ts'

/** Why an entry does not hold any more, in English and in Persian. */
type Fault = readonly [en: string, fa: string]

const ABOVE: Fault = ['the points are above the ceiling', 'امتیاز بیش از سقف است']
const OTHER_RULE: Fault = ['the rule is another one', 'قاعده دیگری برقرار است']
const OTHER_POINTS: Fault = ['the rule gives other points now', 'قاعده اکنون امتیاز دیگری می‌دهد']

/** Every entry must still be what the tree and the targets in force would make of it. */
export function requireUpToDate(open: Open, nodes: readonly string[]): void {
  const outdated = nodes.flatMap((node) => {
    const fault = faultOf(open, node)
    return fault ? [{ node, fault }] : []
  })
  if (outdated.length === 0) return
  const errors = outdated.map(({ node, fault: [en, fa] }): FieldError => {
    return { pointer: '', detail: `${node}: ${en}`, fa: `${node}: ${fa}` }
  })
  throw new Refusal('entries-outdated', {
    params: { nodes: outdated.map(({ node }) => node).join(', ') },
    errors
  })
}

/**
 * Does what the unit entered for a node not hold under the tree in force? Until the first submission that tree can
 * change, and what is entered under a claim or a grant of not applicable is not checked then.
 */
export const isOutdated = (open: Open, node: string): boolean => faultOf(open, node) !== null

function faultOf({ tree, evaluation }: Open, code: string): Fault | null {
  const node = tree.nodes.get(code)
  const { self, assigned } = fileOf(evaluation, code)
  if (!self || !node?.definition) return null
  if (self.points > node.ceiling) return ABOVE
  if (isMeasured(node) !== (self.measurement !== null)) return OTHER_RULE
  if (!self.measurement) return null
  return derived(node.definition, self.measurement, assigned) === self.points ? null : OTHER_POINTS
}

/** Null where the rule in force needs a baseline that was never stated. */
function derived(node: FrameworkNode, measurement: Measurement, assigned: Assigned | null): Points | null {
  try {
    return pointsFor(node, measurement, assigned)
  } catch (error) {
    if (error instanceof Refusal) return null
    throw error
  }
}
