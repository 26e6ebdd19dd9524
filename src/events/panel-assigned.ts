import { z } from 'zod'
import { eventType } from './envelope.ts'
import { PersonId, Slug, UlidId } from './forms.ts'

/** Who decides an appeal; units as known at that time. The last panel named stands. */
export const PanelAssigned = eventType(
  'PanelAssigned',
  z.strictObject({
    appeal: UlidId,
    instance: z.int().min(1).max(2),
    members: z
      .array(z.strictObject({ id: PersonId, units: z.array(Slug).max(1_000) }))
      .min(1)
      .max(100),
    chair: PersonId
  })
)
