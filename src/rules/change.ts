import {
  addRatios,
  divideRounded,
  type Points,
  percentOf,
  type Ratio,
  ratio,
  subtractRatios
} from '../points.ts'
import type { Case } from './case.ts'
import { isApart, type Match, sameBelow } from './change-match.ts'
import { type Evaluation, type Exemption, fileOf } from './evaluation.ts'
import { patchAll } from './node-files.ts'
import { figuresOf, type LevelFigure, type NodeFigures } from './rollup.ts'
import { isLeaf, pathUp, subtree, type Tree, type TreeNode } from './tree.ts'

/*
 * Why a percent is not what it was a year before: because other work was done (performance), because other things
 * applied (applicability), or because another measure was used (framework). Everything is an exact ratio; rounding
 * is for the page.
 */

export type Side = Pick<Case, 'tree' | 'evaluation'>

/** A change of percent in exact ratios of percent. The parts add up to it exactly, or are all null. */
export interface Change {
  percent: Ratio
  parts: { performance: Ratio; applicability: Ratio; framework: Ratio } | null
}

type Figures = ReadonlyMap<string, NodeFigures>
type Both<T> = { earlier: T; later: T }

/** Two years of one unit, ready to be asked about any node. */
export interface Pair extends Both<Figures> {
  match: Match
  trees: Both<Tree>
  /** The earlier year's tree with what applied in the later year. */
  mixed: Figures
}

/** Adds up both years once, for all nodes that will be asked about. */
export function pairOf(earlier: Side, later: Side, match: Match): Pair {
  const trees = { earlier: earlier.tree, later: later.tree }
  const figures = {
    earlier: figuresOf(earlier.tree, earlier.evaluation),
    later: figuresOf(later.tree, later.evaluation)
  }
  const asLater = withApplicability(earlier, later, match, figures)
  return { match, trees, ...figures, mixed: figuresOf(earlier.tree, asLater) }
}

const EXEMPT: Exemption & { claim: null; decided: boolean } = {
  reasonCode: 'other',
  reason: null,
  event: '',
  by: '',
  at: '',
  claim: null,
  decided: false
}

/**
 * Matched nodes apply as in the later year, what has no later year as it did. Where both years have children, only
 * what was granted counts: that a node does not apply because its children were taken away is the framework's doing.
 * A node that was taken out does not take out of the earlier tree what has left it since and applies elsewhere.
 */
function withApplicability(before: Side, after: Side, match: Match, figures: Both<Figures>): Evaluation {
  const { tree, evaluation } = before
  const isOut = (heir: string): boolean =>
    isLeaf(after.tree, heir)
      ? figures.later.get(heir)?.applicable === false
      : pathUp(after.tree, heir).some((above) => fileOf(after.evaluation, above).granted)
  const hasLeft = (code: string): boolean =>
    subtree(tree, code).some(
      (each) => each !== code && figures.later.get(match.later.get(each) ?? '')?.applicable === true
    )
  /** Whether the node that something without a later year stood under was taken out. */
  const isUnderOut = (code: string): boolean => {
    const heir = pathUp(tree, code)
      .map((above) => match.later.get(above))
      .find((found) => found !== undefined)
    return heir !== undefined && isOut(heir)
  }
  const applies = (code: string): boolean => {
    const heir = match.later.get(code)
    if (heir === undefined)
      return figures.earlier.get(code)?.applicable !== false && !(isLeaf(tree, code) && isUnderOut(code))
    if (isLeaf(tree, code)) return figures.later.get(heir)?.applicable !== false
    return !isOut(heir) || hasLeft(code)
  }
  const granted = (code: string) => ({ granted: applies(code) ? null : EXEMPT })
  const changes = tree.order.map((code) => [code, granted(code)] as const)
  return { ...evaluation, ...patchAll(evaluation, changes) }
}

/**
 * How the percent of a node changed between two years, by what stands. Null without a common basis: a node that is
 * not the same, does not apply, is partial or has no percent in one of the years. The parts are null where a descent
 * along the lineage ends above nodes whose ceilings, tree or lineage changed: there they cannot be told apart.
 */
export function changeOf(pair: Pair, earlier: string): Change | null {
  const before = completePercent(pair.earlier.get(earlier))
  const after = completePercent(pair.later.get(pair.match.later.get(earlier) ?? ''))
  if (!before || !after) return null
  const percent = subtractRatios(after, before)
  const lowest = lowestMatched(pair, earlier)
  const performed = lowest && percentFrom(pair, earlier, pair.earlier, lowest)
  const applied = lowest && percentFrom(pair, earlier, pair.mixed, lowest)
  if (!performed || !applied) return { percent, parts: null }
  const parts = {
    performance: subtractRatios(performed, before),
    applicability: subtractRatios(applied, performed),
    framework: subtractRatios(after, applied)
  }
  return { percent, parts }
}

