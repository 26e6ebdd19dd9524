import type { StoredEvent } from '../events/catalogue.ts'
import { type IdAt, idAtIn } from './event-at.ts'
import {
  type Appended,
  type Batch,
  Damaged,
  type EventStore,
  ForeignStore,
  STREAM_PREFIXES,
  Unavailable
} from './event-store.ts'
import { type Appending, appendEvents } from './eventstoredb-append.ts'
import { checkLedger, checkReachable, checkRetention, checkServer } from './eventstoredb-check.ts'
import { follow } from './eventstoredb-follow.ts'
import { identityFinder, newestFinder } from './eventstoredb-newest.ts'
import { createPlaces } from './eventstoredb-places.ts'
import { closed, type Reading, readStreamFrom, storedEvent } from './eventstoredb-read.ts'
import { createRequireNext } from './eventstoredb-revisions.ts'
import { areSettings, requireKept, settingsOf } from './eventstoredb-settings.ts'
import { PATIENCE, type Patience, type Wire } from './eventstoredb-wire.ts'

export interface EventStoreDbOptions {
  /** What the names of our streams begin with on the server; the ledger itself does not know it. */
  prefix: string
  /** What the streams of the ledger begin with after the prefix. */
  kinds?: readonly string[]
  /** Nothing is going to be appended, so that the right to do so is not needed. */
  onlyReads?: boolean
  /**
   * Up to where the events of the ledger with this identity and end have been read before, and need not be looked at
   * again before the start; from the beginning unless given. Which event stands where may be asked for that.
   */
  checkedUpTo?: (identity: string, end: bigint, idAt: IdAt) => bigint | Promise<bigint>
  /** Position of the newest known event at or below a position; 0 where none is known. */
  knownAtOrBelow?: (position: bigint) => bigint
  patience?: Partial<Patience>
}

interface Parts extends Reading {
  newest: () => Promise<bigint>
}

/** The port over a connection, after all checks of it have passed. `hosts` is how messages name the server. */
export async function composeStore(
  wire: Wire,
  hosts: string,
  options: EventStoreDbOptions
): Promise<EventStore> {
  const { prefix, kinds = STREAM_PREFIXES } = options
  const streamPrefixes = kinds.map((kind) => prefix + kind)
  const closing = new AbortController()
  const reading: Reading = {
    wire,
    prefix,
    patience: { ...PATIENCE, ...options.patience },
    places: createPlaces(options.knownAtOrBelow),
    closing: closing.signal
  }
  const isOurs = (stream: string) => streamPrefixes.some((ours) => stream.startsWith(ours))
  const newest = newestFinder(reading, isOurs)
  const identity = identityFinder(reading, streamPrefixes, newest)
  try {
    await (options.onlyReads ? checkReachable(reading) : checkServer(reading))
    const idAt = idAtIn({ readAll: (after, prefixes) => readAll({ ...reading, newest }, after, prefixes) })
    const checked = (await options.checkedUpTo?.(await identity(), await newest(), idAt)) ?? 0n
    await checkRetention(reading, checked, streamPrefixes)
    await checkLedger(reading, checked, streamPrefixes)
  } catch (error) {
    await wire.close()
    throw named(error, hosts)
  }
  return storeOf({ ...reading, newest }, identity, closing)
}

function storeOf(parts: Parts, identity: () => Promise<string>, closing: AbortController): EventStore {
  const underWay = new Set<Promise<Appended>>()
  const appending: Appending = {
    ...parts,
    outer: (stream) => parts.prefix + stream,
    positionOf: async (stream, revision) => {
      for await (const { position } of readStreamFrom(parts, stream, revision)) return position
      throw new Unavailable(`event ${revision} of ${stream} was stored, but cannot be read`)
    }
  }
  let ending: Promise<void> | undefined
  const end = async () => {
    closing.abort()
    // What has begun is finished, within the time of one call.
    await Promise.allSettled(underWay)
    await parts.wire.close()
  }
  return {
    async append(stream, events, { expectedRevision }) {
      if (closing.signal.aborted) throw closed()
      const work = appendEvents(appending, stream, events, expectedRevision)
      underWay.add(work)
      try {
        return await work
      } finally {
        underWay.delete(work)
      }
    },
    readStream: (stream, { fromRevision = 0 } = {}) => readStreamFrom(parts, stream, fromRevision),
    readAll: (after, prefixes) => readAll(parts, after, prefixes),
    subscribe: (after, prefixes, signal) => subscribe(parts, after, prefixes, signal),
    end: parts.newest,
    identity,
    close() {
      ending ??= end()
      return ending
    }
  }
}

/** Up to what was the newest event when the reading began, so that it ends however fast others append. */
async function* readAll(
  parts: Parts,
  after: bigint,
  prefixes: readonly string[]
): AsyncGenerator<StoredEvent> {
  const upTo = await parts.newest()
  if (after >= upTo) return
  const enough = new AbortController()
  for await (const batch of subscribe(parts, after, prefixes, enough.signal)) {
    for (const event of batch.events) {
      if (event.position > upTo) return
      yield event
    }
    if (batch.caughtUp || batch.checkpoint >= upTo) enough.abort()
  }
}

/** A subscription keeps some hundred bytes for each, and at least half of so many. */
const REMEMBERED_STREAMS = 10_000

async function* subscribe(
  parts: Parts,
  after: bigint,
  prefixes: readonly string[],
  signal: AbortSignal
): AsyncGenerator<Batch> {
  const outer = prefixes.map((prefix) => parts.prefix + prefix)
  const requireNext = createRequireNext(after <= 0n, REMEMBERED_STREAMS)
  const names = [...outer, ...outer.map(settingsOf)]
  for await (const { records: found, checkpoint, caughtUp } of follow(parts, after, names, signal)) {
    await requireKept(parts, found.filter(areSettings))
    const records = found.filter((record) => !areSettings(record))
    const deleted = records.find(({ type }) => type.startsWith('$'))
    if (deleted) throw new Damaged(`stream ${deleted.stream} was deleted on the server`)
    records.forEach(requireNext)
    yield { events: records.map((record) => storedEvent(record, parts.prefix)), checkpoint, caughtUp }
  }
}

/** The same error, for whoever started the program: with the server's name. */
function named(error: unknown, hosts: string): unknown {
  const message = `EventStoreDB at ${hosts}: ${error instanceof Error ? error.message : String(error)}`
  if (error instanceof Damaged) return new Damaged(message, { cause: error })
  if (error instanceof ForeignStore) return new ForeignStore(message, { cause: error })
  if (error instanceof Unavailable) return new Unavailable(message, { cause: error })
  return error
}
