import { createHash } from 'node:crypto'
import { follow } from './eventstoredb-follow.ts'
import { type Reading, readBackwards } from './eventstoredb-read.ts'

/** Records looked at in one read backwards; the first read is of the newest alone, which mostly is enough. */
const FIRST_COUNT = 1
const COUNT_MAX = 1_000

/**
 * Makes the function that finds the newest record of ours. Others may write to the same server, so it looks backwards
 * past what is not ours, but never twice at the same records.
 */
export function newestFinder(parts: Reading, isOurs: (stream: string) => boolean): () => Promise<bigint> {
  /** Up to here the newest record of ours is known. */
  let seen = { upTo: 0n, newest: 0n }
  return async () => {
    let before: bigint | 'end' = 'end'
    let [count, upTo] = [FIRST_COUNT, 0n]
    const finish = (newest: bigint): bigint => {
      if (upTo > seen.upTo) seen = { upTo, newest }
      if (newest > 0n) parts.places.learn(newest)
      return newest
    }
    for (;;) {
      const records = await readBackwards(parts, before, count)
      for (const { position, stream } of records) {
        if (upTo === 0n) upTo = position
        if (position <= seen.upTo) return finish(seen.newest)
        if (isOurs(stream)) return finish(position)
        before = position
      }
      if (records.length < count) return finish(0n)
      count = Math.min(count * 16, COUNT_MAX)
    }
  }
}

/** Makes the function that tells this ledger from all others; once there is a first event the answer stays. */
export function identityFinder(
  parts: Reading,
  streamPrefixes: readonly string[],
  newest: () => Promise<bigint>
): () => Promise<string> {
  let known: string | undefined
  return async () => {
    if (known !== undefined) return known
    if ((await newest()) === 0n) return 'empty'
    const enough = new AbortController()
    for await (const { records, caughtUp } of follow(parts, 0n, streamPrefixes, enough.signal)) {
      const [first] = records
      if (first) known = identityOf(first.id, first.position)
      if (first || caughtUp) enough.abort()
    }
    return known ?? 'empty'
  }
}

const identityOf = (id: string, position: bigint) =>
  createHash('sha256').update(`${id.toLowerCase()} ${position}`).digest('hex').slice(0, 16)
