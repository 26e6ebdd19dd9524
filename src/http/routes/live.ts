import { Readable } from 'node:stream'
import { z } from 'zod'
import { malformed } from '../../../commands/malformed.ts'
import { Refusal } from '../../errors.ts'
import { type LedgerEvent, readEvent, wireEvent } from '../../events/catalogue.ts'
import { Position } from '../../events/forms.ts'
import { type EventStore, STREAM_PREFIXES } from '../../store/event-store.ts'
import { identityOf } from '../access.ts'
import type { App } from '../app-type.ts'
import { problems } from '../describe.ts'
import type { LiveFeed } from '../live-feed.ts'
import type { Metrics } from '../metrics.ts'

interface Parts {
  store: EventStore
  feed: LiveFeed
  metrics: Pick<Metrics, 'sseClients'>
  heartbeatMs?: number
  /** A reader who takes nothing for this long is cut off. */
  patienceMs?: number
}

const HEARTBEAT_MS = 15_000
const PATIENCE_MS = 10_000
const READERS_MAX = 1_000
/** Events in one write. */
const PIECE = 100

const schema = {
  summary: 'New events as they come, as server-sent events',
  description: 'رویدادهای تازه، هم‌زمان با ثبت',
  tags: ['events'],
  querystring: z.strictObject({
    after: Position.optional().describe('Begin after this position; with what is new unless given')
  }),
  response: {
    200: {
      description: 'id is the position, data the event',
      content: { 'text/event-stream': { schema: z.custom<Readable>() } }
    },
    default: problems
  }
}

/** The live feed. It ends with the server, with the token, or with a reader who does not read. */
export function liveRoutes(app: App, parts: Parts): void {
  const { store, feed, metrics, patienceMs = PATIENCE_MS } = parts
  const closing = new AbortController()
  let readers = 0
  app.addHook('preClose', async () => closing.abort())
  app.addHook('onClose', async () => feed.close())

  // There is no HEAD of what never ends.
  const options = { schema, exposeHeadRoute: false }
  app.get('/v1/events/live', options, async (request, reply) => {
    const end = await store.end()
    const from = beginning(request.headers['last-event-id'], request.query.after) ?? end
    if (from > end) throw new Refusal('future', { params: { end: String(end), asked: String(from) } })
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
    const frames = watched(follow(parts, from, signal), () => reply.raw.destroy(), patienceMs)
    reply.header('cache-control', 'no-store').header('x-accel-buffering', 'no')
    reply.header('ledger-position', String(feed.newest())).type('text/event-stream; charset=utf-8')
    // Without a reserve of its own, so that a pause of the reader is felt at once.
    return reply.send(Readable.from(frames, { objectMode: false, highWaterMark: 1 }))
  })
}

/** After which position to begin; what a browser has seen last counts more than the address it began with. */
function beginning(
  lastEventId: string | string[] | undefined,
  after: string | undefined
): bigint | undefined {
  if (lastEventId === undefined || lastEventId === '') return after === undefined ? undefined : BigInt(after)
  const parsed = Position.safeParse(lastEventId)
  if (!parsed.success) throw malformed(parsed.error)
  return BigInt(parsed.data)
}

/** Timers take at most 31 bits of milliseconds, about 24 days. */
const lifetimeOf = (expiresAt = 0): number => Math.min(Math.max(expiresAt - Date.now(), 0), 2 ** 31 - 1)

async function* follow(
  { store, feed, heartbeatMs = HEARTBEAT_MS }: Parts,
  from: bigint,
  signal: AbortSignal
): AsyncGenerator<string> {
  let sent = from
  yield 'retry: 2000\n\n'
  while (!signal.aborted) {
    const fresh = feed.since(sent)
    if (fresh === null) {
      const newest = feed.newest()
      for await (const stored of store.readAll(sent, STREAM_PREFIXES)) {
        if (stored.position > newest || signal.aborted) break
        yield frame(readEvent(stored))
        sent = stored.position
      }
      // Others than events of ours may stand between.
      if (!signal.aborted) sent = newest
    } else if (fresh.length > 0) {
      const piece = fresh.slice(0, PIECE)
      yield piece.map(frame).join('')
      sent = piece.at(-1)?.position ?? sent
    } else {
      await feed.wake(sent, heartbeatMs, signal)
      if (feed.newest() <= sent && !signal.aborted) yield ': still here\n\n'
    }
  }
}

const frame = (event: LedgerEvent): string =>
  `id: ${event.position}\ndata: ${JSON.stringify(wireEvent(event))}\n\n`

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
