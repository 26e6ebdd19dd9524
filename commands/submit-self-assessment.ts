import { z } from 'zod'
import { type FieldError, Refusal } from '../src/errors.ts'
import { EvaluationId, NodeCode, Text } from '../src/events/forms.ts'
import { fileOf, type NodeFile } from '../src/rules/evaluation.ts'
import { figuresOf } from '../src/rules/rollup.ts'
import { pointsFor } from '../src/rules/rule.ts'
import { leavesOf, type TreeNode } from '../src/rules/tree.ts'
import { bodyOf, evaluationCommand } from './define.ts'
import { isMeasured } from './scoring.ts'
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
    requireUpToDate(open, due)
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

/** Every entry must still be what the tree and the targets in force would make of it. */
function requireUpToDate(open: Open, due: readonly string[]): void {
  const errors: FieldError[] = due.flatMap((code) => {
    const node = open.tree.nodes.get(code)
    const fault = node && outdated(open, node)
    return fault ? [{ pointer: '', detail: `${code}: ${fault}` }] : []
  })
  if (errors.length === 0) return
  const nodes = errors.map(({ detail }) => detail.split(':')[0]).join(', ')
  throw new Refusal('entries-outdated', { params: { nodes }, errors })
}

function outdated(open: Open, node: TreeNode): string | null {
  const { self, assigned, claim } = fileOf(open.evaluation, node.code)
  if (!self || claim || !node.definition) return null
  if (self.points > node.ceiling) return 'the points are above the ceiling'
  if (isMeasured(node) !== (self.measurement !== null)) return 'the rule is another one'
  if (!self.measurement) return null
  const points = pointsFor(node.definition, self.measurement, assigned)
  return points === self.points ? null : 'the rule gives other points now'
}
