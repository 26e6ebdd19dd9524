import { z } from 'zod'
import { eventType } from './envelope.ts'
import { Instant, Line, Measurement, PersonId, Points, Text, UlidId } from './forms.ts'

/** The panel has decided; for upheld and partly upheld the whole result is written. */
export const AppealDecided = eventType(
  'AppealDecided',
  z.strictObject({
    appeal: UlidId,
    instance: z.int().min(1).max(2),
    outcome: z.enum(['upheld', 'partly-upheld', 'rejected', 'inadmissible']),
    points: Points.optional(),
    measurement: Measurement.optional(),
    applicable: z.boolean().optional(),
    reasons: Text,
    ruleReference: Line.optional(),
    // All evidence on file may be more than one act can bring.
    evidenceConsidered: z.array(UlidId).max(5_000),
    present: z.array(PersonId).max(100),
    dissent: Text.optional(),
    escalationClosesAt: Instant.optional()
  })
)
