import { type Level, Level as Levels } from '../events/forms.ts'
import { type Points, scalePoints } from '../points.ts'
import { type Entry, type Evaluation, fileOf, levelEntry, standingEntry } from './evaluation.ts'
import { TOTAL, type Tree, type TreeNode } from './tree.ts'

/** What the children add up to. */
export interface RollUp {
  /** Null when no child has points. */
  points: Points | null
  /** Ceilings of what has no points yet, so that a partial roll-up is the interval [points, points + missing]. */
  missing: Points
  partial: boolean
}

/** A node's points at one level: its own where it has any, else the roll-up. */
export interface LevelFigure extends RollUp {
  own: Entry | null
  /** Null for a leaf. */
  rollUp: RollUp | null
}

export type Ranking = Level | 'standing'

export interface NodeFigures extends Record<Ranking, LevelFigure> {
  code: string
  /** False by an own grant, by an ancestor's, or because no child applies. */
  applicable: boolean
  applicableCeiling: Points
}

const NOTHING: LevelFigure = { points: null, missing: 0, partial: false, own: null, rollUp: null }

/** All levels that are added up; `standing` is what stands now. */
export const RANKINGS: readonly Ranking[] = [...Levels.options, 'standing']

/**
 * The figures of a node and of everything below it (of the whole tree for `total`), by code. A node that does not
 * apply counts nowhere, at any level.
 */
export function figuresOf(tree: Tree, state: Evaluation, top: string = TOTAL): Map<string, NodeFigures> {
  const figures = new Map<string, NodeFigures>()
  visit(tree, state, top, grantedAbove(tree, state, top), figures)
  return figures
}

function grantedAbove(tree: Tree, state: Evaluation, code: string): boolean {
  for (let at = tree.nodes.get(code)?.parent; at && at !== TOTAL; at = tree.nodes.get(at)?.parent) {
    if (fileOf(state, at).granted) return true
  }
  return false
}

/**
 * The figures of one node alone, given those of its children and its own as they were. Nothing may have been granted or
 * brought back since, and the tree is the same: what applies is as it was, and so are ceilings. A level at which
 * neither own points nor those of a child are others keeps its figure, the same object.
 */
export function nodeFigures(
  tree: Tree,
  state: Evaluation,
  code: string,
  { known, were }: { known: ReadonlyMap<string, NodeFigures>; were: ReadonlyMap<string, NodeFigures> }
): NodeFigures {
  const [node, old] = [tree.nodes.get(code), known.get(code)]
  if (!node || !old?.applicable) return excludedFigures(code)
  const children: NodeFigures[] = []
  for (const child of node.children) {
    const figures = known.get(child)
    if (figures?.applicable) children.push(figures)
  }
  const isKept = (level: Ranking): boolean =>
    children.every((child) => (were.get(child.code) ?? child)[level] === child[level])
  const below = children.reduce((sum, child) => sum + child.applicableCeiling, 0)
  const figure = (level: Ranking): LevelFigure => {
    const own = ownEntry(state, node, level)
    if (own === old[level].own && isKept(level)) return old[level]
    return levelFigure(own, node, children.length > 0 ? rollUp(node, children, below, level) : null)
  }
  return {
    code,
    applicable: true,
    applicableCeiling: old.applicableCeiling,
    self: figure('self'),
    expert: figure('expert'),
    final: figure('final'),
    standing: figure('standing')
  }
}

function visit(
  tree: Tree,
  state: Evaluation,
  code: string,
  excluded: boolean,
  figures: Map<string, NodeFigures>
): NodeFigures | null {
  const node = tree.nodes.get(code)
  if (!node) return null
  const granted = excluded || (code !== TOTAL && fileOf(state, code).granted !== null)
  const children: NodeFigures[] = []
  for (const child of node.children) {
    const below = visit(tree, state, child, granted, figures)
    if (below?.applicable) children.push(below)
  }
  const applicable = !granted && (node.children.length === 0 || children.length > 0)
  const result = applicable ? applicableFigures(state, node, children) : excludedFigures(code)
  figures.set(code, result)
  return result
}

const excludedFigures = (code: string): NodeFigures => ({
  code,
  applicable: false,
  applicableCeiling: 0,
  self: NOTHING,
  expert: NOTHING,
  final: NOTHING,
  standing: NOTHING
})

function applicableFigures(state: Evaluation, node: TreeNode, children: readonly NodeFigures[]): NodeFigures {
  const { code } = node
  const below = children.reduce((sum, child) => sum + child.applicableCeiling, 0)
  const figure = (level: Ranking): LevelFigure =>
    levelFigure(
      ownEntry(state, node, level),
      node,
      children.length > 0 ? rollUp(node, children, below, level) : null
    )
  return {
    code,
    applicable: true,
    applicableCeiling: applicableCeiling(node, below),
    self: figure('self'),
    expert: figure('expert'),
    final: figure('final'),
    standing: figure('standing')
  }
}

/**
 * The own points of a node. In a live evaluation only leaves are scored: an entry on a leaf that an amendment has
 * given children counts no more.
 */
export function ownEntry(state: Evaluation, { code, children }: TreeNode, level: Ranking): Entry | null {
  if (code === TOTAL || (state.origin === 'live' && children.length > 0)) return null
  return level === 'standing' ? standingEntry(state, code) : levelEntry(state, code, level)
}

function levelFigure(own: Entry | null, node: TreeNode, rolled: RollUp | null): LevelFigure {
  if (own) return { points: own.points, missing: 0, partial: false, own, rollUp: rolled }
  if (rolled) return { ...rolled, own: null, rollUp: rolled }
  return { points: null, missing: node.ceiling, partial: false, own: null, rollUp: null }
}

/** With `spread` a parent keeps its ceiling; with `remove` it is left what its applicable children have. */
function applicableCeiling(node: TreeNode, below: Points): Points {
  if (node.children.length === 0 || node.setting === 'spread') return node.ceiling
  return isScaled(node) ? scale(below, node.ceiling, node.childrenCeiling) : below
}

const isScaled = (node: TreeNode): boolean => node.definition?.scaled === true

/** Σ children, brought to the parent's ceiling where it is spread or scaled, rounded there. */
function rollUp(node: TreeNode, children: readonly NodeFigures[], below: Points, level: Ranking): RollUp {
  let points: Points | null = null
  let missing = 0
  let partial = false
  for (const child of children) {
    const figure = child[level]
    if (figure.points !== null) points = (points ?? 0) + figure.points
    missing += figure.missing
    partial ||= figure.points === null || figure.partial
  }
  const over = node.setting === 'spread' ? below : isScaled(node) ? node.childrenCeiling : null
  if (over === null) return { points, missing, partial }
  return {
    points: points === null ? null : scale(points, node.ceiling, over),
    missing: scale(missing, node.ceiling, over),
    partial
  }
}

/** Children whose ceilings are all zero earn nothing to scale. */
const scale = (points: Points, by: Points, over: Points): Points =>
  over === 0 ? 0 : scalePoints(points, by, over)

/** Self less standing; null where either is. */
export function gapOf(figures: NodeFigures): Points | null {
  const { self, standing } = figures
  return self.points === null || standing.points === null ? null : self.points - standing.points
}
