import type { IncomingHttpHeaders } from 'node:http'
import { Refusal } from '../errors.ts'

/** As much of a request as reading it takes; any route's request is one. */
export interface Asked {
  url: string
  query: unknown
  headers: IncomingHttpHeaders
  /** What the route that is asked has declared. */
  routeOptions?: { config: { columns?: readonly string[] } }
}

interface Wish {
  what: string
  quality: number
}

/** The entries of an `Accept…` header, most wanted first; what is refused (`q=0`) is left out. */
export function wishes(header: string): Wish[] {
  return header
    .split(',')
    .map((entry) => {
      const [what = '', ...parameters] = entry.split(';').map((part) => part.trim().toLowerCase())
      const q = parameters.find((parameter) => parameter.startsWith('q='))
      const quality = q === undefined ? 1 : Number(q.slice(2))
      return { what, quality: Number.isFinite(quality) ? quality : 0 }
    })
    .filter(({ what, quality }) => what !== '' && quality > 0)
    .sort((a, b) => b.quality - a.quality)
}

/**
 * Which of the offered media types a request wants most; the first where it does not care. Throws `not-acceptable`
 * where it wants none of them.
 */
export function negotiate<const T extends string>(request: Asked, offered: readonly [T, ...T[]]): T {
  const header = request.headers.accept
  if (header === undefined || header.trim() === '') return offered[0]
  for (const { what } of wishes(header)) {
    const found = offered.find((type) => covers(what, type))
    if (found) return found
  }
  throw new Refusal('not-acceptable')
}

const covers = (wish: string, type: string): boolean =>
  wish === type || wish === '*/*' || (wish.endsWith('/*') && type.startsWith(wish.slice(0, -1)))

export type Language = 'fa' | 'en'

/** Persian or English, as `Accept-Language` says; English where it says nothing of either. */
export function languageOf(header: string | undefined): Language {
  for (const { what } of wishes(header ?? '')) {
    const primary = what.split('-')[0]
    if (primary === 'fa') return 'fa'
    if (primary === 'en' || primary === '*') return 'en'
  }
  return 'en'
}

/** Whether a list is wanted as a table for a spreadsheet. */
export const wantsCsv = (request: Asked): boolean =>
  negotiate(request, ['application/json', 'text/csv']) === 'text/csv'
