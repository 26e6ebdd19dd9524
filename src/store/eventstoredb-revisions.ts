import { Damaged } from './event-store.ts'
import type { WireRecord } from './eventstoredb-wire.ts'

/** Throws `Damaged` for a record before which one of its stream is missing. */
export type RequireNext = (record: WireRecord) => void

/**
 * Makes the check for records in ledger order. Of a stream that it has not met it knows where to begin only if it sees
 * the ledger from the start. It remembers at most so many streams, those that were written to last: a ledger has one for
 * every evaluation, and who follows it for years must not keep them all.
 */
export function createRequireNext(isFromStart: boolean, remembered = Number.POSITIVE_INFINITY): RequireNext {
  const revisions = new Map<string, bigint>()
  let isWhole = isFromStart
  return ({ stream, revision }) => {
    const last = revisions.get(stream) ?? (isWhole ? -1n : revision - 1n)
    if (revision !== last + 1n) throw missing(stream, last + 1n, revision)
    // The map hands out its keys in the order in which they came, so the one met last goes to its end.
    revisions.delete(stream)
    revisions.set(stream, revision)
    if (revisions.size <= remembered) return
    isWhole = false
    for (const oldest of revisions.keys()) {
      revisions.delete(oldest)
      break
    }
  }
}

export const missing = (stream: string, wanted: bigint, found: bigint): Damaged =>
  new Damaged(
    `revision ${wanted} of ${stream} is missing, the next one is ${found}: somebody deleted events on the server`
  )
