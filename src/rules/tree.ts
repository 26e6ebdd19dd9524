import type { FieldError } from '../errors.ts'
import type { FrameworkNode } from '../events/forms.ts'
import { formatMinimal, formatPoints, POINTS_MAX, type Points, parseDecimal, parsePoints } from '../points.ts'

/** The virtual node above the roots. */
export const TOTAL = 'total'

/** As many nodes as one event may name. */
export const NODES_MAX = 5_000

/** Frameworks have five kinds of nodes; every walk of a tree may count on an end. */
export const LEVELS_MAX = 64

export interface TreeNode {
  code: string
  /** `total` for a root. */
  parent: string
  children: readonly string[]
  ceiling: Points
  /** Sum of the children's ceilings; the ceiling itself for a leaf. */
  childrenCeiling: Points
  /** What becomes of a child's ceiling when the child does not apply; inherited from above. */
  setting: 'remove' | 'spread'
  /** Null for `total`. */
  definition: FrameworkNode | null
}

/** A framework's nodes as one tree under `total`, in the framework's own order, parents before children. */
export interface Tree {
  nodes: ReadonlyMap<string, TreeNode>
  order: readonly string[]
}

type Setting = 'remove' | 'spread'

/** Builds the tree of nodes that `treeErrors` has found to be sound. */
export function buildTree(definitions: readonly FrameworkNode[], setting: Setting): Tree {
  const children = childrenByParent(definitions)
  const byCode = new Map(definitions.map((node) => [node.code, node]))
  const nodes = new Map<string, TreeNode>()
  const visit = (code: string, inherited: Setting): void => {
    const definition = byCode.get(code) ?? null
    const below = children.get(code) ?? []
    const own = definition?.notApplicable ?? inherited
    const childrenCeiling = below.reduce((sum, child) => sum + ceilingOf(byCode.get(child)), 0)
    const ceiling = definition ? ceilingOf(definition) : childrenCeiling
    nodes.set(code, {
      code,
      parent: definition?.parent ?? TOTAL,
      children: below,
      ceiling,
      childrenCeiling: below.length > 0 ? childrenCeiling : ceiling,
      setting: own,
      definition
    })
    for (const child of below) visit(child, own)
  }
  visit(TOTAL, setting)
  return { nodes, order: [...nodes.keys()] }
}

const ceilingOf = (node: FrameworkNode | undefined): Points => (node ? parsePoints(node.ceiling) : 0)

function childrenByParent(definitions: readonly FrameworkNode[]): Map<string, string[]> {
  const children = new Map<string, string[]>()
  for (const { code, parent } of definitions) {
    const key = parent ?? TOTAL
    const siblings = children.get(key)
    if (siblings) siblings.push(code)
    else children.set(key, [code])
  }
  return children
}

/**
 * Everything that keeps nodes from being a framework, each with the pointer of the node in the list and its path in
 * the sentence: codes used twice, unknown parents, rings, trees too deep, ceilings that do not add up, bands out of order.
 */
export function treeErrors(definitions: readonly FrameworkNode[], pointer = '/nodes'): FieldError[] {
  const byCode = new Map(definitions.map((node) => [node.code, node]))
  const children = childrenByParent(definitions)
  const errors: FieldError[] = []
  if (definitions.length > NODES_MAX) {
    const count = definitions.length
    errors.push({
      pointer,
      detail: `${count} nodes; at most ${NODES_MAX}`,
      fa: `${count} گره؛ حداکثر ${NODES_MAX}`
    })
  }
  const roots = children.get(TOTAL) ?? []
  if (roots.reduce((total, code) => total + ceilingOf(byCode.get(code)), 0) > POINTS_MAX) {
    errors.push({ pointer, ...saidOf(TOTAL, TOO_MUCH) })
  }
  definitions.forEach((node, index) => {
    for (const fault of nodeFaults(node, byCode, children)) {
      errors.push({ pointer: `${pointer}/${index}`, ...saidOf(pathOf(node, byCode), fault) })
    }
  })
  return errors
}

/** What is wrong, in English and in Persian. */
type Fault = readonly [en: string, fa: string]

const saidOf = (path: string, [en, fa]: Fault) => ({ detail: `${path}: ${en}`, fa: `${path}: ${fa}` })

