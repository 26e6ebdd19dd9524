/*
 * Two requests with one key that are under way at once are one act: both may be answered by the store as if they had
 * appended. One of them did it; the other must be told that it only hears of it.
 */

export interface Twins {
  /** Begins an act; `isFirstTold` is true once for all that have been under way together, `end` must follow. */
  begin(commandId: string): { isFirstTold(): boolean; end(): void }
}

export function createTwins(): Twins {
  const underWay = new Map<string, { count: number; isTold: boolean }>()
  return {
    begin(commandId) {
      const shared = underWay.get(commandId) ?? { count: 0, isTold: false }
      underWay.set(commandId, shared)
      shared.count += 1
      return {
        isFirstTold() {
          if (shared.isTold) return false
          shared.isTold = true
          return true
        },
        end() {
          shared.count -= 1
          if (shared.count === 0) underWay.delete(commandId)
        }
      }
    }
  }
}
