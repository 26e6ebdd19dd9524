import type { EventOf, LedgerEvent } from '../events/catalogue.ts'
import type { Case } from './case.ts'
import { amendedNodes } from './discrepancy-amended.ts'
import { printsByNode } from './discrepancy-scope.ts'
import { type Evaluation, fileOf, type NodeFile } from './evaluation.ts'
import { valueAt } from './node-map.ts'
import { isLeaf, pathUp, subtree, TOTAL, type Tree } from './tree.ts'

const NONE: readonly string[] = []

/**
 * The nodes whose discrepancies an event can change; null for all of them, none where it changes no figure. What
 * happens to a node can only show there, in sums above it, and where it is granted or shown by a document below it.
 */
export function touchedNodes(event: LedgerEvent, before: Case | null, after: Case): readonly string[] | null {
  if (!before) return null
  const { tree, evaluation } = after
  switch (event.type) {
    case 'SelfScoreEntered':
    case 'ScoreOverridden':
    case 'ScoreRecorded':
      return [event.data.node, ...sumsAbove(tree, evaluation, event.data.node)]
    case 'ScoreConfirmed':
      return confirmed(event.data.node, before, after)
    case 'TargetAssigned':
      return statesNothing(evaluation, event.data.node) ? NONE : [event.data.node]
    case 'AppealFiled':
      return [event.data.node]
    case 'FigurePublished': {
      const { about } = event.data
      return 'node' in about ? [about.node, ...sumsAbove(tree, evaluation, about.node)] : NONE
    }
    case 'EvidenceAttached':
      return evaluation.origin === 'live' ? shown(event, after) : NONE
    default:
      return touchedByRareEvent(event, before, after)
  }
}

function touchedByRareEvent(event: LedgerEvent, before: Case, after: Case): readonly string[] | null {
  const { tree, evaluation } = after
  switch (event.type) {
    case 'NotApplicableGranted':
    case 'NotApplicableRevoked':
      return around(tree, event.data.node)
    case 'AppealDecided': {
      const appeal = evaluation.appeals[event.data.appeal]
      return appeal ? around(tree, appeal.node) : NONE
    }
    case 'AppealWithdrawn': {
      const appeal = evaluation.appeals[event.data.appeal]
      return appeal ? [appeal.node] : NONE
    }
    case 'NotApplicableClaimed':
    case 'NotApplicableRefused':
      return isFirstOf(event.data.node, before, evaluation) ? [event.data.node] : NONE
    case 'SelfAssessmentSubmitted': {
      // What is left blank is no figure; but from now on a tree is in force for good.
      const blank = event.data.blank.flatMap(({ node }) =>
        isFirstOf(node, before, evaluation) ? [node] : []
      )
      return before.tree === tree ? [...new Set(blank)] : null
    }
    case 'EvaluationFinalised':
    case 'EvaluationReopened':
      return evaluation.origin === 'live' ? null : NONE
    case 'EvaluationOpened':
    case 'ReturnedForCorrection':
      return null
    case 'FrameworkAmended':
      return amendedNodes(before, after)
    default:
      return NONE
  }
}

/** The node and all that is below and above it. */
const around = (tree: Tree, node: string): string[] => [
  ...new Set([node, ...subtree(tree, node), ...pathUp(tree, node)])
]

/** The nodes above one that have own points or are printed: what is below moves no other figure of theirs. */
function sumsAbove(tree: Tree, evaluation: Evaluation, node: string): readonly string[] {
  const prints = printsByNode(evaluation.figures)
  let found: string[] | null = null
  let at = tree.nodes.get(node)
  while (at && at.code !== TOTAL) {
    const { parent } = at
    const file = valueAt(evaluation.nodes, parent)
    if (prints.has(parent) || (file && hasOwn(file))) {
      found ??= []
      found.push(parent)
    }
    at = tree.nodes.get(parent)
  }
  return found ?? NONE
}

const hasOwn = ({ self, expert, final }: NodeFile): boolean =>
  self !== null || expert !== null || final !== null

/** A confirmation repeats points without a reason and without a target: it shows where it is put beside others. */
function confirmed(node: string, before: Case, { tree, evaluation }: Case): readonly string[] {
  const was = fileOf(before.evaluation, node)
  const above = sumsAbove(tree, evaluation, node)
  const isAlone =
    !isFirstOf(node, before, evaluation) &&
    was.expert === null &&
    was.final === null &&
    isLeaf(tree, node) &&
    !printsByNode(evaluation.figures).has(node)
  return isAlone ? above : [node, ...above]
}

/** Nobody has measured anything for the node, so that no other target can have been stated. */
function statesNothing(evaluation: Evaluation, node: string): boolean {
  const file = valueAt(evaluation.nodes, node)
  return !(file && (hasOwn(file) || file.decision)) && !isDisputed(evaluation, node)
}

function isDisputed({ appeals }: Evaluation, node: string): boolean {
  for (const id in appeals) if (appeals[id]?.node === node) return true
  return false
}

/** What an appeal states is held against a node of which something is said: this is the first that is. */
const isFirstOf = (node: string, before: Case, after: Evaluation): boolean =>
  isDisputed(after, node) && valueAt(before.evaluation.nodes, node) === undefined

/** Where points are claimed or changed without a document of their own, on these nodes or below them. */
function shown({ data }: EventOf<'EvidenceAttached'>, { tree, evaluation }: Case): readonly string[] {
  const found = new Set<string>()
  const visit = (node: string): void => {
    const file = valueAt(evaluation.nodes, node)
    if (file && isUnshown(file)) found.add(node)
    for (const child of tree.nodes.get(node)?.children ?? NONE) visit(child)
  }
  for (const node of data.nodes) visit(node)
  return found.size === 0 ? NONE : [...found]
}

const isUnshown = ({ self, expert }: NodeFile): boolean =>
  (self !== null && self.points !== 0 && self.evidence.length === 0) ||
  (expert !== null && expert.reasonCode !== null && expert.evidence.length === 0)
