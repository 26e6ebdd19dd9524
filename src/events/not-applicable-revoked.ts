import { z } from 'zod'
import { eventType } from './envelope.ts'
import { NodeCode, OverrideReason, Source, Text } from './forms.ts'

/** A grant was taken back; what was claimed or judged before stands again. */
export const NotApplicableRevoked = eventType(
  'NotApplicableRevoked',
  z.strictObject({
    node: NodeCode,
    reasonCode: OverrideReason,
    reason: Text.optional(),
    source: Source.optional()
  })
)
