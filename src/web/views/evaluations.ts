import { html } from 'ghtml'
import { momentOf, partOf, searched, sorted } from '../arrange.ts'
import type { Query } from '../ask.ts'
import type { Context } from '../context.ts'
import {
  type Directory,
  directoryOf,
  periodName,
  periodOptions,
  seriesName,
  unitOptions
} from '../directory.ts'
import { definePage, type Html, type Place, wholeList } from '../page.ts'
import { type FilterField, filterForm, pager } from '../parts/filters.ts'
import { optionsOf } from '../parts/form.ts'
import { table } from '../parts/table.ts'
import type { EvaluationLine, List, Reads } from '../reads.ts'
import { evaluations as words } from '../words/evaluations.ts'
import { frame } from '../words/frame.ts'
import { stages } from '../words/terms.ts'
import { ALL, columnsOf, EVALUATION_SORTS } from './evaluations-columns.ts'
import { type Desk, deskOf, deskSection } from './evaluations-desk.ts'

/* The list of evaluations: at its head what waits for the reader, then everything that the filter lets through. */

interface Model {
  directory: Directory
  desk: Desk | null
  period: string | undefined
  items: EvaluationLine[]
  asOf: List<EvaluationLine>['asOf']
}

const ASKED = ['period', 'framework', 'unit', 'stage'] as const
const LABELS = { ...words, q: words.search }

export const evaluationsPage = definePage<Model>({
  path: '/evaluations',
  who: 'anyone',
  filters: ([...ASKED, 'q'] as const).map((name) => ({ name, label: LABELS[name] })),
  load: async (reads, place) => {
    const { query, actor } = place
    const directory = await directoryOf(reads)
    const period = periodAsked(query, directory)
    const { items, asOf } = await wholeList(reads.evaluations, askedOf(place, period))
    const isStart = query.page === undefined && query.asOf === undefined
    const desk = isStart ? await deskOf(reads, actor, place.moment) : null
    return { directory, desk, period, items, asOf }
  },
  title: ({ period, directory }, context) =>
    period === undefined
      ? context.say(words.title)
      : context.say(words.titleOfPeriod, { period: periodName(context, directory, period) }),
  body,
  file: async (reads: Reads, place: Place) => {
    const period = periodAsked(place.query, await directoryOf(reads))
    const { items, asOf } = await wholeList(reads.evaluations, askedOf(place, period))
    return { name: ['evaluations', period ?? []].flat().join('-'), pages: [arranged(items, place)], asOf }
  }
})

/** The newest period, unless the address says something that is about another one. */
function periodAsked({ period, framework, unit }: Query, { frameworks }: Directory): string | undefined {
  if (period === ALL) return undefined
  if (period !== undefined || framework !== undefined || unit !== undefined) return period
  return frameworks[0]?.period.id
}

const askedOf = (place: Place, period: string | undefined): Query => ({
  ...Object.fromEntries(ASKED.map((name) => [name, place.query[name]])),
  period,
  ...momentOf(place)
})

const arranged = (rows: readonly EvaluationLine[], place: Pick<Place, 'query' | 'language'>) =>
  sorted(
    searched(rows, place.query.q, ({ name, unit }) => [name, unit]),
    EVALUATION_SORTS,
    place
  )

function body({ directory, desk, period, items, asOf }: Model, context: Context): Html {
  const { say, query, format } = context
  const form = filterForm(context, questions(context, directory, period))
  const rows = arranged(items, context)
  const { shown, next } = partOf(rows, query.page, asOf.position)
  const caption = say(words.caption, { count: format.number(String(rows.length)) })
  const isEmpty = directory.frameworks.length === 0
  const list = isEmpty
    ? html`<p class="none">${say(words.empty)}</p>`
    : html`!${form}!${table(context, columnsOf(context, directory, shown), shown, { caption })}!${pager(context, next)}`
  return html`!${desk ? html`!${deskSection(context, directory, desk)}<h2>${say(words.whole)}</h2>` : ''}!${list}!${coverageLinks(context, directory)}`
}

/** The way to who has submitted and who is late, for each framework. */
function coverageLinks(context: Context, { frameworks }: Directory): Html {
  const { say, name, format } = context
  if (frameworks.length === 0) return ''
  const items = frameworks.map(
    (each) =>
      html`<li><a href="${context.link(`/frameworks/${each.framework}/coverage`)}">${name(each.period.title)}${format.comma}${seriesName(context, each)}</a></li>`
  )
  return html`<h2>${say(words.coverage)}</h2><p>${say(words.coverageHint)}</p><ul>!${items.join('')}</ul>`
}

/** More units than this are not chosen from a list. */
const UNITS_MAX = 400

function questions(context: Context, directory: Directory, period: string | undefined): FilterField[] {
  const all = context.say(frame.all)
  const { frameworks, units } = directory
  const every = { value: ALL, label: context.say(words.allPeriods) }
  const choice = units.size > UNITS_MAX ? {} : { options: unitOptions(context, directory), all }
  const frameworkOptions = frameworks.map((each) => ({
    value: each.framework,
    label: `${context.format.digits(each.period.id)} ${seriesName(context, each)}`
  }))
  return [
    {
      name: 'period',
      label: words.period,
      options: [...periodOptions(context, frameworks), every],
      value: period ?? ALL
    },
    { name: 'framework', label: words.framework, options: frameworkOptions, all },
    { name: 'unit', label: words.unit, ...choice },
    { name: 'stage', label: words.stage, options: optionsOf(stages, context), all },
    { name: 'q', label: words.search }
  ]
}
