import type { FastifyReply, FastifyRequest } from 'fastify'
import { html } from 'ghtml'
import type { Refusal } from '../errors.ts'
import { wishes } from '../http/accept.ts'
import { logTrouble, type Problem, problemOf, refusalOf } from '../http/problem.ts'
import { addressOf, Refused } from './ask.ts'
import { type HeldForm, heldForm, heldPage } from './held-form.ts'
import { documentOf } from './layout.ts'
import { sentWords, told } from './parts/refusal.ts'
import { sendPlain } from './plain-page.ts'
import { contextFor, pageHeaders, type Shell } from './shell.ts'
import { form } from './words/form.ts'
import { frame } from './words/frame.ts'

/* What people are told when the answer is no. */

/** Whether a request comes from somebody who looks at pages: browsers name the type, programs do not. */
export const wantsPage = ({ headers }: Pick<FastifyRequest, 'headers'>): boolean =>
  wishes(headers.accept ?? '').some(({ what }) => what === 'text/html')

export interface ProblemPages {
  handle(error: unknown, request: FastifyRequest, reply: FastifyReply): unknown
  show(refusal: Refusal, request: FastifyRequest, reply: FastifyReply): unknown
}

export function problemPages(shell: Shell): ProblemPages {
  const send = (
    problem: Problem,
    request: FastifyRequest,
    reply: FastifyReply,
    held: HeldForm | null = null
  ) => {
    const context = contextFor(shell, request, reply)
    const { title, detail, code, status, errors = [], event } = problem
    const body = html`<p>${told(context, detail)}</p>!${errors.map(
      (error) => html`<p class="error"><bdi>${error.pointer}</bdi> ${error.detail}</p>`
    )}!${held ? html`<p>${context.say(form.notRecorded)}</p>!${sentWords(context, held.fields)}` : ''}!${event ? html`<p><a href="${context.link(`/events/${event}`)}"><code>${event}</code></a></p>` : ''}
<p class="note">${context.say(frame.code)}: <code>${code}</code></p><p><a href="/">${context.say(frame.home)}</a></p>`
    if (status === 503) reply.header('retry-after', '1')
    const sheet = { title, body, asOf: null, filters: [], live: null, hasFile: false }
    return pageHeaders(reply, context.language)
      .code(status)
      .send(documentOf(context, shell.assets, sheet))
  }
  const show = (
    refusal: Refusal,
    request: FastifyRequest,
    reply: FastifyReply,
    held: HeldForm | null = null
  ) => {
    const { language } = contextFor(shell, request, reply)
    return send(problemOf(refusal, language, request.id), request, reply, held)
  }
  return {
    show,
    handle: async (error, request, reply) => {
      // Whoever is refused before anything is read has had no cookies read either.
      request.cookies ??= request.server.parseCookie(request.headers.cookie ?? '')
      const held = await heldForm(request)
      if (error instanceof Refused) return send(error.problem, request, reply, held)
      const refusal = refusalOf(error)
      logTrouble(refusal, error, request)
      if (refusal.code === 'unauthenticated' && !isFeed(request)) {
        // Whoever has not signed in is led there, and back.
        if (request.method === 'GET') return reply.redirect(addressOf('/sign-in', { next: request.url }), 303)
        if (held) return sendPlain(shell, request, reply, (context) => heldPage(context, held))
      }
      return show(refusal, request, reply, held)
    }
  }
}

const isFeed = ({ url }: FastifyRequest): boolean => url.startsWith('/live')
