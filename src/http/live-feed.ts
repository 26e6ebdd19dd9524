import type { Runner } from '../../projections/runner.ts'
import { type LedgerEvent, readEvent, type StoredEvent } from '../events/catalogue.ts'

/*
 * What is new, for any number of readers. The newest events are kept once for all of them; whoever is further behind
 * reads the ledger itself.
 */

export interface LiveFeed {
  /** Position of the newest event that has been applied. */
  newest(): bigint
  /** All applied events after a position, or null where that is too far back to be kept here. */
  since(position: bigint): readonly LedgerEvent[] | null
  /** Resolves once there is something after a position, when time is over, or when the signal aborts. */
  wake(position: bigint, timeoutMs: number, signal: AbortSignal): Promise<void>
  close(): void
}

const KEPT_MAX = 1_000

export function createLiveFeed(runner: Pick<Runner, 'applied' | 'onApplied'>, keptMax = KEPT_MAX): LiveFeed {
  let kept: StoredEvent[] = []
  /** Events as readers get them, made when the first of them asks. */
  const read = new WeakMap<StoredEvent, LedgerEvent>()
  const readOnce = (stored: StoredEvent): LedgerEvent => {
    const event = read.get(stored) ?? readEvent(stored)
    read.set(stored, event)
    return event
  }
  /** Everything after this has been kept. */
  let floor = runner.applied()
  let newest = floor
  const waiting = new Set<() => void>()

  const stop = runner.onApplied((events) => {
    for (const event of events) {
      if (event.position <= newest) continue
      kept.push(event)
      newest = event.position
    }
    const dropped = kept.length > keptMax ? kept[kept.length - keptMax - 1] : undefined
    if (dropped) {
      floor = dropped.position
      kept = kept.slice(-keptMax)
    }
    for (const wake of [...waiting]) wake()
  })

  return {
    newest: () => newest,
    since: (position) =>
      position < floor ? null : kept.filter((event) => event.position > position).map(readOnce),
    wake: (position, timeoutMs, signal) =>
      new Promise<void>((resolve) => {
        const wake = () => {
          waiting.delete(wake)
          clearTimeout(timer)
          signal.removeEventListener('abort', wake)
          resolve()
        }
        const timer = setTimeout(wake, timeoutMs)
        if (newest > position || signal.aborted) return wake()
        waiting.add(wake)
        signal.addEventListener('abort', wake)
      }),
    close: stop
  }
}
