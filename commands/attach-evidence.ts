import { z } from 'zod'
import { EvidenceKind, Sha256 } from '../src/events/evidence-attached.ts'
import { EvaluationId, Line, NodeCode, Title } from '../src/events/forms.ts'
import { bodyOf, defined, evaluationCommand } from './define.ts'
import { isAfterSubmission } from './evidence.ts'
import { requireNode, requireOwnUnit, requireStage } from './situation.ts'

export const attachEvidence = evaluationCommand({
  name: 'attach-evidence',
  summary: { fa: 'پیوست مستند', en: 'Attach a document to nodes' },
  roles: ['assessor', 'expert'],
  body: bodyOf({
    evaluation: EvaluationId,
    nodes: z.array(NodeCode).min(1).max(500),
    kind: EvidenceKind,
    title: Title,
    sha256: Sha256.optional(),
    bytes: z.int().min(0).optional(),
    mediaType: Line.optional(),
    uri: z.string().min(1).max(2_000).optional()
  }),
  nodes: ({ nodes }) => nodes,
  decide: (open, { evaluation: _evaluation, letter: _letter, ...document }, { actor, ulid }) => {
    if (actor.role === 'assessor') requireOwnUnit(open, actor)
    requireStage(open, 'self-assessment', 'review', 'appeal', 'imported')
    for (const node of document.nodes) requireNode(open, node)
    const data = defined({ evidence: ulid(0), ...document, afterSubmission: isAfterSubmission(open) })
    return [{ type: 'EvidenceAttached', data }]
  }
})
