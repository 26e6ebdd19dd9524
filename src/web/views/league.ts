import { html } from 'ghtml'
import { momentOf, partOf, searched, sorted } from '../arrange.ts'
import { type Query, Refused } from '../ask.ts'
import type { Context } from '../context.ts'
import {
  type Branch,
  type Directory,
  directoryOf,
  nodeOptions,
  periodOptions,
  seriesOptions,
  treeOf
} from '../directory.ts'
import { definePage, type Html, type Place } from '../page.ts'
import { type FilterField, filterForm, pager } from '../parts/filters.ts'
import { optionsOf } from '../parts/form.ts'
import { table } from '../parts/table.ts'
import type { FrameworkSummary, League, LeagueRow, Reads } from '../reads.ts'
import { frame } from '../words/frame.ts'
import { league as words } from '../words/league.ts'
import { provinces } from '../words/provinces.ts'
import { levels, term, unitKinds } from '../words/terms.ts'
import { columnsOf, LEAGUE_SORTS } from './league-columns.ts'

/* The league table: who stands where in a population that one may choose. */

interface Model {
  directory: Directory
  framework: FrameworkSummary | null
  nodes: readonly Branch[]
  /** Null where there is none: nothing published yet, or nothing of what was asked for. */
  league: League | null
  asOf: League['asOf']
}

/** What the API filters by; `q` is searched here. */
const ASKED = ['period', 'series', 'node', 'level', 'kind', 'group', 'province'] as const

const LABELS = { ...words, q: words.search }

export const leaguePage = definePage<Model>({
  path: '/',
  who: 'anyone',
  filters: ([...ASKED, 'q'] as const).map((name) => ({ name, label: LABELS[name] })),
  load,
  title: ({ framework, nodes }, { say, name, query }) => {
    const node = nodes.find(({ code }) => code === query.node)
    const period = framework ? name(framework.period.title) : ''
    return node
      ? say(words.titleOfNode, { period, node: `${node.code} ${name(node.title)}` })
      : say(words.title, { period })
  },
  body,
  file: async (reads, place) => {
    const { league, framework, asOf } = await load(reads, place)
    const rows = league ? arranged(league.items, place) : []
    return { name: ['league', framework?.framework ?? []].flat().join('-'), pages: [rows], asOf }
  }
})

async function load(reads: Reads, place: Place): Promise<Model> {
  const directory = await directoryOf(reads)
  const { query } = place
  const moment = momentOf(place)
  const candidates = directory.frameworks.filter(
    ({ period, series }) =>
      (query.period === undefined || period.id === query.period) &&
      (query.series === undefined || series === query.series)
  )
  // In the past the newest period may not have begun; then the one before it is the newest.
  for (const framework of candidates) {
    const filter = Object.fromEntries(ASKED.map((name) => [name, query[name]]))
    const asked = { ...filter, period: framework.period.id, series: framework.series, ...moment }
    const league = await wholeLeague(reads, asked)
    if (!league) continue
    return { directory, framework, nodes: await treeOf(reads, framework), league, asOf: league.asOf }
  }
  const { asOf } = await reads.evaluations({ ...moment, limit: '1' })
  return { directory, framework: candidates[0] ?? null, nodes: [], league: null, asOf }
}

/** A league with all its rows; null where the framework was not published at the moment asked about. */
async function wholeLeague(reads: Reads, query: Query): Promise<League | null> {
  try {
    const league = await reads.league({ ...query, limit: '500' })
    const items = [...league.items]
    for (let next = league.next; next !== null; ) {
      const page = await reads.league({ cursor: next, limit: '500' })
      items.push(...page.items)
      next = page.next
    }
    return { ...league, items }
  } catch (error) {
    if (error instanceof Refused && error.problem.code === 'unknown-framework') return null
    throw error
  }
}

/** The rows that are searched for, in the order asked for. */
const arranged = (rows: readonly LeagueRow[], place: Pick<Place, 'query' | 'language'>) =>
  sorted(
    searched(rows, place.query.q, ({ name, unit }) => [name, unit]),
    LEAGUE_SORTS,
    place
  )

function body(model: Model, context: Context): Html {
  const { league, directory, asOf } = model
  const { say, query } = context
  if (directory.frameworks.length === 0) return html`<p class="none">${say(words.empty)}</p>`
  const form = filterForm(context, questions(context, model))
  if (!league) {
    const why = query.asOf === undefined ? words.unknown : words.notYet
    return html`!${form}<p class="none">${say(why)}</p>`
  }
  const rows = arranged(league.items, context)
  const { shown, next } = partOf(rows, query.page, asOf.position)
  const columns = columnsOf(context, model.directory, { all: league.items, shown })
  const options = { caption: captionOf(context, league, rows.length), header: 1 }
  return html`!${form}!${tally(context, league)}!${table(context, columns, shown, options)}!${pager(context, next)}
<p class="note">${say(words.legend)}</p>`
}

function captionOf(context: Context, { population }: League, found: number): string {
  const { say, name, format, query } = context
  const size = format.number(String(population.size))
  const all = say(words.population, { title: name(population.title), size })
  return query.q ? say(words.found, { population: all, count: format.number(String(found)) }) : all
}

/** How much of the population is settled, before anybody reads a rank. */
function tally({ say, format }: Context, { items }: League): Html {
  const parts = [
    [words.tallyFinal, items.filter(({ status }) => status === 'final')],
    [words.tallyProvisional, items.filter(({ status }) => status === 'provisional')],
    [words.tallyPartial, items.filter(({ partial, applicable }) => partial && applicable)],
    [words.tallyExempt, items.filter(({ applicable }) => !applicable)]
  ] as const
  const said = parts
    .filter(([, rows]) => rows.length > 0)
    .map(([phrase, rows]) => say(phrase, { count: format.number(String(rows.length)) }))
  if (said.length === 0) return ''
  return html`<p class="tally">${say(words.tally, { parts: said.join(format.comma) })}</p>`
}

function questions(context: Context, { directory, framework, nodes }: Model): FilterField[] {
  const all = context.say(frame.all)
  const { frameworks, groups, provinces: places } = directory
  const named = (ids: readonly string[]) => ids.map((id) => ({ value: id, label: id }))
  const province = (id: string) => ({ value: id, label: context.say(term(provinces, id)) })
  const fields: (FilterField | null)[] = [
    {
      name: 'period',
      label: words.period,
      options: periodOptions(context, frameworks),
      value: framework?.period.id
    },
    {
      name: 'series',
      label: words.series,
      options: seriesOptions(context, frameworks),
      value: framework?.series
    },
    {
      name: 'node',
      label: words.node,
      options: nodeOptions(context, nodes),
      all: context.say(words.total)
    },
    { name: 'level', label: words.level, options: optionsOf(levels, context), value: 'standing' },
    { name: 'kind', label: words.kind, options: optionsOf(unitKinds, context), all },
    groups.length > 0 ? { name: 'group', label: words.group, options: named(groups), all } : null,
    places.length > 0
      ? { name: 'province', label: words.province, options: places.map(province), all }
      : null,
    { name: 'q', label: words.search }
  ]
  return fields.filter((field) => field !== null)
}
