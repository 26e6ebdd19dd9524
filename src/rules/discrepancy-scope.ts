import type { Level } from '../events/forms.ts'
import { type Points, type Ratio, ratio, UNITS_PER_POINT } from '../points.ts'
import type { Case } from './case.ts'
import { type Entry, type Evaluation, fileOf, type PublishedFigure } from './evaluation.ts'
import { treeEvent } from './framework.ts'
import { figuresOf, type LevelFigure, type NodeFigures, ownEntry } from './rollup.ts'
import { isLeaf, TOTAL, type Tree } from './tree.ts'

/** One evaluation under examination, and which of its nodes are asked for. */
export interface Scope {
  subject: Case
  /** The nodes that are asked for; null for all. */
  only: readonly string[] | null
  /** Is this node asked for? */
  wanted: (node: string) => boolean
  /** Figures of a node of the tree; worked out when first asked for, since most rows need none. */
  figures: (node: string) => NodeFigures | undefined
  /** Does the node count at all? */
  applies: (node: string) => boolean
  /** Printed figures about a node, in ledger order. */
  published: ReadonlyMap<string, readonly PublishedFigure[]>
}

/** `from` is a scope of the same nodes: where both cases add up to the same, each figure is worked out once for both. */
export function scopeOf(subject: Case, only: readonly string[] | null, from?: Scope): Scope {
  const { tree, evaluation } = subject
  if (from && isSameSum(from.subject, subject))
    return { ...from, subject, published: printsByNode(evaluation.figures) }
  let known: Map<string, NodeFigures> | null = null
  const figures = (node: string): NodeFigures | undefined => {
    known ??= new Map()
    if (!known.has(node)) {
      // When all nodes are asked for, one walk of the tree serves them all.
      for (const [code, found] of figuresOf(tree, evaluation, only ? node : TOTAL)) known.set(code, found)
    }
    return known.get(node)
  }
  return {
    subject,
    only,
    wanted: (node) => only === null || only.includes(node),
    figures,
    applies: (node) =>
      tree.nodes.has(node) &&
      (isLeaf(tree, node) ? !isGranted(tree, evaluation, node) : figures(node)?.applicable === true),
    published: printsByNode(evaluation.figures)
  }
}

/** The same scores under the same tree. */
const isSameSum = (a: Case, b: Case): boolean =>
  a.tree === b.tree &&
  a.evaluation.nodes === b.evaluation.nodes &&
  a.evaluation.origin === b.evaluation.origin

/** Was the node, or one above it, taken out? */
function isGranted(tree: Tree, evaluation: Evaluation, node: string): boolean {
  for (let at = tree.nodes.get(node); at; at = tree.nodes.get(at.parent)) {
    if (fileOf(evaluation, at.code).granted !== null) return true
    if (at.code === TOTAL) return false
  }
  return false
}

const NO_PRINTS: ReadonlyMap<string, readonly PublishedFigure[]> = new Map()

const sorted = new WeakMap<readonly PublishedFigure[], Map<string, PublishedFigure[]>>()

/** Printed figures by node. The same list is sorted once: most events leave it as it is. */
export function printsByNode(
  figures: readonly PublishedFigure[]
): ReadonlyMap<string, readonly PublishedFigure[]> {
  if (figures.length === 0) return NO_PRINTS
  const known = sorted.get(figures)
  if (known) return known
  const result = new Map<string, PublishedFigure[]>()
  sorted.set(figures, result)
  for (const figure of figures) {
    if (!('node' in figure.about)) continue
    const known = result.get(figure.about.node)
    if (known) known.push(figure)
    else result.set(figure.about.node, [figure])
  }
  return result
}

/** The figure of a level; a print that names no level is of what stands. */
export const atLevel = (figures: NodeFigures, level: Level | null): LevelFigure =>
  figures[level ?? 'standing']

/** Points as a number of points, not of inner units. */
export const inPoints = (points: Points): Ratio => ratio(BigInt(points), BigInt(UNITS_PER_POINT))

/** Own points with the node they are of. */
export interface OwnPoints {
  code: string
  entry: Entry
}

/** The own points that a node has at a level, else those nearest below it: what its figure was added up from. */
export function entriesBehind({ subject, applies }: Scope, node: string, level: Level | null): OwnPoints[] {
  const { tree, evaluation } = subject
  const visit = (code: string): OwnPoints[] => {
    const at = tree.nodes.get(code)
    if (!at || !applies(code)) return []
    const entry = ownEntry(evaluation, at, level ?? 'standing')
    return entry ? [{ code, entry }] : at.children.flatMap(visit)
  }
  return visit(node)
}

/** The same for the sum that stands beside a node's own points. */
export const entriesBelow = (scope: Scope, node: string, level: Level | null): OwnPoints[] =>
  (scope.subject.tree.nodes.get(node)?.children ?? []).flatMap((child) => entriesBehind(scope, child, level))

/** The event that made the tree the evaluation is judged by. */
export function treeEvents({ subject: { framework, evaluation } }: Scope): string[] {
  const event = treeEvent(framework, evaluation.judgedRevision ?? framework.revision)
  return event === undefined ? [] : [event]
}

export const eventsOf = (entries: readonly OwnPoints[]): string[] => entries.map(({ entry }) => entry.event)
