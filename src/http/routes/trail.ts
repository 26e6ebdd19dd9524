import { z } from 'zod'
import { type TrailFilter, type TrailView, trailList } from '../../../projections/trail-list.ts'
import { Refusal } from '../../errors.ts'
import type { Actor } from '../../events/envelope.ts'
import { Instant, Level } from '../../events/forms.ts'
import { actorOf } from '../access.ts'
import type { App } from '../app-type.ts'
import { listOf, listQuery, PathId, tableRoute } from '../describe.ts'
import type { Moment } from '../moment.ts'
import { pageAfter, type Reading } from '../reading.ts'
import type { Reads } from '../reads.ts'
import { TrailShape } from '../shapes.ts'
import { isWithheldAct, redact, seesEverything, seesWhole } from '../visibility.ts'

const word = z.string().max(200).optional()

/** Persons, reasons and letters may be searched only in what one may see whole. */
const WITHHELD: readonly (keyof TrailFilter)[] = ['actor', 'reasonCode', 'letter']

/** How many acts are looked at in one go while a page is filled. */
const CHUNK = 500

export function trailRoutes(app: App, reading: Reading, reads: Reads): void {
  const one = tableRoute({
    summary: { fa: 'سابقه اقدامات یک ارزیابی', en: 'The audit trail of one evaluation, oldest first' },
    tag: 'evaluations',
    query: z.strictObject({ ...listQuery, node: word, level: Level.optional(), actor: word }),
    params: z.strictObject({ evaluation: PathId }),
    answer: listOf(TrailShape)
  })
  app.get('/v1/evaluations/:evaluation/trail', one, async (request, reply) => {
    const { evaluation } = request.params
    const moment = await reading.moments.of(request.query, 'trail')
    const upTo = BigInt(moment.asOf.position)
    if (trailList(reads.reader, { evaluation }, { after: 0n, upTo, limit: 1 }).length === 0)
      throw new Refusal('unknown-evaluation', { params: { id: evaluation } })
    const { node, level, actor } = request.query
    const page = readPage(reads, actorOf(request), { evaluation, node, level, actor }, moment, {
      limit: request.query.limit,
      after: pageAfter(request)
    })
    return reading.page(request, reply, moment, page)
  })

  const all = tableRoute({
    summary: { fa: 'سابقه اقدامات در همه ارزیابی‌ها', en: 'The audit trail across evaluations' },
    tag: 'trail',
    query: z.strictObject({
      ...listQuery,
      actor: word,
      unit: word,
      node: word,
      period: word,
      type: word,
      reasonCode: word,
      letter: word,
      from: Instant.optional(),
      to: Instant.optional()
    }),
    answer: listOf(TrailShape)
  })
  app.get('/v1/trail', all, async (request, reply) => {
    const moment = await reading.moments.of(request.query, 'trail')
    const { asOf: _asOf, waitFor: _waitFor, limit, cursor: _cursor, ...filter } = request.query
    const page = readPage(reads, actorOf(request), filter, moment, { limit, after: pageAfter(request) })
    return reading.page(request, reply, moment, page)
  })
}

interface PageOf {
  limit: number
  after: string | null
}

/** Fills one page; acts of others are shown without persons, reasons, letters and evidence. */
function readPage(
  reads: Reads,
  actor: Actor,
  filter: TrailFilter,
  { asOf }: Moment,
  { limit, after }: PageOf
): { items: TrailView[]; after: string | null } {
  const searchesWithheld = WITHHELD.some((name) => filter[name] !== undefined)
  const upTo = BigInt(asOf.position)
  const items: TrailView[] = []
  let from = BigInt(after ?? '0')
  for (;;) {
    const rows = trailList(reads.reader, filter, { after: from, upTo, limit: CHUNK })
    for (const row of rows) {
      const whole = seesEverything(actor) || seesWhole(actor, row.evaluation, reads.facts)
      if (!whole && (searchesWithheld || isWithheldAct(row))) continue
      if (items.length === limit) return { items, after: items.at(-1)?.position ?? null }
      items.push(whole ? row : redact(row))
    }
    const last = rows.at(-1)
    if (!last || rows.length < CHUNK) return { items, after: null }
    from = BigInt(last.position)
  }
}
