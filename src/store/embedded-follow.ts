import { rest } from '../rest.ts'
import { pages } from './embedded-pages.ts'
import type { Tail } from './embedded-tail.ts'
import type { Batch } from './event-store.ts'
import type { WorkerClient } from './worker-client.ts'

/**
 * The reader pulls: what is appended meanwhile only moves the watermark, so a slow one costs no memory, and live is
 * nothing but another page. So there is no switch from catching up to live at which an event could get lost.
 */
export async function* subscribe(
  reader: WorkerClient,
  newest: Watermark,
  tail: Tail,
  after: bigint,
  prefixes: readonly string[],
  signal: AbortSignal
): AsyncGenerator<Batch> {
  const backlog = newest.position()
  let checkpoint = after
  const fetch = async (from: bigint) => {
    const request = { kind: 'page', after: from, upTo: newest.position(), prefixes } as const
    return tail.page(request) ?? reader.call(request)
  }
  if (checkpoint >= backlog && !signal.aborted) yield { events: [], checkpoint, caughtUp: true }
  while (!signal.aborted) {
    await newest.above(checkpoint, signal)
    if (signal.aborted) return
    for await (const page of pages(checkpoint, fetch)) {
      if (signal.aborted) return
      checkpoint = page.checkpoint
      const handedOver = performance.now()
      yield { events: page.events, checkpoint, caughtUp: checkpoint >= backlog }
      if (!page.more) await leaveAlone(handedOver, signal)
    }
  }
}

/** A reader of the live end that took its time is left alone for so many times as long, and at most this long. */
const REST = { times: 4, most: 250, least: 2 }

/**
 * Whoever applies events pays for each batch, and what is appended meanwhile waits for the same thread. So the busier
 * it is, the more events come at once.
 */
async function leaveAlone(handedOver: number, signal: AbortSignal): Promise<void> {
  const ms = Math.min((performance.now() - handedOver) * REST.times, REST.most)
  if (ms >= REST.least) await rest(ms, signal)
}

type Watermark = ReturnType<typeof watermark>

/** The position of the newest durable event, and who waits for a newer one. */
export function watermark() {
  let position = 0n
  let ended = false
  const waiting = new Set<() => void>()
  const wakeAll = () => {
    for (const wake of [...waiting]) wake()
  }
  return {
    position: () => position,
    advance(to: bigint) {
      if (to <= position) return
      position = to
      wakeAll()
    },
    /** Nobody waits from now on: their next call says why. */
    end() {
      ended = true
      wakeAll()
    },
    /** Resolves when there may be something after the position, when aborted, or when the store has ended. */
    async above(after: bigint, signal: AbortSignal): Promise<void> {
      if (position > after || ended) return
      await new Promise<void>((resolve) => {
        const wake = () => {
          waiting.delete(wake)
          signal.removeEventListener('abort', wake)
          // Those who appended are answered first: what they do next need not wait for whoever follows.
          setImmediate(resolve)
        }
        waiting.add(wake)
        signal.addEventListener('abort', wake)
      })
    }
  }
}
