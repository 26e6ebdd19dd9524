import type { FastifyReply } from 'fastify'
import { SESSION_COOKIE } from '../../http/session-cookie.ts'
import type { Shell } from '../shell.ts'

/* The cookies of a session: scripts cannot read them, other sites cannot send them with a form. */

/** Refresh tokens go to the pages of signing in alone. */
const SIGN_IN_PATH = '/sign-in'
const RENEWAL_COOKIE = 'karnameh_renewal'
/** Browsers keep 4096 bytes of a cookie, its name and marks among them. */
const COOKIE_BYTES_MAX = 3_800
/** Somebody who has not been here for so long signs in again. */
const RENEWAL_SECONDS = 7 * 24 * 60 * 60

/** Over plain http only on this machine; behind https a cookie never travels without it. */
export type Secure = true | 'auto'

export const fitsCookie = (value: string): boolean => Buffer.byteLength(value) <= COOKIE_BYTES_MAX

/** Keeps a token for as long as it holds. */
export function startSession(
  reply: FastifyReply,
  { now }: Pick<Shell, 'now'>,
  { token, expiresAt, secure }: { token: string; expiresAt: number; secure: Secure }
): void {
  const maxAge = Math.max(0, Math.floor((expiresAt - Date.parse(now())) / 1000))
  void reply.setCookie(SESSION_COOKIE, token, { path: '/', httpOnly: true, sameSite: 'lax', secure, maxAge })
}

/** What renews a session without asking anybody; it is sealed before it comes here. */
export function keepRenewal(reply: FastifyReply, sealed: string | null, secure: Secure): void {
  const marks = { path: SIGN_IN_PATH, httpOnly: true, sameSite: 'lax', secure } as const
  if (sealed === null || !fitsCookie(sealed)) void reply.clearCookie(RENEWAL_COOKIE, marks)
  else void reply.setCookie(RENEWAL_COOKIE, sealed, { ...marks, maxAge: RENEWAL_SECONDS })
}

export const renewalOf = (cookies: Readonly<Record<string, string | undefined>>): string | undefined =>
  cookies[RENEWAL_COOKIE]

export function endSession(reply: FastifyReply, secure: Secure): void {
  void reply.clearCookie(SESSION_COOKIE, { path: '/', httpOnly: true, sameSite: 'lax', secure })
  keepRenewal(reply, null, secure)
}

/** What is remembered of a sign-in that was begun, until its answer comes; each has its own, so that tabs do not mix. */
export function keepBegun(
  reply: FastifyReply,
  {
    state,
    sealed,
    seconds,
    secure
  }: { state: string; sealed: string | null; seconds: number; secure: Secure }
): void {
  const marks = { path: SIGN_IN_PATH, httpOnly: true, sameSite: 'lax', secure } as const
  if (sealed === null) void reply.clearCookie(begunCookie(state), marks)
  else void reply.setCookie(begunCookie(state), sealed, { ...marks, maxAge: seconds })
}

/** The cookie of a sign-in, by the state that was sent along. */
export const begunCookie = (state: string): string => `karnameh_sign_in_${state.slice(0, 12)}`
