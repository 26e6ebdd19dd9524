import { daysBetween } from '../clock.ts'
import { formatPoints, type Ratio, ratio } from '../points.ts'
import { rollUpMismatches } from './discrepancy-rollup.ts'
import { type Found, foundRow } from './discrepancy-row.ts'
import { inPoints, type Scope, treeEvents } from './discrepancy-scope.ts'
import { targetMismatches } from './discrepancy-targets.ts'
import { type Evaluation, type NodeFile, standingEntry } from './evaluation.ts'
import { nodesOf, valueAt } from './node-map.ts'
import { pathUp, TOTAL, type Tree } from './tree.ts'

/*
 * Discrepancies inside the ledger: nobody printed anything, two facts of it do not go together.
 */

const count = (value: number): Ratio => ratio(BigInt(value), 1n)
const NO_COUNT = count(0)

/** All of them, for the nodes that are asked for. */
export function ledgerDiscrepancies(scope: Scope): Found[] {
  const { tree, evaluation } = scope.subject
  const rows = lateFramework(scope)
  for (const node of scope.only ?? nodesOf(evaluation.nodes)) {
    const file = tree.nodes.has(node) ? valueAt(evaluation.nodes, node) : undefined
    if (!file) continue
    rows.push(...notApplicable(scope, node, file))
    if (!scope.applies(node)) continue
    rows.push(...selfFinalGap(scope, node, file), ...rollUpMismatches(scope, node))
    rows.push(...targetMismatches(scope, node, file))
    if (evaluation.origin === 'live') {
      rows.push(...overrideWithoutEvidence(scope, node, file), ...missingEvidence(scope, node, file))
    }
  }
  return rows
}

/** A node or a framework that was issued after its period began, in days. */
function lateFramework(scope: Scope): Found[] {
  const { subject, wanted } = scope
  const { framework, tree } = subject
  const { startsOn } = framework.period
  const total = framework.issuedOn === undefined ? [] : [{ node: TOTAL, on: framework.issuedOn }]
  return [...total, ...issuedNodes(tree)].flatMap(({ node, on }) => {
    const days = wanted(node) ? daysBetween(startsOn, on) : 0
    if (days <= 0) return []
    return foundRow({
      kind: 'late-framework',
      class: 'notice',
      node,
      measure: 'days',
      expected: NO_COUNT,
      value: count(days),
      found: String(days),
      for: treeEvents(scope)
    })
  })
}

const issued = new WeakMap<Tree, readonly { node: string; on: string }[]>()

/** Nodes that say when they were issued; a tree never changes. */
function issuedNodes(tree: Tree): readonly { node: string; on: string }[] {
  const known = issued.get(tree)
  if (known) return known
  const found = [...tree.nodes].flatMap(([node, { definition }]) =>
    definition?.issuedOn === undefined ? [] : [{ node, on: definition.issuedOn }]
  )
  issued.set(tree, found)
  return found
}

/** What was taken out of the denominator: the node's ceiling. */
function notApplicable({ subject: { tree } }: Scope, node: string, { granted }: NodeFile): Found[] {
  const ceiling = tree.nodes.get(node)?.ceiling
  if (!granted || ceiling === undefined) return []
  return [
    foundRow({
      kind: 'not-applicable',
      class: 'notice',
      node,
      measure: 'ceiling',
      expected: inPoints(ceiling),
      value: NO_COUNT,
      found: '0',
      for: [granted.event]
    })
  ]
}

/** What the unit claimed against what became final, of nodes with own points at both levels. */
function selfFinalGap({ subject: { tree, evaluation } }: Scope, node: string, file: NodeFile): Found[] {
  const { self, final } = file
  if (!self || !final || self.points === final.points) return []
  const standing = evaluation.origin === 'live' ? standingEntry(evaluation, node) : null
  const moved = standing && standing !== self ? [standing.event] : []
  return [
    foundRow({
      kind: 'self-final-gap',
      class: 'material',
      node,
      level: 'final',
      measure: 'points',
      expected: inPoints(self.points),
      value: inPoints(final.points),
      found: formatPoints(final.points),
      ceiling: inPoints(tree.nodes.get(node)?.ceiling ?? 0),
      for: [final.event, ...moved],
      against: [self.event]
    })
  ]
}

/** The evaluating side gives other points, and has put no document behind them. */
function overrideWithoutEvidence(
  { subject: { tree, evaluation } }: Scope,
  node: string,
  { self, expert }: NodeFile
): Found[] {
  // A confirmation carries no reason code.
  if (!expert || expert.reasonCode === null || expert.evidence.length > 0) return []
  const own = Object.values(evaluation.evidence).some(
    ({ by, nodes }) => by === expert.by && nodes.includes(node)
  )
  if (own) return []
  return [
    foundRow({
      kind: 'override-without-evidence',
      class: 'material',
      node,
      level: 'expert',
      measure: 'points',
      expected: self && inPoints(self.points),
      value: inPoints(expert.points),
      found: formatPoints(expert.points),
      ceiling: inPoints(tree.nodes.get(node)?.ceiling ?? 0),
      for: [expert.event],
      against: self ? [self.event] : []
    })
  ]
}

const evident = new WeakMap<Evaluation['evidence'], ReadonlySet<string>>()

/** Nodes to which any document was attached; looked through once for each state of the evidence. */
function withEvidence(evidence: Evaluation['evidence']): ReadonlySet<string> {
  const known = evident.get(evidence)
  if (known) return known
  const nodes = new Set(Object.values(evidence).flatMap(({ nodes }) => nodes))
  evident.set(evidence, nodes)
  return nodes
}

/** Points are claimed without a single document, neither with the claim nor on the node or above it. */
function missingEvidence(
  { subject: { tree, evaluation } }: Scope,
  node: string,
  { self }: NodeFile
): Found[] {
  if (!self || self.points === 0 || self.evidence.length > 0) return []
  const shown = withEvidence(evaluation.evidence)
  if (pathUp(tree, node).some((code) => shown.has(code))) return []
  const required = tree.nodes.get(node)?.definition?.requiredEvidence?.length ?? 0
  return [{ ...missing(Math.max(required, 1)), node, events: [{ event: self.event, side: 'for' }] }]
}

const missed = new Map<number, Found>()

/** By far the most frequent of all: what it says but for the node and the claim is worked out once. */
function missing(required: number): Found {
  const known = missed.get(required)
  if (known) return known
  const found = foundRow({
    kind: 'missing-evidence',
    class: 'material',
    node: '',
    level: 'self',
    measure: 'count',
    expected: count(required),
    value: NO_COUNT,
    found: '0'
  })
  missed.set(required, found)
  return found
}
