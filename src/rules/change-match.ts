import { subtree, TOTAL, type Tree, type TreeNode } from './tree.ts'

export type Relation = 'same' | 'split' | 'merged' | 'new'

/** What a node of the later year comes from, as the lineage tells it. */
export interface Ancestry {
  relation: Relation
  /** Nodes of the earlier year; none for a new one. */
  nodes: readonly string[]
  comparable: boolean
}

/** Which nodes of two years are the same, and which are continued in some other way. */
export interface Match {
  later: ReadonlyMap<string, string>
  earlier: ReadonlyMap<string, string>
  /** Nodes of the earlier year that were split or merged, and what came of them. */
  tangled: { earlier: ReadonlySet<string>; later: ReadonlySet<string> }
}

/**
 * The match of two trees from what each node of the later one comes from. `total` always continues itself. A node
 * that two others claim to continue is no pair: it counts as split.
 */
export function matchOf(earlier: Tree, later: Tree, ancestry: ReadonlyMap<string, Ancestry>): Match {
  const heirs = new Map<string, string[]>()
  const tangled = { earlier: new Set<string>(), later: new Set<string>() }
  for (const [code, { relation, nodes }] of ancestry) {
    const known = nodes.filter((node) => earlier.nodes.has(node))
    if (!later.nodes.has(code) || known.length === 0) continue
    if (relation !== 'same') tangled.later.add(code)
    for (const node of known) {
      if (relation !== 'same') tangled.earlier.add(node)
      heirs.set(node, [...(heirs.get(node) ?? []), code])
    }
  }
  const pairs: [string, string][] = [[TOTAL, TOTAL]]
  for (const [node, codes] of heirs) {
    const [only, ...others] = codes
    if (tangled.earlier.has(node) || others.length > 0) {
      tangled.earlier.add(node)
      for (const code of codes) tangled.later.add(code)
    } else if (only !== undefined) pairs.push([node, only])
  }
  return { later: new Map(pairs), earlier: new Map(pairs.map(([a, b]) => [b, a])), tangled }
}

/** Nothing at or below a node goes on in the other year: it came or went with the framework, and only so. */
export function isApart(match: Match, side: 'earlier' | 'later', tree: Tree, code: string): boolean {
  const pairs = side === 'earlier' ? match.later : match.earlier
  return subtree(tree, code).every((node) => !pairs.has(node) && !match.tangled[side].has(node))
}

/** Below a pair nothing differs that points are added up by: the same nodes, ceilings and settings. */
export function sameBelow(match: Match, trees: { earlier: Tree; later: Tree }, earlier: string): boolean {
  const before = trees.earlier.nodes.get(earlier)
  const after = trees.later.nodes.get(match.later.get(earlier) ?? '')
  if (!before || !after || before.children.length !== after.children.length) return false
  if (before.children.length > 0 && !sameSettings(before, after)) return false
  return before.children.every((child) => {
    const heir = match.later.get(child)
    const [was, is] = [trees.earlier.nodes.get(child), trees.later.nodes.get(heir ?? '')]
    return is?.parent === after.code && was?.ceiling === is.ceiling && sameBelow(match, trees, child)
  })
}

const sameSettings = (a: TreeNode, b: TreeNode): boolean =>
  a.setting === b.setting && (a.definition?.scaled === true) === (b.definition?.scaled === true)
