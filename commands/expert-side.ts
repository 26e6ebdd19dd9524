import { Refusal } from '../src/errors.ts'
import type { Actor } from '../src/events/envelope.ts'
import { fileOf } from '../src/rules/evaluation.ts'
import { pathUp } from '../src/rules/tree.ts'
import { isReturned, type Open, requireApplicable, requireLeaf, requireMayJudge } from './situation.ts'

/** The node must not be with the unit for correction. */
export function requireNotReturned(open: Open, code: string): void {
  if (isReturned(open, code)) {
    throw new Refusal('returned', { params: { node: code }, event: open.evaluation.returned?.event })
  }
}

/** Nor may anything below it, where an act is done to that as well. */
export function requireNoneReturned(open: Open, code: string): void {
  requireNotReturned(open, code)
  const { returned } = open.evaluation
  const below = returned?.nodes.find((node) => pathUp(open.tree, node).includes(code))
  if (below !== undefined) throw new Refusal('returned', { params: { node: below }, event: returned?.event })
}

/** What an expert needs to give points on a leaf: it applies, nothing about it is open, and the expert may judge it. */
export function requireJudgeable(open: Open, actor: Actor, code: string): void {
  requireLeaf(open, code)
  requireMayJudge(open, actor, code)
  requireNotReturned(open, code)
  requireApplicable(open, code)
  const { claim } = fileOf(open.evaluation, code)
  if (claim) throw new Refusal('claim-open', { params: { node: code }, event: claim.event })
}
