import { Damaged } from './event-store.ts'
import type { WireRecord } from './eventstoredb-wire.ts'
import { createMissedBefore } from './revisions.ts'

/** Throws `Damaged` for a record before which one of its stream is missing. */
export type RequireNext = (record: WireRecord) => void

/** Makes the check for records in ledger order; see `createMissedBefore`. */
export function createRequireNext(isFromStart: boolean, remembered?: number): RequireNext {
  const missedBefore = createMissedBefore(isFromStart, remembered)
  return ({ stream, revision }) => {
    const wanted = missedBefore(stream, revision)
    if (wanted !== null) throw missing(stream, wanted, revision)
  }
}

export const missing = (stream: string, wanted: bigint, found: bigint): Damaged =>
  new Damaged(
    `revision ${wanted} of ${stream} is missing, the next one is ${found}: somebody deleted events on the server`
  )
