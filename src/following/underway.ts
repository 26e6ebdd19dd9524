import type { Standing } from '../../projections/standing.ts'
import type { StoredEvent } from '../events/catalogue.ts'

/** Events that the thread was given, until it has applied them: only then are others told of them. */
export interface Underway {
  sent(events: readonly StoredEvent[]): void
  /** Those that are applied by now and were not told before, in order. */
  applied(standing: Standing): StoredEvent[]
}

/** What stood when it is first told where projections are, nobody is told. */
export function createUnderway(): Underway {
  // Two subscriptions may bring the same event, where projections are behind.
  const underway = new Map<bigint, StoredEvent>()
  let told: bigint | null = null
  return {
    sent(events) {
      for (const event of events)
        if (told === null || event.position > told) underway.set(event.position, event)
    },
    applied({ tracks }) {
      const [first] = tracks
      if (!first || (told !== null && first.seen <= told)) return []
      const upTo = first.seen
      const isBegin = told === null
      told = upTo
      if (isBegin) return []
      const fresh = [...underway.values()].filter(({ position }) => position <= upTo)
      for (const { position } of fresh) underway.delete(position)
      return fresh.sort((a, b) => (a.position < b.position ? -1 : 1))
    }
  }
}