const TOO_MUCH: Fault = [
  'the ceilings below add up to more than points can be',
  'جمع سقف‌های زیر آن بیش از بیشترین امتیاز ممکن است'
]

const TOO_DEEP: Fault = [
  `the tree has more than ${LEVELS_MAX} levels here`,
  `درخت در اینجا بیش از ${LEVELS_MAX} سطح دارد`
]

function nodeFaults(
  node: FrameworkNode,
  byCode: ReadonlyMap<string, FrameworkNode>,
  children: ReadonlyMap<string, readonly string[]>
): Fault[] {
  const faults: Fault[] = []
  if (byCode.get(node.code) !== node) faults.push(['the code is used twice', 'این کد دو بار آمده است'])
  if (node.parent !== null && !byCode.has(node.parent)) {
    faults.push([`the parent ${node.parent} is not there`, `والد ${node.parent} در فهرست نیست`])
  }
  if (inRing(node, byCode)) faults.push(['the node is its own ancestor', 'گره نیای خودش است'])
  // What is below it is too deep as well, and need not be named.
  if (levelOf(node, byCode) === LEVELS_MAX + 1) faults.push(TOO_DEEP)
  const below = children.get(node.code) ?? []
  const sum = below.reduce((total, child) => total + ceilingOf(byCode.get(child)), 0)
  if (below.length > 0 && node.scaled !== true && sum !== ceilingOf(node)) {
    const added = formatPoints(sum)
    faults.push([
      `the children's ceilings add up to ${added}, not to ${node.ceiling}`,
      `جمع سقف فرزندان ${added} است، نه ${node.ceiling}`
    ])
  }
  if (below.length > 0 && node.rule && node.rule.kind !== 'direct') {
    faults.push(['only a leaf can have a rule', 'تنها برگ می‌تواند قاعده داشته باشد'])
  }
  if (sum > POINTS_MAX) faults.push(TOO_MUCH)
  if (node.rule?.kind === 'bands') {
    const froms = node.rule.bands.map(({ from }) => formatMinimal(parseDecimal(from), 6))
    if (new Set(froms).size < froms.length) {
      faults.push(['two bands begin at the same value', 'دو بازه از یک مقدار آغاز می‌شوند'])
    }
  }
  return faults
}

/** A walk up that meets the node again; bounded by the number of nodes. */
function inRing(node: FrameworkNode, byCode: ReadonlyMap<string, FrameworkNode>): boolean {
  let above = node.parent
  for (let steps = 0; above !== null && steps <= byCode.size; steps++) {
    if (above === node.code) return true
    above = byCode.get(above)?.parent ?? null
  }
  return false
}

/** A root is at level 1. A walk that finds no end is ended beyond the deepest level that is looked for. */
function levelOf(node: FrameworkNode, byCode: ReadonlyMap<string, FrameworkNode>): number {
  let level = 1
  let above = node.parent
  for (; above !== null && level <= LEVELS_MAX + 1; level++) above = byCode.get(above)?.parent ?? null
  return level
}

function pathOf(node: FrameworkNode, byCode: ReadonlyMap<string, FrameworkNode>): string {
  const path = [node.code]
  let above = node.parent
  for (let steps = 0; above !== null && steps <= byCode.size && !path.includes(above); steps++) {
    path.unshift(above)
    above = byCode.get(above)?.parent ?? null
  }
  return path.join('/')
}

export const isLeaf = (tree: Tree, code: string): boolean => tree.nodes.get(code)?.children.length === 0

/** All leaves, in the framework's order. */
export const leavesOf = (tree: Tree): string[] =>
  tree.order.filter((code) => code !== TOTAL && isLeaf(tree, code))

/** The node and what is above it up to `total`. */
export function pathUp(tree: Tree, code: string): string[] {
  const path: string[] = []
  for (let at = tree.nodes.get(code); at; at = at.code === TOTAL ? undefined : tree.nodes.get(at.parent)) {
    path.push(at.code)
  }
  return path
}

/** The node and everything below it, in the framework's order. */
export function subtree(tree: Tree, code: string): string[] {
  const node = tree.nodes.get(code)
  return node ? [code, ...node.children.flatMap((child) => subtree(tree, child))] : []
}
