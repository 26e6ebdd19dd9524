import type { Level } from '../events/forms.ts'
import { type Ratio, ratio } from '../points.ts'
import { between, type Computed, standsFor, sumOf, times } from './agreement.ts'
import { firstPoints } from './discrepancy-prints.ts'
import { atLevel, inPoints, type Scope } from './discrepancy-scope.ts'

/** The sum of the published descendants nearest to a node. */
export interface PublishedSum {
  computed: Computed
  /** Nodes whose printed points went into it. */
  parts: readonly string[]
  events: readonly string[]
}

/**
 * What a published figure of points ought to be by the figures printed below it: each branch down to its first printed
 * points, and what the ledger holds of branches where nothing is printed (an interval, where it holds nothing). Null
 * when nothing is printed below, or when the ledger adds up the same scores itself.
 */
export function publishedSum(scope: Scope, node: string, level: Level | null): PublishedSum | null {
  const figures = scope.figures(node)
  if (!figures?.applicable) return null
  const { rollUp } = atLevel(figures, level)
  if (!rollUp?.partial) return null
  const sum = sumBelow(scope, node, level)
  const recorded = (code: string): boolean => {
    const part = scope.figures(code)
    const own = part && atLevel(part, level)
    return own ? own.points !== null && !own.partial : false
  }
  return sum.parts.length === 0 || sum.parts.every(recorded) ? null : sum
}

function sumBelow(scope: Scope, node: string, level: Level | null): PublishedSum {
  const children = scope.subject.tree.nodes.get(node)?.children ?? []
  const sums = children.filter(scope.applies).map((child) => branch(scope, child, level))
  const total = sumOf(sums.map(({ computed }) => computed))
  return {
    computed: times(total, factor(scope, node)),
    parts: sums.flatMap(({ parts }) => parts),
    events: sums.flatMap(({ events }) => events)
  }
}

function branch(scope: Scope, node: string, level: Level | null): PublishedSum {
  const printed = firstPoints(scope, node, level)
  if (printed) return { computed: standsFor(printed.value), parts: [node], events: [printed.event] }
  const below = sumBelow(scope, node, level)
  if (below.parts.length > 0) return below
  const figures = scope.figures(node)
  const held = figures && atLevel(figures, level)
  const points = held?.points ?? 0
  const computed = between(inPoints(points), inPoints(points + (held?.missing ?? 0)))
  return { computed, parts: [], events: held?.own ? [held.own.event] : [] }
}

/** What a `scaled` or `spread` node multiplies the sum of its children by. */
function factor(scope: Scope, node: string): Ratio {
  const at = scope.subject.tree.nodes.get(node)
  const below = at?.children.reduce((sum, code) => sum + (scope.figures(code)?.applicableCeiling ?? 0), 0)
  const over = at?.setting === 'spread' ? below : at?.definition?.scaled ? at.childrenCeiling : undefined
  return at && over ? ratio(BigInt(at.ceiling), BigInt(over)) : ratio(1n, 1n)
}
