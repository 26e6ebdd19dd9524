import { z } from 'zod'
import { eventType } from './envelope.ts'
import { Slug, Text, Title } from './forms.ts'

/** A unit was renamed, moved in the tree or put in other groups. What is left out stays as it was. */
export const UnitReclassified = eventType(
  'UnitReclassified',
  z.strictObject({
    name: Title.optional(),
    parent: Slug.nullable().optional(),
    groups: z.array(Slug).max(100).optional(),
    reason: Text
  })
)
