import { Damaged, type NewEvent, Unavailable } from './event-store.ts'

/*
 * What the adapter asks of the server, one call each, without any retry. The calls carry the bytes of data and
 * metadata as they are: the client's own calls would parse them and write them anew. After a call that was not
 * answered in time, all later ones use a new connection.
 */

/** A record of `$all`, of ours or not. Stream names are those of the server, with the prefix. */
export interface WireRecord {
  id: string
  type: string
  stream: string
  revision: bigint
  /** Commit position; the prepare position is the same in all that is written this way. */
  position: bigint
  data: string
  metadata: string
}

export type WireMessage =
  | { kind: 'record'; record: WireRecord }
  /** Everything up to here was looked at by a filter; a valid place to resume from. */
  | { kind: 'checkpoint'; position: bigint }
  | { kind: 'caught-up' }
  | { kind: 'no-stream' }
  /** What only shows that the server answers. */
  | { kind: 'other' }

export type WireRead =
  | { of: 'stream'; stream: string; fromRevision: number }
  /** The newest records first; strictly before a record's own position where one is given. */
  | { of: 'all-backwards'; before: bigint | 'end'; count: number }
  /** What is there and what comes, after a record's own position, or from the start. */
  | { of: 'subscription'; after: bigint | 'start'; streamPrefixes: readonly string[] }

/** A read under way. Whoever is done with it cancels it, or the server goes on sending. */
export interface WireCall {
  /** The next message; null when the server has ended the read. Rejects with what the client throws, or `TimedOut`. */
  next(timeoutMs: number): Promise<WireMessage | null>
  /** What has arrived already, without waiting. */
  poll(): WireMessage | null
  cancel(): void
}

export type WireAppended =
  | { stored: true; revision: bigint; position: bigint | null }
  | { stored: false; actual: bigint | 'none' }

export interface Wire {
  append(
    stream: string,
    events: readonly NewEvent[],
    expected: bigint | 'none',
    timeoutMs: number
  ): Promise<WireAppended>
  read(request: WireRead, timeoutMs: number): Promise<WireCall>
  close(): Promise<void>
}

/** The server did not answer in our own time. What became of the call is unknown. */
export class TimedOut extends Error {
  override name = 'TimedOut'
}

/** Waits no longer than that; what comes later is given to `tooLate`. The client alone would wait for ever. */
export async function inTime<T>(
  work: Promise<T>,
  timeoutMs: number,
  tooLate: (value: T) => void = () => {}
): Promise<T> {
  if (timeoutMs === Number.POSITIVE_INFINITY) return work
  let timer: NodeJS.Timeout | undefined
  let isLate = false
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      isLate = true
      reject(new TimedOut(`no answer within ${timeoutMs} ms`))
    }, timeoutMs)
  })
  // Nobody waits any more for what comes too late, nor for its failure.
  work.then(
    (value) => isLate && tooLate(value),
    () => {}
  )
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

/** What an error of the client means to us. */
export type Trouble =
  /** Another try may succeed. */
  | 'passing'
  /** The server does not let us. */
  | 'denied'
  /** Somebody deleted the stream. */
  | 'deleted'
  /** Anything else, a position that no record has among it. */
  | 'refused'

/** Codes of gRPC: cancelled, deadline exceeded, resource exhausted, aborted, internal, unavailable. */
const PASSING: ReadonlySet<unknown> = new Set([1, 4, 8, 10, 13, 14])
const DENIED: ReadonlySet<unknown> = new Set([7, 16])

/** The exception that the server names. */
function saidBy(error: unknown): unknown {
  const { type, metadata } = Object(error)
  return type ?? metadata?.get?.('exception')?.[0]?.toString()
}

/** Codes of gRPC: invalid argument, failed precondition, out of range, unimplemented. */
const DECLINED: ReadonlySet<unknown> = new Set([3, 9, 11, 12])

/**
 * Whether the server says that it would not do what was asked, and will say so again. A handler of its own that failed
 * (unknown, without a name) says nothing of what it had done before.
 */
export function isDeclined(error: unknown): boolean {
  if (troubleOf(error) !== 'refused') return false
  const said = saidBy(error)
  return (said !== undefined && said !== 'unknown') || DECLINED.has(Object(error).code)
}

/**
 * Errors come raw from gRPC or converted by the client, some without a `type`: so the type is looked at first, then
 * what the server says, then the code.
 */
export function troubleOf(error: unknown): Trouble {
  if (error instanceof TimedOut) return 'passing'
  const { code, message } = Object(error)
  const said = saidBy(error)
  if (said === 'access-denied' || DENIED.has(code)) return 'denied'
  if (said === 'stream-deleted') return 'deleted'
  if (said === 'not-leader' || PASSING.has(code)) return 'passing'
  if (said === 'unavailable' || said === 'cancelled' || said === 'timeout' || said === 'deadline-exceeded') {
    return 'passing'
  }
  // A stream of Node that ended under the call; no node found by gossip.
  return /write after end|Failed to discover/.test(String(message)) ? 'passing' : 'refused'
}

/** The error of the port for one of the client, where no further try is made. */
export function typedError(error: unknown, doing: string, nothingStored = false): Error {
  if (error instanceof Damaged || error instanceof Unavailable || error instanceof RangeError) return error
  const why = error instanceof Error ? error.message || String(Object(error).type) : String(error)
  switch (troubleOf(error)) {
    case 'denied':
      return new Unavailable(
        `EventStoreDB does not allow ${doing}: check the user and the access control list`,
        {
          cause: error,
          nothingStored
        }
      )
    case 'deleted':
      return new Damaged(`${doing}: the stream was deleted on the server, and a ledger loses nothing`)
    default: {
      const verb = isDeclined(error) ? 'refused' : 'did not answer'
      return new Unavailable(`EventStoreDB ${verb} ${doing} (${why})`, { cause: error, nothingStored })
    }
  }
}

/** Waits between tries, shorter when the signal aborts. */
export const pause = (ms: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal?.aborted) return resolve()
    const end = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, ms)
    signal?.addEventListener('abort', end)
  })

/** How long calls may take, in milliseconds. */
export interface Patience {
  /** One call, or one wait for the next message of a read. */
  call: number
  /** All tries together, before the store counts as unavailable: a cluster needs some seconds for a new leader. */
  total: number
}

/** Looked at when a store is opened that is not told another; tests make it shorter. */
export const PATIENCE: Patience = { call: 4_000, total: 15_000 }

/** Pauses between tries: short at first, since most troubles are over at once. */
export const nextPause = (before: number): number => Math.min(before * 2, 1_000)
export const FIRST_PAUSE_MS = 20
