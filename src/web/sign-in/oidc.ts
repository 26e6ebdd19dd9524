import type { FastifyReply, FastifyRequest } from 'fastify'
import { html } from 'ghtml'
import { Refusal } from '../../errors.ts'
import type { Identity, Verify } from '../../http/auth.ts'
import type { Phrase } from '../language.ts'
import { requireOwnForm } from '../own-form.ts'
import { sendPlain } from '../plain-page.ts'
import { queryOf } from '../shell.ts'
import { signIn as words } from '../words/sign-in.ts'
import { ownAddress } from './own-address.ts'
import { hidden, type SignInPlace } from './place.ts'
import { type Begun, NoTokens, type Provider, type Tokens } from './provider.ts'
import type { Seal } from './sealed.ts'
import * as session from './session.ts'

/* Signing in at an identity provider. What must be known again when its answer comes, the browser keeps, sealed. */

export const CALLBACK = '/sign-in/callback'

export interface OidcParts {
  provider: Provider
  verify: Verify
  seal: Seal
  /** Where browsers reach the pages. */
  origin: string
}

interface Begun_ extends Begun {
  next: string
}

/** Longer than anybody takes to sign in. */
const BEGUN_SECONDS = 600
const RENEWAL_SECONDS = 7 * 24 * 60 * 60

type Route = (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>

/** Why there is no session, as the person is told. */
interface Failure {
  status: number
  word: Phrase
  values?: Record<string, string | number>
}

export function oidcRoutes(place: SignInPlace, parts: OidcParts): void {
  const { scope, shell, secure } = place
  const failing =
    (route: Route): Route =>
    async (request, reply) => {
      try {
        return await route(request, reply)
      } catch (error) {
        if (!(error instanceof NoTokens)) throw error
        request.log.warn({ why: error.message, err: error.cause }, 'no sign-in')
        return sendFailure(place, request, reply, failureOf(error))
      }
    }
  scope.get(
    '/sign-in',
    hidden,
    failing((request, reply) => begin(place, parts, request, reply))
  )
  scope.get(
    CALLBACK,
    hidden,
    failing((request, reply) => finish(place, parts, request, reply))
  )
  scope.post('/sign-out', hidden, async (request, reply) => {
    requireOwnForm(request)
    session.endSession(reply, secure)
    return reply.redirect('/sign-out', 303)
  })
  scope.get('/sign-out', hidden, async (request, reply) => {
    const there = await parts.provider.endSession().catch(() => null)
    return sendPlain(shell, request, reply, ({ say }) => ({
      title: say(words.outTitle),
      body: html`<p>${say(words.out)}</p>!${there ? html`<p>${say(words.outThere)} <a href="${there}">${say(words.outThereLink)}</a></p>` : ''}<p><a href="/sign-in">${say(words.again)}</a></p>`
    }))
  })
}

/** Renews the session where that needs nobody; else leads to the provider. */
async function begin(place: SignInPlace, parts: OidcParts, request: FastifyRequest, reply: FastifyReply) {
  const { provider, seal } = parts
  const { shell, secure } = place
  const next = ownAddress(queryOf(request).next)
  if (await renewed(place, parts, request, reply)) return reply.redirect(next, 303)
  const { address, begun } = await provider.begin()
  const sealed = await seal.close('begun', { ...begun, next }, BEGUN_SECONDS)
  session.keepBegun(reply, { state: begun.state, sealed, seconds: BEGUN_SECONDS, secure })
  // A form may have led here, and browsers let no form lead to another host; a page may.
  reply.header('refresh', `0; url=${address}`)
  return sendPlain(shell, request, reply, ({ say }) => ({
    title: say(words.title),
    body: html`<p>${say(words.leading)}</p><p><a href="${address}">${say(words.goOn)}</a></p>`
  }))
}

async function renewed(
  place: SignInPlace,
  { provider, seal, verify }: OidcParts,
  request: FastifyRequest,
  reply: FastifyReply
): Promise<boolean> {
  const sealed = session.renewalOf(request.cookies)
  if (sealed === undefined) return false
  const kept = await seal.open('renewal', sealed)
  try {
    if (typeof kept?.refresh !== 'string') throw new NoTokens('failed', { cause: null })
    const tokens = await provider.renew(kept.refresh)
    // Providers that do not hand out a new one go on taking the old.
    const refresh = tokens.refresh ?? kept.refresh
    const failure = await enter(place, { seal, verify }, reply, { ...tokens, refresh })
    if (!failure) return true
  } catch (error) {
    if (!(error instanceof NoTokens) || error.why === 'away') throw error
  }
  session.keepRenewal(reply, null, place.secure)
  return false
}

/** Takes the provider's answer: once, in the browser where it was begun. */
async function finish(place: SignInPlace, parts: OidcParts, request: FastifyRequest, reply: FastifyReply) {
  const { provider, seal, origin } = parts
  const { state = '' } = queryOf(request)
  const begun = await seal.open('begun', request.cookies[session.begunCookie(state)])
  if (!begun) return sendFailure(place, request, reply, { status: 400, word: words.expired })
  session.keepBegun(reply, { state, sealed: null, seconds: 0, secure: place.secure })
  const known = begun as unknown as Begun_
  const tokens = await provider.finish(new URL(request.url, origin), known)
  const failure = await enter(place, parts, reply, tokens)
  return failure ? sendFailure(place, request, reply, failure) : reply.redirect(ownAddress(known.next), 303)
}

/** Makes a session of tokens, if the API takes them. */
async function enter(
  { shell, secure }: SignInPlace,
  { seal, verify }: Pick<OidcParts, 'seal' | 'verify'>,
  reply: FastifyReply,
  { access, refresh }: Tokens
): Promise<Failure | null> {
  if (!session.fitsCookie(access)) {
    return { status: 502, word: words.tooLong, values: { bytes: Buffer.byteLength(access) } }
  }
  const identity = await identityOf(verify, access)
  if (!identity) return { status: 403, word: words.notTaken }
  session.startSession(reply, shell, { token: access, expiresAt: identity.expiresAt, secure })
  const sealed = refresh === null ? null : await seal.close('renewal', { refresh }, RENEWAL_SECONDS)
  session.keepRenewal(reply, sealed, secure)
  return null
}

async function identityOf(verify: Verify, access: string): Promise<Identity | null> {
  try {
    return await verify(`Bearer ${access}`)
  } catch (error) {
    // That its keys cannot be had now says nothing of the token.
    if (error instanceof Refusal && error.code !== 'unauthenticated') throw error
    return null
  }
}

function failureOf({ why, code }: NoTokens): Failure {
  if (why === 'away') return { status: 503, word: words.away }
  if (why === 'failed') return { status: 400, word: words.failed }
  // Codes are short words; what is none is not repeated.
  return { status: 403, word: words.denied, values: { code: /^[\w.-]{1,64}$/.test(code) ? code : '?' } }
}

function sendFailure(
  { shell }: SignInPlace,
  request: FastifyRequest,
  reply: FastifyReply,
  { status, word, values }: Failure
): FastifyReply {
  if (status === 503) reply.header('retry-after', '60')
  return sendPlain(shell, request, reply, ({ say }) => ({
    title: say(words.failedTitle),
    status,
    body: html`<p role="alert">${say(word, values)}</p><p><a href="/sign-in">${say(words.again)}</a></p>`
  }))
}
