import { z } from 'zod'
import { appealFile } from '../../../projections/appeal-file.ts'
import {
  APPEAL_STATUSES,
  type AppealFilter,
  type AppealScope,
  appealAt,
  appealsAfter,
  appealView,
  statusAt
} from '../../../projections/appeal-list.ts'
import { appealStatistics, STATISTICS_BY } from '../../../projections/appeal-statistics.ts'
import type { AppealRow } from '../../../projections/appeals.ts'
import { Refusal } from '../../errors.ts'
import type { Actor } from '../../events/envelope.ts'
import { actorOf } from '../access.ts'
import type { App } from '../app-type.ts'
import { AppealFileShape, AppealShape, AppealStatisticsShape } from '../appeal-shapes.ts'
import { listOf, listQuery, momentQuery, PathId, readRoute, tableRoute } from '../describe.ts'
import { AsOf, instantOf, type Moment } from '../moment.ts'
import { pageAfter, type Reading } from '../reading.ts'
import type { Reads } from '../reads.ts'
import { scopeOf } from '../scope.ts'
import { seesEverything, seesWhole } from '../visibility.ts'

/** How many rows are looked at in one go while a page is filled. */
const CHUNK = 500

export function appealRoutes(app: App, reading: Reading, reads: Reads): void {
  registerRoute(app, reading, reads)
  statisticsRoute(app, reading, reads)
  fileRoute(app, reading, reads)
}

function registerRoute(app: App, reading: Reading, reads: Reads): void {
  const options = tableRoute({
    summary: { fa: 'دفتر اعتراض‌ها', en: 'The register of appeals' },
    tag: 'appeals',
    query: z.strictObject({
      ...listQuery,
      status: z.enum(APPEAL_STATUSES).optional(),
      unit: z.string().optional(),
      period: z.string().optional(),
      panelist: z.string().max(128).optional()
    }),
    answer: listOf(AppealShape)
  })
  app.get('/v1/appeals', options, async (request, reply) => {
    const actor = actorOf(request)
    const moment = await reading.moments.of(request.query, 'appeals', 'scorecard', 'registry')
    const scope = requireScope(reads, actor)
    const now = instantOf(request.query, moment, reads.now())
    const { limit, status, unit, period, panelist } = request.query
    const page = readPage(
      reads,
      { status, unit, period, panelist },
      scope,
      { at: moment.at, now },
      {
        limit,
        after: BigInt(pageAfter(request) ?? '0')
      }
    )
    const mayOf = reads.may(actor)
    const items = await Promise.all(
      page.rows.map(async (row) => {
        const { evaluation, appeal } = row
        const may = request.query.asOf === undefined ? await mayOf({ evaluation, appeal }) : []
        return { ...appealView(row, now), may }
      })
    )
    return reading.page(request, reply, moment, { items, after: page.after })
  })
}

function statisticsRoute(app: App, reading: Reading, reads: Reads): void {
  const options = tableRoute({
    summary: { fa: 'آمار اعتراض‌ها', en: 'How appeals fared, by unit, node or expert' },
    tag: 'appeals',
    query: z.strictObject({
      ...listQuery,
      by: z.enum(STATISTICS_BY).default('unit'),
      period: z.string().optional()
    }),
    answer: listOf(AppealStatisticsShape)
  })
  app.get('/v1/appeals/statistics', options, async (request, reply) => {
    const moment = await reading.moments.of(request.query, 'appeals', 'scorecard', 'registry')
    const scope = requireScope(reads, actorOf(request))
    const now = instantOf(request.query, moment, reads.now())
    const { by, period } = request.query
    const all = { limit: Number.POSITIVE_INFINITY, after: 0n }
    const { rows } = readPage(reads, { period }, scope, { at: moment.at, now }, all)
    return reading.list(request, reply, moment, appealStatistics(rows, by, now))
  })
}

function fileRoute(app: App, reading: Reading, reads: Reads): void {
  const options = readRoute({
    summary: { fa: 'پرونده یک اعتراض', en: 'The whole file of one appeal' },
    tag: 'appeals',
    query: z.strictObject(momentQuery),
    params: z.strictObject({ appeal: PathId }),
    answer: AppealFileShape.extend({ asOf: AsOf })
  })
  app.get('/v1/appeals/:appeal', options, async (request, reply) => {
    const { appeal } = request.params
    const actor = actorOf(request)
    const moment = await reading.moments.of(request.query, 'appeals', 'scorecard', 'registry')
    const row = appealAt(reads.reader, appeal, moment.at)
    if (!row || !seesWhole(actor, row.evaluation, reads.facts)) throw missing('appeal', appeal)
    const file = appealFile(await reads.stepsAt(row.evaluation, moment), appeal)
    if (!file) throw missing('appeal', appeal)
    const { evaluation } = row
    const view = appealView(row, instantOf(request.query, moment, reads.now()))
    const may = request.query.asOf === undefined ? await reads.may(actor)({ evaluation, appeal }) : []
    return reading.one(reply, moment, { ...view, ...file, may })
  })
}

const missing = (kind: string, id: string) => new Refusal('not-found', { params: { kind, id } })

/** Whose appeals somebody may see; for whom there are none there is no register. */
function requireScope(reads: Reads, actor: Actor): AppealScope {
  const scope = seesEverything(actor) ? {} : scopeOf(reads, actor)
  if (scope) return scope
  throw missing('register', 'appeals')
}

/** Fills one page in the order of filing. */
function readPage(
  { reader }: Reads,
  filter: AppealFilter,
  scope: AppealScope,
  { at, now }: { at: Moment['at']; now: string },
  { limit, after }: { limit: number; after: bigint }
): { rows: AppealRow[]; after: string | null } {
  const found: AppealRow[] = []
  let from = after
  for (;;) {
    const rows = appealsAfter(reader, filter, scope, { at, after: from, limit: CHUNK })
    for (const row of rows) {
      if (filter.status !== undefined && statusAt(row, now) !== filter.status) continue
      if (found.length === limit) return { rows: found, after: String(found.at(-1)?.filed_position) }
      found.push(row)
    }
    const last = rows.at(-1)
    if (!last || rows.length < CHUNK) return { rows: found, after: null }
    from = last.filed_position
  }
}
