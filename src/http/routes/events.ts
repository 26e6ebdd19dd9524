import { Readable } from 'node:stream'
import { z } from 'zod'
import { Refusal } from '../../errors.ts'
import { type LedgerEvent, readEvent, type StoredEvent, wireEvent } from '../../events/catalogue.ts'
import { EvaluationId, Position } from '../../events/forms.ts'
import { type EventStore, STREAM_PREFIXES } from '../../store/event-store.ts'
import { type Asked, negotiate } from '../accept.ts'
import { actorOf } from '../access.ts'
import type { App } from '../app-type.ts'
import { ndjsonLine } from '../cloud-events.ts'
import { Limit, linesRoute, listOf, listQuery, momentQuery, PathId, pageQuery } from '../describe.ts'
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
  position: z.string()
})

const NDJSON = 'application/x-ndjson'
const FORMS = ['application/json', 'text/csv', NDJSON] as const

interface Parts {
  store: EventStore
  reading: Reading
  facts: VisibilityFacts
}

/** The events themselves, as they were stored: of the whole ledger, and of one evaluation. */
export function eventRoutes(app: App, { store, reading, facts }: Parts): void {
  const ledger = linesRoute({
    summary: { fa: 'دفتر رویدادها', en: 'The whole ledger in order' },
    tag: 'events',
    query: z.strictObject({
      after: Position.optional().describe('Only what comes after this position'),
      waitFor: momentQuery.waitFor,
      ...pageQuery,
      limit: Limit.optional()
    }),
    answer: listOf(Event)
  })
  app.get('/v1/events', ledger, async (request, reply) => {
    const moment = await reading.moments.ofEvents(request.query)
    const after = BigInt(pageAfter(request) ?? request.query.after ?? '0')
    const end = await store.end()
    if (after > end) throw new Refusal('future', { params: { end: String(end), asked: String(after) } })
    const stored = store.readAll(after, STREAM_PREFIXES)
    const position = (event: LedgerEvent) => String(event.position)
    return answer(request, reply, { reading, moment, stored, limit: request.query.limit, position })
  })

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
