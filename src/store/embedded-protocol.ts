import type { StoredEvent } from '../events/catalogue.ts'
import type { PackedAppends, PackedWritten } from './embedded-packing.ts'
import {
  type Appended,
  Damaged,
  type EventHead,
  FileUnusable,
  ForeignStore,
  type NewEvent,
  type Positions,
  StoreLocked,
  Unavailable,
  WrongRevision
} from './event-store.ts'

/* What the main thread and the two threads of the embedded store say to each other. */

/** The writer holds the lock and appends; the reader has a connection of its own and never waits for the disk. */
export interface WorkerData {
  role: 'writer' | 'reader'
  path: string
}

export interface AppendRequest {
  kind: 'append'
  stream: string
  events: readonly NewEvent[]
  expectedRevision: number | 'none'
}

/** Events in ledger order after a position and up to another (both as far as one page goes). */
export interface PageRequest {
  kind: 'page'
  after: bigint
  upTo: bigint
  prefixes: readonly string[]
}

/** Whether a reading with these prefixes takes events of a stream. */
export const startsWithAny = (stream: string, prefixes: readonly string[]): boolean =>
  prefixes.some((prefix) => stream.startsWith(prefix))

export interface StreamRequest {
  kind: 'stream'
  stream: string
  fromRevision: number
  /** How many are expected to be taken; all there are unless given. */
  wanted?: number | undefined
}

/** Like `page`, without what the events say. */
export interface HeadsRequest extends Omit<PageRequest, 'kind'> {
  kind: 'heads'
}

/** Events at these positions; as many of the first ones as go on a page. */
export interface PlacesRequest {
  kind: 'places'
  positions: Positions
}

export type ReadRequest =
  | PageRequest
  | HeadsRequest
  | PlacesRequest
  | StreamRequest
  | { kind: 'end' }
  | { kind: 'first' }
export type Request = AppendRequest | ReadRequest

/** `isNew` unless an earlier append had written the same events, with whatever they then held. */
export interface Written extends Appended {
  isNew: boolean
}

/** What the threads answer to each kind of request. */
export interface Answer {
  append: Written
  page: Page
  heads: PageOf<EventHead>
  places: StoredEvent[]
  stream: Page
  end: bigint
  first: Pick<StoredEvent, 'id' | 'position'> | null
}

export type Page = PageOf<StoredEvent>

export interface PageOf<Event> {
  events: Event[]
  /** Everything up to here has been looked at. */
  checkpoint: bigint
  /** The page was full; there may be more. */
  more: boolean
}

export type Reply = { value: unknown } | { fault: Fault }

export type Numbered = [call: number, request: Request]

/** Numbered calls, those of one turn of the event loop together (to the writer packed), or the last message of all. */
export type ToWorker = readonly Numbered[] | PackedAppends | 'close'

/** Replies by the number of their call; from the writer `end` is the newest durable position, `written` what was appended. */
export interface FromWorker {
  replies: [call: number, reply: Reply][]
  written?: PackedWritten
  end?: bigint
}

/** An error on its way between threads, which would lose its class and fields. */
export interface Fault {
  name: string
  message: string
  stream?: string
  expected?: number | 'none'
  actual?: number | 'none'
  nothingStored?: boolean
}

export function faultOf(error: unknown): Fault {
  if (error instanceof WrongRevision) {
    const { name, message, stream, expected, actual } = error
    return { name, message, stream, expected, actual }
  }
  if (error instanceof Unavailable) {
    return { name: error.name, message: error.message, nothingStored: error.nothingStored }
  }
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) }
  return isDamage(error)
    ? { name: 'Damaged', message: `the file of the ledger is damaged: ${error.message}` }
    : { name: error.name, message: error.message }
}

export function errorOf({ name, message, stream, expected, actual, nothingStored }: Fault): Error {
  if (stream !== undefined && expected !== undefined && actual !== undefined) {
    return new WrongRevision(stream, expected, actual)
  }
  if (name === 'RangeError') return new RangeError(message)
  if (name === 'Damaged') return new Damaged(message)
  if (name === 'StoreLocked') return new StoreLocked(message)
  if (name === 'ForeignStore') return new ForeignStore(message)
  if (name === 'FileUnusable') return new FileUnusable(message)
  return new Unavailable(message, { nothingStored: nothingStored ?? false })
}

/** SQLite's result code of an error, without its extension; 0 for any other error. */
export const resultCode = (error: unknown): number =>
  error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : 0

export const SQLITE = { busy: 5, corrupt: 11, full: 13, notADatabase: 26 } as const

const isDamage = (error: Error) =>
  resultCode(error) === SQLITE.corrupt || resultCode(error) === SQLITE.notADatabase
