import { Refusal } from '../src/errors.ts'
import type { Actor } from '../src/events/envelope.ts'
import type { TreeNode } from '../src/rules/tree.ts'
import {
  isReturned,
  type Open,
  requireApplicable,
  requireLeaf,
  requireOwnUnit,
  requireStage
} from './situation.ts'

/**
 * What the unit needs to write on a leaf: its own evaluation, in self-assessment or on a node returned for
 * correction, and a node that applies.
 */
export function requireWritable(open: Open, actor: Actor, code: string): TreeNode {
  requireOwnUnit(open, actor)
  const node = requireLeaf(open, code)
  const correcting = open.evaluation.stage === 'review' && open.evaluation.returned !== null
  requireStage(open, 'self-assessment', ...(correcting ? (['review'] as const) : []))
  if (correcting && !isReturned(open, code)) {
    throw new Refusal('not-returned', { params: { node: code }, event: open.evaluation.returned?.event })
  }
  requireApplicable(open, code)
  return node
}
