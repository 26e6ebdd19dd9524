import { z } from 'zod'
import { eventType } from './envelope.ts'
import { EvidenceIds, NodeCode, NotApplicableReason, Text } from './forms.ts'

/** The unit says that a node does not apply to it. Moves no points by itself. */
export const NotApplicableClaimed = eventType(
  'NotApplicableClaimed',
  z.strictObject({
    node: NodeCode,
    reasonCode: NotApplicableReason,
    reason: Text,
    evidence: EvidenceIds
  })
)
