import { html } from 'ghtml'
import { Refusal } from '../../errors.ts'
import { ledgerReaders } from '../../http/access-table.ts'
import type { Query } from '../ask.ts'
import { endOfTypedDay, startOfTypedDay } from '../calendar.ts'
import type { Context } from '../context.ts'
import { definePage, type Html, type Place, pagesOf } from '../page.ts'
import { type FilterField, filterForm, pager } from '../parts/filters.ts'
import { optionsOf } from '../parts/form.ts'
import type { Act, List } from '../reads.ts'
import { frame } from '../words/frame.ts'
import { records } from '../words/records.ts'
import { eventTypes, levels, reasons } from '../words/terms.ts'
import { trail as words } from '../words/trail.ts'
import { actTable } from './trail-table.ts'

/* The audit trail, of one evaluation and of all: every act with what it found and what it left. */

interface Model {
  /** Null across all evaluations. */
  evaluation: string | null
  acts: readonly Act[]
  next: string | null
  /** Days that were typed and are none. */
  badDays: readonly BadDay[]
  asOf: List<Act>['asOf']
}

const FILTERS = ['node', 'level', 'type', 'revised', 'order'] as const
/** What finds nothing for those who may not see it. */
const WITHHELD = ['actor', 'reasonCode', 'letter'] as const
const ACROSS = ['period', 'unit'] as const

const LABELS = {
  node: records.node,
  level: records.level,
  type: records.type,
  revised: words.revised,
  order: records.order,
  actor: words.actor,
  reasonCode: words.reasonCode,
  letter: words.letter,
  period: records.period,
  unit: records.unit,
  from: words.from,
  to: words.to
}

const filtersOf = (names: readonly (keyof typeof LABELS)[]) =>
  names.map((name) => ({ name, label: LABELS[name] }))

const ONE = [...FILTERS, ...WITHHELD, 'from', 'to'] as const

/** What the address asks the API for; days become instants, `to` the first one after its day. */
function asked(place: Place, names: readonly string[], order: 'oldest' | 'newest'): Query {
  const { query } = place
  const chosen = Object.fromEntries(names.map((name) => [name, query[name]]))
  const from = query.from === undefined ? null : startOfTypedDay(query.from)
  const end = query.to === undefined ? null : endOfTypedDay(query.to)
  return {
    ...chosen,
    order: query.order ?? order,
    from: from?.toISOString(),
    to: end === null ? undefined : new Date(end.getTime() + 1).toISOString()
  }
}

interface BadDay {
  name: 'from' | 'to'
  typed: string
}

const badDaysOf = ({ query }: Place): BadDay[] =>
  (['from', 'to'] as const).flatMap((name) => {
    const typed = query[name]
    return typed !== undefined && startOfTypedDay(typed) === null ? [{ name, typed }] : []
  })

/** A file without a filter that was asked for would say something else: refuses `malformed` for a day that is none. */
function requireDays(place: Place): void {
  const { en: detail, fa } = frame.badDate
  const errors = badDaysOf(place).map(({ name }) => ({ pointer: `/${name}`, detail, fa }))
  if (errors.length > 0) throw new Refusal('malformed', { errors })
}

/** With a day that is none nothing is listed: a list without that filter would say something else. */
async function loaded(
  place: Place,
  evaluation: string | null,
  read: (query: Query) => Promise<List<Act>>
): Promise<Model> {
  const badDays = badDaysOf(place)
  if (badDays.length > 0) {
    const { asOf } = await read({ ...place.moment, limit: '1' })
    return { evaluation, acts: [], next: null, badDays, asOf }
  }
  const names = evaluation === null ? [...ONE, ...ACROSS] : ONE
  const query = asked(place, names, evaluation === null ? 'newest' : 'oldest')
  const { items, next, asOf } = await read({ ...query, ...place.moment, cursor: place.query.page })
  return { evaluation, acts: items, next, badDays, asOf }
}

export const trailOfEvaluationPage = definePage<Model>({
  path: '/evaluations/:evaluation/trail',
  who: 'anyone',
  filters: filtersOf(ONE),
  load: (reads, place) => {
    const { evaluation = '' } = place.params
    return loaded(place, evaluation, (query) => reads.trailOf(evaluation, query))
  },
  title: titleOf,
  body,
  about: ({ evaluation }) => `evaluation-${evaluation}`,
  file: async (reads, place) => {
    const { evaluation = '' } = place.params
    requireDays(place)
    const query = { ...asked(place, ONE, 'oldest'), ...place.moment }
    const listed = await pagesOf((each) => reads.trailOf(evaluation, each), query)
    return { name: `trail-${evaluation}`, ...listed }
  }
})

