import { z } from 'zod'
import { eventType } from './envelope.ts'
import { NodeCode, NotApplicableReason, Source, Text } from './forms.ts'

/** A node leaves the denominator. */
export const NotApplicableGranted = eventType(
  'NotApplicableGranted',
  z.strictObject({
    node: NodeCode,
    reasonCode: NotApplicableReason,
    reason: Text.optional(),
    source: Source.optional()
  })
)
