import { type EventStore, STREAM_PREFIXES } from './event-store.ts'

/** Which event stands at a position of the ledger; null where none does. */
export type IdAt = (position: bigint) => Promise<string | null>

/** Finds the id of an event by where it stands. */
export function idAtIn({ readAll }: Pick<EventStore, 'readAll'>): IdAt {
  return async (wanted) => {
    for await (const { id, position } of readAll(wanted - 1n, STREAM_PREFIXES))
      return position === wanted ? id : null
    return null
  }
}
