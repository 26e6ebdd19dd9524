import { z } from 'zod'
import { eventType } from './envelope.ts'
import { Day, FrameworkId, FrameworkNode, NotApplicableSetting, PrintedNumber, Slug, Title } from './forms.ts'

/** The tree of nodes with ceilings that a period is judged by. */
export const FrameworkPublished = eventType(
  'FrameworkPublished',
  z.strictObject({
    framework: FrameworkId,
    period: z.strictObject({ id: Slug, title: Title, startsOn: Day, endsOn: Day }),
    title: Title,
    issuedBy: Slug,
    issuedOn: Day.optional(),
    nodes: z.array(FrameworkNode).min(1).max(5_000),
    /** Without it no live evaluation can be opened: nobody may be judged without a way to object. Whole days. */
    appeal: z
      .strictObject({
        windowDays: z.int().min(0).max(3_650),
        escalationDays: z.int().min(0).max(3_650),
        decisionDays: z.int().min(0).max(3_650),
        instances: z.union([z.literal(1), z.literal(2)])
      })
      .optional(),
    /** Bands of the percent, each from its lower bound, inclusive. */
    grades: z
      .array(z.strictObject({ from: PrintedNumber, title: Title }))
      .max(50)
      .optional(),
    notApplicable: NotApplicableSetting
  })
)
