import {
  type Appended,
  checkAppend,
  Damaged,
  type NewEvent,
  Unavailable,
  WrongRevision
} from './event-store.ts'
import {
  FIRST_PAUSE_MS,
  isDeclined,
  nextPause,
  type Patience,
  pause,
  troubleOf,
  typedError,
  type Wire,
  type WireAppended
} from './eventstoredb-wire.ts'

export interface Appending {
  wire: Wire
  /** The name that a stream has on the server. */
  outer: (stream: string) => string
  patience: Patience
  /** Aborted when the store closes: what has begun gets its answer, but no further try. */
  closing: AbortSignal
  /** The position of an event, where the server's answer leaves it out. */
  positionOf: (stream: string, revision: number) => Promise<bigint>
}

/**
 * Appends at exactly the revision that is named. When the outcome of a try is unknown, the same ids are sent again at
 * the same revision: the server knows them, so there is one copy however often it is asked.
 */
export async function appendEvents(
  parts: Appending,
  stream: string,
  events: readonly NewEvent[],
  expected: number | 'none'
): Promise<Appended> {
  // An empty append would be answered with success, and metadata of any size taken.
  checkAppend(stream, events)
  if (expected !== 'none' && !(Number.isSafeInteger(expected) && expected >= 0)) {
    throw new RangeError(`not a revision: ${expected}`)
  }
  const kept = events.map((event) => ({ ...event, id: event.id.toLowerCase() }))
  const at = expected === 'none' ? 'none' : BigInt(expected)
  const answer = await persist(parts, `an append to ${stream}`, (timeoutMs) =>
    parts.wire.append(parts.outer(stream), kept, at, timeoutMs)
  )
  if (!answer.stored) {
    throw new WrongRevision(stream, expected, answer.actual === 'none' ? 'none' : Number(answer.actual))
  }
  const last = (expected === 'none' ? -1 : expected) + events.length
  if (answer.revision !== BigInt(last)) {
    throw new Damaged(
      `stream ${stream} went on at revision ${answer.revision}, not at ${last}: it was deleted on the server`
    )
  }
  return { revision: last, position: answer.position ?? (await parts.positionOf(stream, last)) }
}

/** Tries until there is an answer, for as long as patience lasts. */
async function persist(
  { patience, closing }: Appending,
  doing: string,
  attempt: (timeoutMs: number) => Promise<WireAppended>
): Promise<WireAppended> {
  const deadline = performance.now() + patience.total
  let wait = FIRST_PAUSE_MS
  let isUnknown = false
  for (;;) {
    const left = deadline - performance.now()
    try {
      return await attempt(Math.max(Math.min(patience.call, left), 1))
    } catch (error) {
      const trouble = troubleOf(error)
      // What was refused stores nothing, unless a try before it did.
      if (trouble === 'denied' || isDeclined(error)) throw typedError(error, doing, !isUnknown)
      if (trouble === 'deleted') throw typedError(error, doing)
      isUnknown = true
      if (closing.aborted || performance.now() + wait >= deadline) {
        const { message } = typedError(error, doing)
        throw new Unavailable(`${message}; whether it is stored is not known, a retry is safe`, {
          cause: error
        })
      }
    }
    await pause(wait, closing)
    wait = nextPause(wait)
  }
}
