import { z } from 'zod'
import { eventType } from './envelope.ts'
import { EvidenceIds, Text, UlidId } from './forms.ts'

/** The evaluating side concedes or contests. */
export const AppealAnswered = eventType(
  'AppealAnswered',
  z.strictObject({
    appeal: UlidId,
    position: z.enum(['concede', 'contest']),
    text: Text,
    evidence: EvidenceIds
  })
)
