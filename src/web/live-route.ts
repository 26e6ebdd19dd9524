import type { App } from '../http/app-type.ts'
import type { LiveFeed } from '../http/live-feed.ts'
import type { SendPieces } from '../http/sse.ts'
import { queryOf } from './shell.ts'

/*
 * Tells open pages that something new has been applied: its position and nothing of what it says, so that anybody who
 * may see the page may hear it. The page then reads itself again, as its reader sees it.
 */

const HEARTBEAT_MS = 15_000

export function liveRoute(scope: App, { feed, send }: { feed: LiveFeed; send: SendPieces }): void {
  scope.get('/live', { schema: { hide: true }, exposeHeadRoute: false }, async (request, reply) => {
    const { about = '', after = '' } = queryOf(request)
    const from = /^\d{1,19}$/.test(after) ? BigInt(after) : feed.newest()
    return send(request, reply, (signal) => moves(feed, about, from, signal))
  })
}

async function* moves(
  feed: LiveFeed,
  about: string,
  from: bigint,
  signal: AbortSignal
): AsyncGenerator<string> {
  let seen = from
  yield 'retry: 3000\n\n'
  while (!signal.aborted) {
    const fresh = feed.since(seen)
    const newest = feed.newest()
    // Too far back to tell what it was about: then it may concern anybody.
    const concerns = fresh === null || fresh.some(({ stream }) => concernsPage(stream, about))
    if (newest > seen && concerns) yield `id: ${newest}\ndata: ${newest}\n\n`
    if (newest > seen) seen = newest
    await feed.wake(seen, HEARTBEAT_MS, signal)
    if (feed.newest() <= seen && !signal.aborted) yield ': still here\n\n'
  }
}

/** A framework moves everything judged by it; otherwise a page about one stream hears of that alone. */
const concernsPage = (stream: string, about: string): boolean =>
  about === '' || stream === about || stream.startsWith('framework-')
