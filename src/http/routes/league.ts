import { z } from 'zod'
import { compareUnit } from '../../../projections/comparison-table.ts'
import { evaluationIn, periodsOf, seriesFor } from '../../../projections/comparison-years.ts'
import { type League, leagueTable, ranksOf } from '../../../projections/league-table.ts'
import { Refusal } from '../../errors.ts'
import { Level, Measurement, Title, UnitKind } from '../../events/forms.ts'
import type { Case } from '../../rules/case.ts'
import type { App } from '../app-type.ts'
import { columnsOfForm } from '../csv-columns.ts'
import { listOf, listQuery, momentQuery, PathId, tableRoute } from '../describe.ts'
import { createLists } from '../lists.ts'
import { AsOf } from '../moment.ts'
import type { Reading } from '../reading.ts'
import type { Reads } from '../reads.ts'
import { Status } from '../shapes.ts'
import { requireUnit } from './units.ts'

export const Population = z.strictObject({ title: Title, size: z.int() })
const Figure = z.string().nullable()

export const Ranked = z.strictObject({
  rank: z.int().nullable(),
  unit: z.string(),
  name: Title,
  evaluation: z.string(),
  points: Figure,
  self: Figure,
  ceiling: z.string(),
  percent: Figure,
  grade: Title.nullable(),
  status: Status,
  applicable: z.boolean(),
  partial: z.boolean(),
  previous: z
    .strictObject({ period: z.string(), points: Figure, percent: Figure, rank: z.int().nullable() })
    .nullable(),
  growthPercent: Figure,
  changePoints: Figure,
  rankChange: z.int().nullable()
})

export const Rank = z.strictObject({
  period: z.string(),
  series: z.string(),
  evaluation: z.string(),
  population: Population,
  by: z.enum(['all', 'group', 'kind', 'province']),
  value: z.string().nullable(),
  rank: z.int().nullable(),
  percent: Figure,
  partial: z.boolean(),
  of: z.int()
})

const Change = z.strictObject({
  percent: z.string(),
  performance: Figure,
  applicability: Figure,
  framework: Figure,
  notSeparable: z.boolean()
})

const Cell = z.strictObject({
  nodes: z.array(z.string()),
  parent: z.string().nullable(),
  ceiling: z.string(),
  applicableCeiling: z.string(),
  applicable: z.boolean(),
  points: Figure,
  percent: Figure,
  partial: z.boolean(),
  measurement: Measurement.nullable(),
  relation: z.string().nullable(),
  comparable: z.boolean().nullable(),
  change: Change.nullable(),
  growthPercent: Figure,
  changePoints: Figure
})

const aboutShape = { node: z.string(), title: Title }

export const Compared = z.strictObject({
  unit: z.string(),
  series: z.string(),
  periods: z.array(z.string()),
  evaluations: z.record(z.string(), z.string().nullable()),
  caution: Title.nullable(),
  items: z.array(
    z.strictObject({
      ...aboutShape,
      period: z.string(),
      periods: z.record(z.string(), Cell.nullable())
    })
  ),
  asOf: AsOf
})

const ABOUT_COLUMNS = columnsOfForm(z.strictObject(aboutShape))
const CELL_COLUMNS = columnsOfForm(Cell)

/** As a table the periods stand side by side, each with all of its columns. */
const comparedColumns = (periods: readonly string[]): string[] => [
  ...ABOUT_COLUMNS,
  ...periods.flatMap((period) => CELL_COLUMNS.map((column) => `${period}.${column}`))
]

export function leagueRoutes(app: App, reading: Reading, reads: Reads): void {
  leagueRoute(app, reading, reads)
  ranksRoute(app, reading, reads)
  comparisonRoute(app, reading, reads)
}

