import { z } from 'zod'
import { eventType } from './envelope.ts'
import { NodeCode, PersonId, Title } from './forms.ts'

/** A domain of the unit answers for a node, mainly or together with others. */
export const ResponsibilityAssigned = eventType(
  'ResponsibilityAssigned',
  z.strictObject({
    node: NodeCode,
    domain: Title,
    part: z.enum(['main', 'collaborating']),
    person: PersonId.optional()
  })
)
