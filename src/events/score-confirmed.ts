import { z } from 'zod'
import { eventType } from './envelope.ts'
import { EventId, NodeCode, Points } from './forms.ts'

/** The evaluating side gives what was claimed. */
export const ScoreConfirmed = eventType(
  'ScoreConfirmed',
  z.strictObject({
    node: NodeCode,
    points: Points,
    confirms: EventId
  })
)
