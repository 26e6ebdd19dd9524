import { z } from 'zod'
import { eventType } from './envelope.ts'
import {
  Claim,
  EventId,
  EvidenceIds,
  Letter,
  NodeCode,
  PersonId,
  Points,
  Slug,
  Text,
  UlidId
} from './forms.ts'

/** The unit disputes a node. */
export const AppealFiled = eventType(
  'AppealFiled',
  z.strictObject({
    appeal: UlidId,
    case: Slug.optional(),
    node: NodeCode,
    claim: Claim,
    disputed: z.strictObject({
      points: Points.nullable(),
      applicable: z.boolean(),
      event: EventId.nullable()
    }),
    grounds: Text,
    evidence: EvidenceIds,
    onBehalf: z.strictObject({ person: PersonId, letter: Letter }).optional()
  })
)
