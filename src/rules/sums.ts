import type { Points } from '../points.ts'
import { TOTAL, type Tree, type TreeNode } from './tree.ts'

/*
 * What the nodes of an evaluation add up to, as rows of numbers: thousands of evaluations are kept at hand, and an
 * event comes to another one than the event before, so what counts is how many places in memory it has to look at.
 * The formulas are in `rollup.ts`.
 */

/** A tree by places: what is below a node stands right before it, `total` comes last. */
export interface Layout {
  tree: Tree
  nodes: readonly TreeNode[]
  places: ReadonlyMap<string, number>
  /** Of `total` -1. */
  parents: Int32Array
  /** How many nodes there are in the subtree, the node itself being one. */
  sizes: Int32Array
}

/** The sums of a node and of everything below it, at the same places as in the layout. */
export interface Sums {
  layout: Layout
  first: number
  count: number
  /** Six numbers a node. */
  values: Float64Array
  /** What is missing, four numbers a node; null where nobody asks for it. */
  missing: Float64Array | null
}

/** Flags, the ceiling, and points of each level: so a node stands in one or two lines of the processor's cache. */
const FLAGS = 0
const CEILING = 1
const POINTS = 2
const LEVELS = 4
const WIDTH = POINTS + LEVELS

const APPLIES = 1
const PARTIAL = 2
/** Stands in the place of the flags until a node that does not count is come to. */
const LEFT_OUT = -1

const layouts = new WeakMap<Tree, Layout>()

export function layoutOf(tree: Tree): Layout {
  const known = layouts.get(tree)
  if (known) return known
  const nodes: TreeNode[] = []
  const places = new Map<string, number>()
  const sizes: number[] = []
  const visit = (code: string): void => {
    const node = tree.nodes.get(code)
    if (!node) return
    const first = nodes.length
    for (const child of node.children) visit(child)
    places.set(code, nodes.length)
    sizes.push(nodes.length - first + 1)
    nodes.push(node)
  }
  visit(TOTAL)
  const parents = nodes.map(({ code, parent }) => (code === TOTAL ? -1 : (places.get(parent) ?? -1)))
  const layout = { tree, nodes, places, parents: Int32Array.from(parents), sizes: Int32Array.from(sizes) }
  layouts.set(tree, layout)
  return layout
}

/** Sums of the subtree whose top is at a place, nothing being added up yet. */
export function emptySums(layout: Layout, top: number, withMissing: boolean): Sums {
  const count = layout.sizes[top] ?? 0
  const values = new Float64Array(count * WIDTH)
  const missing = withMissing ? new Float64Array(count * LEVELS) : null
  return { layout, first: top - count + 1, count, values, missing }
}

const read = ({ values, first }: Sums, place: number, column: number): number =>
  values[(place - first) * WIDTH + column] ?? Number.NaN

function write({ values, first }: Sums, place: number, column: number, value: number): void {
  values[(place - first) * WIDTH + column] = value
}

/** Null is kept as what is not a number: points are whole, below 2^53. */
export const orNull = (value: number): number | null => (Number.isNaN(value) ? null : value)

/** The last of a node's children; -1 for a leaf. */
export const lastChild = ({ sizes }: Layout, place: number): number => (sizes[place] === 1 ? -1 : place - 1)

/** The child before this one; -1 for the first. */
export function childBefore({ sizes }: Layout, place: number, parent: number): number {
  const before = place - (sizes[place] ?? 1)
  return before > parent - (sizes[parent] ?? 1) ? before : -1
}

export const leaveOut = (sums: Sums, place: number): void => write(sums, place, FLAGS, LEFT_OUT)
export const isLeftOut = (sums: Sums, place: number): boolean => read(sums, place, FLAGS) === LEFT_OUT

/** A node that counts, with its ceiling. */
export function setApplicable(sums: Sums, place: number, ceiling: Points): void {
  write(sums, place, FLAGS, APPLIES)
  write(sums, place, CEILING, ceiling)
}

/** A node that does not count. */
export function setExcluded(sums: Sums, place: number): void {
  write(sums, place, FLAGS, 0)
  for (let level = 0; level < LEVELS; level++) write(sums, place, POINTS + level, Number.NaN)
}

/** Levels are numbered as in `RANKINGS`. */
export function setLevel(
  sums: Sums,
  place: number,
  level: number,
  { points, missing, partial }: { points: Points | null; missing: Points; partial: boolean }
): void {
  setPoints(sums, place, level, points ?? Number.NaN, partial)
  if (sums.missing) sums.missing[(place - sums.first) * LEVELS + level] = missing
}

/** The same without what is missing; points that there are none of are not a number. */
export function setPoints(sums: Sums, place: number, level: number, points: number, partial: boolean): void {
  const flags = read(sums, place, FLAGS)
  write(sums, place, FLAGS, partial ? flags | (PARTIAL << level) : flags & ~(PARTIAL << level))
  write(sums, place, POINTS + level, points)
}

export const appliesAt = (sums: Sums, place: number): boolean => (read(sums, place, FLAGS) & APPLIES) !== 0
export const ceilingAt = (sums: Sums, place: number): Points => read(sums, place, CEILING)
/** Points as they are kept: what is not a number where there are none. */
export const numberAt = (sums: Sums, place: number, level: number): number =>
  read(sums, place, POINTS + level)
export const pointsAt = (sums: Sums, place: number, level: number): Points | null =>
  orNull(numberAt(sums, place, level))
export const partialAt = (sums: Sums, place: number, level: number): boolean =>
  (read(sums, place, FLAGS) & (PARTIAL << level)) !== 0
/** Nothing where it is not kept. */
export const missingAt = ({ missing, first }: Sums, place: number, level: number): Points =>
  missing?.[(place - first) * LEVELS + level] ?? 0

/** Do both say the same of a node? */
export function isSameAt(a: Sums, at: number, b: Sums, place: number): boolean {
  for (let column = 0; column < WIDTH; column++) {
    if (!Object.is(read(a, at, column), read(b, place, column))) return false
  }
  return true
}
