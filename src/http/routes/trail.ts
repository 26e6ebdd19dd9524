import { z } from 'zod'
import { ledgerRow, linksOf } from '../../../projections/ledger-list.ts'
import { type TrailFilter, type TrailView, trailList } from '../../../projections/trail-list.ts'
import { Refusal } from '../../errors.ts'
import type { Actor } from '../../events/envelope.ts'
import { EventId, Level } from '../../events/forms.ts'
import { actorOf } from '../access.ts'
import { withheldActs } from '../access-table.ts'
import type { App } from '../app-type.ts'
import { listOf, listQuery, PathId, tableRoute } from '../describe.ts'
import { InstantQuery, type Moment } from '../moment.ts'
import { type Names, namesAt } from '../names.ts'
import { pageAfter, type Reading } from '../reading.ts'
import type { Reads } from '../reads.ts'
import { scopeOf } from '../scope.ts'
import { TrailShape } from '../shapes.ts'
import { isWithheldAct, redact, seesEverything, seesWhole } from '../visibility.ts'

const word = z.string().max(200).optional()

/** What either trail can be searched by. */
const searchQuery = {
  ...listQuery,
  node: word,
  level: Level.optional(),
  actor: word,
  type: word,
  reasonCode: word,
  letter: word,
  from: InstantQuery.optional(),
  to: InstantQuery.optional(),
  revised: z
    .enum(['true', 'false'])
    .optional()
    .describe('true: only acts after which the figure was another than before'),
  order: z.enum(['oldest', 'newest']).default('oldest').describe('Which end comes first')
}

/** Persons, reasons and letters may be searched only in what one may see whole. */
const WITHHELD: readonly (keyof TrailFilter)[] = ['actor', 'reasonCode', 'letter']

/** How many of the acts that answer one are named beside it. */
const CAUSED_MAX = 10

/** What the rows of an answer come from; names and links are of the same moment. */
const RESTS_ON = ['trail', 'ledger', 'registry'] as const

export function trailRoutes(app: App, reading: Reading, reads: Reads): void {
  const one = tableRoute({
    summary: { fa: 'سابقه اقدامات یک ارزیابی', en: 'The audit trail of one evaluation' },
    tag: 'evaluations',
    query: z.strictObject(searchQuery),
    params: z.strictObject({ evaluation: PathId }),
    answer: listOf(TrailShape)
  })
  app.get('/v1/evaluations/:evaluation/trail', one, async (request, reply) => {
    const { evaluation } = request.params
    const moment = await reading.moments.of(request.query, ...RESTS_ON)
    const upTo = BigInt(moment.asOf.position)
    if (trailList(reads.reader, { evaluation }, { after: 0n, upTo, limit: 1 }).length === 0)
      throw new Refusal('unknown-evaluation', { params: { id: evaluation } })
    const asked = { ...pageOfQuery(request.query), after: pageAfter(request) }
    const filter = { evaluation, ...filterOf(request.query) }
    return reading.page(request, reply, moment, readPage(reads, actorOf(request), filter, moment, asked))
  })

  const all = tableRoute({
    summary: { fa: 'سابقه اقدامات در همه ارزیابی‌ها', en: 'The audit trail across evaluations' },
    tag: 'trail',
    query: z.strictObject({
      ...searchQuery,
      unit: word,
      period: word,
      event: EventId.optional().describe('The act that this event is')
    }),
    answer: listOf(TrailShape)
  })
  app.get('/v1/trail', all, async (request, reply) => {
    const moment = await reading.moments.of(request.query, ...RESTS_ON)
    const { event, unit, period } = request.query
    const at =
      event === undefined ? undefined : (ledgerRow(reads.reader, event.toLowerCase())?.position ?? 0n)
    const asked = { ...pageOfQuery(request.query), after: pageAfter(request) }
    const filter = { unit, period, at, ...filterOf(request.query) }
    return reading.page(request, reply, moment, readPage(reads, actorOf(request), filter, moment, asked))
  })
}

const Search = z.strictObject(searchQuery)
type Search = z.infer<typeof Search>

const filterOf = (query: Search): TrailFilter => {
  const { node, level, actor, type, reasonCode, letter, from, to, revised } = query
  return { node, level, actor, type, reasonCode, letter, from, to, revised: revised === 'true' }
}

const pageOfQuery = ({ limit, order }: Search) => ({ limit, order })

interface PageOf extends ReturnType<typeof pageOfQuery> {
  after: string | null
}

/** One page; acts of others are shown without persons, reasons, letters and evidence. */
function readPage(
  reads: Reads,
  actor: Actor,
  asked: TrailFilter,
  { at, asOf }: Moment,
  { limit, order, after }: PageOf
): { items: Shown[]; after: string | null } {
  const filter = inSight(reads, actor, asked)
  if (!filter) return { items: [], after: null }
  const end = BigInt(asOf.position)
  const span = { after: 0n, upTo: end, limit: limit + 1, order }
  if (after !== null && order === 'newest') span.upTo = BigInt(after) - 1n
  else if (after !== null) span.after = BigInt(after)
  const rows = trailList(reads.reader, filter, span)
  const names = namesAt(reads.reader, at)
  const items = rows.slice(0, limit).map((row) => {
    const act = shown(reads, names, row, end)
    if (seesEverything(actor) || seesWhole(actor, row.evaluation, reads.facts)) return act
    return { ...redact(act), cause: isWithheldAct(act.cause) ? null : act.cause }
  })
  return { items, after: rows.length > limit ? (items.at(-1)?.position ?? null) : null }
}

/**
 * The filter with what somebody sees: who searches by what is withheld finds it in its own cases alone. Null where that
 * can be nothing, so that nobody looks through the whole trail for it.
 */
function inSight(reads: Reads, actor: Actor, filter: TrailFilter): TrailFilter | null {
  if (seesEverything(actor)) return filter
  const searchesWithheld = isWithheldAct(filter) || WITHHELD.some((name) => filter[name] !== undefined)
  const of = scopeOf(reads, actor)
  if (searchesWithheld && !of) return null
  return { ...filter, sight: { of, without: searchesWithheld ? null : [...withheldActs] } }
}

type Shown = ReturnType<typeof shown>

/** An act with the names of what it is about, what it answers and what came of it. */
function shown({ reader }: Reads, names: Names, row: TrailView, upTo: bigint) {
  const { cause, caused, isMore } = linksOf(reader, row, { upTo, limit: CAUSED_MAX })
  return {
    ...row,
    unitName: names.unit(row.unit),
    nodeTitle: row.node === null ? null : names.node(row.evaluation, row.node),
    cause,
    caused,
    causedIsMore: isMore
  }
}
