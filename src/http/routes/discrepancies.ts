import { z } from 'zod'
import type { DiscrepancyRow } from '../../../projections/discrepancies.ts'
import {
  type DiscrepancyFilter,
  discrepanciesAfter,
  placeOf,
  shownDiscrepancies
} from '../../../projections/discrepancy-list.ts'
import { discrepancyStatistics } from '../../../projections/discrepancy-statistics.ts'
import { ledgerRow } from '../../../projections/ledger-list.ts'
import { Level, Points } from '../../events/forms.ts'
import { parsePoints } from '../../points.ts'
import type { Case } from '../../rules/case.ts'
import { DISCREPANCY_CLASSES, DISCREPANCY_KINDS, DISCREPANCY_MEASURES } from '../../rules/discrepancy-row.ts'
import { actorOf } from '../access.ts'
import type { App } from '../app-type.ts'
import { NumberedPlace } from '../cursor.ts'
import { listOf, listQuery, tableRoute } from '../describe.ts'
import type { Moment } from '../moment.ts'
import { namesAt } from '../names.ts'
import { placeAfter, type Reading } from '../reading.ts'
import type { Reads } from '../reads.ts'
import { namedShape } from '../shapes.ts'
import { inTurns } from '../turn.ts'
import { redact, seesWhole } from '../visibility.ts'

const Figure = z.string().nullable()

export const Found = z.strictObject({
  kind: z.enum(DISCREPANCY_KINDS),
  class: z.enum(DISCREPANCY_CLASSES),
  evaluation: z.string(),
  unit: z.string(),
  period: z.string(),
  node: z.string(),
  level: Level.nullable(),
  measure: z.enum(DISCREPANCY_MEASURES),
  expected: Figure,
  found: Figure,
  difference: Figure,
  events: z.array(
    z.strictObject({ event: z.string(), side: z.enum(['for', 'against']), position: z.string().nullable() })
  ),
  hints: z.array(z.looseObject({ hint: z.enum(['mean', 'swap', 'nine', 'ceiling']) })),
  note: z.string().nullable(),
  gap: Figure,
  ceiling: Figure,
  basis: z
    .strictObject({
      of: z.string(),
      points: Figure,
      ceiling: Figure,
      partial: z.boolean(),
      digits: z.int().nullable()
    })
    .nullable(),
  since: z.string(),
  ...namedShape
})

/** How many there are of a kind and a class, and the largest of them. */
export const Counted = z.strictObject({
  kind: z.enum(DISCREPANCY_KINDS),
  class: z.enum(DISCREPANCY_CLASSES),
  count: z.int(),
  largest: Figure.describe('In points; null where none is a difference of points')
})

const Query = z.strictObject({
  ...listQuery,
  period: z.string().optional(),
  unit: z.string().optional(),
  kind: z.enum(DISCREPANCY_KINDS).optional(),
  class: z.enum(DISCREPANCY_CLASSES).optional(),
  node: z.string().optional(),
  minGap: Points.optional()
})

/** Where a page ended. */
const Place = z.strictObject({
  size_group: z.int(),
  size: z.string(),
  evaluation: z.string(),
  node: z.string(),
  level: z.string(),
  kind: z.string(),
  measure: z.string(),
  found: z.string(),
  from_position: NumberedPlace
})

export function discrepancyRoutes(app: App, reading: Reading, reads: Reads): void {
  const options = tableRoute({
    summary: { fa: 'مغایرت‌ها', en: 'Figures that ought to agree and do not' },
    tag: 'discrepancies',
    query: Query,
    answer: listOf(Found)
  })
  app.get('/v1/discrepancies', options, async (request, reply) => {
    const moment = await reading.moments.of(request.query, ...RESTS_ON)
    const { limit } = request.query
    const asked = { after: placeAfter(request, Place), limit: limit + 1 }
    const rows = discrepanciesAfter(reads.reader, filterOf(request.query), moment.at, asked)
    const page = rows.slice(0, limit)
    const caseFor = moment.at === null ? undefined : await pastCases(reads, page, moment)
    const actor = actorOf(request)
    const names = namesAt(reads.reader, moment.at)
    const place = (event: string) => ledgerRow(reads.reader, event)?.position.toString() ?? null
    const items = shownDiscrepancies(reads.reader, page, moment.at, caseFor)
      .map((row) => (seesWhole(actor, row.evaluation, reads.facts) ? row : redact(row)))
      .map((row) => ({
        ...row,
        events: row.events.map((side) => ({ ...side, position: place(side.event) })),
        hints: row.hints.map((hint) => ({ ...hint })),
        unitName: names.unit(row.unit),
        nodeTitle: names.node(row.evaluation, row.node)
      }))
    const last = page.at(-1)
    const after = last && rows.length > limit ? JSON.stringify(placeOf(last)) : null
    return reading.page(request, reply, moment, { items, after })
  })

  const counts = tableRoute({
    summary: { fa: 'شمار مغایرت‌ها', en: 'How many figures do not agree, by kind and class' },
    tag: 'discrepancies',
    query: Query,
    answer: listOf(Counted)
  })
  app.get('/v1/discrepancies/statistics', counts, async (request, reply) => {
    const moment = await reading.moments.of(request.query, 'discrepancies')
    const found = discrepancyStatistics(reads.reader, filterOf(request.query), moment.at)
    return reading.list(request, reply, moment, found)
  })
}

/** What the rows of an answer come from; names are of the same moment. */
const RESTS_ON = ['discrepancies', 'registry', 'ledger', 'scorecard'] as const

function filterOf({
  minGap,
  period,
  unit,
  kind,
  class: weight,
  node
}: z.infer<typeof Query>): DiscrepancyFilter {
  return {
    ...{ period, unit, kind, class: weight, node },
    ...(minGap === undefined ? {} : { minGap: parsePoints(minGap) })
  }
}

/** The evaluations on one page as they stood then: hints are worked out from them. */
async function pastCases(
  reads: Reads,
  rows: readonly Pick<DiscrepancyRow, 'evaluation'>[],
  moment: Moment
): Promise<(evaluation: string) => Case | null> {
  const cases = new Map<string, Case | null>()
  for await (const evaluation of inTurns(new Set(rows.map((row) => row.evaluation))))
    cases.set(evaluation, await reads.caseAt(evaluation, moment))
  return (evaluation) => cases.get(evaluation) ?? null
}
