import { z } from 'zod'
import { eventType } from './envelope.ts'
import { Day, Line, Text } from './forms.ts'

/** A final evaluation, or one that cannot become final, is open again on the authority of a named body. */
export const EvaluationReopened = eventType(
  'EvaluationReopened',
  z.strictObject({
    reason: Text,
    authority: z.strictObject({ body: Line, number: Line, date: Day })
  })
)
