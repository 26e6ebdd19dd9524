import { z } from 'zod'
import type { Metadata } from '../../events/envelope.ts'
import type { RawEvent } from '../reads.ts'

/** An event with the members that a page reads; everything else is shown as it is. */
export interface LedgerItem {
  event: string
  position: string
  type: string
  version: number
  stream: string
  revision: string
  recordedAt: string
  actor: Metadata['actor']
  letter: Metadata['letter']
  correlation: string
  command: string
  /** The event it answers; null where it answers its own command. */
  causedBy: string | null
  /** What it names first: a node, a unit, an appeal. */
  about: string | null
  raw: RawEvent
}

const About = z.looseObject({
  node: z.string().optional(),
  nodes: z.array(z.unknown()).optional(),
  unit: z.string().optional(),
  appeal: z.string().optional(),
  about: z.looseObject({ node: z.string().optional(), label: z.string().optional() }).optional()
})

export function ledgerItem(raw: RawEvent): LedgerItem {
  // The API has read them with this very schema.
  const { recordedAt, actor, letter, correlationId, causationId, commandId } = raw.metadata as Metadata
  const about = About.safeParse(raw.data)
  const named = about.success ? about.data : {}
  return {
    event: raw.id,
    position: raw.position,
    type: raw.type,
    version: raw.version,
    stream: raw.stream,
    revision: raw.revision,
    recordedAt,
    actor,
    letter,
    correlation: correlationId,
    command: commandId,
    causedBy: causationId === commandId ? null : causationId,
    about: named.node ?? named.about?.node ?? named.about?.label ?? named.unit ?? named.appeal ?? null,
    raw
  }
}
