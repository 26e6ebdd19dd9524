import { pages } from '../../src/web/all-pages.ts'
import type { TestApp, Who } from './app.ts'
import { visit } from './pages.ts'

export type Visited = Awaited<ReturnType<typeof visit>> & { url: string; from: string }

/** Whatever leads out of the pages, or to the same page in another form. */
const NOT_FOLLOWED = /^\/(docs|assets|sign-in|live)\b|[?&](export|lang|sort|asOf)=/

/** An address as a page names it. */
const addresses = (html: string): string[] =>
  [...html.matchAll(/<a\b[^>]*href="([^"]*)"/g)].map(([, href = '']) => {
    const address = href.replace(/&#(\d+);/g, (_entity, code: string) => String.fromCharCode(Number(code)))
    return address.split('#')[0] ?? ''
  })

/** What kind of page an address is: the pattern that it fits. */
const patterns = pages.map(({ path }) => new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}$`))
const kindOf = (url: string): number => patterns.findIndex((pattern) => pattern.test(url.split('?')[0] ?? ''))

/**
 * Pages that can be reached from some addresses by links, as somebody sees them: each address once, and so many of each
 * kind of page; those that no page is known for all.
 */
export async function crawl(
  app: TestApp,
  who: Who,
  { from, ofKind = 10, query = '' }: { from: readonly string[]; ofKind?: number; query?: string }
): Promise<Visited[]> {
  const counts = new Map<number, number>()
  const seen = new Map<string, string>(from.map((url) => [url, 'the start']))
  const found: Visited[] = []
  // A map that grows while it is walked is walked to its end.
  for (const [url, origin] of seen) {
    const kind = kindOf(url)
    const count = (counts.get(kind) ?? 0) + 1
    counts.set(kind, count)
    if (kind !== -1 && count > ofKind) continue
    const page = await visit(app, who, query === '' ? url : `${url}${url.includes('?') ? '&' : '?'}${query}`)
    found.push({ ...page, url, from: origin })
    if (page.status !== 200) continue
    for (const address of addresses(page.html)) {
      const path = address.replace(/[?&]lang=\w+/, '')
      if (path.startsWith('/') && !path.startsWith('//') && !NOT_FOLLOWED.test(path) && !seen.has(path))
        seen.set(path, url)
    }
  }
  return found
}
