import { html } from 'ghtml'
import { ledgerReaders } from '../../http/access-table.ts'
import type { Query } from '../ask.ts'
import type { Context } from '../context.ts'
import { definePage, type Html, type Place, pagesOf } from '../page.ts'
import { time } from '../parts/figures.ts'
import { type FilterField, filterForm } from '../parts/filters.ts'
import { optionsOf } from '../parts/form.ts'
import { eventLink, letter, person, prose } from '../parts/records.ts'
import { type Column, table } from '../parts/table.ts'
import type { List, Reads } from '../reads.ts'
import { events as words } from '../words/events.ts'
import { frame } from '../words/frame.ts'
import { records } from '../words/records.ts'
import { eventTypes, term } from '../words/terms.ts'
import { type LedgerItem, ledgerItem } from './event-item.ts'

/* The ledger itself, for those who read everything: page by page both ways, found by stream, type and case. */

interface Model {
  items: readonly LedgerItem[]
  hasNewer: boolean
  hasOlder: boolean
  asOf: List<unknown>['asOf']
}

const FILTERS = ['type', 'stream', 'causedBy', 'correlation'] as const
const ROWS = '50'

const filterOf = ({ query }: Pick<Place, 'query'>): Query =>
  Object.fromEntries(FILTERS.map((name) => [name, query[name]]))

const isOldestFirst = ({ order }: Query): boolean => order === 'oldest'

/** Before an event or after one, in whichever order they are shown. */
async function load(reads: Reads, place: Place): Promise<Model> {
  const { after, before } = place.query
  const oldestFirst = isOldestFirst(place.query)
  const isForward = after !== undefined || (before === undefined && oldestFirst)
  const { items, next, asOf } = await reads.events({
    ...filterOf(place),
    ...place.moment,
    ...(after === undefined ? { before } : { after }),
    order: isForward ? 'oldest' : 'newest',
    limit: ROWS
  })
  const shown = isForward === oldestFirst ? items : [...items].reverse()
  return {
    items: shown.map(ledgerItem),
    hasNewer: isForward ? next !== null : before !== undefined,
    hasOlder: isForward ? after !== undefined : next !== null,
    asOf
  }
}

export const eventsPage = definePage<Model>({
  path: '/events',
  who: ledgerReaders,
  filters: [
    { name: 'type', label: words.type },
    { name: 'stream', label: words.stream },
    { name: 'causedBy', label: words.causedBy },
    { name: 'correlation', label: words.correlation }
  ],
  load,
  title: (_model, { say }) => say(words.title),
  body,
  file: async (reads, place) => {
    const order = isOldestFirst(place.query) ? 'oldest' : 'newest'
    const query = { ...filterOf(place), ...place.moment, order }
    return { name: 'events', ...(await pagesOf(reads.events, query)) }
  }
})

function body(model: Model, context: Context): Html {
  const { say } = context
  const oldestFirst = isOldestFirst(context.query)
  const caption = say(oldestFirst ? records.oldest : records.newest)
  return html`<p class="note">${say(words.lead)}</p>!${tail(context)}
!${filterForm(context, questions(context), ['before', 'after'])}
!${table(context, columnsOf(context), model.items, { caption })}!${turning(context, model)}`
}

/** Pause and resume of what comes by itself; of the past nothing comes. */
function tail(context: Context): Html {
  const { say, query, here } = context
  if (query.asOf !== undefined) return ''
  const isOff = query.live === 'off'
  const turn = isOff ? here({ live: undefined }) : here({ live: 'off' })
  return html`<p>${say(isOff ? words.isPaused : words.isLive)} <a href="${turn}" class="turn">${say(isOff ? words.resume : words.pause)}</a></p>`
}

function questions(context: Context): FilterField[] {
  const { say } = context
  const [newest, oldest] = [
    { value: 'newest', label: say(records.newest) },
    { value: 'oldest', label: say(records.oldest) }
  ]
  return [
    { name: 'type', label: words.type, options: optionsOf(eventTypes, context), all: say(frame.all) },
    { name: 'stream', label: words.stream },
    { name: 'causedBy', label: words.causedBy },
    { name: 'correlation', label: words.correlation },
    { name: 'order', label: records.order, options: [newest, oldest] }
  ]
}

function columnsOf(context: Context): Column<LedgerItem>[] {
  const { say, here } = context
  const start = { before: undefined, after: undefined }
  const only = (name: 'stream' | 'correlation', value: string, shown: string): Html =>
    html`<a href="${here({ ...start, [name]: value })}"><bdi class="code">${shown}</bdi></a>`
  return [
    { head: say(records.event), isFigure: true, cell: (item) => eventLink(context, item) },
    { head: say(records.at), cell: ({ recordedAt }) => time(context, recordedAt) },
    { head: say(words.type), cell: ({ type }) => html`${say(term(eventTypes, type))}` },
    { head: say(words.stream), cell: ({ stream }) => prose(only('stream', stream, stream)) },
    { head: say(words.about), cell: ({ about }) => (about ? html`<bdi class="code">${about}</bdi>` : '') },
    { head: say(records.who), cell: ({ actor }) => person(context, { ...actor, by: actor.id }) },
    { head: say(words.letter), cell: (item) => (item.letter ? prose(letter(context, item.letter)) : '') },
    {
      head: say(records.causedBy),
      cell: ({ causedBy }) => (causedBy ? eventLink(context, { event: causedBy, position: null }) : '')
    },
    {
      head: say(words.correlation),
      cell: ({ correlation }) => only('correlation', correlation, correlation.slice(0, 8))
    }
  ]
}

/** The way to newer and to older events; positions are the ends of what is shown. */
function turning(context: Context, { items, hasNewer, hasOlder }: Model): Html {
  const { say, here, query } = context
  const [first, last] = [items[0], items.at(-1)]
  const [newest, oldest] = isOldestFirst(query) ? [last, first] : [first, last]
  const start = { before: undefined, after: undefined }
  const links = [
    query.before || query.after ? html`<a href="${here(start)}">${say(words.start)}</a>` : '',
    hasNewer && newest
      ? html`<a href="${here({ ...start, after: newest.position })}">${say(words.newer)}</a>`
      : '',
    hasOlder && oldest
      ? html`<a href="${here({ ...start, before: oldest.position })}">${say(words.older)}</a>`
      : ''
  ].filter((each) => each !== '')
  return links.length === 0
    ? ''
    : html`<nav class="pager" aria-label="${say(words.title)}">!${links.join(' ')}</nav>`
}
