/*
 * The server takes only positions that a record has, and refuses any other. So no number of a caller's is handed to
 * it: reading begins at a known place at or below, and what comes before the number is dropped.
 */

export interface Places {
  /** A record's own position at or below a number, 0 where none is known: read from the start then. */
  atOrBelow(position: bigint): bigint
  /** A position that the server has named. */
  learn(position: bigint): void
}

/** So many are kept; when there are more, every other one is forgotten. */
const KEPT_MAX = 4_096

/** `ask` may know more places than those seen in this process; what it answers must be a record's own position. */
export function createPlaces(ask: (position: bigint) => bigint = () => 0n): Places {
  let known: bigint[] = []

  /** The index of the first that is above a position. */
  const above = (position: bigint): number => {
    let [low, high] = [0, known.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((known[middle] ?? 0n) <= position) low = middle + 1
      else high = middle
    }
    return low
  }

  return {
    atOrBelow(position) {
      if (position <= 0n) return 0n
      const seen = known[above(position) - 1] ?? 0n
      if (seen === position) return seen
      const told = ask(position)
      return told > seen && told <= position ? told : seen
    },
    learn(position) {
      const at = above(position)
      if (position <= 0n || known[at - 1] === position) return
      known.splice(at, 0, position)
      if (known.length > KEPT_MAX) known = known.filter((_, i) => i % 2 === 1)
    }
  }
}
