import { Refusal } from '../src/errors.ts'
import { fileOf } from '../src/rules/evaluation.ts'
import { pathUp, subtree } from '../src/rules/tree.ts'
import { deedsOn } from './persons.ts'
import type { Open } from './situation.ts'

/** A panel's decision binds until a reopening has let something move the node. */
export function requireUndecided(open: Open, node: string): void {
  // A second instance that was withdrawn leaves the decision of the first.
  const decided = Object.values(open.evaluation.appeals).findLast(
    (appeal) => appeal.node === node && appeal.decidedRevision !== null
  )
  if (decided && !hasMoved(open, node, decided.decidedRevision ?? 0)) {
    throw new Refusal('decided', { params: { node }, event: decided.newest })
  }
}

/**
 * Moved is a node whose points, or those of anything below it, an expert has given anew, and one that was taken out or
 * brought back, by itself, with what is above it or in a part. A return or the refusal of a claim moves nothing: what
 * was decided still stands after it.
 */
function hasMoved({ tree, evaluation, persons }: Open, node: string, decidedRevision: number): boolean {
  const { appeals, reopenedRevision } = evaluation
  if (reopenedRevision < decidedRevision) return false
  const below = subtree(tree, node)
  const near = [...new Set([...pathUp(tree, node), ...below])]
  const judged = below.some((at) => (fileOf(evaluation, at).expert?.revision ?? -1) > decidedRevision)
  const exempted = near
    .flatMap((at) => deedsOn(persons, at))
    .some(({ deed, revision }) => deed === 'exempted' && revision > decidedRevision)
  // What panels decided beside it before the reopening, they decided with the same facts before them.
  const decidedSince = Object.values(appeals).some(
    (other) =>
      near.includes(other.node) &&
      (other.outcome === 'upheld' || other.outcome === 'partly-upheld') &&
      (other.decidedRevision ?? -1) > reopenedRevision
  )
  return judged || exempted || decidedSince
}
