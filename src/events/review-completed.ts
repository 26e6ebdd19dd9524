import { z } from 'zod'
import { eventType } from './envelope.ts'
import { Instant } from './forms.ts'

/** The evaluating side is done; the unit may appeal until the given instant, exclusive. */
export const ReviewCompleted = eventType(
  'ReviewCompleted',
  z.strictObject({
    appealClosesAt: Instant
  })
)
