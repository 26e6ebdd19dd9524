import { daysBetween } from '../clock.ts'
import { type Ratio, ratio } from '../points.ts'
import type { Case } from './case.ts'
import { isShown } from './discrepancy-evidence.ts'
import { rollUpMismatches } from './discrepancy-rollup.ts'
import { type Found, foundRow, pointsRow } from './discrepancy-row.ts'
import { inPoints, printsByNode, type Scope, treeEvents } from './discrepancy-scope.ts'
import { targetMismatches } from './discrepancy-targets.ts'
import { type Evaluation, type Exemption, type NodeFile, standingEntry } from './evaluation.ts'
import { nodesOf, valueAt } from './node-map.ts'
import { countedFile } from './rollup.ts'
import { TOTAL, type TreeNode } from './tree.ts'

/*
 * Discrepancies inside the ledger: nobody printed anything, two facts of it do not go together.
 */

const count = (value: number): Ratio => ratio(BigInt(value), 1n)
const NO_COUNT = count(0)

/** All of them, for the nodes that are asked for. */
export function ledgerDiscrepancies(scope: Scope): Found[] {
  const { tree, evaluation } = scope.subject
  const rows: Found[] = []
  for (const node of scope.only ?? lateOnes(scope)) {
    const late = lateFramework(scope, node)
    if (late) rows.push(late)
  }
  for (const node of scope.only ?? nodesOf(evaluation.nodes)) {
    const [at, file] = [tree.nodes.get(node), valueAt(evaluation.nodes, node)]
    if (at && file) addRowsOf(scope, at, file, rows)
  }
  return rows
}

/** Whether the node applies is asked last: most have nothing to show in the first place. */
function addRowsOf(scope: Scope, at: TreeNode, file: NodeFile, rows: Found[]): void {
  const { code: node } = at
  const granted = file.granted && notApplicable(scope, node, file.granted)
  if (granted) rows.push(granted)
  // What was said of it while it was a leaf says nothing any more.
  if (!countedFile(scope.subject.evaluation, at)) return
  const before = rows.length
  const add = (row: Found | null): void => {
    if (row) rows.push(row)
  }
  add(selfFinalGap(scope, node, file))
  for (const row of rollUpMismatches(scope, node)) rows.push(row)
  for (const row of targetMismatches(scope, node, file)) rows.push(row)
  if (scope.subject.evaluation.origin === 'live') {
    add(overrideWithoutEvidence(scope, node, file))
    add(missingEvidence(scope, node, file))
  }
  if (rows.length > before && !scope.applies(node)) rows.length = before
}

/** Nothing was said of the node that could show, inside the ledger or in print, and it is not late. */
export function isBlank(subject: Case, node: string): boolean {
  const { evaluation } = subject
  const file = valueAt(evaluation.nodes, node)
  return (
    (!file || isUntouched(file)) &&
    isUndisputed(evaluation) &&
    issuedOn(subject, node) === undefined &&
    !printsByNode(evaluation.figures).has(node)
  )
}

const isUntouched = ({ self, expert, final, decision, granted }: NodeFile): boolean =>
  !self && !expert && !final && !decision && !granted

/** Nobody has appealed at all. */
function isUndisputed({ appeals }: Evaluation): boolean {
  for (const _ in appeals) return false
  return true
}

/** When a node was issued, or for `total` the framework; undefined where it does not say. */
const issuedOn = ({ framework, tree }: Case, node: string): string | undefined =>
  node === TOTAL ? framework.issuedOn : tree.nodes.get(node)?.definition?.issuedOn

/** A node or a framework that was issued after its period began, in days. */
function lateFramework(scope: Scope, node: string): Found | null {
  const { subject } = scope
  const on = issuedOn(subject, node)
  const days = on === undefined ? 0 : daysBetween(subject.framework.period.startsOn, on)
  if (days <= 0) return null
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
}

/** All nodes that say when they were issued. */
const lateOnes = ({ subject }: Scope): string[] =>
  subject.tree.order.filter((node) => issuedOn(subject, node) !== undefined)

/** What was taken out of the denominator: the node's ceiling. */
function notApplicable({ subject: { tree } }: Scope, node: string, { event }: Exemption): Found | null {
  const ceiling = tree.nodes.get(node)?.ceiling
  if (ceiling === undefined) return null
  return foundRow({
    kind: 'not-applicable',
    class: 'notice',
    node,
    measure: 'ceiling',
    expected: inPoints(ceiling),
    value: NO_COUNT,
    found: '0',
    for: [event]
  })
}

/** What the unit claimed against what became final, of nodes with own points at both levels. */
function selfFinalGap({ subject: { tree, evaluation } }: Scope, node: string, file: NodeFile): Found | null {
  const { self, final } = file
  if (!self || !final || self.points === final.points) return null
  const standing = evaluation.origin === 'live' ? standingEntry(evaluation, node) : null
  const moved = standing && standing !== self ? [standing.event] : []
  return pointsRow({
    kind: 'self-final-gap',
    node,
    level: 'final',
    expected: self.points,
    value: final.points,
    ceiling: tree.nodes.get(node)?.ceiling ?? 0,
    for: [final.event, ...moved],
    against: [self.event]
  })
}

/** The evaluating side gives other points, and has put no document behind them. */
function overrideWithoutEvidence(
  { subject: { tree, evaluation } }: Scope,
  node: string,
  { self, expert }: NodeFile
): Found | null {
  // A confirmation carries no reason code.
  if (!expert || expert.reasonCode === null || expert.evidence.length > 0) return null
  const own = Object.values(evaluation.evidence).some(
    ({ by, nodes }) => by === expert.by && nodes.includes(node)
  )
  if (own) return null
  return pointsRow({
    kind: 'override-without-evidence',
    node,
    level: 'expert',
    expected: self ? self.points : null,
    value: expert.points,
    ceiling: tree.nodes.get(node)?.ceiling ?? 0,
    for: [expert.event],
    against: self ? [self.event] : []
  })
}

/** Points are claimed without a single document, neither with the claim nor on the node or above it. */
function missingEvidence({ subject }: Scope, node: string, { self }: NodeFile): Found | null {
  if (!self || self.points === 0 || self.evidence.length > 0) return null
  if (isShown(subject.evaluation.evidence, subject.tree, node)) return null
  const required = subject.tree.nodes.get(node)?.definition?.requiredEvidence?.length ?? 0
  return { ...missing(Math.max(required, 1)), node, events: [{ event: self.event, side: 'for' }] }
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
