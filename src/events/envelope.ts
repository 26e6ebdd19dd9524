import { z } from 'zod'
import { type Exact, exactly } from './exact.ts'
import { EventId, Instant, Letter, PersonId, Role, Slug } from './forms.ts'

export const Actor = z.strictObject({ id: PersonId, role: Role, units: z.array(Slug).max(1_000) })
export type Actor = z.infer<typeof Actor>

export const Metadata = z.strictObject({
  recordedAt: Instant,
  actor: Actor,
  correlationId: EventId,
  causationId: EventId,
  commandId: EventId,
  commandHash: z.string().regex(/^[0-9a-f]{64}$/),
  letter: Letter.optional()
})
export type Metadata = z.infer<typeof Metadata>

/** Brings `data` of one older version to the next. */
export type Upcast = (data: unknown) => unknown

export interface EventType<T extends string, D extends z.ZodType> {
  type: T
  /** The newest version; what is appended today. */
  version: number
  data: D
  /** Knows most data that `data` would give back as it is. */
  isExact: Exact<z.output<D>>
  /** By the version they read. */
  upcasters: Readonly<Record<number, Upcast>>
}

/** One kind of fact. Its shape is stored for ever, so a change of shape is a new version with an upcaster. */
export const eventType = <const T extends string, D extends z.ZodType>(
  type: T,
  data: D,
  { version = 1, upcasters = {} }: { version?: number; upcasters?: Readonly<Record<number, Upcast>> } = {}
): EventType<T, D> => ({ type, version, data, isExact: exactly(data), upcasters })
