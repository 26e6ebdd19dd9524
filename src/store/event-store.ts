import type { StoredEvent } from '../events/catalogue.ts'

/*
 * The port behind which events live. Both back ends pass the same contract suite. It offers no way to change or
 * delete anything, and no append without an expected revision.
 */

/** An event on its way in: `data` and `metadata` are JSON text, stored as it is and never re-serialised. */
export interface NewEvent {
  /** A UUID; compared without regard to case, kept in lower case. */
  id: string
  type: string
  data: string
  metadata: string
}

export interface Appended {
  /** Revision of the last event of this append. */
  revision: number
  /** Position of the last event of this append. */
  position: bigint
}

/** What a subscription yields: events in ledger order, never one twice, none left out. */
export interface Batch {
  events: StoredEvent[]
  /** Everything up to here has been looked at, also where nothing matched; a valid place to resume from. */
  checkpoint: bigint
  /** True once all that was there when the subscription started has been yielded. */
  caughtUp: boolean
  /** The next one would have to be waited for, so that nobody should gather more before this one is applied. */
  isNextAway?: boolean
}

export interface EventStore {
  /**
   * Appends all events or none, and resolves only when they are durable. `expectedRevision` is the revision of the
   * stream's last event, or `'none'` for a stream that does not exist yet. A retry with the same ids at the same
   * expected revision answers as the first time did, whatever came later.
   * Refuses with `WrongRevision`, `Unavailable` (a full disk too), or `RangeError` for what no store would take: no
   * events, a malformed id, stream or type name, an id twice, or more than `APPEND_BYTES_MAX` of data and metadata.
   * An id that another place of the store already holds is a fault of the caller: the embedded store refuses it with
   * `RangeError`, EventStoreDB cannot tell.
   */
  append(
    stream: string,
    events: readonly NewEvent[],
    options: { expectedRevision: number | 'none' }
  ): Promise<Appended>

  /**
   * The events of one stream in order, from a revision on; nothing for a stream that does not exist. `wanted` says how
   * many will be taken, so that no more need be fetched for them.
   */
  readStream(stream: string, options?: { fromRevision?: number; wanted?: number }): AsyncIterable<StoredEvent>

  /**
   * What `readStream` would tell, where it can be told without asking anybody: all events of a stream from a revision
   * on; undefined where they have to be read.
   */
  known?(stream: string, fromRevision: number): readonly StoredEvent[] | undefined

  /** Events after a position (exclusive) whose stream begins with one of the prefixes, in ledger order. */
  readAll(after: bigint, streamPrefixes: readonly string[]): AsyncIterable<StoredEvent>

  /** Like `readAll`, and then what is appended later, until the signal aborts. Bounded memory when the reader is slow. */
  subscribe(after: bigint, streamPrefixes: readonly string[], signal: AbortSignal): AsyncIterable<Batch>

  /** Position of the newest event, 0 when there is none. */
  end(): Promise<bigint>

  /** A short text that no other store has: a hash of the first event's id and position; `'empty'` without events. */
  identity(): Promise<string>

  close(): Promise<void>
}

/** A ledger that can only be read. */
export interface EventReader
  extends Pick<EventStore, 'readStream' | 'readAll' | 'end' | 'identity' | 'close'> {
  /** Like `readAll`, in the pages in which the store reads: for whoever takes many events at once. */
  readPages?(after: bigint, streamPrefixes: readonly string[]): AsyncIterable<readonly StoredEvent[]>
  /** Where any event is found as quickly as the next one. */
  anyOrder?: AnyOrder
}

/** What is needed to bring events into an order of one's own before they are read. */
export type EventHead = Pick<StoredEvent, 'position' | 'stream' | 'type'>

/** A list of positions, of either kind: a long one takes less room as numbers of eight bytes. */
export type Positions = readonly bigint[] | BigInt64Array

