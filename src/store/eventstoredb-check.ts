import { catalogue } from '../events/catalogue.ts'
import { Damaged, ForeignStore, Unavailable } from './event-store.ts'
import { follow } from './eventstoredb-follow.ts'
import { type Reading, readBackwards } from './eventstoredb-read.ts'
import { createRequireNext } from './eventstoredb-revisions.ts'
import { forgets, forgettingIn, parsed, settingsOf } from './eventstoredb-settings.ts'
import {
  FIRST_PAUSE_MS,
  nextPause,
  pause,
  troubleOf,
  typedError,
  type WireRecord
} from './eventstoredb-wire.ts'

/*
 * What is looked at before anything is written. Each check fails closed: a ledger that somebody cut, or that a newer
 * program has written to, is not gone on with.
 */

/** Rejects with `Unavailable` where the server cannot be reached, or not be read by us. */
export async function checkReachable(parts: Reading): Promise<void> {
  await readBackwards(parts, 'end', 1)
}

/** The same, and where it takes no appends from us. Stores nothing. */
export async function checkServer(parts: Reading): Promise<void> {
  await checkReachable(parts)
  // No stream is at that revision, so an append there is refused, but only by a server that takes appends.
  const probe = { id: 'f3f7a7f0-4c5a-4f6e-9d55-0c2f4f3ad001', type: 'Probe', data: '{}', metadata: '{}' }
  const since = performance.now()
  for (let wait = FIRST_PAUSE_MS; ; wait = nextPause(wait)) {
    try {
      await parts.wire.append(`${parts.prefix}probe`, [probe], 2n ** 62n, parts.patience.call)
      return
    } catch (error) {
      const isOver = performance.now() - since > parts.patience.total
      if (troubleOf(error) === 'denied') {
        throw new Unavailable(
          'EventStoreDB can be read but takes no appends: it is read-only, or the user may not write',
          { cause: error }
        )
      }
      if (troubleOf(error) !== 'passing' || isOver) throw typedError(error, 'a first append', true)
    }
    await pause(wait, parts.closing)
  }
}

/**
 * Rejects with `Damaged` where the server has been set to forget events of ours, after a position; what was set before
 * that, whoever subscribed up to there has met.
 */
export async function checkRetention(
  parts: Reading,
  after: bigint,
  streamPrefixes: readonly string[]
): Promise<void> {
  const found = new Map<string, string>()
  for await (const record of existing(parts, after, streamPrefixes.map(settingsOf))) {
    const key = forgettingIn(record)
    // The newest settings of a stream are in force.
    if (key) found.set(record.stream, key)
    else found.delete(record.stream)
  }
  for (const [stream, key] of found) throw forgets(stream, key)
}

/**
 * Reads the ledger after a position: rejects with `Damaged` where a revision is missing, with `ForeignStore` where a
 * newer program has written.
 */
export async function checkLedger(
  parts: Reading,
  after: bigint,
  streamPrefixes: readonly string[]
): Promise<void> {
  const requireNext = createRequireNext(after === 0n)
  for await (const record of existing(parts, after, streamPrefixes)) {
    const { stream, type } = record
    if (type === '$streamDeleted') throw new Damaged(`stream ${stream} was deleted on the server`)
    requireNext(record)
    if (streamPrefixes.some((prefix) => isForeign(record, prefix, parts.prefix))) {
      throw new ForeignStore(
        `event ${record.id} (${type}) in ${stream} was written by a newer program: the prefix ${parts.prefix} is in use by that one`
      )
    }
  }
}

/** Where streams of any name are looked at, nothing is known of their types. */
function isForeign({ stream, type, metadata }: WireRecord, streamPrefix: string, prefix: string): boolean {
  if (streamPrefix === prefix || !stream.startsWith(streamPrefix)) return false
  if (!Object.hasOwn(catalogue, type)) return true
  const { version } = Object(parsed(metadata))
  return Number(version) > catalogue[type as keyof typeof catalogue].version
}

/** The records of some streams up to now. */
async function* existing(
  parts: Reading,
  after: bigint,
  streamPrefixes: readonly string[]
): AsyncGenerator<WireRecord> {
  const enough = new AbortController()
  for await (const { records, caughtUp } of follow(parts, after, streamPrefixes, enough.signal)) {
    yield* records
    if (caughtUp) enough.abort()
  }
}