export const trailPage = definePage<Model>({
  path: '/trail',
  who: 'anyone',
  filters: filtersOf([...ACROSS, ...ONE]),
  load: (reads, place) => loaded(place, null, reads.trail),
  title: titleOf,
  body,
  file: async (reads, place) => {
    requireDays(place)
    const query = { ...asked(place, [...ONE, ...ACROSS], 'newest'), ...place.moment }
    return { name: 'trail', ...(await pagesOf(reads.trail, query)) }
  }
})

function titleOf({ evaluation, acts: [first] }: Model, { say, name, format }: Context): string {
  if (evaluation === null) return say(words.title)
  const dot = evaluation.lastIndexOf('.')
  const unit = first ? name(first.unitName) : evaluation.slice(dot + 1)
  const period = first?.period ?? evaluation.slice(0, dot)
  return say(words.titleOf, { unit, period: format.digits(period) })
}

function body(model: Model, context: Context): Html {
  const { say } = context
  const { evaluation, acts, next, badDays } = model
  const isAcross = evaluation === null
  const order = context.query.order ?? (isAcross ? 'newest' : 'oldest')
  const caption = say(order === 'newest' ? records.newest : records.oldest)
  const isViewer = context.actor.role === 'viewer'
  const wrong = badDays.map(
    ({ typed }) => html`<p class="error" role="alert"><bdi>${typed}</bdi>: ${say(frame.badDate)}</p>`
  )
  const list = badDays.length > 0 ? '' : actTable(context, acts, { caption, isAcross })
  return html`<p class="note">${say(words.lead)}!${isViewer ? html` ${say(words.leadViewer)}` : ''}</p>
!${ways(context, evaluation)}!${filterForm(context, questions(context, isAcross))}!${wrong.join('')}
!${list}!${pager(context, next)}`
}

/** Where else to look. */
function ways(context: Context, evaluation: string | null): Html {
  const { say, link, actor } = context
  const links: [path: string, words: string][] = []
  const isAuditor = ledgerReaders.includes(actor.role)
  if (evaluation !== null) {
    links.push(
      [link(`/evaluations/${evaluation}`), say(words.toEvaluation)],
      [link('/trail'), say(words.toAll)]
    )
    if (isAuditor) links.push([link('/events', { stream: `evaluation-${evaluation}` }), say(words.toEvents)])
  }
  if (isAuditor) links.push([link('/duties', { evaluation: evaluation ?? undefined }), say(words.toDuties)])
  if (links.length === 0) return ''
  return html`<p class="ways">!${links.map(([href, text]) => html`<a href="${href}">${text}</a>`).join(' · ')}</p>`
}

function questions(context: Context, isAcross: boolean): FilterField[] {
  const { say } = context
  const all = say(frame.all)
  const across: FilterField[] = ACROSS.map((name) => ({ name, label: LABELS[name] }))
  const seen: FilterField[] = [
    { name: 'actor', label: words.actor },
    { name: 'reasonCode', label: words.reasonCode, options: optionsOf(reasons, context), all },
    { name: 'letter', label: words.letter }
  ]
  const { standing: _standing, ...recorded } = levels
  const [oldest, newest] = [
    { value: 'oldest', label: say(records.oldest) },
    { value: 'newest', label: say(records.newest) }
  ]
  return [
    ...(isAcross ? across : []),
    { name: 'node', label: records.node },
    { name: 'level', label: records.level, options: optionsOf(recorded, context), all },
    { name: 'type', label: records.type, options: optionsOf(actTypes, context), all },
    {
      name: 'revised',
      label: words.revised,
      options: [{ value: 'true', label: say(words.revisedOnly) }],
      all
    },
    ...(context.actor.role === 'viewer' ? [] : seen),
    { name: 'from', label: words.from },
    { name: 'to', label: words.to },
    { name: 'order', label: records.order, options: isAcross ? [newest, oldest] : [oldest, newest] }
  ]
}

/** Units and frameworks have streams of their own, and no acts in a trail. */
const actTypes = Object.fromEntries(
  Object.entries(eventTypes).filter(([type]) => !/^(Unit|Framework|Lineage)/.test(type))
)
