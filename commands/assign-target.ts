import { Day, EvaluationId, NodeCode, PositiveQuantity } from '../src/events/forms.ts'
import { bodyOf, defined, evaluationCommand } from './define.ts'
import { requireNode, requireStage } from './situation.ts'

export const assignTarget = evaluationCommand({
  name: 'assign-target',
  summary: { fa: 'ابلاغ هدف به واحد', en: 'Assign a target of its own to the unit' },
  roles: ['registrar'],
  body: bodyOf({
    evaluation: EvaluationId,
    node: NodeCode,
    target: PositiveQuantity,
    baseline: PositiveQuantity.optional(),
    issuedOn: Day.optional()
  }),
  nodes: ({ node }) => [node],
  decide: (open, { node, target, baseline, issuedOn }) => {
    requireStage(open, 'self-assessment', 'imported')
    requireNode(open, node)
    return [{ type: 'TargetAssigned', data: defined({ node, target, baseline, issuedOn }) }]
  }
})
