/*
 * The session of a page is the very token that the API takes, kept where scripts cannot read it. So there is nothing to remember
 * in this process: it may be restarted, and there may be several.
 */

export const SESSION_COOKIE = 'karnameh_session'

/** The token of a request that came with a cookie, as an `Authorization` header would have it. */
export function bearerOfCookie(cookies: string | undefined): string | undefined {
  for (const pair of (cookies ?? '').split(';')) {
    const [name, value] = pair.trim().split('=', 2)
    if (name === SESSION_COOKIE && value) return `Bearer ${value}`
  }
  return undefined
}
