import { Damaged } from './event-store.ts'
import type { WireRecord } from './eventstoredb-wire.ts'

/** Throws `Damaged` for a record before which one of its stream is missing. */
export type RequireNext = (record: WireRecord) => void

/**
 * Makes the check for records in ledger order. Of a stream that it has not met it knows where to begin only if it sees
 * the ledger from the start. It remembers at most so many streams, and at least the half of them that was written to
 * last: a ledger has one for every evaluation, and who follows it for years must not keep them all.
 */
export function createRequireNext(isFromStart: boolean, remembered = Number.POSITIVE_INFINITY): RequireNext {
  // Two halves, of which the older is dropped as a whole: to look for the oldest in one map costs more with every deletion.
  let [newer, older] = [new Map<string, bigint>(), new Map<string, bigint>()]
  let isWhole = isFromStart
  return ({ stream, revision }) => {
    const last = newer.get(stream) ?? older.get(stream) ?? (isWhole ? -1n : revision - 1n)
    if (revision !== last + 1n) throw missing(stream, last + 1n, revision)
    newer.set(stream, revision)
    if (newer.size < remembered / 2) return
    if (older.size > 0) isWhole = false
    older = newer
    newer = new Map()
  }
}

export const missing = (stream: string, wanted: bigint, found: bigint): Damaged =>
  new Damaged(
    `revision ${wanted} of ${stream} is missing, the next one is ${found}: somebody deleted events on the server`
  )
