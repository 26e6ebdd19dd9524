import type { Readable } from 'node:stream'
import { z } from 'zod'
import { malformed } from '../../../commands/malformed.ts'
import { Refusal } from '../../errors.ts'
import { type LedgerEvent, readEvent, wireEvent } from '../../events/catalogue.ts'
import { Position } from '../../events/forms.ts'
import { type EventStore, STREAM_PREFIXES } from '../../store/event-store.ts'
import type { App } from '../app-type.ts'
import { problems } from '../describe.ts'
import type { LiveFeed } from '../live-feed.ts'
import type { SendPieces } from '../sse.ts'

interface Parts {
  store: EventStore
  feed: LiveFeed
  send: SendPieces
  heartbeatMs?: number
}

const HEARTBEAT_MS = 15_000
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
  const { store, feed, send } = parts
  app.addHook('onClose', async () => feed.close())

  // There is no HEAD of what never ends.
  const options = { schema, exposeHeadRoute: false }
  app.get('/v1/events/live', options, async (request, reply) => {
    const end = await store.end()
    const from = beginning(request.headers['last-event-id'], request.query.after) ?? end
    if (from > end) throw new Refusal('future', { params: { end: String(end), asked: String(from) } })
    reply.header('ledger-position', String(feed.newest()))
    return send(request, reply, (signal) => follow(parts, from, signal))
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
