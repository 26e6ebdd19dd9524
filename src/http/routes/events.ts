import { Readable } from 'node:stream'
import { z } from 'zod'
import type { Reader } from '../../../projections/projection.ts'
import { Refusal } from '../../errors.ts'
import { type LedgerEvent, readEvent, type StoredEvent, wireEvent } from '../../events/catalogue.ts'
import { EvaluationId, EventId, Position } from '../../events/forms.ts'
import { type EventStore, STREAM_PREFIXES } from '../../store/event-store.ts'
import { type Asked, negotiate } from '../accept.ts'
import { actorOf } from '../access.ts'
import type { App } from '../app-type.ts'
import { ndjsonLine } from '../cloud-events.ts'
import { Limit, linesRoute, listOf, listQuery, PathId } from '../describe.ts'
import { foundEvents } from '../ledger-events.ts'
import type { Moment } from '../moment.ts'
import { type Answering, pageAfter, type Reading } from '../reading.ts'
import { seesWhole, type VisibilityFacts } from '../visibility.ts'

/** An event as section "Events" of the API has it. */
export const Event = z.looseObject({
  id: z.string(),
  type: z.string(),
  version: z.int(),
  stream: z.string(),
  revision: z.string(),
  position: z.string(),
  data: z.unknown(),
  metadata: z.unknown()
})

const NDJSON = 'application/x-ndjson'
const FORMS = ['application/json', 'text/csv', NDJSON] as const

export interface EventParts {
  store: EventStore
  reader: Reader
  reading: Reading
  facts: VisibilityFacts
}

const LedgerQuery = z.strictObject({
  ...listQuery,
  limit: Limit.optional(),
  after: Position.optional().describe('Only what comes after this position'),
  before: Position.optional().describe('Only what comes before this position'),
  order: z.enum(['oldest', 'newest']).default('oldest').describe('Which end comes first'),
  type: z.string().max(100).optional(),
  stream: z.string().max(300).optional(),
  causedBy: EventId.optional().describe('Only what answers this event, or came of this command'),
  correlation: EventId.optional()
})

/** The events themselves, as they were stored: of the whole ledger, and of one evaluation. */
export function eventRoutes(app: App, parts: EventParts): void {
  ledgerRoute(app, parts)
  evaluationRoute(app, parts)
}

function ledgerRoute(app: App, parts: EventParts): void {
  const { store, reading } = parts
  const ledger = linesRoute({
    summary: { fa: 'دفتر رویدادها', en: 'The whole ledger in order' },
    tag: 'events',
    query: LedgerQuery,
    answer: listOf(Event)
  })
  app.get('/v1/events', ledger, async (request, reply) => {
    const { asOf, limit, after = '0' } = request.query
    const end = await store.end()
    if (BigInt(after) > end) throw new Refusal('future', { params: { end: String(end), asked: after } })
    const position = (event: LedgerEvent) => String(event.position)
    if (needsIndex(request.query)) {
      const moment = await reading.moments.of(request.query, 'ledger')
      return answer(request, reply, {
        reading,
        moment,
        stored: found(parts, request, moment),
        limit,
        position
      })
    }
    const { moments } = reading
    const moment = await (asOf === undefined ? moments.ofEvents(request.query) : moments.of(request.query))
    const stored = store.readAll(BigInt(pageAfter(request) ?? after), STREAM_PREFIXES)
    return answer(request, reply, { reading, moment, stored, limit, position })
  })
}

type LedgerAsked = z.infer<typeof LedgerQuery>

/** The store reads forwards and all of it; everything else is found by the index. */
const needsIndex = ({ order, before, type, stream, causedBy, correlation }: LedgerAsked): boolean =>
  order === 'newest' || [before, type, stream, causedBy, correlation].some((each) => each !== undefined)

