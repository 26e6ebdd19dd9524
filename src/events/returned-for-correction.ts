import { z } from 'zod'
import { eventType } from './envelope.ts'
import { NodeCode, Text } from './forms.ts'

/** The evaluating side wants these nodes corrected. Voids expert acts and grants on them. */
export const ReturnedForCorrection = eventType(
  'ReturnedForCorrection',
  z.strictObject({
    nodes: z.array(NodeCode).min(1).max(5_000),
    reason: Text
  })
)
