import { z } from 'zod'
import { eventType } from './envelope.ts'
import { Line, NodeCode, Title, UlidId } from './forms.ts'

export const EvidenceKind = z.enum(['file', 'link', 'system-report', 'letter', 'minutes'])
export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/)
export const EvidenceTitle = Title

/** A document behind a score, bound by its SHA-256 where there is a file. */
export const EvidenceAttached = eventType(
  'EvidenceAttached',
  z.strictObject({
    evidence: UlidId,
    nodes: z.array(NodeCode).min(1).max(500),
    kind: EvidenceKind,
    title: Title,
    sha256: Sha256.optional(),
    bytes: z.int().min(0).optional(),
    mediaType: Line.optional(),
    uri: z.string().min(1).max(2_000).optional(),
    afterSubmission: z.boolean()
  })
)
