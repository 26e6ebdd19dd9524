import { html } from 'ghtml'
import { ledgerReaders } from '../../http/access-table.ts'
import type { Query } from '../ask.ts'
import type { Context } from '../context.ts'
import { definePage, type Html, type Place, pagesOf } from '../page.ts'
import { figure, tag } from '../parts/figures.ts'
import { type FilterField, filterForm, pager } from '../parts/filters.ts'
import { optionsOf } from '../parts/form.ts'
import { eventLink, nodeLink, prose } from '../parts/records.ts'
import { type Column, table } from '../parts/table.ts'
import type { Duty, List } from '../reads.ts'
import { dutyKinds, dutyNotes, dutyParts, duties as words } from '../words/duties.ts'
import { frame } from '../words/frame.ts'
import { records } from '../words/records.ts'
import { term } from '../words/terms.ts'

/* Cases of one person in two parts, for whoever audits. */

interface Model extends Pick<List<Duty>, 'next' | 'asOf'> {
  cases: readonly Duty[]
}

const FILTERS: readonly { name: 'kind' | 'person' | 'evaluation' | 'unit'; label: FilterField['label'] }[] = [
  { name: 'kind', label: words.kind },
  { name: 'person', label: words.person },
  { name: 'evaluation', label: words.evaluation },
  { name: 'unit', label: records.unit }
]

const asked = ({ query, moment }: Place): Query => ({
  ...Object.fromEntries(FILTERS.map(({ name }) => [name, query[name]])),
  ...moment
})

export const dutiesPage = definePage<Model>({
  path: '/duties',
  who: ledgerReaders,
  filters: FILTERS,
  load: async (reads, place) => {
    const { items, next, asOf } = await reads.duties({ ...asked(place), cursor: place.query.page })
    return { cases: items, next, asOf }
  },
  title: (_model, { say }) => say(words.title),
  body,
  file: async (reads, place) => {
    return { name: 'duties', ...(await pagesOf(reads.duties, asked(place))) }
  }
})

function body({ cases, next }: Model, context: Context): Html {
  const { say } = context
  const fields = FILTERS.map((field): FilterField => {
    if (field.name !== 'kind') return field
    return { ...field, options: optionsOf(dutyKinds, context), all: say(frame.all) }
  })
  return html`<p class="note">${say(words.lead)}</p>!${filterForm(context, fields)}
!${table(context, columnsOf(context), cases, { caption: say(words.caption) })}!${pager(context, next)}`
}

function columnsOf(context: Context): Column<Duty>[] {
  const { say, here } = context
  return [
    { head: say(words.kind), cell: ({ kind }) => prose(html`${say(dutyKinds[kind])}`) },
    {
      head: say(words.person),
      cell: ({ person }) => html`<a href="${here({ person })}"><bdi>${person}</bdi></a>`
    },
    { head: say(words.about), cell: (duty) => prose(aboutOf(context, duty)) },
    {
      head: say(words.parts),
      cell: ({ parts }) => prose(parts.map((part) => partOf(context, part)).join(''))
    },
    {
      head: say(words.notes),
      cell: ({ notes }) => notes.map((note) => html`<p>!${tag(say(dutyNotes[note]), 'soft')}</p>`).join('')
    },
    { head: say(words.since), isFigure: true, cell: ({ since }) => figure(context, since) }
  ]
}

function aboutOf(context: Context, { evaluation, unitName, node, nodeTitle, appeal }: Duty): Html {
  const { say, link, name } = context
  const where = html`<p><a href="${link(`/evaluations/${evaluation}`)}">${name(unitName)}</a> <bdi class="code">${evaluation}</bdi></p>`
  const on = node === null ? '' : html`<p>!${nodeLink(context, evaluation, node, nodeTitle)}</p>`
  const file =
    appeal === null ? '' : html`<p><a href="${link(`/appeals/${appeal}`)}">${say(words.appeal)}</a></p>`
  return html`!${where}!${on}!${file}`
}

const partOf = (context: Context, { part, event, position }: Duty['parts'][number]): Html =>
  html`<p>${context.say(term(dutyParts, part))}: !${eventLink(context, { event, position })}</p>`
