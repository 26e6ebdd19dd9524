import { textOf } from './pages.ts'

/* What a browser does with cookies, redirects and forms, without a browser. */

interface Kept {
  value: string
  path: string
  /** As they were set: `HttpOnly`, `Secure`, `SameSite=Lax` and the like. */
  marks: readonly string[]
}

export interface Shown {
  url: string
  status: number
  html: string
  text: string
  headers: Headers
}

const HOPS_MAX = 10

/** A browser with cookies of its own that looks at servers on loopback. It follows redirects and `Refresh`. */
export function createBrowser() {
  const jar = new Map<string, Map<string, Kept>>()
  const cookiesAt = ({ origin, pathname }: URL): string =>
    [...(jar.get(origin) ?? [])]
      .filter(([, { path }]) => pathname.startsWith(path))
      .map(([name, { value }]) => `${name}=${value}`)
      .join('; ')

  const keep = (url: URL, lines: readonly string[]) => {
    const kept = jar.get(url.origin) ?? new Map<string, Kept>()
    jar.set(url.origin, kept)
    for (const line of lines) {
      const [pair = '', ...marks] = line.split('; ')
      const name = pair.slice(0, pair.indexOf('='))
      const mark = (wanted: string) => marks.find((each) => each.startsWith(`${wanted}=`))?.split('=')[1]
      if (mark('Max-Age') === '0') kept.delete(name)
      else kept.set(name, { value: pair.slice(name.length + 1), path: mark('Path') ?? '/', marks })
    }
  }

  /** One request, no hop further. */
  const ask = async (address: string | URL, init: RequestInit = {}): Promise<Response> => {
    const url = new URL(address)
    const headers = { accept: 'text/html', cookie: cookiesAt(url), ...init.headers }
    const answer = await fetch(url, { ...init, headers, redirect: 'manual' })
    keep(url, answer.headers.getSetCookie())
    return answer
  }

  const follow = async (address: string | URL, init: RequestInit = {}): Promise<Shown> => {
    let url = new URL(address)
    let answer = await ask(url, init)
    for (let hops = 0; hops < HOPS_MAX; hops += 1) {
      const refresh = /^0; url=(.*)$/.exec(answer.headers.get('refresh') ?? '')?.[1]
      const to = answer.headers.get('location') ?? refresh
      if (!to) break
      await answer.body?.cancel()
      url = new URL(to, url)
      answer = await ask(url)
    }
    const html = await answer.text()
    return { url: url.href, status: answer.status, html, text: textOf(html), headers: answer.headers }
  }

  /** Sends a form of a page that is shown: its hidden fields, and what is typed. */
  const send = (page: Shown, action: string, typed: Record<string, string>): Promise<Shown> => {
    const forms = [...page.html.matchAll(/<form[^>]*method="post"[^>]*action="([^"]*)"[\s\S]*?<\/form>/g)]
    const form = forms.find(([, to = '']) => textOf(to).split('#')[0] === action)?.[0]
    if (!form) throw new Error(`no form of ${page.url} goes to ${action}`)
    const body = new URLSearchParams()
    for (const [, name = '', value = ''] of form.matchAll(/type="hidden" name="([^"]*)" value="([^"]*)"/g)) {
      body.append(textOf(name), textOf(value))
    }
    for (const [name, value] of Object.entries(typed)) body.append(name, value)
    return follow(new URL(action, page.url), { method: 'POST', body })
  }

  const cookie = (origin: string, name: string): Kept | undefined => jar.get(origin)?.get(name)
  /** As time or a person would do it. */
  const drop = (origin: string, name: string): void => void jar.get(origin)?.delete(name)
  const names = (origin: string): string[] => [...(jar.get(origin)?.keys() ?? [])]
  return { ask, open: follow, send, cookie, drop, names }
}

export type Browser = ReturnType<typeof createBrowser>
