import { z } from 'zod'
import { ledgerRow, linksOf } from '../../../projections/ledger-list.ts'
import { Refusal } from '../../errors.ts'
import { readEvent, wireEvent } from '../../events/catalogue.ts'
import type { Actor } from '../../events/envelope.ts'
import { actorOf } from '../access.ts'
import type { App } from '../app-type.ts'
import { momentQuery, PathId, readRoute } from '../describe.ts'
import { eventsAt } from '../ledger-events.ts'
import { AsOf } from '../moment.ts'
import { LinkShape } from '../shapes.ts'
import { seesEverything, seesWhole, type VisibilityFacts } from '../visibility.ts'
import { Event, type EventParts } from './events.ts'

export const OneEvent = z.strictObject({
  event: Event,
  cause: LinkShape.nullable().describe('The event it answers; null where it answers the command itself'),
  caused: z.array(LinkShape).describe('What answers it, oldest first'),
  causedIsMore: z.boolean(),
  asOf: AsOf
})

/** Events that answer one are few; of a command that did a thousand things at once not all are named. */
const CAUSED_MAX = 100

/** One event by its id, with what it answers and what came of it. */
export function oneEventRoute(app: App, { store, reader, reading, facts }: EventParts): void {
  const options = readRoute({
    summary: { fa: 'یک رویداد', en: 'One event, what it answers and what came of it' },
    tag: 'events',
    params: z.strictObject({ event: PathId }),
    query: z.strictObject(momentQuery),
    answer: OneEvent
  })
  // A HEAD would take that of the live feed, which has none.
  app.get('/v1/events/:event', { ...options, exposeHeadRoute: false }, async (request, reply) => {
    const moment = await reading.moments.of(request.query, 'ledger')
    const upTo = BigInt(moment.asOf.position)
    const row = ledgerRow(reader, request.params.event.toLowerCase())
    if (!row || row.position > upTo || !seesStream(actorOf(request), row.stream, facts))
      throw new Refusal('not-found', { params: { kind: 'event', id: request.params.event } })
    const [stored] = await eventsAt(store, [row])
    if (!stored) throw new Error(`event ${row.event} is in the index and not in the store`)
    const { cause, caused, isMore } = linksOf(
      reader,
      { event: row.event, causedBy: row.caused_by },
      {
        upTo,
        limit: CAUSED_MAX
      }
    )
    const event = wireEvent(readEvent(stored))
    return reading.one(reply, moment, { event, cause, caused, causedIsMore: isMore })
  })
}

const EVALUATION = 'evaluation-'

/** Whoever does not read the whole ledger reads the evaluations that they may see whole. */
const seesStream = (actor: Actor, stream: string, facts: VisibilityFacts): boolean =>
  seesEverything(actor) ||
  (stream.startsWith(EVALUATION) && seesWhole(actor, stream.slice(EVALUATION.length), facts))
