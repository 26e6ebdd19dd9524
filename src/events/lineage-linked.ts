import { z } from 'zod'
import { eventType } from './envelope.ts'
import { FrameworkId, NodeCode, Text } from './forms.ts'

export const Relation = z.enum(['same', 'split', 'merged', 'new', 'retired'])

/** What differs between a node and its predecessor, as the server saw it when the link was made. */
export const LineageChange = z.strictObject({
  what: z.enum(['title', 'ceiling', 'parent', 'target', 'rule', 'unit']),
  from: z.string().optional(),
  to: z.string().optional()
})
export type LineageChange = z.infer<typeof LineageChange>

export const Predecessor = z.strictObject({ framework: FrameworkId, node: NodeCode })

/** Which node of an earlier framework a node continues. The latest link of a node stands. */
export const LineageLinked = eventType(
  'LineageLinked',
  z.strictObject({
    node: NodeCode,
    predecessors: z.array(Predecessor).max(100),
    relation: Relation,
    changes: z.array(LineageChange).max(1_000),
    comparable: z.boolean(),
    note: Text.optional()
  })
)
