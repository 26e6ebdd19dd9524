import { z } from 'zod'
import { eventType } from './envelope.ts'
import { Text, UlidId } from './forms.ts'

/** The unit takes its appeal back. */
export const AppealWithdrawn = eventType(
  'AppealWithdrawn',
  z.strictObject({
    appeal: UlidId,
    reason: Text
  })
)
