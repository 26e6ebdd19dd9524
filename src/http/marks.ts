import { type EventStore, STREAM_PREFIXES } from '../store/event-store.ts'
import { lagOf } from './metrics.ts'

/* How far marks in the ledger are behind its end, and whether they still move. */

/** A mark that has not moved for so long, with events waiting, has stalled. */
const STALL_MS = 5_000

/** Counting goes no further: whoever is so far behind is simply far behind. */
const COUNT_MAX = 1_000

export interface Mark {
  name: string
  position: bigint
}

/**
 * Remembers since when each mark has been seen at the same place with events after it. Whoever asks now and then
 * learns the moment at which it was first seen so, once that is some seconds ago; null while it moves or is at the end.
 */
export function watchMarks(now: () => string): (mark: Mark, end: bigint) => string | null {
  const seen = new Map<string, { position: bigint; since: string }>()
  return ({ name, position }, end) => {
    if (position >= end) {
      seen.delete(name)
      return null
    }
    const at = now()
    const before = seen.get(name)
    if (before?.position !== position) {
      seen.set(name, { position, since: at })
      return null
    }
    return Date.parse(at) - Date.parse(before.since) >= STALL_MS ? before.since : null
  }
}

export interface Lag {
  events: bigint
  /** There are more than that. */
  isMore: boolean
}

/**
 * How many events there are after a position. Positions of an embedded store count events; where they do not, the
 * events are counted, as far as is worth it.
 */
export async function lagInEvents(
  store: Pick<EventStore, 'readAll'>,
  position: bigint,
  end: bigint,
  isDense: boolean
): Promise<Lag> {
  if (isDense || position >= end) return { events: lagOf(end, position), isMore: false }
  let events = 0n
  for await (const _event of store.readAll(position, STREAM_PREFIXES)) {
    if (events === BigInt(COUNT_MAX)) return { events, isMore: true }
    events += 1n
  }
  return { events, isMore: false }
}
