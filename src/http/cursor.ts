import { z } from 'zod'
import { Refusal } from '../errors.ts'
import { Position } from '../events/forms.ts'
import type { Asked } from './accept.ts'

/*
 * A cursor carries everything that makes the next page a page of the same list: the store, the address with its
 * filter, the moment, and where to go on. It may be sent alone or together with the same filter.
 */

/** An index, a revision or a position; all of them are safe integers, and a ledger of petabytes is none of ours. */
export const NumberedPlace = z.string().regex(/^(0|[1-9]\d{0,14})$/)

/** A place among rows that have no number: what the row before it is sorted by, as JSON. */
const LONGEST = 4_000

const Content = z.strictObject({
  store: z.string(),
  path: z.string(),
  query: z.record(z.string(), z.string()),
  position: Position,
  after: z.string().max(LONGEST)
})
export type Cursor = z.infer<typeof Content>

/** They page or wait, and so are no part of the filter. */
const NO_FILTER = new Set(['cursor', 'limit', 'waitFor'])

export const encodeCursor = (cursor: Cursor): string =>
  Buffer.from(JSON.stringify(cursor)).toString('base64url')

/** Throws `bad-cursor` for what was never given out. */
export function decodeCursor(text: string): Cursor {
  try {
    return Content.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')))
  } catch {
    throw new Refusal('bad-cursor')
  }
}

/** Whether a request goes on with a list. */
export const hasCursor = ({ query }: Pick<Asked, 'query'>): boolean =>
  typeof (query as Record<string, unknown>).cursor === 'string'

/**
 * Puts the filter of a cursor into the query, before the query is checked. Throws `bad-cursor` when the cursor was
 * given out by another store, for another address or with another filter than the one that is sent beside it.
 */
export async function expandCursor(request: Asked, store: () => Promise<string>): Promise<void> {
  if (!hasCursor(request)) return
  const query = request.query as Record<string, string>
  const cursor = decodeCursor(query.cursor ?? '')
  const sent = Object.entries(query).filter(([name]) => !NO_FILTER.has(name))
  const fits = cursor.path === pathOf(request) && sent.every(([name, value]) => cursor.query[name] === value)
  if (!fits || cursor.store !== (await store())) throw new Refusal('bad-cursor')
  request.query = { ...cursor.query, ...query }
}

/** The cursor for the page after the one that a request is answered with. */
export function nextCursor(request: Asked, at: { store: string; position: string; after: string }): string {
  const sent = new URL(request.url, 'http://here').searchParams
  const from = sent.get('cursor')
  const filter = [...sent].filter(([name]) => !NO_FILTER.has(name))
  const query = from === null ? Object.fromEntries(filter) : decodeCursor(from).query
  return encodeCursor({ ...at, path: pathOf(request), query })
}

/** What a request filters by, which is the same on all pages of a list, in the same order. */
export const filterOf = ({ query }: Pick<Asked, 'query'>): [string, unknown][] =>
  Object.entries(query as Record<string, unknown>)
    .filter(([name, value]) => value !== undefined && !NO_FILTER.has(name))
    .sort(([a], [b]) => (a < b ? -1 : 1))

export const pathOf = (request: Asked): string => request.url.split('?')[0] ?? ''

/** One page of a list that is wholly at hand. `after` is the index the next page begins at, null at the end. */
export function pageOf<T>(
  items: readonly T[],
  { limit, offset }: { limit: number; offset: number }
): { items: T[]; after: number | null } {
  const end = offset + limit
  return { items: items.slice(offset, end), after: end < items.length ? end : null }
}
