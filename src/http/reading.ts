import type { z } from 'zod'
import { Refusal } from '../errors.ts'
import { type Asked, wantsCsv } from './accept.ts'
import { toCsv } from './csv.ts'
import { decodeCursor, NumberedPlace, nextCursor, pageOf, pathOf } from './cursor.ts'
import type { AsOf, Moment, Moments } from './moment.ts'

/** As much of a reply as answering takes; any route's reply is one. */
export interface Answering {
  header(name: string, value: string): unknown
  type(contentType: string): unknown
  send(payload: never): unknown
}

export interface Page<Item> {
  items: Item[]
  next: string | null
  asOf: AsOf
}

/** What read routes are given beside the rows: which moment is asked about, and how answers are sent. */
export interface Reading {
  moments: Moments
  /** Which store this is; cursors of another do not fit. */
  identity(): Promise<string>
  /** An answer that is one thing: adds the moment. */
  one<Body extends object>(reply: Answering, moment: Moment, body: Body): Body & { asOf: AsOf }
  /** Sends an answer whose JSON was made already, the moment in it. */
  ready(reply: Answering, moment: Moment, json: Buffer): void
  /** One page of a list that is wholly at hand, as JSON or CSV. */
  list<Item extends object>(
    request: Asked,
    reply: Answering,
    moment: Moment,
    items: readonly Item[]
  ): Promise<Page<Item> | string>
  /** A page that was read by the route; `after` is where the next one goes on, null at the end. */
  page<Item extends object>(
    request: Asked,
    reply: Answering,
    moment: Moment,
    read: { items: Item[]; after: string | null }
  ): Promise<Page<Item> | string>
  /** Rows as CSV where the request asks for that, else null: for answers that are a table inside a document. */
  csv(
    request: Asked,
    reply: Answering,
    moment: Moment,
    rows: readonly object[],
    columns: readonly string[]
  ): string | null
}

/** Where a request's cursor says to go on, as a number; null on the first page. Throws `bad-cursor`. */
export function pageAfter(request: Asked): string | null {
  const after = afterIn(request)
  if (after === null || NumberedPlace.safeParse(after).success) return after
  throw new Refusal('bad-cursor')
}

/** The same in a list whose places are what its rows are sorted by. */
export function placeAfter<Place>(request: Asked, form: z.ZodType<Place>): Place | null {
  const after = afterIn(request)
  if (after === null) return null
  try {
    return form.parse(JSON.parse(after))
  } catch {
    throw new Refusal('bad-cursor')
  }
}

function afterIn(request: Asked): string | null {
  const { cursor } = request.query as { cursor?: string }
  return cursor === undefined ? null : decodeCursor(cursor).after
}

/** The part of a list that a request asks for, and where the next one goes on: what `Reading.page` takes. */
export function partOf<Item>(
  request: Asked,
  items: readonly Item[]
): { items: Item[]; after: string | null } {
  const { limit } = request.query as { limit: number }
  const found = pageOf(items, { limit, offset: Number(pageAfter(request) ?? 0) })
  return { items: found.items, after: found.after === null ? null : String(found.after) }
}

/** The plumbing of all read routes. `identity` is asked until the store has one, and then remembered. */
export function createReading(moments: Moments, identity: () => Promise<string>): Reading {
  const sendCsv = (
    reply: Answering,
    moment: Moment,
    rows: readonly object[],
    columns: readonly string[]
  ): string => {
    mark(reply, moment)
    reply.type('text/csv; charset=utf-8')
    return toCsv(rows, columns)
  }
  const page: Reading['page'] = async (request, reply, moment, { items, after }) => {
    const { position } = moment.asOf
    const next = after === null ? null : nextCursor(request, { store: await identity(), position, after })
    if (next !== null) reply.header('link', `<${pathOf(request)}?cursor=${next}>; rel="next"`)
    if (wantsCsv(request)) return sendCsv(reply, moment, items, columnsFor(request))
    mark(reply, moment)
    return { items, next, asOf: moment.asOf }
  }
  return {
    moments,
    identity,
    one: (reply, moment, body) => {
      mark(reply, moment)
      return { ...body, asOf: moment.asOf }
    },
    ready: (reply, moment, json) => {
      mark(reply, moment)
      reply.type('application/json; charset=utf-8')
      // The type of a reply knows what a schema describes, not the bytes that were made by it.
      reply.send(json as never)
    },
    list: (request, reply, moment, items) => page(request, reply, moment, partOf(request, items)),
    page,
    csv: (request, reply, moment, rows, columns) =>
      wantsCsv(request) ? sendCsv(reply, moment, rows, columns) : null
  }
}

/** All pages of a list have the columns that its route declares. */
function columnsFor({ url, routeOptions }: Asked): readonly string[] {
  const columns = routeOptions?.config.columns
  if (columns) return columns
  throw new TypeError(`the route of ${url} says nothing of the rows it answers`)
}

const mark = (reply: Answering, { asOf }: Moment) => {
  reply.header('ledger-position', asOf.position)
  reply.header('vary', 'accept, accept-language')
}
