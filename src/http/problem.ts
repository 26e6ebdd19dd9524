import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { type FieldError, fill, Refusal } from '../errors.ts'
import { refusals } from '../refusals.ts'
import { inPersian } from '../refusals-words.ts'
import { Damaged, Unavailable } from '../store/event-store.ts'
import { type Language, languageOf } from './accept.ts'
import type { RouteTable } from './route-table.ts'

/** Bytes of a request's body, at most. */
export const BODY_LIMIT = 1024 * 1024

/** Every answer that says no, as RFC 9457 has it. */
export const Problem = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.string(),
  instance: z.string(),
  errors: z.array(z.strictObject({ pointer: z.string(), detail: z.string() })).optional(),
  event: z.string().optional()
})
export type Problem = z.infer<typeof Problem>

/** The document of a refusal. `instance` is the id of the request, under which it was logged. */
export function problemOf(refusal: Refusal, language: Language, instance: string): Problem {
  const { title, detail } = refusals[refusal.code]
  return {
    type: `/problems/${refusal.code}`,
    title: title[language],
    status: refusal.status,
    detail: fill(detail[language], language === 'fa' ? inPersian(refusal.params) : refusal.params),
    code: refusal.code,
    instance,
    ...(refusal.errors && { errors: refusal.errors.map((each) => inLanguage(each, language)) }),
    ...(refusal.event && { event: refusal.event })
  }
}

const inLanguage = ({ pointer, detail, fa }: FieldError, language: Language) => ({
  pointer,
  detail: language === 'fa' ? (fa ?? detail) : detail
})

const UNREADABLE_FA = 'درخواست خوانده نمی‌شود: نشانی یا بدنهٔ JSON آن درست نیست'

/** What a caller is told of any error: nothing of what happened inside, where it is no refusal. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error
  if (error instanceof Unavailable) return new Refusal('unavailable')
  if (error instanceof Damaged) return new Refusal('damaged')
  switch ((error as FastifyError | null)?.statusCode) {
    case 400:
    case 414:
      return new Refusal('malformed', {
        errors: [{ pointer: '', detail: (error as FastifyError).message, fa: UNREADABLE_FA }]
      })
    case 413:
      return new Refusal('too-large', { params: { limit: BODY_LIMIT } })
    case 415:
      return new Refusal('unsupported-media-type')
    default:
      return new Refusal('internal')
  }
}

/** Sends a refusal as a page; false where the request is none of a person's. */
export type ShowProblem = (refusal: Refusal, request: FastifyRequest, reply: FastifyReply) => boolean

/** Makes every answer that says no a problem document, whoever refuses: a route, a hook, the router, the parser. */
export function answerProblems(
  app: FastifyInstance,
  routes: RouteTable,
  showProblem: ShowProblem = () => false
): void {
  app.setErrorHandler((error, request, reply) => sendProblem(error, request, reply))
  app.setNotFoundHandler((request, reply) => {
    const allowed = routes.methodsAt(request.url.split('?')[0] ?? '')
    if (allowed.length === 0) {
      const refusal = new Refusal('no-route')
      return showProblem(refusal, request, reply) ? reply : sendProblem(refusal, request, reply)
    }
    void reply.header('allow', allowed.join(', '))
    return sendProblem(
      new Refusal('method-not-allowed', { params: { method: request.method } }),
      request,
      reply
    )
  })
}

/** Load passes, and lines about it would only be more of it. */
const PASSING: ReadonlySet<string> = new Set(['overloaded', 'not-applied-yet'])

/** Logs what is not the caller's doing. */
export function logTrouble(refusal: Refusal, error: unknown, request: FastifyRequest): void {
  if (isTrouble(refusal)) request.log.error({ err: error, code: refusal.code }, 'not answered')
}

const isTrouble = ({ status, code }: Refusal): boolean => status >= 500 && !PASSING.has(code)

/** Sends the problem document of an error, and logs what is not the caller's doing. */
export function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const refusal = refusalOf(error)
  logTrouble(refusal, error, request)
  if (refusal.status === 401) void reply.header('www-authenticate', 'Bearer')
  if (refusal.status === 503) void reply.header('retry-after', '1')
  const language = languageOf(request.headers['accept-language'])
  return (
    reply
      .code(refusal.status)
      // The router refuses some addresses before any hook has run.
      .header('x-request-id', request.id)
      .header('content-language', language)
      .header('vary', 'accept-language')
      .type('application/problem+json; charset=utf-8')
      // As text, so that no response schema of the route applies to it.
      .send(JSON.stringify(problemOf(refusal, language, request.id)))
  )
}
