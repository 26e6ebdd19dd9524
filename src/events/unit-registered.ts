import { z } from 'zod'
import { eventType } from './envelope.ts'
import { Slug, Title, UnitKind } from './forms.ts'

/** A body that can be evaluated, or that evaluates, is known from now on. */
export const UnitRegistered = eventType(
  'UnitRegistered',
  z.strictObject({
    unit: Slug,
    name: Title,
    kind: UnitKind,
    parent: Slug.optional(),
    province: Slug.optional(),
    groups: z.array(Slug).max(100).optional()
  })
)
