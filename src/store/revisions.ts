/**
 * Tells of an event, in ledger order, whether it is the next one of its stream: null, or else the revision that had to come.
 */
export type MissedBefore = (stream: string, revision: bigint) => bigint | null

/**
 * Makes that check. Of a stream that it has not met it knows where to begin only if it sees the ledger from the start. It
 * remembers at most so many streams, and at least the half of them that was written to last: a ledger has one for every
 * evaluation, and who follows it for years must not keep them all.
 */
export function createMissedBefore(
  isFromStart: boolean,
  remembered = Number.POSITIVE_INFINITY
): MissedBefore {
  // Two halves, of which the older is dropped as a whole: to look for the oldest in one map costs more with every deletion.
  let [newer, older] = [new Map<string, bigint>(), new Map<string, bigint>()]
  let isWhole = isFromStart
  return (stream, revision) => {
    const last = newer.get(stream) ?? older.get(stream) ?? (isWhole ? -1n : revision - 1n)
    if (revision !== last + 1n) return last + 1n
    newer.set(stream, revision)
    if (newer.size < remembered / 2) return null
    if (older.size > 0) isWhole = false
    older = newer
    newer = new Map()
    return null
  }
}
