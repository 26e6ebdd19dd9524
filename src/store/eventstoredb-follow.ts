import { Unavailable } from './event-store.ts'
import { closed, type Reading, readBackwards } from './eventstoredb-read.ts'
import {
  FIRST_PAUSE_MS,
  nextPause,
  pause,
  TimedOut,
  troubleOf,
  typedError,
  type WireCall,
  type WireMessage,
  type WireRecord
} from './eventstoredb-wire.ts'

/** Records in ledger order, and up to where everything has been looked at. */
export interface Stretch {
  records: WireRecord[]
  checkpoint: bigint
  caughtUp: boolean
}

/** While it catches up a stretch is filled, since whoever applies it pays for each; live, what is there is handed on. */
const STRETCH_RECORDS_MAX = 500
const STRETCH_CHARACTERS_MAX = 1024 * 1024
const STRETCH_MS_MAX = 250

interface Follower {
  /** Everything up to here was handed on. */
  at: bigint
  /** Whether the server named that place, not only a caller. */
  isOwn: boolean
  caughtUp: boolean
  /** When the first trouble came after the last message, and how long to wait before the next try. */
  troubledSince: number | null
  wait: number
  /** Whether to distrust the known places, since the server refused one. */
  fromStart: boolean
}

/**
 * Everything after a position in the streams with these prefixes (names as on the server), and then what is appended,
 * until the signal aborts. A broken subscription is taken up again after the last record handed on, so none is left
 * out or comes twice; `Unavailable` once trouble has gone on for as long as patience lasts. That nothing happens, or that
 * the reader takes its time, is no trouble.
 */
export async function* follow(
  parts: Reading,
  after: bigint,
  streamPrefixes: readonly string[],
  signal: AbortSignal
): AsyncGenerator<Stretch> {
  const state: Follower = {
    at: after,
    isOwn: false,
    caughtUp: false,
    troubledSince: null,
    wait: FIRST_PAUSE_MS,
    fromStart: false
  }
  const ended = AbortSignal.any([signal, parts.closing])
  while (!signal.aborted) {
    if (parts.closing.aborted) throw closed()
    try {
      yield* once(parts, state, streamPrefixes, ended)
      continue
    } catch (error) {
      if (signal.aborted) return
      handleTrouble(parts, state, error)
    }
    await pause(state.wait, ended)
    state.wait = nextPause(state.wait)
  }
}

function handleTrouble({ patience, closing }: Reading, state: Follower, error: unknown): void {
  if (closing.aborted) throw closed()
  const trouble = troubleOf(error)
  state.troubledSince ??= performance.now()
  const isOver = performance.now() - state.troubledSince > patience.total
  // A place that no record has any more: a server that was put back to an older state, for one.
  if (trouble === 'refused' && !state.fromStart && !(error instanceof Error && isOurs(error))) {
    state.fromStart = true
    return
  }
  if (trouble !== 'passing' || isOver) throw typedError(error, 'a subscription to the ledger')
}

const isOurs = (error: Error) => error instanceof Unavailable || error.name === 'Damaged'

/** One subscription, until it breaks. */
async function* once(
  parts: Reading,
  state: Follower,
  streamPrefixes: readonly string[],
  signal: AbortSignal
): AsyncGenerator<Stretch> {
  const { wire, places, patience } = parts
  // Whatever stood there before the subscription began has been looked at once the server says that it caught up.
  const found = await whileWanted(readBackwards({ ...parts, closing: signal }, 'end', 1), signal)
  if (!found) return
  const place = state.isOwn ? state.at : places.atOrBelow(state.at)
  const from = state.fromStart ? 0n : place
  const asked = { of: 'subscription', after: from === 0n ? 'start' : from, streamPrefixes } as const
  const call = await whileWanted(wire.read(asked, patience.call), signal, (late) => late.cancel())
  if (!call) return
  const wake = () => call.cancel()
  signal.addEventListener('abort', wake, { once: true })
  try {
    if (signal.aborted) return
    for await (const stretch of stretches(parts, call, state, found[0]?.position ?? 0n)) {
      if (signal.aborted) return
      if (stretch.checkpoint > state.at) {
        places.learn(stretch.checkpoint)
        state.at = stretch.checkpoint
        state.isOwn = true
      }
      state.fromStart = false
      yield stretch
    }
  } finally {
    signal.removeEventListener('abort', wake)
    call.cancel()
  }
}

