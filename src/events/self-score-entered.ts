import { z } from 'zod'
import { eventType } from './envelope.ts'
import { EvidenceIds, Measurement, NodeCode, Points, Text } from './forms.ts'

/** What the unit claims for a leaf. */
export const SelfScoreEntered = eventType(
  'SelfScoreEntered',
  z.strictObject({
    node: NodeCode,
    points: Points,
    measurement: Measurement.optional(),
    note: Text.optional(),
    evidence: EvidenceIds
  })
)
