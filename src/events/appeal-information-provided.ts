import { z } from 'zod'
import { eventType } from './envelope.ts'
import { EvidenceIds, Text, UlidId } from './forms.ts'

/** The side asked has answered. */
export const AppealInformationProvided = eventType(
  'AppealInformationProvided',
  z.strictObject({
    appeal: UlidId,
    request: UlidId,
    answer: Text,
    evidence: EvidenceIds
  })
)
