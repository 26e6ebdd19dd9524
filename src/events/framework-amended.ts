import { z } from 'zod'
import { eventType } from './envelope.ts'
import { FrameworkNode, NodeCode, Text } from './forms.ts'

/** Nodes were put (whole) or removed. Evaluations already submitted keep the revision they were submitted under. */
export const FrameworkAmended = eventType(
  'FrameworkAmended',
  z.strictObject({
    put: z.array(FrameworkNode).max(5_000),
    remove: z.array(NodeCode).max(5_000),
    reason: Text
  })
)
