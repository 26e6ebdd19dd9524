import type { Case } from './case.ts'
import { printsByNode } from './discrepancy-scope.ts'
import { pathUp, subtree, TOTAL, type Tree, type TreeNode } from './tree.ts'

/*
 * An amendment moves every evaluation that is not submitted, and most of them nowhere: all that may show is what the
 * amended nodes have to do with, what names the event that made the tree, and what is printed.
 */

const amended = new WeakMap<Tree, { from: Tree; nodes: readonly string[] }>()

/** The nodes whose discrepancies may be others by another tree. */
export function amendedNodes(before: Case, { tree, evaluation, framework }: Case): readonly string[] {
  const known = amended.get(tree)
  const nodes = known?.from === before.tree ? known.nodes : nodesBetween(before.tree, tree)
  if (nodes !== known?.nodes) amended.set(tree, { from: before.tree, nodes })
  if (evaluation.figures.length === 0 && framework.issuedOn === undefined) return nodes
  return [...new Set([...nodes, TOTAL, ...printsByNode(evaluation.figures).keys()])]
}

function nodesBetween(before: Tree, after: Tree): readonly string[] {
  const found = new Set<string>()
  const add = (codes: readonly string[]): void => {
    for (const code of codes) found.add(code)
  }
  for (const code of new Set([...before.order, ...after.order])) {
    const [old, now] = [before.nodes.get(code), after.nodes.get(code)]
    if (now?.definition?.issuedOn !== undefined) found.add(code)
    if (old && now && isSameNode(old, now)) continue
    // Sums above it are others; what is below it is granted and shown from elsewhere where it stands elsewhere.
    for (const tree of [before, after]) {
      add(pathUp(tree, code))
      if (old?.parent !== now?.parent) add(subtree(tree, code))
    }
  }
  return [...found]
}

const isSameNode = (a: TreeNode, b: TreeNode): boolean =>
  a.definition === b.definition &&
  a.parent === b.parent &&
  a.ceiling === b.ceiling &&
  a.childrenCeiling === b.childrenCeiling &&
  a.setting === b.setting &&
  a.children.length === b.children.length &&
  a.children.every((child, i) => child === b.children[i])
