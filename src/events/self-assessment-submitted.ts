import { z } from 'zod'
import { eventType } from './envelope.ts'
import { NodeCode, Revision, Text } from './forms.ts'

/** The unit declares its self-assessment complete; blanks are named with their reasons. */
export const SelfAssessmentSubmitted = eventType(
  'SelfAssessmentSubmitted',
  z.strictObject({
    frameworkRevision: Revision,
    blank: z.array(z.strictObject({ node: NodeCode, reason: Text })).max(5_000)
  })
)
