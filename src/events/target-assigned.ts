import { z } from 'zod'
import { eventType } from './envelope.ts'
import { Day, NodeCode, PositiveQuantity } from './forms.ts'

/** This unit has a target of its own for a node. */
export const TargetAssigned = eventType(
  'TargetAssigned',
  z.strictObject({
    node: NodeCode,
    target: PositiveQuantity,
    baseline: PositiveQuantity.optional(),
    issuedOn: Day.optional()
  })
)
