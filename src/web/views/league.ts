import { html } from 'ghtml'
import type { Query } from '../ask.ts'
import type { Context } from '../context.ts'
import { byName } from '../format.ts'
import { definePage, type Html, type Place, wholeList } from '../page.ts'
import { bar } from '../parts/bar.ts'
import { figure, percent, signed, tag } from '../parts/figures.ts'
import { type FilterField, filterForm, pager } from '../parts/filters.ts'
import { optionsOf } from '../parts/form.ts'
import { type Column, figures, table } from '../parts/table.ts'
import type { FrameworkSummary, League, LeagueRow, Reads } from '../reads.ts'
import { frame } from '../words/frame.ts'
import { league as words } from '../words/league.ts'
import { levels, statuses, unitKinds } from '../words/terms.ts'

/* The league table: who stands where in a population that one may choose. */

interface Model {
  league: League | null
  framework: FrameworkSummary | null
  frameworks: FrameworkSummary[]
  asOf: League['asOf']
}

const FILTERS = ['period', 'series', 'group', 'kind', 'province', 'node', 'level'] as const
const ROWS = '200'

/** The newest period first. */
const newestFirst = (a: FrameworkSummary, b: FrameworkSummary): number =>
  b.period.startsOn.localeCompare(a.period.startsOn) || a.series.localeCompare(b.series)

/** What the league is asked for: what the address says, and the newest period where it says none. */
function asked({ query }: Place, frameworks: readonly FrameworkSummary[]): Query | null {
  const chosen = frameworks.find(
    ({ period, series }) =>
      (query.period === undefined || period.id === query.period) &&
      (query.series === undefined || series === query.series)
  )
  if (query.period === undefined && !chosen) return null
  const filter = Object.fromEntries(FILTERS.map((name) => [name, query[name]]))
  return { ...filter, period: query.period ?? chosen?.period.id, series: query.series ?? chosen?.series }
}

async function frameworksOf(reads: Reads): Promise<{ items: FrameworkSummary[]; asOf: League['asOf'] }> {
  const { items, asOf } = await wholeList(reads.frameworks, {})
  return { items: items.sort(newestFirst), asOf }
}

export const leaguePage = definePage<Model>({
  path: '/',
  who: 'anyone',
  filters: FILTERS.map((name) => ({ name, label: words[name] })),
  load: async (reads, place) => {
    const { items: frameworks, asOf } = await frameworksOf(reads)
    const query = asked(place, frameworks)
    if (!query) return { league: null, framework: null, frameworks, asOf }
    const league = await reads.league({ ...query, ...place.moment, limit: ROWS, cursor: place.query.page })
    const framework = frameworks.find((each) => each.framework === league.framework) ?? null
    return { league, framework, frameworks, asOf: league.asOf }
  },
  title: ({ framework }, { say, name }) =>
    say(words.title, { period: framework ? name(framework.period.title) : '' }),
  body,
  file: async (reads, place) => {
    const { items: frameworks, asOf } = await frameworksOf(reads)
    const query = asked(place, frameworks)
    if (!query) return { name: 'league', rows: [], asOf }
    const { items, asOf: moment } = await wholeList(reads.league, { ...query, ...place.moment })
    return { name: `league-${query.period}`, rows: items, asOf: moment }
  }
})

function body(model: Model, context: Context): Html {
  const { league, frameworks } = model
  if (!league) return html`<p class="none">${context.say(words.empty)}</p>`
  const { population, items } = league
  const size = context.format.number(String(population.size))
  const caption = context.say(words.population, { title: context.name(population.title), size })
  return html`!${filterForm(context, questions(context, frameworks))}
!${table(context, columnsOf(context, items), sorted(context, items), { caption })}!${pager(context, league.next)}`
}

function questions(context: Context, frameworks: readonly FrameworkSummary[]): FilterField[] {
  const all = context.say(frame.all)
  const periods = new Map(frameworks.map(({ period }) => [period.id, context.name(period.title)]))
  const series = new Map(frameworks.map((each) => [each.series, context.name(each.title)]))
  const listOf = (map: ReadonlyMap<string, string>) => [...map].map(([value, label]) => ({ value, label }))
  return [
    { name: 'period', label: words.period, options: listOf(periods) },
    { name: 'series', label: words.series, options: listOf(series) },
    { name: 'kind', label: words.kind, options: optionsOf(unitKinds, context), all },
    { name: 'group', label: words.group },
    { name: 'province', label: words.province },
    { name: 'node', label: words.node },
    {
      name: 'level',
      label: words.level,
      options: optionsOf(levels, context),
      all: context.say(levels.standing)
    }
  ]
}

