import { z } from 'zod'
import { Refusal } from '../src/errors.ts'
import { EvaluationId, NodeCode, Text } from '../src/events/forms.ts'
import { fileOf, type NodeFile } from '../src/rules/evaluation.ts'
import { figuresOf } from '../src/rules/rollup.ts'
import { leavesOf } from '../src/rules/tree.ts'
import { bodyOf, evaluationCommand } from './define.ts'
import { requireUpToDate } from './outdated.ts'
import { isReturned, type Open, requireOwnUnit, requireStage } from './situation.ts'

export const submitSelfAssessment = evaluationCommand({
  name: 'submit-self-assessment',
  summary: { fa: 'ارسال خودارزیابی', en: 'Submit the self-assessment, or resubmit what was returned' },
  roles: ['assessor'],
  body: bodyOf({
    evaluation: EvaluationId,
    blank: z
      .array(z.strictObject({ node: NodeCode, reason: Text }))
      .max(5_000)
      .default([])
  }),
  decide: (open, { blank }, { actor }) => {
    requireOwnUnit(open, actor)
    const { evaluation, framework } = open
    const correcting = evaluation.stage === 'review' && evaluation.returned !== null
    requireStage(open, 'self-assessment', ...(correcting ? (['review'] as const) : []))
    const due = leavesDue(open, correcting)
    requireBlanks(open, due, blank)
    const named = new Set(blank.map(({ node }) => node))
    const missing = due.filter((node) => isEmpty(fileOf(evaluation, node)) && !named.has(node))
    if (missing.length > 0) {
      const errors = missing.map((node) => ({ pointer: '/blank', detail: node }))
      throw new Refusal('incomplete', { params: { nodes: missing.join(', ') }, errors })
    }
    // What is claimed not to apply has no points to check yet.
    requireUpToDate(
      open,
      due.filter((node) => !fileOf(evaluation, node).claim)
    )
    const frameworkRevision = String(evaluation.judgedRevision ?? framework.revision)
    return [{ type: 'SelfAssessmentSubmitted', data: { frameworkRevision, blank } }]
  }
})

/** The leaves that apply; when a return is closed only the returned ones are looked at. */
function leavesDue(open: Open, correcting: boolean): string[] {
  const figures = figuresOf(open.tree, open.evaluation)
  return leavesOf(open.tree).filter(
    (node) => figures.get(node)?.applicable === true && (!correcting || isReturned(open, node))
  )
}

const isEmpty = (file: NodeFile): boolean => file.self === null && file.claim === null

function requireBlanks(open: Open, due: readonly string[], blank: readonly { node: string }[]): void {
  const wrong = blank.find(({ node }) => !due.includes(node) || !isEmpty(fileOf(open.evaluation, node)))
  if (wrong) throw new Refusal('not-blank', { params: { node: wrong.node } })
}
