import type { StoredEvent } from '../../src/events/catalogue.ts'
import { sha256 } from '../../src/ids.ts'
import {
  type Appended,
  type Batch,
  checkAppend,
  type EventStore,
  type NewEvent,
  Unavailable,
  WrongRevision
} from '../../src/store/event-store.ts'

/** Batches are kept small, so that tests meet more than one. */
const BATCH_MAX = 256

interface Memory {
  ledger: StoredEvent[]
  byStream: Map<string, StoredEvent[]>
  ids: Set<string>
  closed: boolean
  /** Resolved, and replaced, whenever there is something new to see. */
  news: PromiseWithResolvers<void>
}

/** An event store that keeps every promise of the port but one: it forgets when the process ends. */
export function createMemoryStore(): EventStore {
  const memory: Memory = {
    ledger: [],
    byStream: new Map(),
    ids: new Set(),
    closed: false,
    news: Promise.withResolvers()
  }
  return {
    append: async (stream, events, { expectedRevision }) => append(memory, stream, events, expectedRevision),
    async *readStream(stream, { fromRevision = 0 } = {}) {
      if (!Number.isSafeInteger(fromRevision) || fromRevision < 0) throw new RangeError('not a revision')
      requireOpen(memory)
      yield* (memory.byStream.get(stream) ?? []).slice(fromRevision)
    },
    async *readAll(after, prefixes) {
      requireOpen(memory)
      yield* matching(memory.ledger.slice(indexAfter(memory, after)), prefixes)
    },
    subscribe: (after, prefixes, signal) => subscribe(memory, after, prefixes, signal),
    end: async () => {
      requireOpen(memory)
      return BigInt(memory.ledger.length)
    },
    identity: async () => {
      requireOpen(memory)
      const [first] = memory.ledger
      return first ? sha256(`${first.id} ${first.position}`) : 'empty'
    },
    close: async () => {
      memory.closed = true
      memory.news.resolve()
    }
  }
}

function append(
  memory: Memory,
  stream: string,
  events: readonly NewEvent[],
  expected: number | 'none'
): Appended {
  requireOpen(memory)
  checkAppend(stream, events)
  if (expected !== 'none' && !(Number.isSafeInteger(expected) && expected >= 0)) {
    throw new RangeError('not a revision')
  }
  const known = memory.byStream.get(stream) ?? []
  const first = expected === 'none' ? 0 : expected + 1
  const before = known.slice(first, first + events.length)
  const last = before.at(-1)
  if (last && before.length === events.length && before.every(({ id }, i) => id === idOf(events[i]))) {
    return { revision: last.revision, position: last.position }
  }
  const actual = known.at(-1)?.revision ?? 'none'
  if (actual !== expected) throw new WrongRevision(stream, expected, actual)
  if (events.some((event) => memory.ids.has(idOf(event)))) throw new RangeError('an id is stored already')
  const stored = events.map(({ type, data, metadata }, i) => ({
    id: idOf(events[i]),
    type,
    stream,
    revision: first + i,
    position: BigInt(memory.ledger.length + i + 1),
    data,
    metadata
  }))
  for (const { id } of stored) memory.ids.add(id)
  memory.byStream.set(stream, [...known, ...stored])
  memory.ledger.push(...stored)
  memory.news.resolve()
  memory.news = Promise.withResolvers()
  return { revision: first + events.length - 1, position: BigInt(memory.ledger.length) }
}

const idOf = (event: NewEvent | undefined): string => event?.id.toLowerCase() ?? ''

async function* subscribe(
  memory: Memory,
  after: bigint,
  prefixes: readonly string[],
  signal: AbortSignal
): AsyncGenerator<Batch> {
  let at = indexAfter(memory, after)
  const start = memory.ledger.length
  let told = false
  const aborted = Promise.withResolvers<void>()
  signal.addEventListener('abort', () => aborted.resolve(), { once: true })
  while (!signal.aborted) {
    requireOpen(memory)
    const looked = memory.ledger.slice(at, at + BATCH_MAX)
    if (looked.length === 0 && told) {
      await Promise.race([memory.news.promise, aborted.promise])
      continue
    }
    at += looked.length
    told = at >= start
    const checkpoint = looked.at(-1)?.position ?? after
    yield { events: [...matching(looked, prefixes)], checkpoint, caughtUp: told }
  }
}

/** Positions are dense from 1, so the index of the first event after a position is that position. */
const indexAfter = ({ ledger }: Memory, after: bigint): number =>
  after <= 0n ? 0 : Number(after < BigInt(ledger.length) ? after : BigInt(ledger.length))

function* matching(events: readonly StoredEvent[], prefixes: readonly string[]): Generator<StoredEvent> {
  for (const event of events) if (prefixes.some((prefix) => event.stream.startsWith(prefix))) yield event
}

function requireOpen({ closed }: Memory): void {
  if (closed) throw new Unavailable('the store is closed', { nothingStored: true })
}