const SORTS = [
  'rank',
  'unit',
  'self',
  'points',
  'percent',
  'growthPercent',
  'changePoints',
  'rankChange'
] as const
type Sort = (typeof SORTS)[number]

/** Rows in the order asked for: `?sort=percent` ascending, `?sort=-percent` descending; else by rank. */
function sorted({ query, language, name }: Context, rows: readonly LeagueRow[]): readonly LeagueRow[] {
  const [, minus = '', by = 'rank'] = /^(-?)(\w+)$/.exec(query.sort ?? '') ?? []
  if (!SORTS.includes(by as Sort) || query.sort === undefined) return rows
  const names = byName(language)
  const sign = minus === '' ? 1 : -1
  return [...rows].sort((a, b) => {
    if (by === 'unit') return sign * names(name(a.name), name(b.name))
    const [left, right] = [a[by as 'rank'], b[by as 'rank']]
    if (left === null || right === null) return Number(left === null) - Number(right === null)
    return sign * (Number(left) - Number(right))
  })
}

function columnsOf(context: Context, rows: readonly LeagueRow[]): Column<LeagueRow>[] {
  const { say } = context
  const ties = tied(rows)
  const sortable = <Row>(by: Sort, column: Column<Row>): Column<Row> => ({
    ...column,
    sort: sortOf(context, by)
  })
  return [
    sortable('rank', {
      head: say(words.rank),
      isFigure: true,
      cell: ({ rank }) =>
        rank === null
          ? ''
          : html`!${figure(context, String(rank))}!${ties.has(rank) ? html` <span class="soft">${say(words.tie)}</span>` : ''}`
    }),
    sortable('unit', {
      head: say(words.unit),
      cell: (row) =>
        html`<a href="${context.link(`/evaluations/${row.evaluation}`)}">${context.name(row.name)}</a>`
    }),
    sortable(
      'self',
      figures(context, say(words.self), rows, ({ self }) => self)
    ),
    sortable(
      'points',
      figures(context, say(words.standing), rows, ({ points }) => points)
    ),
    sortable(
      'percent',
      figures(context, say(words.percent), rows, ({ percent: value }) => value, {
        unit: context.language === 'fa' ? '٪' : '%'
      })
    ),
    {
      head: say(words.bar),
      cell: (row) => bar({ value: row.percent === null ? null : Number(row.percent), isPartial: row.partial })
    },
    { head: say(words.grade), cell: ({ grade }) => (grade ? html`${context.name(grade)}` : '') },
    {
      head: say(words.previous),
      isFigure: true,
      cell: ({ previous }) => (previous?.percent ? percent(context, previous.percent) : '')
    },
    sortable(
      'growthPercent',
      figures(context, say(words.growth), rows, ({ growthPercent }) => growthPercent, { signed: true })
    ),
    sortable(
      'changePoints',
      figures(context, say(words.change), rows, ({ changePoints }) => changePoints, { signed: true })
    ),
    sortable('rankChange', {
      head: say(words.rankChange),
      isFigure: true,
      cell: ({ rankChange }) => (rankChange === null ? '' : signed(context, String(rankChange)))
    }),
    { head: say(words.state), cell: (row) => state(context, row) }
  ]
}

const tied = (rows: readonly LeagueRow[]): ReadonlySet<number> => {
  const ranks = rows.flatMap(({ rank }) => (rank === null ? [] : [rank]))
  return new Set(ranks.filter((rank, index) => ranks.indexOf(rank) !== index))
}

function sortOf(context: Context, by: Sort): NonNullable<Column<unknown>['sort']> {
  const { sort } = context.query
  const direction = sort === by ? 'ascending' : sort === `-${by}` ? 'descending' : 'none'
  return { href: context.here({ sort: direction === 'descending' ? by : `-${by}` }), direction }
}

function state(context: Context, { status, partial, applicable }: LeagueRow): Html {
  if (!applicable) return tag(context.say(words.notApplicable), 'soft')
  const marks = [tag(context.say(statuses[status]), status === 'final' ? 'good' : 'warn')]
  if (partial) marks.push(tag(context.say(words.partial), 'bad'))
  return marks.join(' ')
}
