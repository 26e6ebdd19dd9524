import { z } from 'zod'
import { eventType } from './envelope.ts'
import { EventId, EvidenceIds, Line, Measurement, NodeCode, OverrideReason, Points, Text } from './forms.ts'

/** The evaluating side gives other points, and says why. */
export const ScoreOverridden = eventType(
  'ScoreOverridden',
  z.strictObject({
    node: NodeCode,
    points: Points,
    previous: z.strictObject({ points: Points, event: EventId }).nullable(),
    reasonCode: OverrideReason,
    reason: Text,
    measurement: Measurement.optional(),
    ruleReference: Line.optional(),
    evidence: EvidenceIds
  })
)
