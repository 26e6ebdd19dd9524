import { html } from 'ghtml'
import { DISCREPANCY_CLASSES, type DiscrepancyClass } from '../../rules/discrepancy-row.ts'
import type { Query } from '../ask.ts'
import type { Context } from '../context.ts'
import { numberOf } from '../forms.ts'
import { definePage, type Html, type Place, pagesOf } from '../page.ts'
import { figure } from '../parts/figures.ts'
import { type FilterField, filterForm, pager } from '../parts/filters.ts'
import { optionsOf } from '../parts/form.ts'
import { type Column, figures, table } from '../parts/table.ts'
import type { Discrepancy, DiscrepancyCount, List } from '../reads.ts'
import { classNotes, kindNotes, discrepancies as words } from '../words/discrepancies.ts'
import { frame } from '../words/frame.ts'
import { records } from '../words/records.ts'
import { discrepancyClasses, discrepancyKinds } from '../words/terms.ts'
import { discrepancyTable } from './discrepancy-table.ts'

/* Figures that ought to agree and do not: what matters first, rounding and notices each apart from it. */

interface Model {
  shown: DiscrepancyClass
  counts: readonly DiscrepancyCount[]
  rows: readonly Discrepancy[]
  next: string | null
  asOf: List<Discrepancy>['asOf']
}

const FILTERS = ['period', 'unit', 'kind', 'node', 'minGap'] as const

const LABELS = {
  period: records.period,
  unit: records.unit,
  kind: words.kind,
  node: records.node,
  minGap: words.minGap
}

/** What the address asks for, but the class. */
function asked({ query }: Place): Query {
  const chosen = Object.fromEntries(FILTERS.map((name) => [name, query[name]]))
  return { ...chosen, minGap: query.minGap === undefined ? undefined : numberOf(query.minGap) }
}

const isClass = (text: string | undefined): text is DiscrepancyClass =>
  DISCREPANCY_CLASSES.some((each) => each === text)

/** The class asked for; else the first that has something, so that a filter never shows an empty page for nothing. */
const classOf = ({ query }: Place, counts: readonly DiscrepancyCount[]): DiscrepancyClass =>
  isClass(query.class) ? query.class : (counts[0]?.class ?? 'material')

export const discrepanciesPage = definePage<Model>({
  path: '/discrepancies',
  who: 'anyone',
  filters: [
    ...FILTERS.map((name) => ({ name, label: LABELS[name] })),
    { name: 'class', label: words.classes }
  ],
  load: async (reads, place) => {
    const query = { ...asked(place), ...place.moment }
    const { items: counts } = await reads.discrepancyCounts({ ...query, limit: '500' })
    const shown = classOf(place, counts)
    const page = { ...query, class: shown, cursor: place.query.page }
    const { items: rows, next, asOf } = await reads.discrepancies(page)
    return { shown, counts, rows, next, asOf }
  },
  title: (_model, { say }) => say(words.title),
  body,
  file: async (reads, place) => {
    const query = { ...asked(place), class: place.query.class, ...place.moment }
    return { name: 'discrepancies', ...(await pagesOf(reads.discrepancies, query)) }
  }
})

function body(model: Model, context: Context): Html {
  const { say } = context
  const { shown, counts, rows, next } = model
  const name = say(discrepancyClasses[shown])
  return html`<p class="note">${say(words.lead)}</p>
!${filterForm(context, questions(context))}
!${classes(context, model)}<p class="note">${say(classNotes[shown])}</p>
!${kinds(context, shown, counts)}
<h2>${say(words.list, { class: name })}</h2>
!${discrepancyTable(context, rows, say(words.list, { class: name }))}
!${rows.some(({ hints }) => hints.length > 0) ? html`<p class="note">${say(words.noHints)}</p>` : ''}!${pager(context, next)}`
}

const countOf = (counts: readonly DiscrepancyCount[], wanted: DiscrepancyClass): number =>
  counts.reduce((sum, { class: each, count }) => (each === wanted ? sum + count : sum), 0)

/** The three classes with how many there are of each; the one that is shown is marked. */
function classes(context: Context, { shown, counts }: Model): Html {
  const { say, here, format } = context
  const items = DISCREPANCY_CLASSES.map((each) => {
    const count = format.number(countOf(counts, each))
    return html`<li><a href="${here({ class: each })}"!${each === shown ? ' aria-current="true"' : ''}>${say(discrepancyClasses[each])} (<bdi>${count}</bdi>)</a></li>`
  })
  return html`<nav aria-label="${say(words.classes)}"><ul class="classes">!${items.join('')}</ul></nav>`
}

function kinds(context: Context, shown: DiscrepancyClass, counts: readonly DiscrepancyCount[]): Html {
  const rows = counts.filter((each) => each.class === shown)
  if (rows.length === 0) return ''
  const { say, here } = context
  const columns: Column<DiscrepancyCount>[] = [
    {
      head: say(words.kind),
      cell: ({ kind }) => html`<a href="${here({ kind, class: shown })}">${say(discrepancyKinds[kind])}</a>`
    },
    { head: say(words.what), cell: ({ kind }) => html`${say(kindNotes[kind])}` },
    {
      head: say(words.count),
      isFigure: true,
      cell: ({ count }) => figure(context, String(count))
    },
    figures(context, say(words.largest), rows, ({ largest }) => largest)
  ]
  return table(context, columns, rows, {
    caption: say(words.byKind, { class: say(discrepancyClasses[shown]) })
  })
}

function questions(context: Context): FilterField[] {
  return FILTERS.map((name): FilterField => {
    const label = LABELS[name]
    if (name === 'kind')
      return { name, label, options: optionsOf(discrepancyKinds, context), all: context.say(frame.all) }
    return name === 'minGap' ? { name, label, type: 'number' } : { name, label }
  })
}