/** The exact percent of what stands, or null where it is missing, partial or not applicable. */
export function completePercent(figures: NodeFigures | undefined): Ratio | null {
  if (!figures?.applicable || figures.standing.partial || figures.standing.points === null) return null
  return percentOf(figures.standing.points, figures.applicableCeiling)
}

/** The lowest nodes of the earlier year that can be held against the later one; null where they hide a change. */
function lowestMatched(pair: Pair, top: string): ReadonlySet<string> | null {
  const { match, trees } = pair
  const lowest = new Set<string>()
  const descend = (code: string): boolean => {
    const heir = match.later.get(code) ?? ''
    const [before, after] = [trees.earlier.nodes.get(code), trees.later.nodes.get(heir)]
    const [was, is] = [pair.earlier.get(code), pair.later.get(heir)]
    if (!before || !after || !was || !is) return false
    if (!was.applicable && !is.applicable && !pair.mixed.get(code)?.applicable) return true
    if (!isSum(was) || !isSum(is) || !before.children.some((child) => match.later.has(child))) {
      lowest.add(code)
      return sameBelow(match, trees, code)
    }
    return (
      before.children.every((child) =>
        match.later.has(child) ? descend(child) : isApart(match, 'earlier', trees.earlier, child)
      ) &&
      after.children.every((child) => match.earlier.has(child) || isApart(match, 'later', trees.later, child))
    )
  }
  return descend(top) ? lowest : null
}

/** What stands is what the children add up to; own points that say the same do not hide them. */
function isSum({ applicable, standing: { own, rollUp } }: NodeFigures): boolean {
  if (!applicable || !own) return true
  return rollUp !== null && !rollUp.partial && rollUp.points === own.points
}

/** The percent of a node in the earlier tree when its lowest matched nodes take their later percents. */
function percentFrom(pair: Pair, top: string, figures: Figures, lowest: ReadonlySet<string>): Ratio | null {
  const { trees, match } = pair
  const pointsOf = (code: string): Ratio | null => {
    const [node, here, was] = [trees.earlier.nodes.get(code), figures.get(code), pair.earlier.get(code)]
    if (!node || !here?.applicable) return ZERO
    const kept = was?.standing.points ?? null
    if (lowest.has(code)) {
      const is = pair.later.get(match.later.get(code) ?? '')
      if (!is?.applicable) return whole(kept ?? 0)
      return atPercent(is.standing, is.applicableCeiling, here.applicableCeiling, kept ?? 0)
    }
    return match.later.has(code) ? rollUp(node, figures, pointsOf) : whole(kept ?? 0)
  }
  const points = pointsOf(top)
  const ceiling = figures.get(top)?.applicableCeiling ?? 0
  if (!points || ceiling === 0) return null
  return ratio(points.top * 100n, points.bottom * BigInt(ceiling))
}

const whole = (points: Points): Ratio => ratio(BigInt(points), 1n)
const ZERO = whole(0)

/** Points of a year brought to another ceiling at the same percent; the ones kept where there is no percent. */
function atPercent(figure: LevelFigure, of: Points, to: Points, kept: Points): Ratio | null {
  if (figure.points === null || figure.partial) return null
  if (of === to) return whole(figure.points)
  if (of === 0) return whole(kept)
  const product = BigInt(figure.points) * BigInt(to)
  return product % BigInt(of) === 0n ? ratio(product / BigInt(of), 1n) : ratio(product, BigInt(of))
}

/** As the points of a node are always added up, but of children that may be fractions of 1/10 000 point. */
function rollUp(node: TreeNode, figures: Figures, pointsOf: (code: string) => Ratio | null): Ratio | null {
  let sum = ZERO
  let ceilings = 0
  for (const child of node.children) {
    const points = pointsOf(child)
    if (!points) return null
    sum = addRatios(sum, points)
    ceilings += figures.get(child)?.applicableCeiling ?? 0
  }
  const scaled = node.definition?.scaled === true ? node.childrenCeiling : null
  const over = node.setting === 'spread' ? ceilings : scaled
  if (over === null || over === node.ceiling) return sum
  if (over === 0) return ZERO
  return ratio(divideRounded(sum.top * BigInt(node.ceiling), sum.bottom * BigInt(over)), 1n)
}
