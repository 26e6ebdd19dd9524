import type { StoredEvent } from '../events/catalogue.ts'
import { type Appended, checkAppend, type EventStore, type NewEvent, WrongRevision } from './event-store.ts'

/** A ledger as it might have gone on. */
export interface Overlay {
  store: EventStore
  /** What was appended here, in order. It is nowhere else, and gone with this object. */
  appended: readonly StoredEvent[]
}

/**
 * Lays a hypothesis over a store: reads see the store beneath up to `upTo` (the position of one of its events, or 0)
 * and after that what was appended here, at the positions that follow. The store beneath is only ever read. `onRead`
 * is called for every event read from it, and ends the reading by throwing. Nobody follows a hypothesis (`subscribe`
 * throws), and an append that is repeated is refused like any other at a stale revision.
 */
export function overlayStore(beneath: EventStore, upTo: bigint, onRead: () => void = () => {}): Overlay {
  const appended: StoredEvent[] = []
  const upToThen = async function* (events: AsyncIterable<StoredEvent>): AsyncGenerator<StoredEvent> {
    for await (const event of events) {
      onRead()
      if (event.position > upTo) return
      yield event
    }
  }
  const readStream = async function* (
    stream: string,
    { fromRevision = 0 } = {}
  ): AsyncGenerator<StoredEvent> {
    yield* upToThen(beneath.readStream(stream, { fromRevision }))
    yield* appended.filter((event) => event.stream === stream && event.revision >= fromRevision)
  }
  const newest = async (stream: string, fromRevision: number): Promise<number | 'none'> => {
    let last: number | 'none' = 'none'
    for await (const { revision } of readStream(stream, { fromRevision })) last = revision
    return last
  }
  const end = (): bigint => upTo + BigInt(appended.length)
  return {
    appended,
    store: {
      async append(stream, events, { expectedRevision }): Promise<Appended> {
        checkAppend(stream, events)
        const first = expectedRevision === 'none' ? 0 : expectedRevision + 1
        const actual = await newest(stream, Math.max(first - 1, 0))
        if (actual !== expectedRevision) {
          throw new WrongRevision(
            stream,
            expectedRevision,
            actual === 'none' ? await newest(stream, 0) : actual
          )
        }
        for (const [i, event] of events.entries())
          appended.push(storedAt(event, stream, first + i, end() + 1n))
        return { revision: first + events.length - 1, position: end() }
      },
      readStream,
      async *readAll(after, prefixes) {
        yield* upToThen(beneath.readAll(after, prefixes))
        yield* appended.filter(
          ({ stream, position }) => position > after && prefixes.some((prefix) => stream.startsWith(prefix))
        )
      },
      subscribe: () => {
        throw new TypeError('a hypothesis has no followers')
      },
      end: async () => end(),
      identity: () => beneath.identity(),
      // The store beneath belongs to somebody else.
      close: async () => {}
    }
  }
}

const storedAt = (
  { id, type, data, metadata }: NewEvent,
  stream: string,
  revision: number,
  position: bigint
): StoredEvent => ({ id: id.toLowerCase(), type, stream, revision, position, data, metadata })
