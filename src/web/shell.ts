import type { FastifyReply, FastifyRequest } from 'fastify'
import { latinDigits } from '../digits.ts'
import { Actor } from '../events/envelope.ts'
import { identityOf } from '../http/access.ts'
import type { Inner } from '../http/server.ts'
import { type Context, type ContextParts, createContext } from './context.ts'
import { chooseLanguage, LANGUAGE_COOKIE, type Language } from './language.ts'
import type { Assets } from './layout.ts'

/** What every route of a page is given. */
export interface Shell {
  inner: Inner
  assets: Assets
  now(): string
  newKey(): string
}

const YEAR_SECONDS = 365 * 24 * 60 * 60

/** What names something by its code, which has Latin digits; people type those of their keyboard. */
const CODES: ReadonlySet<string> = new Set([
  ...['period', 'periods', 'series', 'framework', 'unit', 'node', 'axis', 'evaluation'],
  ...['stream', 'causedBy', 'correlation']
])

/** The query of an address, without spaces around what was typed; a member that stands in it twice counts once. */
export function queryOf(request: Pick<FastifyRequest, 'query'>): Record<string, string> {
  const query: Record<string, string> = {}
  for (const [name, value] of Object.entries((request.query ?? {}) as Record<string, unknown>)) {
    const text = Array.isArray(value) ? value[0] : value
    const typed = typeof text === 'string' ? text.trim() : ''
    if (typed !== '') query[name] = CODES.has(name) ? latinDigits(typed) : typed
  }
  return query
}

/** The language of a request. */
export function languageFor(request: FastifyRequest): Language {
  const { lang } = queryOf(request)
  const cookie = request.cookies?.[LANGUAGE_COOKIE]
  return chooseLanguage({ asked: lang, cookie, accept: request.headers['accept-language'] })
}

/** Remembers a language that was asked for in the address. */
export function rememberLanguage(request: FastifyRequest, reply: FastifyReply, language: Language): void {
  if (queryOf(request).lang !== language) return
  void reply.setCookie(LANGUAGE_COOKIE, language, { path: '/', maxAge: YEAR_SECONDS, sameSite: 'lax' })
}

/** Nobody in particular: what pages say before anybody has signed in. */
const NOBODY = Actor.parse({ id: '-', role: 'viewer', units: [] })

/** What components need to know about a request and whoever makes it. */
export function contextFor(
  { now, newKey }: Shell,
  request: FastifyRequest,
  reply: FastifyReply,
  more: Partial<Pick<ContextParts, 'sent' | 'query'>> = {}
): Context {
  const query = more.query ?? queryOf(request)
  const identity = identityOf(request)
  let csrf: string | undefined
  const context = createContext({
    language: languageFor(request),
    actor: identity?.actor ?? NOBODY,
    isSignedIn: identity !== null,
    path: request.url.split('?')[0] ?? '/',
    query,
    csrf: '',
    newKey,
    now: now(),
    done: query.done,
    sent: more.sent ?? null
  })
  // Made only where a form asks for it, and then once for all forms of the page.
  return Object.defineProperty(context, 'csrf', {
    get: () => {
      // Outside the scope of pages, where an address is not found, and where somebody was turned away before their
      // cookies were read, there are no forms to protect.
      csrf ??= request.cookies ? (reply.generateCsrf?.() ?? '') : ''
      return csrf
    }
  })
}

/** What every page is sent with: for this reader alone, and not kept. */
export const pageHeaders = (reply: FastifyReply, language: Language): FastifyReply =>
  reply
    .header('cache-control', 'no-store')
    .header('content-language', language)
    .header('vary', 'accept-language, cookie')
    .type('text/html; charset=utf-8')
