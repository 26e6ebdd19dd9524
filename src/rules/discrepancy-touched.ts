import type { LedgerEvent } from '../events/catalogue.ts'
import type { Case } from './case.ts'
import { pathUp, subtree } from './tree.ts'

/**
 * The nodes whose discrepancies an event can change; null for all of them, none where it changes no figure. What
 * happens to a node moves the sums above it; a document on a node also stands behind what is below it.
 */
export function touchedNodes(event: LedgerEvent, { tree, evaluation }: Case): ReadonlySet<string> | null {
  switch (event.type) {
    case 'TargetAssigned':
    case 'SelfScoreEntered':
    case 'ScoreConfirmed':
    case 'ScoreOverridden':
    case 'ScoreRecorded':
    case 'AppealFiled':
      return new Set([event.data.node, ...pathUp(tree, event.data.node)])
    case 'FigurePublished': {
      const { about } = event.data
      return new Set('node' in about ? [about.node, ...pathUp(tree, about.node)] : [])
    }
    case 'EvidenceAttached':
      return new Set(
        evaluation.origin === 'live' ? event.data.nodes.flatMap((code) => subtree(tree, code)) : []
      )
    case 'EvaluationOpened':
    case 'SelfAssessmentSubmitted':
    case 'ReturnedForCorrection':
    case 'NotApplicableGranted':
    case 'NotApplicableRevoked':
    case 'AppealDecided':
    case 'AppealWithdrawn':
    case 'EvaluationFinalised':
    case 'EvaluationReopened':
    case 'FrameworkAmended':
      return null
    default:
      return new Set()
  }
}
