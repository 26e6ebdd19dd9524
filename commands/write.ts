import type { z } from 'zod'
import { catalogue, type EventTypeName } from '../src/events/catalogue.ts'
import type { EventType, Metadata } from '../src/events/envelope.ts'
import type { Letter } from '../src/events/forms.ts'
import { eventId } from '../src/ids.ts'
import type { NewEvent } from '../src/store/event-store.ts'
import type { Circumstances, Decision } from './command.ts'
import type { Created, WrittenEvent } from './outcome.ts'
import type { Loaded } from './streams.ts'

/** What identifies one act: its ids were drawn once, however often it is decided. */
export interface Act {
  commandId: string
  commandHash: string
  circumstances: Circumstances
  letter: z.infer<typeof Letter> | undefined
}

/**
 * Stamps decisions with ids, time and actor. The first event of an append causes the later ones, unless they answer
 * an earlier event; what answers nothing is caused by the command.
 */
export function write(
  stream: string,
  own: Pick<Loaded, 'revision' | 'correlations'>,
  decisions: readonly Decision[],
  act: Act
): WrittenEvent[] {
  const next = own.revision === 'none' ? 0 : own.revision + 1
  const written: WrittenEvent[] = []
  decisions.forEach(({ type, data, causedBy }, index) => {
    const known: EventType<string, z.ZodType> = catalogue[type]
    const cause = causedBy ?? written[0]?.id
    const correlation = cause && (own.correlations.get(cause) ?? written[0]?.metadata.correlationId)
    written.push({
      id: eventId(act.commandId, stream, index),
      type,
      version: known.version,
      stream,
      revision: next + index,
      // What is stored is as its own schema would have it, on the way in as on the way out.
      data: known.isExact(data) ? data : known.data.parse(data),
      metadata: metadataOf(act, cause, correlation)
    })
  })
  return written
}

function metadataOf(act: Act, cause: string | undefined, correlation: string | undefined): Metadata {
  const { commandId, commandHash, circumstances, letter } = act
  const { id, role, units } = circumstances.actor
  return {
    recordedAt: circumstances.now,
    actor: { id, role, units: [...units] },
    correlationId: correlation ?? commandId,
    causationId: cause ?? commandId,
    commandId,
    commandHash,
    ...(letter ? { letter } : {})
  }
}

/** The JSON text that a store keeps; the version goes into the metadata. */
export const toStore = ({ id, type, version, data, metadata }: WrittenEvent): NewEvent => ({
  id,
  type,
  data: JSON.stringify(data),
  metadata: JSON.stringify({ version, ...metadata })
})

/** The ids of what these events brought into the world. */
export function createdBy(events: readonly WrittenEvent[]): Created {
  const ids = (type: EventTypeName, member: string): string[] =>
    events
      .filter((event) => event.type === type)
      .map(({ data }) => String((data as Record<string, unknown>)[member]))
  return {
    appeals: ids('AppealFiled', 'appeal'),
    evidence: ids('EvidenceAttached', 'evidence'),
    requests: ids('AppealInformationRequested', 'request')
  }
}
