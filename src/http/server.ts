import { randomUUID } from 'node:crypto'
import { type IncomingMessage, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import rateLimit from '@fastify/rate-limit'
import Fastify, { type FastifyBaseLogger, LogController } from 'fastify'
import { serializerCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod'
import { Refusal } from '../errors.ts'
import { guardRoutes, identityOf } from './access.ts'
import type { AccessTable } from './access-table.ts'
import type { App } from './app-type.ts'
import type { Verify } from './auth.ts'
import { endConnections } from './ending.ts'
import { type IsInner, type LoadLimits, limitLoad } from './load.ts'
import { answerProblems, BODY_LIMIT, problemOf, type ShowProblem, sendProblem } from './problem.ts'
import { requestLog } from './request-log.ts'
import { routeTable } from './route-table.ts'
import { securityHeaders } from './security-headers.ts'
import { checkRequest, takeJsonOnly } from './validation.ts'

export interface ServerParts {
  log: FastifyBaseLogger
  verify: Verify
  /** Who may call which route. */
  access: AccessTable
  /** Requests a minute and subject; 0 for no limit. */
  rateLimit: number
  /** How much may be under way at once. */
  load?: LoadLimits
  /** Addresses of the proxies whose word about the caller's address is taken; of nobody else's. */
  trustProxy?: readonly string[]
  /** What requests that this process makes to itself carry; they were counted when the first of them came. */
  inner?: Inner
  /** Tells a person with a browser what a program is told by a problem document. */
  showProblem?: ShowProblem
}

/** A header that only this process knows. */
export interface Inner {
  header: string
  word: string
}

/** A request must have come in whole within this, its headers within this. */
const REQUEST_MS = 30_000
const HEADERS_MS = 10_000
const TIMES_LOOK_MS = 5_000
const HEADER_BYTES_MAX = 16 * 1024
const PARAMETER_LENGTH_MAX = 250

/** A server without routes, with all that holds for every one of them. */
export async function createServer(parts: ServerParts): Promise<App> {
  const { log, verify, access, rateLimit: perMinute, load = {}, trustProxy = [], inner } = parts
  const app: App = Fastify({
    http: {
      maxHeaderSize: HEADER_BYTES_MAX,
      headersTimeout: HEADERS_MS,
      connectionsCheckingInterval: TIMES_LOOK_MS
    },
    trustProxy: trustProxy.length > 0 ? [...trustProxy] : false,
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    childLoggerFactory: requestLog,
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_MS,
    routerOptions: { maxParamLength: PARAMETER_LENGTH_MAX },
    genReqId: requestId,
    // Until the last connection is gone there is a store to answer from.
    return503OnClosing: false,
    frameworkErrors: (error, request, reply) => void sendProblem(error, request, reply),
    clientErrorHandler: refuseGarbage
  }).withTypeProvider<ZodTypeProvider>()
  app.setValidatorCompiler(checkRequest)
  app.setSerializerCompiler(serializerCompiler)

  const isInner: IsInner = ({ headers }) => inner !== undefined && headers[inner.header] === inner.word
  const routes = routeTable()
  app.addHook('onRoute', (route) => {
    routes.add(route.url, [route.method].flat())
  })
  const security = await securityHeaders()
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id).headers(security)
    done()
  })
  endConnections(app)
  answerProblems(app, routes, parts.showProblem)
  limitLoad(app, load, isInner)
  guardRoutes(app, verify, access)
  takeJsonOnly(app)
  if (perMinute > 0) await limitRate(app, perMinute, isInner)
  return app
}

async function limitRate(app: App, perMinute: number, isInner: IsInner): Promise<void> {
  await app.register(rateLimit, {
    max: perMinute,
    timeWindow: 60_000,
    allowList: (request) => {
      const { access } = request.routeOptions.config
      // Pages that anybody may open, those of signing in, are counted by address.
      return (access?.who === 'public' && !access.isPage) || isInner(request)
    },
    keyGenerator: (request) => identityOf(request)?.actor.id ?? request.ip,
    errorResponseBuilder: (_request, { ttl }) =>
      new Refusal('rate-limited', { params: { seconds: Math.ceil(ttl / 1000) } })
  })
}

/** A caller's own id for a request is kept where it is harmless, so that logs of both sides can be matched. */
function requestId({ headers }: IncomingMessage): string {
  const given = headers['x-request-id']
  return typeof given === 'string' && /^[\w.-]{1,64}$/.test(given) ? given : randomUUID()
}

/** What is not even HTTP still gets an answer of our kind. */
function refuseGarbage(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const refusal = garbageRefusal(error.code)
  const body = JSON.stringify(problemOf(refusal, 'en', randomUUID()))
  socket.end(
    `HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status]}\r\nConnection: close\r\n` +
      'Content-Type: application/problem+json; charset=utf-8\r\n' +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
  )
}

function garbageRefusal(code: string | undefined): Refusal {
  if (code === 'HPE_HEADER_OVERFLOW')
    return new Refusal('headers-too-large', { params: { limit: HEADER_BYTES_MAX } })
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return new Refusal('too-slow')
  return new Refusal('malformed', { errors: [{ pointer: '', detail: 'this is not an HTTP request' }] })
}
