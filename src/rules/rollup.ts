import type { Level } from '../events/forms.ts'
import type { Points } from '../points.ts'
import { ceilingsBelow, isPartialBelow, isScaled, missingBelow, pointsBelow, scale } from './below.ts'
import { type Entry, type Evaluation, fileOf, type NodeFile, standingOf } from './evaluation.ts'
import {
  emptySums,
  isLeftOut,
  lastChild,
  layoutOf,
  leaveOut,
  orNull,
  type Sums,
  setApplicable,
  setExcluded,
  setLevel
} from './sums.ts'
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

/** All levels that are added up, each at its number in sums; `standing` is what stands now. */
export const RANKINGS: readonly Ranking[] = ['self', 'expert', 'final', 'standing']

/** The same numbers by name. */
export const NUMBER_OF = { self: 0, expert: 1, final: 2, standing: 3 } as const satisfies Record<
  Ranking,
  number
>

/**
 * The figures of a node and of everything below it (of the whole tree for `total`), by code. A node that does not
 * apply counts nowhere, at any level.
 */
export function figuresOf(tree: Tree, state: Evaluation, top: string = TOTAL): Map<string, NodeFigures> {
  const figures = new Map<string, NodeFigures>()
  const layout = layoutOf(tree)
  const place = layout.places.get(top)
  if (place === undefined) return figures
  const sums = emptySums(layout, place, true)
  leaveOutGranted(sums, state, grantedAbove(tree, state, top))
  forEachNode(sums, (at, { code }) => figures.set(code, addNode(sums, state, at)))
  return figures
}

/** The same of the whole tree as numbers, without what is missing. */
export function sumsOf(tree: Tree, state: Evaluation): Sums {
  const layout = layoutOf(tree)
  const sums = emptySums(layout, layout.nodes.length - 1, false)
  leaveOutGranted(sums, state, false)
  forEachNode(sums, (place) => addNode(sums, state, place))
  return sums
}

function grantedAbove(tree: Tree, state: Evaluation, code: string): boolean {
  for (let at = tree.nodes.get(code)?.parent; at && at !== TOTAL; at = tree.nodes.get(at)?.parent) {
    if (fileOf(state, at).granted) return true
  }
  return false
}

/** Every node, children before their parents. */
export function forEachNode(
  { layout, first, count }: Sums,
  visit: (place: number, node: TreeNode) => void
): void {
  for (let place = first; place < first + count; place++) {
    const node = layout.nodes[place]
    if (node) visit(place, node)
  }
}

/** Leaves out what is granted, with everything below it. */
function leaveOutGranted(sums: Sums, state: Evaluation, all: boolean): void {
  const { layout, first, count } = sums
  const top = first + count - 1
  for (let place = top; place >= first; place--) {
    const code = layout.nodes[place]?.code ?? TOTAL
    const above = place === top ? all : isLeftOut(sums, layout.parents[place] ?? top)
    if (above || (code !== TOTAL && fileOf(state, code).granted !== null)) leaveOut(sums, place)
  }
}

/** Adds up a node whose children are added up, and tells its figures. */
function addNode(sums: Sums, state: Evaluation, place: number): NodeFigures {
  const node = sums.layout.nodes[place]
  const below = isLeftOut(sums, place) ? null : ceilingsBelow(sums, place)
  if (!node || below === null) {
    setExcluded(sums, place)
    return excludedFigures(node?.code ?? TOTAL)
  }
  const ceiling = applicableCeiling(node, below)
  setApplicable(sums, place, ceiling)
  const file = countedFile(state, node)
  const figure = (level: number): LevelFigure =>
    addLevel(sums, place, node, level, file && ownAt(state, file, level))
  return {
    code: node.code,
    applicable: true,
    applicableCeiling: ceiling,
    self: figure(NUMBER_OF.self),
    expert: figure(NUMBER_OF.expert),
    final: figure(NUMBER_OF.final),
    standing: figure(NUMBER_OF.standing)
  }
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

/** Adds up one level of a node that applies, its children being added up, and tells its figure. */
function addLevel(sums: Sums, place: number, node: TreeNode, level: number, own: Entry | null): LevelFigure {
  const figure = levelFigure(own, node, rollUp(sums, node, place, level))
  setLevel(sums, place, level, figure)
  return figure
}

/** The own points of a node. */
export function ownEntry(state: Evaluation, node: TreeNode, ranking: Ranking): Entry | null {
  const file = countedFile(state, node)
  return file && ownAt(state, file, NUMBER_OF[ranking])
}

/**
 * The file of a node whose own points count. In a live evaluation only leaves are scored: an entry on a leaf that an
 * amendment has given children counts no more.
 */
export const countedFile = (state: Evaluation, { code, children }: TreeNode): NodeFile | null =>
  code === TOTAL || (state.origin === 'live' && children.length > 0) ? null : fileOf(state, code)

/** The own points at a level, by its number. */
export function ownAt({ origin }: Evaluation, file: NodeFile, level: number): Entry | null {
  if (level === NUMBER_OF.self) return file.self
  if (level === NUMBER_OF.expert) return file.expert
  return level === NUMBER_OF.final ? file.final : standingOf(origin, file)
}

function levelFigure(own: Entry | null, node: TreeNode, rollUp: RollUp | null): LevelFigure {
  if (own) return { points: own.points, missing: 0, partial: false, own, rollUp }
  if (!rollUp) return { points: null, missing: node.ceiling, partial: false, own, rollUp }
  const { points, missing, partial } = rollUp
  return { points, missing, partial, own, rollUp }
}

/** With `spread` a parent keeps its ceiling; with `remove` it is left what its applicable children have. */
function applicableCeiling(node: TreeNode, below: Points): Points {
  if (node.children.length === 0 || node.setting === 'spread') return node.ceiling
  return isScaled(node) ? scale(below, node.ceiling, node.childrenCeiling) : below
}

/** Σ children; null for a leaf. Of sums that do not keep what is missing, nothing is. */
function rollUp(sums: Sums, node: TreeNode, place: number, level: number): RollUp | null {
  if (lastChild(sums.layout, place) < 0) return null
  return {
    points: orNull(pointsBelow(sums, node, place, level)),
    missing: sums.missing ? missingBelow(sums, node, place, level) : 0,
    partial: isPartialBelow(sums, place, level)
  }
}

/** Self less standing; null where either is. */
export function gapOf(figures: NodeFigures): Points | null {
  const { self, standing } = figures
  return self.points === null || standing.points === null ? null : self.points - standing.points
}
