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
  const inFlight: InFlight = new Map()
  let asked = 0
  app.decorateRequest(TURN, 0)
  app.addHook('onRequest', (request, reply, done) => {
    const { access } = request.routeOptions.config
    // Half an answer would be of no use to anybody: what was let in is answered whole.
    if (isInner(request)) return done()
    // What has no route is answered without asking who asks, so it may not keep others out either.
    if (access === undefined || access.who === 'public') return done()
    if (inFlight.size >= inFlightMax) forgetGone(inFlight)
    if (inFlight.size >= inFlightMax) return done(new Refusal('overloaded'))
    asked += 1
    request.setDecorator(TURN, asked)
    inFlight.set(asked, { reply, since: performance.now() })
    done()
  })
  app.addHook('onSend', (request, _reply, _payload, done) => {
    inFlight.delete(request.getDecorator<number>(TURN))
    done()
  })
  const look = setInterval(() => giveUp(inFlight, answerMs), answerMs / 10).unref()
  app.addHook('onClose', async () => clearInterval(look))
}

/** By their turn, since numbers are found faster than what they stand for. */
type InFlight = Map<number, { reply: FastifyReply; since: number }>

const TURN = 'turn'

/** Who went away in the middle of sending is not always told to the parser; nothing was begun for them. */
const isGone = ({ raw, request }: FastifyReply): boolean => raw.closed && !request.raw.complete

function forgetGone(inFlight: InFlight): void {
  for (const [turn, { reply }] of inFlight) if (isGone(reply)) inFlight.delete(turn)
}

/** The oldest come first, so the walk ends at the first that may still wait. */
function giveUp(inFlight: InFlight, answerMs: number): void {
  const latest = performance.now() - answerMs
  for (const [turn, { reply, since }] of inFlight) {
    if (since > latest) return
    inFlight.delete(turn)
    if (!reply.sent && !isGone(reply)) void reply.send(new Refusal('overloaded'))
  }
}
