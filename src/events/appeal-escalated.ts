import { z } from 'zod'
import { eventType } from './envelope.ts'
import { EvidenceIds, Text, UlidId } from './forms.ts'

/** The unit takes the appeal to the second instance. */
export const AppealEscalated = eventType(
  'AppealEscalated',
  z.strictObject({
    appeal: UlidId,
    grounds: Text,
    evidence: EvidenceIds
  })
)
