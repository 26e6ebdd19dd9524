import type { Case } from './case.ts'
import { type Evaluation, fileOf } from './evaluation.ts'
import { changedSince } from './node-map.ts'
import { figuresOf, type NodeFigures, nodeFigures } from './rollup.ts'
import { pathUp, TOTAL, type Tree } from './tree.ts'

/*
 * Adding up again after one event only what lies between what has changed and the total. The figures of an evaluation
 * are kept with the files they were made of, and go on to the next files; whoever asks for others gets them anew.
 */

/** The figures of a whole tree. They are changed when the evaluation goes on, so nobody may keep them. */
export interface Figured {
  all: ReadonlyMap<string, NodeFigures>
  /** What these nodes had before; the whole tree where any may have others. */
  were: ReadonlyMap<string, NodeFigures>
  /** All nodes whose figures may be others than before; null where any may. */
  touched: readonly string[] | null
}

interface Kept {
  tree: Tree
  all: Map<string, NodeFigures>
}

const NONE: ReadonlyMap<string, NodeFigures> = new Map()

const kept = new WeakMap<Evaluation['nodes'], Kept>()

/** What a case adds up to, given how it was before the event. The same as `figuresOf` of the whole tree. */
export function figuresAfter(before: Case | null, { tree, evaluation }: Case): Figured {
  const known = before && kept.get(before.evaluation.nodes)
  const changed =
    known && known.tree === tree && before.evaluation.origin === evaluation.origin
      ? changedFiles(before.evaluation, evaluation)
      : null
  if (!known || !changed) {
    const all = figuresOf(tree, evaluation)
    const were = known?.all ?? (before ? figuresOf(before.tree, before.evaluation) : NONE)
    kept.set(evaluation.nodes, { tree, all })
    return { all, were, touched: null }
  }
  kept.delete(before.evaluation.nodes)
  const touched = [...new Set(changed.flatMap((node) => pathUp(tree, node)))]
  const were = new Map<string, NodeFigures>()
  for (const node of fromBelow(tree, changed)) {
    const old = known.all.get(node)
    const figures = nodeFigures(tree, evaluation, node, { known: known.all, were })
    if (old) were.set(node, old)
    known.all.set(node, figures)
  }
  kept.set(evaluation.nodes, known)
  return { all: known.all, were, touched }
}

/** Nodes with other files; null where one was granted or brought back, which moves what is below it too. */
function changedFiles(before: Evaluation, after: Evaluation): string[] | null {
  const changed = changedSince(before.nodes, after.nodes)
  return changed.some((node) => fileOf(before, node).granted !== fileOf(after, node).granted) ? null : changed
}

/** These nodes and all above them, children before their parents. */
function fromBelow(tree: Tree, nodes: readonly string[]): string[] {
  const depths = new Map<string, number>()
  for (const node of nodes) {
    const path = pathUp(tree, node)
    path.forEach((at, i) => {
      depths.set(at, path.length - i)
    })
  }
  depths.delete(TOTAL)
  const ordered = [...depths].sort(([, a], [, b]) => b - a).map(([node]) => node)
  return nodes.length === 0 ? [] : [...ordered, TOTAL]
}
