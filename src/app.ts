import type { FastifyBaseLogger } from 'fastify'
import type { JSONWebKeySet } from 'jose'
import type { AnyCommand } from '../commands/command.ts'
import type { Handle } from '../commands/outcome.ts'
import type { Runner } from '../projections/runner.ts'
import type { Clock } from './clock.ts'
import { type AccessTable, commandAccess, routeAccess } from './http/access-table.ts'
import type { App } from './http/app-type.ts'
import type { Verify } from './http/auth.ts'
import { expandCursor, hasCursor } from './http/cursor.ts'
import { documentRoutes } from './http/documentation.ts'
import { createLiveFeed } from './http/live-feed.ts'
import type { LoadLimits } from './http/load.ts'
import { createMetrics, watchRequests } from './http/metrics.ts'
import { createMoments } from './http/moment.ts'
import { createReading, type Reading } from './http/reading.ts'
import { commandRoutes } from './http/routes/commands.ts'
import { descriptionRoutes } from './http/routes/descriptions.ts'
import { oneEventRoute } from './http/routes/event.ts'
import { eventRoutes } from './http/routes/events.ts'
import { liveRoutes } from './http/routes/live.ts'
import { meRoutes } from './http/routes/me.ts'
import { type LastAttestation, operationRoutes } from './http/routes/operations.ts'
import { statusRoute } from './http/routes/status.ts'
import { createServer } from './http/server.ts'
import { createSse } from './http/sse.ts'
import type { VisibilityFacts } from './http/visibility.ts'
import { newUlid } from './ids.ts'
import type { EventStore } from './store/event-store.ts'
import { createWeb, type SignIn } from './web/serve.ts'

/** What a store without events calls itself. */
const EMPTY_STORE = 'empty'

/** Everything the server is made of; it keeps nothing beside. */
export interface AppParts {
  store: EventStore
  handle: Handle
  commands: readonly AnyCommand[]
  runner: Runner
  /** Who belongs where, for deciding who reads what. */
  facts: VisibilityFacts
  /** Adds the routes that read projections. */
  readRoutes: (app: App, reading: Reading) => void
  verify: Verify
  /** Who may call routes that the table does not know. */
  access?: AccessTable
  /** The keys to publish where tokens are our own. */
  localKeys: JSONWebKeySet | null
  clock: Clock
  log: FastifyBaseLogger
  /** Requests a minute and subject; 0 for no limit. */
  rateLimit: number
  /** How much may be under way at once. */
  load?: LoadLimits
  /** Addresses of the proxies in front, if any. */
  trustProxy?: readonly string[]
  /** Whether other processes may append to the same store. */
  shared: boolean
  /** Whether the metrics tell of memory, event loop and the like too. */
  processMetrics?: boolean
  /** How people with a browser sign in; without it pages take bearer tokens only. */
  signIn?: SignIn | undefined
  /** What else must be done before this process counts as ready. */
  isPrepared?: (() => boolean) | undefined
  /** Where `npm run attest` left what it found. */
  lastAttestation?: LastAttestation
}

/** The whole server, ready to listen or to be asked without a socket; `close` ends its streams. */
export async function buildApp(parts: AppParts): Promise<App> {
  const { store, runner, handle, commands, facts, clock, shared } = parts
  const identity = rememberIdentity(store)
  const metrics = createMetrics({ runner, store, ofProcess: parts.processMetrics ?? false })
  const reading = createReading(createMoments({ runner, store, clock, shared }), identity)

  const web = createWeb({ signIn: parts.signIn, now: parts.clock.now, newKey: newUlid })
  const access = { ...routeAccess, ...web.access, ...commandAccess(commands), ...parts.access }
  const app = await createServer({ ...parts, ...web, access })
  watchRequests(app, metrics)
  app.addHook('preValidation', (request, _reply, done) => {
    if (!hasCursor(request)) return done()
    expandCursor(request, identity).then(() => done(), done)
  })
  app.addHook('onSend', (request, reply, _payload, done) => {
    if (request.url.startsWith('/v1/')) {
      if (!reply.hasHeader('ledger-position')) reply.header('ledger-position', String(runner.applied()))
      if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
    }
    done()
  })
  await documentRoutes(app)

  commandRoutes(app, { handle, commands, metrics })
  meRoutes(app, reading, commands)
  parts.readRoutes(app, reading)
  const events = { store, reader: runner.reader, reading, facts }
  eventRoutes(app, events)
  oneEventRoute(app, events)
  const feed = createLiveFeed(runner)
  const send = createSse(app, { metrics })
  liveRoutes(app, { store, feed, send })
  const { isPrepared, lastAttestation } = parts
  const readiness = operationRoutes(app, {
    runner,
    store,
    identity,
    clock,
    shared,
    metrics,
    isPrepared,
    lastAttestation
  })
  statusRoute(app, { reading, runner, metrics, readiness })
  descriptionRoutes(app, parts.localKeys)
  await web.routes(app, { feed, send })
  await app.ready()
  return app
}

/** The store's identity never changes once it has one, so that it need be asked for only until then. */
function rememberIdentity(store: Pick<EventStore, 'identity'>): () => Promise<string> {
  let known: string | undefined
  return async () => {
    if (known !== undefined) return known
    const identity = await store.identity()
    if (identity !== EMPTY_STORE) known = identity
    return identity
  }
}
