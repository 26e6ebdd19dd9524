import { z } from 'zod'
import { eventType } from './envelope.ts'
import { EvaluationId, FrameworkId, Origin, Revision, Slug, Source } from './forms.ts'

/** One unit is judged by one framework from here on. */
export const EvaluationOpened = eventType(
  'EvaluationOpened',
  z.strictObject({
    evaluation: EvaluationId,
    unit: Slug,
    framework: FrameworkId,
    frameworkRevision: Revision,
    origin: Origin,
    source: Source.optional()
  })
)
