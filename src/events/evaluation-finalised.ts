import { z } from 'zod'
import { eventType } from './envelope.ts'
import { EventId, NodeCode, Points, Revision } from './forms.ts'

/** What stands is final. Every node with own points or made not applicable is named with the event it rests on. */
export const EvaluationFinalised = eventType(
  'EvaluationFinalised',
  z.strictObject({
    nodes: z
      .array(
        z.strictObject({ node: NodeCode, points: Points.nullable(), applicable: z.boolean(), event: EventId })
      )
      .max(5_000),
    total: z.strictObject({ points: Points, applicableCeiling: Points }),
    basis: z.enum(['imported', 'decided', 'waived', 'lapsed']),
    decidedAt: Revision
  })
)
