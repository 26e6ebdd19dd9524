import { type Points, scalePoints } from '../points.ts'
import {
  appliesAt,
  ceilingAt,
  childBefore,
  lastChild,
  missingAt,
  numberAt,
  partialAt,
  type Sums
} from './sums.ts'
import type { TreeNode } from './tree.ts'

/*
 * What the children of a node add up to. It is asked for on the whole way up after nearly every event, so that these
 * answer with numbers and make no objects.
 */

/** What the children that apply have as ceilings; null where there are children and none applies. */
export function ceilingsBelow(sums: Sums, place: number): Points | null {
  const { layout } = sums
  let below: Points | null = null
  let child = lastChild(layout, place)
  if (child < 0) return 0
  for (; child >= 0; child = childBefore(layout, child, place)) {
    if (appliesAt(sums, child)) below = (below ?? 0) + ceilingAt(sums, child)
  }
  return below
}

/** What the children have, brought to the parent's ceiling; what is not a number where none has points. */
export function pointsBelow(sums: Sums, node: TreeNode, place: number, level: number): number {
  const { layout } = sums
  let sum = Number.NaN
  for (let child = lastChild(layout, place); child >= 0; child = childBefore(layout, child, place)) {
    const below = appliesAt(sums, child) ? numberAt(sums, child, level) : Number.NaN
    if (!Number.isNaN(below)) sum = Number.isNaN(sum) ? below : sum + below
  }
  return Number.isNaN(sum) ? sum : brought(sums, node, place, sum)
}

export function missingBelow(sums: Sums, node: TreeNode, place: number, level: number): Points {
  const { layout } = sums
  let missing = 0
  for (let child = lastChild(layout, place); child >= 0; child = childBefore(layout, child, place)) {
    if (appliesAt(sums, child)) missing += missingAt(sums, child, level)
  }
  return brought(sums, node, place, missing)
}

/** Whether any child that applies has no points, or not all of them. */
export function isPartialBelow(sums: Sums, place: number, level: number): boolean {
  const { layout } = sums
  for (let child = lastChild(layout, place); child >= 0; child = childBefore(layout, child, place)) {
    if (!appliesAt(sums, child)) continue
    if (Number.isNaN(numberAt(sums, child, level)) || partialAt(sums, child, level)) return true
  }
  return false
}

/** A sum brought to the parent's ceiling where it is spread or scaled, rounded there. */
function brought(sums: Sums, node: TreeNode, place: number, sum: Points): Points {
  const over =
    node.setting === 'spread' ? ceilingsBelow(sums, place) : isScaled(node) ? node.childrenCeiling : null
  return over === null ? sum : scale(sum, node.ceiling, over)
}

export const isScaled = (node: TreeNode): boolean => node.definition?.scaled === true

/** Children whose ceilings are all zero earn nothing to scale; nor is there anything to scale of nothing. */
export const scale = (points: Points, by: Points, over: Points): Points =>
  over === 0 || points === 0 ? 0 : scalePoints(points, by, over)
