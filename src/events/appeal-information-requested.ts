import { z } from 'zod'
import { eventType } from './envelope.ts'
import { EvidenceIds, Text, UlidId } from './forms.ts'

/** The panel asks one side; its own clock stands still meanwhile. */
export const AppealInformationRequested = eventType(
  'AppealInformationRequested',
  z.strictObject({
    appeal: UlidId,
    request: UlidId,
    of: z.enum(['unit', 'headquarters']),
    question: Text,
    evidence: EvidenceIds
  })
)