/**
 * What comes of an answer that is waited for, but not once the signal aborts: a server that is away or dumb would keep
 * whoever ends for as long as patience lasts. What comes after that is given to `tooLate`.
 */
async function whileWanted<T>(
  work: Promise<T>,
  signal: AbortSignal,
  tooLate: (answer: T) => void = () => {}
): Promise<T | undefined> {
  const aborted = Promise.withResolvers<undefined>()
  const end = () => aborted.resolve(undefined)
  signal.addEventListener('abort', end, { once: true })
  if (signal.aborted) end()
  work.then(
    (answer) => signal.aborted && tooLate(answer),
    () => {}
  )
  try {
    return await Promise.race([aborted.promise, work])
  } finally {
    signal.removeEventListener('abort', end)
  }
}

/** What a subscription brings, in stretches. `state` is read and moved on by the caller, one stretch at a time. */
async function* stretches(
  parts: Reading,
  call: WireCall,
  state: Follower,
  newest: bigint
): AsyncGenerator<Stretch> {
  let [records, size, begun] = [[] as WireRecord[], 0, 0]
  let checkpoint = state.at
  let isCatchingUp = true
  const cut = (): Stretch => {
    const stretch = { records, checkpoint, caughtUp: state.caughtUp }
    records = []
    size = 0
    return stretch
  }
  const isFull = () =>
    records.length >= STRETCH_RECORDS_MAX ||
    size >= STRETCH_CHARACTERS_MAX ||
    performance.now() - begun > STRETCH_MS_MAX
  let isHeard = false
  for (;;) {
    let message = call.poll()
    if (message === null) {
      if (records.length > 0 && !isCatchingUp) yield cut()
      const isLive = isHeard && !isCatchingUp
      message = await (isLive ? nextLive(parts, call) : call.next(parts.patience.call))
    }
    if (message === null) throw new TimedOut('the server ended the subscription')
    isHeard = true
    state.troubledSince = null
    state.wait = FIRST_PAUSE_MS
    const moved = positionIn(message, newest)
    if (message.kind === 'caught-up') {
      isCatchingUp = false
      state.caughtUp = true
    }
    if (message.kind === 'record' && message.record.position > checkpoint) {
      if (records.length === 0) begun = performance.now()
      records.push(message.record)
      size += message.record.data.length + message.record.metadata.length
    }
    const hasMoved = moved > checkpoint
    if (hasMoved) checkpoint = moved
    if (message.kind === 'caught-up' || (records.length > 0 && isFull())) yield cut()
    else if (message.kind === 'checkpoint' && hasMoved && records.length === 0) yield cut()
  }
}

/**
 * The next message, however long nothing happens. A server that has gone dumb is as silent as one to which nothing
 * happens, and keep-alive takes some twenty seconds to tell: so something else is asked of it now and then. Where that
 * is not answered in time the connection is left for a new one, and with it this wait ends.
 */
async function nextLive(parts: Reading, call: WireCall): Promise<WireMessage | null> {
  const ask = () => void readBackwards(parts, 'end', 1).catch(() => {})
  const asking = setInterval(ask, parts.patience.call)
  try {
    return await call.next(Number.POSITIVE_INFINITY)
  } finally {
    clearInterval(asking)
  }
}

/** Up to where a message says that everything has been looked at. */
function positionIn(message: WireMessage, newest: bigint): bigint {
  if (message.kind === 'record') return message.record.position
  if (message.kind === 'checkpoint') return message.position
  return message.kind === 'caught-up' ? newest : 0n
}
