import type { StoredEvent } from '../events/catalogue.ts'

/**
 * What the one process that writes a ledger knows of the ends of its streams, so that it need not ask the disk what it
 * has written itself. Whatever is told is durable, and never older than the last acknowledged append.
 */
export interface Recent {
  /**
   * All events of a stream from a revision on; undefined where that is not known. A stream from its beginning is for
   * the disk to tell, where gaps are noticed.
   */
  from(stream: string, revision: number): readonly StoredEvent[] | undefined
  /** An append that was written just now, in the order of acknowledgements. */
  appended(events: readonly StoredEvent[]): void
  /** Begins a read; the function returned is told at which revision the stream ended (-1: there is none). */
  reading(stream: string): (last: number) => void
  /** Of this stream nothing is known any more. */
  forget(stream: string): void
  /** Nothing is known from now on. */
  end(): void
}

/** The newest events of a stream, from `first` on; everything before has been looked at by somebody. */
interface Tail {
  first: number
  events: StoredEvent[]
}

const TAIL_EVENTS_MAX = 64
const STREAMS_MAX = 20_000
const CHARACTERS_MAX = 32 * 1024 * 1024

export function recentEvents(): Recent {
  const tails = new Map<string, Tail>()
  let characters = 0
  let hasEnded = false
  // A read that began before something was forgotten may be older than what was forgotten, and teaches nothing.
  let generation = 0

  const clear = () => {
    tails.clear()
    characters = 0
    generation += 1
  }
  const keep = (stream: string, tail: Tail) => {
    if (hasEnded) return
    if (tails.size >= STREAMS_MAX || characters > CHARACTERS_MAX) clear()
    tails.set(stream, tail)
  }
  const drop = (events: readonly StoredEvent[]) => {
    for (const { data, metadata } of events) characters -= data.length + metadata.length
  }
  return {
    from(stream, revision) {
      const tail = tails.get(stream)
      return tail && revision > 0 && revision >= tail.first
        ? tail.events.slice(revision - tail.first)
        : undefined
    },
    appended(events) {
      const [first] = events
      if (!first || hasEnded) return
      const known = tails.get(first.stream)
      // A read may have seen them before they were acknowledged.
      if (known && endOf(known) > first.revision) return
      const isNext = known !== undefined && endOf(known) === first.revision
      const tail = isNext ? known : { first: first.revision, events: [] }
      if (known && !isNext) drop(known.events)
      tail.events.push(...events)
      for (const { data, metadata } of events) characters += data.length + metadata.length
      const surplus = tail.events.length - TAIL_EVENTS_MAX
      if (surplus > 0) {
        drop(tail.events.splice(0, surplus))
        tail.first += surplus
      }
      keep(first.stream, tail)
    },
    reading(stream) {
      const begun = generation
      return (last) => {
        const known = tails.get(stream)
        if (begun !== generation || (known && endOf(known) > last)) return
        if (known) drop(known.events)
        keep(stream, { first: last + 1, events: [] })
      }
    },
    forget(stream) {
      drop(tails.get(stream)?.events ?? [])
      tails.delete(stream)
      generation += 1
    },
    end() {
      clear()
      hasEnded = true
    }
  }
}

/** The revision of the next event. */
const endOf = ({ first, events }: Tail): number => first + events.length
