import type { StoredEvent } from '../events/catalogue.ts'
import { type Page, type PageRequest, startsWithAny } from './embedded-protocol.ts'

/**
 * The newest end of the ledger, as the one process that writes it has written it: whoever follows closely need not have it
 * read from the disk and copied from thread to thread.
 */
export interface Tail {
  /** Events that were written just now, in the order of their positions. */
  wrote(events: readonly StoredEvent[]): void
  /** A page as the disk would give it; undefined where not all of it is known. */
  page(request: Pick<PageRequest, 'after' | 'upTo' | 'prefixes'>): Page | undefined
}

const EVENTS_MAX = 2_000
const CHARACTERS_MAX = 8 * 1024 * 1024
const PAGE_EVENTS_MAX = 500

const weightOf = ({ data, metadata }: StoredEvent): number => data.length + metadata.length

export function ledgerTail(): Tail {
  /** Without a gap: somebody who writes by hand leaves one, and what was before it is not the end any more. */
  let events: StoredEvent[] = []
  let characters = 0
  const clear = () => {
    events = []
    characters = 0
  }
  const shorten = () => {
    const half = events.splice(0, Math.ceil(events.length / 2))
    for (const event of half) characters -= weightOf(event)
  }
  return {
    wrote(written) {
      for (const event of written) {
        const last = events.at(-1)
        if (last && event.position !== last.position + 1n) clear()
        events.push(event)
        characters += weightOf(event)
      }
      while (events.length > EVENTS_MAX || characters > CHARACTERS_MAX) shorten()
    },
    page({ after, upTo, prefixes }) {
      const [first, last] = [events[0], events.at(-1)]
      if (!first || !last || after + 1n < first.position || upTo > last.position || upTo <= after)
        return undefined
      const begin = Number(after + 1n - first.position)
      const found = events.slice(begin, Math.min(begin + PAGE_EVENTS_MAX, Number(upTo + 1n - first.position)))
      const checkpoint = after + BigInt(found.length)
      const taken = found.filter(({ stream }) => startsWithAny(stream, prefixes))
      return { events: taken, checkpoint, more: checkpoint < upTo }
    }
  }
}
