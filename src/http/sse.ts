import { Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Refusal } from '../errors.ts'
import { identityOf } from './access.ts'
import type { App } from './app-type.ts'
import type { Metrics } from './metrics.ts'

/* Server-sent events: as many readers as there may be, each until it goes away, its token ends or the server closes. */

export interface SseParts {
  metrics: Pick<Metrics, 'sseClients'>
  /** A reader who takes nothing for this long is cut off. */
  patienceMs?: number
}

/** Sends pieces to one reader; `signal` aborts when nobody reads any more. */
export type SendPieces = (
  request: FastifyRequest,
  reply: FastifyReply,
  pieces: (signal: AbortSignal) => AsyncIterable<string>
) => FastifyReply

const PATIENCE_MS = 10_000
const READERS_MAX = 1_000

/** What all feeds of a server share: one count of readers, one end. */
export function createSse(app: App, { metrics, patienceMs = PATIENCE_MS }: SseParts): SendPieces {
  const closing = new AbortController()
  let readers = 0
  app.addHook('preClose', async () => closing.abort())
  return (request, reply, pieces) => {
    if (readers >= READERS_MAX) throw new Refusal('overloaded')
    const gone = new AbortController()
    const lifetime = setTimeout(() => gone.abort(), lifetimeOf(identityOf(request)?.expiresAt))
    metrics.sseClients.set(++readers)
    reply.raw.once('close', () => {
      clearTimeout(lifetime)
      gone.abort()
      metrics.sseClients.set(--readers)
    })
    const signal = AbortSignal.any([gone.signal, closing.signal])
    const frames = watched(pieces(signal), () => reply.raw.destroy(), patienceMs)
    reply.header('cache-control', 'no-store').header('x-accel-buffering', 'no')
    reply.type('text/event-stream; charset=utf-8')
    // Without a reserve of its own, so that a pause of the reader is felt at once.
    return reply.send(Readable.from(frames, { objectMode: false, highWaterMark: 1 }))
  }
}

/** Timers take at most 31 bits of milliseconds, about 24 days. */
const lifetimeOf = (expiresAt = 0): number => Math.min(Math.max(expiresAt - Date.now(), 0), 2 ** 31 - 1)

/** Gives up on a reader who does not take the next piece in time: nothing is kept for somebody who does not read. */
async function* watched(
  pieces: AsyncIterable<string>,
  giveUp: () => void,
  patienceMs: number
): AsyncGenerator<string> {
  for await (const piece of pieces) {
    const timer = setTimeout(giveUp, patienceMs)
    try {
      yield piece
    } finally {
      clearTimeout(timer)
    }
  }
}
