import type { FastifyReply, FastifyRequest } from 'fastify'
import { Refusal } from '../errors.ts'
import type { App } from './app-type.ts'

export interface LoadLimits {
  /** Requests being answered at once. Whoever comes on top is sent away at once, for a queue would only grow. */
  inFlightMax?: number
  /** Whoever has no answer by then is told so; what was begun may still be done, and the same key tells. */
  answerMs?: number
}

/** Whether a request is part of answering another one. */
export type IsInner = (request: Pick<FastifyRequest, 'headers'>) => boolean

const IN_FLIGHT_MAX = 1_000
const ANSWER_MS = 30_000

/**
 * Bounds what is under way. A request counts from its first line until there is something to send, also where nobody
 * waits for it any more; a stream that is being read, however slowly, is no work in waiting. Routes for whoever runs
 * this process always answer.
 */
export function limitLoad(
  app: App,
  { inFlightMax = IN_FLIGHT_MAX, answerMs = ANSWER_MS }: LoadLimits,
  isInner: IsInner = () => false
): void {
  const inFlight = new Map<FastifyReply, number>()
  app.addHook('onRequest', (request, reply, done) => {
    const { routeOptions, raw } = request
    const { access } = routeOptions.config
    // Half an answer would be of no use to anybody: what was let in is answered whole.
    if (isInner(request)) return done()
    // What has no route is answered without asking who asks, so it may not keep others out either.
    if (access === undefined || access.who === 'public') return done()
    if (inFlight.size >= inFlightMax) return done(new Refusal('overloaded'))
    inFlight.set(reply, performance.now())
    // Who went away in the middle of sending is not always told to the parser; nothing was begun for them.
    reply.raw.once('close', () => {
      if (!raw.complete) inFlight.delete(reply)
    })
    done()
  })
  app.addHook('onSend', (_request, reply, _payload, done) => {
    inFlight.delete(reply)
    done()
  })
  const look = setInterval(() => giveUp(inFlight, answerMs), answerMs / 10).unref()
  app.addHook('onClose', async () => clearInterval(look))
}

/** The oldest come first, so the walk ends at the first that may still wait. */
function giveUp(inFlight: Map<FastifyReply, number>, answerMs: number): void {
  const latest = performance.now() - answerMs
  for (const [reply, since] of inFlight) {
    if (since > latest) return
    inFlight.delete(reply)
    if (!reply.sent) void reply.send(new Refusal('overloaded'))
  }
}
