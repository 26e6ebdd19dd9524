/** Long enough for every filter that a page has. */
const LENGTH_MAX = 2_000
const SOMEWHERE = 'http://own.invalid'
/** Two slashes, or what browsers take for slashes, lead to another host. */
const OTHER_HOST = /^[/\\]{2}/

/**
 * Where to go on after signing in, if it is an address of ours: a path with its query. Anything else, and the pages
 * of signing in and out themselves, give the first page.
 */
export function ownAddress(next: unknown): string {
  const home = '/'
  if (typeof next !== 'string' || next.length > LENGTH_MAX || !next.startsWith('/')) return home
  if (next.includes('\\') || OTHER_HOST.test(next) || !URL.canParse(next, SOMEWHERE)) return home
  const { origin, pathname, search } = new URL(next, SOMEWHERE)
  // The path is looked at again after dots were taken out of it: `/.//host` becomes `//host`.
  if (origin !== SOMEWHERE || OTHER_HOST.test(pathname)) return home
  return /^\/sign-(in|out)(\/|$)/.test(pathname) ? home : pathname + search
}
