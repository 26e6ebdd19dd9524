import { z } from 'zod'
import { EvaluationId, NodeCode, Title } from '../src/events/forms.ts'
import { bodyOf, defined, evaluationCommand, NamedPerson } from './define.ts'
import { requireNode, requireStage } from './situation.ts'

export const assignResponsibility = evaluationCommand({
  name: 'assign-responsibility',
  summary: { fa: 'تعیین متولی شاخص', en: 'Name the domain that answers for a node' },
  roles: ['registrar'],
  body: bodyOf({
    evaluation: EvaluationId,
    node: NodeCode,
    domain: Title,
    part: z.enum(['main', 'collaborating']),
    person: NamedPerson.optional()
  }),
  nodes: ({ node }) => [node],
  decide: (open, { node, domain, part, person }) => {
    requireStage(open, 'self-assessment', 'imported')
    requireNode(open, node)
    return [{ type: 'ResponsibilityAssigned', data: defined({ node, domain, part, person }) }]
  }
})
