import { z } from 'zod'
import { eventType } from './envelope.ts'
import { NodeCode, OverrideReason, Source, Text } from './forms.ts'

/** A claim of not applicable was turned down. */
export const NotApplicableRefused = eventType(
  'NotApplicableRefused',
  z.strictObject({
    node: NodeCode,
    reasonCode: OverrideReason,
    reason: Text.optional(),
    source: Source.optional()
  })
)