function leagueRoute(app: App, reading: Reading, reads: Reads): void {
  const options = tableRoute({
    summary: { fa: 'جدول رتبه‌بندی', en: 'The league table' },
    tag: 'league',
    query: z.strictObject({
      ...listQuery,
      period: z.string(),
      series: z.string().optional(),
      group: z.string().optional(),
      kind: UnitKind.optional(),
      province: z.string().optional(),
      node: z.string().optional(),
      level: z.enum(['standing', ...Level.options]).optional()
    }),
    answer: listOf(Ranked).extend({ series: z.string(), framework: z.string(), population: Population })
  })
  const listed = createLists<League>()
  app.get('/v1/league', options, async (request, reply) => {
    const moment = await reading.moments.of(request.query, 'league')
    const { query } = request
    const { series, framework, population, items } = listed(request, moment, () =>
      requireLeague(leagueTable(reads.reader, query, moment.at), query)
    )
    const page = await reading.list(request, reply, moment, items)
    return typeof page === 'string' ? page : { ...page, series, framework, population }
  })
}

/** A league of nothing is not an empty league: the period or the series is unknown, or must be chosen. */
function requireLeague(
  league: League | { choose: string[] },
  { period, series }: { period: string; series?: string | undefined }
): League {
  if ('items' in league) return league
  if (league.choose.length > 0 && series === undefined) {
    throw new Refusal('series-needed', { params: { series: league.choose.join(', ') } })
  }
  throw new Refusal('unknown-framework', { params: { id: `${period}-${series ?? '…'}` } })
}

function ranksRoute(app: App, reading: Reading, reads: Reads): void {
  const options = tableRoute({
    summary: { fa: 'رتبه یک واحد در همه جامعه‌ها', en: 'The rank of a unit in every population at once' },
    tag: 'league',
    query: z.strictObject({ ...listQuery, period: z.string().optional() }),
    params: z.strictObject({ unit: PathId }),
    answer: listOf(Rank)
  })
  app.get('/v1/units/:unit/ranks', options, async (request, reply) => {
    const moment = await reading.moments.of(request.query, 'registry', 'league')
    const { unit } = requireUnit(reads, request.params.unit, moment.at)
    const ranks = ranksOf(reads.reader, { unit, period: request.query.period }, moment.at)
    return reading.list(request, reply, moment, ranks)
  })
}

const Periods = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,63}(,[a-z0-9][a-z0-9-]{0,63}){0,19}$/)
  .describe('Periods, separated by commas; all of the unit unless given')

function comparisonRoute(app: App, reading: Reading, reads: Reads): void {
  const options = tableRoute({
    summary: { fa: 'مقایسه سال به سال', en: 'One unit over the years' },
    tag: 'league',
    query: z.strictObject({ ...momentQuery, series: z.string().optional(), periods: Periods.optional() }),
    params: z.strictObject({ unit: PathId }),
    answer: Compared
  })
  app.get('/v1/units/:unit/comparison', options, async (request, reply) => {
    const moment = await reading.moments.of(request.query, 'registry', 'comparison', 'scorecard')
    const { unit } = requireUnit(reads, request.params.unit, moment.at)
    const { at } = moment
    const series = seriesFor(reads.reader, { unit, at }, request.query.series)
    if (series === null) throw new Refusal('not-found', { params: { kind: 'comparison', id: unit } })
    const asked = request.query.periods?.split(',')
    const years = { unit, series, at, ...(asked ? { periods: asked } : {}) }
    const cases = at === null ? null : await pastCases(reads, years, moment)
    const table = compareUnit(
      reads.reader,
      years,
      cases ? (evaluation) => cases.get(evaluation) ?? null : undefined
    )
    const rows = table.items.map(({ node, title, periods }) => ({ node, title, ...periods }))
    const csv = reading.csv(request, reply, moment, rows, comparedColumns(table.periods))
    return csv ?? reading.one(reply, moment, table)
  })
}

/** The compared evaluations as they stood at a moment. */
async function pastCases(
  reads: Reads,
  years: Parameters<typeof periodsOf>[1],
  moment: { at: bigint | null; asOf: AsOf }
): Promise<Map<string, Case>> {
  const cases = new Map<string, Case>()
  for (const period of periodsOf(reads.reader, years)) {
    const evaluation = evaluationIn(period, years)
    const found = await reads.caseAt(evaluation, moment)
    if (found) cases.set(evaluation, found)
  }
  return cases
}