function found(
  parts: EventParts,
  request: Asked & { query: LedgerAsked },
  { asOf }: Moment
): AsyncIterable<StoredEvent> {
  const { order, type, stream, causedBy, correlation, limit, ...span } = request.query
  const end = BigInt(asOf.position) + 1n
  const before = span.before === undefined || BigInt(span.before) > end ? end : BigInt(span.before)
  const [from, to] = [BigInt(span.after ?? '0'), before]
  const place = pageAfter(request)
  const on = place === null ? null : BigInt(place)
  return foundEvents(
    parts,
    { type, stream, causedBy, correlation },
    {
      after: order === 'oldest' ? (on ?? from) : from,
      before: order === 'newest' ? (on ?? to) : to,
      order,
      limit: (limit ?? PAGE) + 1
    }
  )
}

function evaluationRoute(app: App, { store, reading, facts }: EventParts): void {
  const ofEvaluation = linesRoute({
    summary: { fa: 'رویدادهای یک ارزیابی', en: 'The raw events of one evaluation' },
    tag: 'events',
    params: z.strictObject({ evaluation: PathId }),
    query: z.strictObject({ ...listQuery, limit: Limit.optional() }),
    answer: listOf(Event)
  })
  app.get('/v1/evaluations/:evaluation/events', ofEvaluation, async (request, reply) => {
    const { evaluation } = request.params
    const missing = new Refusal('not-found', notFound('evaluation', evaluation))
    if (!EvaluationId.safeParse(evaluation).success) throw missing
    if (!seesWhole(actorOf(request), evaluation, facts)) throw missing
    const { moments } = reading
    const { asOf } = request.query
    const moment = await (asOf === undefined ? moments.ofEvents(request.query) : moments.of(request.query))
    const stream = `evaluation-${evaluation}`
    const [first] = await take(upTo(store.readStream(stream), moment), 1)
    if (!first) throw missing
    const after = pageAfter(request)
    const stored = store.readStream(stream, { fromRevision: after === null ? 0 : Number(after) + 1 })
    const position = (event: LedgerEvent) => String(event.revision)
    return answer(request, reply, { reading, moment, stored, limit: request.query.limit, position })
  })
}

interface Found {
  reading: Reading
  moment: Moment
  stored: AsyncIterable<StoredEvent>
  limit: number | undefined
  /** Where a page that ends with an event goes on. */
  position: (event: LedgerEvent) => string
}

const PAGE = 50

/** A page as JSON or CSV, or all of it as CloudEvents, a line each. */
async function answer(request: Asked, reply: Answering, { reading, moment, stored, limit, position }: Found) {
  const events = upTo(stored, moment)
  if (negotiate(request, FORMS) === NDJSON) {
    reply.header('ledger-position', moment.asOf.position)
    reply.header('vary', 'accept, accept-language')
    reply.type(NDJSON)
    return Readable.from(lines(events, limit ?? Number.POSITIVE_INFINITY), { objectMode: false })
  }
  const size = limit ?? PAGE
  const found = await take(events, size + 1)
  const page = found.slice(0, size)
  const last = page.at(-1)
  const after = found.length > size && last ? position(last) : null
  return reading.page(request, reply, moment, { items: page.map(wireEvent), after })
}

async function* upTo(stored: AsyncIterable<StoredEvent>, { at }: Moment): AsyncGenerator<LedgerEvent> {
  for await (const event of stored) {
    if (at !== null && event.position > at) return
    yield readEvent(event)
  }
}

async function take<T>(items: AsyncIterable<T>, count: number): Promise<T[]> {
  const taken: T[] = []
  for await (const item of items) {
    if (taken.push(item) >= count) break
  }
  return taken
}

/** Sent in pieces of this many characters: fewer, larger writes, and little kept while a reader is slow. */
const PIECE = 32 * 1024

async function* lines(events: AsyncIterable<LedgerEvent>, limit: number): AsyncGenerator<string> {
  let piece = ''
  let count = 0
  for await (const event of events) {
    piece += ndjsonLine(event)
    if (piece.length >= PIECE) {
      yield piece
      piece = ''
    }
    if (++count >= limit) break
  }
  if (piece) yield piece
}

const notFound = (kind: string, id: string) => ({ params: { kind, id } })
