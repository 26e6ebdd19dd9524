import { isPartialBelow, pointsBelow } from './below.ts'
import type { Case } from './case.ts'
import { type Entry, type Evaluation, fileOf } from './evaluation.ts'
import { changedSince } from './node-map.ts'
import { countedFile, ownAt, RANKINGS, sumsOf } from './rollup.ts'
import {
  appliesAt,
  isSameAt,
  type Layout,
  lastChild,
  numberAt,
  partialAt,
  type Sums,
  setPoints
} from './sums.ts'
import { pathUp, type TreeNode } from './tree.ts'

/*
 * Adding up again after one event only what lies between what has changed and the total. The sums of an evaluation
 * are kept with the files they were made of, and go on to the next files; whoever asks for others gets them anew.
 */

export interface Figured {
  /** Of the whole tree. They are changed when the evaluation goes on, so nobody may keep them. */
  sums: Sums
  /** Nodes that have other sums than before; also those that are new, or not there any more. */
  changed: readonly string[]
}

/** One object with the sums, since each further one is another place in memory. */
interface Kept extends Sums {
  nodes: Evaluation['nodes']
}

/** So many nodes have their sums at hand, some 90 bytes each. What was kept first goes first: its year is over. */
const NODES_AT_HAND = 200_000

let most = NODES_AT_HAND

/** Keeps the sums of no more than so many nodes from now on; returns what puts that back. */
export function keepFewerSums(wanted: number): () => void {
  const before = most
  most = Math.min(wanted, most)
  return () => {
    most = before
  }
}

/** By evaluation. A map of weak keys would cost more to collect garbage from than all sums cost to make. */
const kept = new Map<string, Kept>()
let nodesKept = 0

/** What a case adds up to, given how it was before the event, and which nodes have other sums by it. */
export function figuresAfter(before: Case | null, after: Case): Figured {
  const { tree, evaluation } = after
  const known = before && keptOf(before)
  const files = before && changedFiles(before, after)
  const changed = known && files && addAgain(known, before.evaluation, evaluation, files)
  if (changed) {
    known.nodes = evaluation.nodes
    return { sums: known, changed }
  }
  const sums = { ...sumsOf(tree, evaluation), nodes: evaluation.nodes }
  const were = known ?? (before && sumsOf(before.tree, before.evaluation))
  keep(evaluation.evaluation, sums)
  const between = files?.flatMap((node) => pathUp(tree, node)) ?? null
  return { sums, changed: were ? changedNodes(were, sums, between) : codesOf(sums.layout) }
}

function keptOf({ tree, evaluation }: Case): Kept | null {
  const known = kept.get(evaluation.evaluation)
  return known && known.nodes === evaluation.nodes && known.layout.tree === tree ? known : null
}

function keep(evaluation: string, sums: Kept): void {
  nodesKept += sums.count - (kept.get(evaluation)?.count ?? 0)
  kept.set(evaluation, sums)
  for (const [oldest, { count }] of kept) {
    if (nodesKept <= most || oldest === evaluation) return
    kept.delete(oldest)
    nodesKept -= count
  }
}

/** Nodes with other files; null where one was granted or brought back, which moves what is below it too. */
function changedFiles(
  { tree, evaluation: old }: Case,
  { tree: treeNow, evaluation: now }: Case
): string[] | null {
  if (tree !== treeNow || old.origin !== now.origin) return null
  const files = changedSince(old.nodes, now.nodes)
  for (const node of files) if (fileOf(old, node).granted !== fileOf(now, node).granted) return null
  return files
}

/** Adds up again what lies above the one node that has other points; null where several have. */
function addAgain(
  sums: Sums,
  before: Evaluation,
  after: Evaluation,
  files: readonly string[]
): string[] | null {
  let place: number | undefined
  for (const node of files) {
    if (!hasOtherPoints(before, after, node)) continue
    // Which of several are others in the end can be told only by what they were.
    if (files.length > 1) return null
    place = sums.layout.places.get(node)
  }
  return place === undefined ? [] : addUpwards(sums, before, after, place)
}

function hasOtherPoints(before: Evaluation, after: Evaluation, node: string): boolean {
  const old = fileOf(before, node)
  const now = fileOf(after, node)
  return (
    old.self !== now.self ||
    old.expert !== now.expert ||
    old.decision !== now.decision ||
    old.final !== now.final
  )
}

/** From a node up to the total, as far and at the levels at which something is other. */
function addUpwards(sums: Sums, before: Evaluation, after: Evaluation, from: number): string[] {
  const { nodes, parents } = sums.layout
  const changed: string[] = []
  let levels = levelsWithOtherPoints(before, after, nodes[from])
  for (let place = from; place >= 0 && levels !== 0; place = parents[place] ?? -1) {
    const node = nodes[place]
    if (!node || !appliesAt(sums, place)) break
    const file = countedFile(after, node)
    let isChanged = false
    for (let level = 0; level < RANKINGS.length; level++) {
      if ((levels & (1 << level)) === 0) continue
      if (addPoints(sums, place, node, level, file && ownAt(after, file, level))) isChanged = true
      else levels &= ~(1 << level)
    }
    if (isChanged) changed.push(node.code)
  }
  return changed
}

/** Adds up one level of a node again; false where it is as before. */
function addPoints(sums: Sums, place: number, node: TreeNode, level: number, own: Entry | null): boolean {
  const isSum = own === null && lastChild(sums.layout, place) >= 0
  const points = isSum ? pointsBelow(sums, node, place, level) : (own?.points ?? Number.NaN)
  const partial = isSum && isPartialBelow(sums, place, level)
  if (Object.is(points, numberAt(sums, place, level)) && partial === partialAt(sums, place, level))
    return false
  setPoints(sums, place, level, points, partial)
  return true
}

/** The levels of a node at which its own points are others, a bit for each. */
function levelsWithOtherPoints(before: Evaluation, after: Evaluation, node: TreeNode | undefined): number {
  const old = node && countedFile(before, node)
  const now = node && countedFile(after, node)
  let levels = 0
  for (let level = 0; old && now && level < RANKINGS.length; level++) {
    if (ownAt(before, old, level) !== ownAt(after, now, level)) levels |= 1 << level
  }
  return levels
}

/** Looks at these nodes alone where they are given; else at those of both trees. */
function changedNodes(were: Sums, sums: Sums, only: readonly string[] | null): string[] {
  const [old, now] = [were.layout, sums.layout]
  const nodes = only ?? [...codesOf(now), ...codesOf(old)]
  return [...new Set(nodes)].filter((node) => {
    const [place, at] = [old.places.get(node), now.places.get(node)]
    return place === undefined || at === undefined || !isSameAt(were, place, sums, at)
  })
}

const codesOf = ({ nodes }: Layout): string[] => nodes.map(({ code }) => code)