/** Reading events in any order. */
export interface AnyOrder {
  /** Like `readAll`, page by page, without what the events say. */
  heads(after: bigint, streamPrefixes: readonly string[]): AsyncIterable<readonly EventHead[]>
  /** The events at these positions, in this order, page by page. Throws `Damaged` where one is not there. */
  at(positions: Positions): AsyncIterable<readonly StoredEvent[]>
}

/** The streams of the ledger begin with one of these. */
export const STREAM_PREFIXES = ['unit-', 'framework-', 'evaluation-'] as const

/** Data and metadata of one append together; well under what EventStoreDB takes (1 MiB of data alone). */
export const APPEND_BYTES_MAX = 900 * 1024

export const EVENT_ID_PATTERN = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

const NO_ID = '00000000-0000-0000-0000-000000000000'

/** Throws `RangeError` for what no back end may be asked to store. Every back end calls it first. */
export function checkAppend(stream: string, events: readonly NewEvent[]): void {
  if (!isName(stream)) throw new RangeError(`not a stream name: ${JSON.stringify(stream)}`)
  if (events.length === 0) throw new RangeError('an append needs at least one event')
  let bytes = 0
  const ids = new Set<string>()
  for (const { id, type, data, metadata } of events) {
    if (!EVENT_ID_PATTERN.test(id) || id === NO_ID) throw new RangeError(`not a UUID: ${JSON.stringify(id)}`)
    if (ids.has(id.toLowerCase())) throw new RangeError(`the event id ${id} comes twice`)
    ids.add(id.toLowerCase())
    if (!isName(type)) throw new RangeError(`not an event type: ${JSON.stringify(type)}`)
    // Half a surrogate pair has no bytes in UTF-8, so it could not be kept as it was written.
    if (!data.isWellFormed() || !metadata.isWellFormed()) throw new RangeError(`event ${id} is not Unicode`)
    bytes += Buffer.byteLength(data) + Buffer.byteLength(metadata)
  }
  if (bytes > APPEND_BYTES_MAX) {
    throw new RangeError(`${bytes} bytes in one append; at most ${APPEND_BYTES_MAX}`)
  }
}

/** Names that begin with `$` are EventStoreDB's own. */
const isName = (text: string) => text !== '' && !text.startsWith('$') && text.isWellFormed()

/** Somebody else appended first, or the expectation was wrong. Nothing was stored. */
export class WrongRevision extends Error {
  override name = 'WrongRevision'
  readonly stream: string
  readonly expected: number | 'none'
  readonly actual: number | 'none'
  constructor(stream: string, expected: number | 'none', actual: number | 'none') {
    super(`stream ${stream} is at revision ${actual}, not at ${expected}`)
    this.stream = stream
    this.expected = expected
    this.actual = actual
  }
}

/**
 * The store cannot be reached or cannot write now. Whether an append happened is unknown unless `nothingStored`; a
 * retry with the same ids at the same expected revision is safe either way.
 */
export class Unavailable extends Error {
  override name = 'Unavailable'
  readonly nothingStored: boolean
  constructor(message: string, options: ErrorOptions & { nothingStored?: boolean } = {}) {
    super(message, options)
    this.nothingStored = options.nothingStored ?? false
  }
}

/**
 * A file cannot be opened, made or written here: a right is missing, there is no room, or something else is in its place.
 * The message is a sentence that names the file.
 */
export class FileUnusable extends Unavailable {
  override name = 'FileUnusable'
}

/** Another process writes this store. The message is a sentence for whoever started the second one. */
export class StoreLocked extends Error {
  override name = 'StoreLocked'
}

/** A file is not what it was named for, or a newer program wrote it. It was left as it is; the message says which. */
export class ForeignStore extends Error {
  override name = 'ForeignStore'
}

/** What is stored cannot be right: a gap, a foreign format, a deleted event. Nobody should go on. */
export class Damaged extends Error {
  override name = 'Damaged'
}
