import { z } from 'zod'
import { EvaluationId, NodeCode, Text } from '../src/events/forms.ts'
import { bodyOf, evaluationCommand } from './define.ts'
import { requireNotReturned } from './expert-side.ts'
import { requireMayJudgeBelow, requireNode, requireStage } from './situation.ts'

export const returnForCorrection = evaluationCommand({
  name: 'return-for-correction',
  summary: { fa: 'عودت برای رفع نقص', en: 'Return nodes to the unit for correction' },
  roles: ['expert'],
  body: bodyOf({ evaluation: EvaluationId, nodes: z.array(NodeCode).min(1).max(5_000), reason: Text }),
  nodes: ({ nodes }) => nodes,
  decide: (open, { nodes, reason }, { actor }) => {
    for (const node of nodes) requireNode(open, node)
    requireStage(open, 'review')
    requireMayJudgeBelow(open, actor, nodes)
    for (const node of nodes) requireNotReturned(open, node)
    return [{ type: 'ReturnedForCorrection', data: { nodes: [...new Set(nodes)], reason } }]
  }
})
