import { html } from 'ghtml'
import { momentOf, partOf, type SortKeys, searched, sortable, sorted } from '../arrange.ts'
import type { Context } from '../context.ts'
import { type Directory, directoryOf, seriesName } from '../directory.ts'
import { inLanguage, type Phrase } from '../language.ts'
import { definePage, type Html, type Place } from '../page.ts'
import { bar } from '../parts/bar.ts'
import { tag, time } from '../parts/figures.ts'
import { filterForm, pager } from '../parts/filters.ts'
import { optionsOf } from '../parts/form.ts'
import { type Column, table } from '../parts/table.ts'
import type { CoverageAnswer, CoverageLine, FrameworkSummary, Reads } from '../reads.ts'
import { evaluations, coverage as words } from '../words/evaluations.ts'
import { frame } from '../words/frame.ts'
import { stages } from '../words/terms.ts'

/* Who has an evaluation by a framework, who has submitted it, and who is late. */

interface Model {
  framework: FrameworkSummary | null
  coverage: CoverageAnswer
  asOf: CoverageAnswer['asOf']
}

type State = 'submitted' | 'waiting' | 'late' | 'missing'

const STATES: Readonly<Record<State, Phrase>> = {
  late: words.late,
  missing: words.missing,
  waiting: words.waiting,
  submitted: words.submitted
}

const FILTERS = [
  { name: 'state', label: words.state },
  { name: 'q', label: evaluations.search }
]

/** What is late comes first: it is what one looks for. */
function stateOf({ submitted, late, evaluation }: CoverageLine): State {
  if (late) return 'late'
  if (submitted) return 'submitted'
  return evaluation === null ? 'missing' : 'waiting'
}

const ORDER = Object.keys(STATES)

const SORTS: SortKeys<CoverageLine> = {
  words: new Set(['unit', 'submittedAt']),
  by: {
    unit: ({ name }, language) => inLanguage(name, language),
    state: (row) => ORDER.indexOf(stateOf(row)),
    submittedAt: ({ submittedAt }) => submittedAt
  }
}

export const coveragePage = definePage<Model>({
  path: '/frameworks/:framework/coverage',
  who: 'anyone',
  filters: FILTERS,
  load: async (reads, place) => {
    const { framework: id = '' } = place.params
    const coverage = await wholeCoverage(reads, id, place)
    const { frameworks }: Directory = await directoryOf(reads)
    const framework = frameworks.find(({ framework }) => framework === id) ?? null
    return { framework, coverage, asOf: coverage.asOf }
  },
  title: ({ framework }, context) => {
    const { say, name, format } = context
    const period = framework ? name(framework.period.title) : ''
    return say(words.title, {
      framework: framework ? `${seriesName(context, framework)}${format.comma}${period}` : ''
    })
  },
  body,
  file: async (reads, place) => {
    const { framework: id = '' } = place.params
    const { items, asOf } = await wholeCoverage(reads, id, place)
    return { name: `coverage-${id}`, pages: [arranged(items, place)], asOf }
  }
})

async function wholeCoverage(reads: Reads, id: string, place: Place): Promise<CoverageAnswer> {
  const first = await reads.coverage(id, { ...momentOf(place), limit: '500' })
  const items = [...first.items]
  for (let next = first.next; next !== null; ) {
    const page = await reads.coverage(id, { cursor: next, limit: '500' })
    items.push(...page.items)
    next = page.next
  }
  return { ...first, items }
}

function arranged(rows: readonly CoverageLine[], place: Pick<Place, 'query' | 'language'>) {
  const { state, q } = place.query
  const wanted = state === undefined ? rows : rows.filter((row) => stateOf(row) === state)
  const found = searched(wanted, q, ({ name, unit }) => [name, unit])
  const query = { sort: 'state', ...place.query }
  return sorted(found, SORTS, { ...place, query })
}

function body({ framework, coverage, asOf }: Model, context: Context): Html {
  const { say, query, format } = context
  const { counts } = coverage
  const count = (value: number) => format.number(String(value))
  const sentence = say(words.counts, {
    units: count(counts.units),
    evaluations: count(counts.evaluations),
    submitted: count(counts.submitted),
    late: count(counts.late)
  })
  const rows = arranged(coverage.items, context)
  const { shown, next } = partOf(rows, query.page, asOf.position)
  const caption = say(words.caption, { count: count(rows.length) })
  const fields = [
    { name: 'state', label: words.state, options: optionsOf(STATES, context), all: say(frame.all) },
    { name: 'q', label: evaluations.search }
  ]
  const part = counts.units === 0 ? null : (counts.submitted / counts.units) * 100
  const end = framework ? format.date(framework.period.endsOn) : ''
  const list = framework
    ? html`<p><a href="${context.link('/evaluations', { framework: framework.framework })}">${say(words.back)}</a></p>`
    : ''
  return html`<p class="tally">${sentence} !${bar({ value: part })}</p><p class="note">${say(words.rule, { day: end })}</p>!${list}
!${filterForm(context, fields)}!${table(context, columnsOf(context), shown, { caption })}!${pager(context, next)}`
}

function columnsOf(context: Context): Column<CoverageLine>[] {
  const { say } = context
  return [
    sortable(
      context,
      'unit',
      {
        head: say(evaluations.unit),
        cell: ({ evaluation, unit, name }) =>
          html`<a href="${context.link(evaluation ? `/evaluations/${evaluation}` : `/units/${unit}`)}">${context.name(name)}</a>`
      },
      { isUpFirst: true }
    ),
    sortable(
      context,
      'state',
      { head: say(words.state), cell: (row) => stateTag(context, row) },
      { isUpFirst: true }
    ),
    {
      head: say(evaluations.stage),
      cell: ({ stage }) => (stage === null ? '' : html`${say(stages[stage])}`)
    },
    sortable(context, 'submittedAt', {
      head: say(words.submittedAt),
      cell: ({ submittedAt, origin }) => {
        if (submittedAt !== null) return time(context, submittedAt)
        return origin === 'imported' ? html`<span class="soft">${say(frame.notInSource)}</span>` : ''
      }
    })
  ]
}

function stateTag({ say }: Context, row: CoverageLine): Html {
  const state = stateOf(row)
  const kind = { late: 'bad', missing: 'soft', waiting: 'warn', submitted: 'good' }[state]
  const about =
    row.evaluation === null && state === 'late' ? html` <span class="soft">${say(words.missing)}</span>` : ''
  const from = row.origin === 'imported' ? html` <span class="soft">${say(words.imported)}</span>` : ''
  return html`!${tag(say(STATES[state]), kind)}!${about}!${from}`
}
