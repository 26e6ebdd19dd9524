import type { StoredEvent } from '../../src/events/catalogue.ts'
import { Damaged } from '../../src/store/event-store.ts'
import { createMissedBefore } from '../../src/store/revisions.ts'

/**
 * Makes the check for all events of a ledger, from its first one on: throws `Damaged` for an event that is not the next one
 * of its stream. What no store would take is found before half of it has been written.
 */
export function createRequireOrder(where: string): (event: StoredEvent) => void {
  const missedBefore = createMissedBefore(true)
  return ({ id, stream, revision }) => {
    const wanted = missedBefore(stream, BigInt(revision))
    if (wanted !== null) {
      throw new Damaged(
        `${where} is not whole: event ${id} is revision ${revision} of ${stream}, where revision ${wanted} has to come. One is missing, comes twice or stands in another place.`
      )
    }
  }
}

/** The same events, checked. */
export async function* inOrder(
  events: AsyncIterable<StoredEvent>,
  where: string
): AsyncGenerator<StoredEvent> {
  const requireOrder = createRequireOrder(where)
  for await (const event of events) {
    requireOrder(event)
    yield event
  }
}
