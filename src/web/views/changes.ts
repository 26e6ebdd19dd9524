import { html } from 'ghtml'
import { latinDigits } from '../../digits.ts'
import { Refused } from '../ask.ts'
import { endOfTypedDay } from '../calendar.ts'
import type { Context } from '../context.ts'
import { definePage, type Html, type Place, wholeList } from '../page.ts'
import type { Act, ChangesAnswer, Reads, Scorecard, UnitAnswer } from '../reads.ts'
import { changes as words } from '../words/changes.ts'
import { scores } from '../words/scores.ts'
import { eventsSection, itemsSection, leadSection } from './changes/shown.ts'

/* Two moments of one evaluation side by side: what changed between them, and by which acts. */

export interface Model {
  evaluation: string
  card: Scorecard
  unit: Pick<UnitAnswer, 'name'>
  /** Null where what was typed means no two moments. */
  changes: ChangesAnswer | null
  /** What the trail says of the events between, by event. */
  acts: ReadonlyMap<string, Act>
  /** By field, why what was typed in it does not do. */
  wrong: Readonly<Partial<Record<'from' | 'to', 'unknown' | string>>>
  asOf: Scorecard['asOf']
}

export const changesPage = definePage<Model>({
  path: '/evaluations/:evaluation/changes',
  who: 'anyone',
  filters: [
    { name: 'from', label: words.from },
    { name: 'to', label: words.to }
  ],
  load,
  title: ({ card, unit }, { say, name, format }) =>
    say(words.title, { unit: name(unit.name), period: format.digits(card.period) }),
  body: changesBody,
  about: ({ evaluation }) => `evaluation-${evaluation}`,
  file: async (reads, place) => {
    const { changes, asOf, evaluation } = await load(reads, place)
    return { name: `changes-${evaluation}`, pages: [changes?.items ?? []], asOf: changes?.asOf ?? asOf }
  }
})

const POSITION = /^\d{1,19}$/
const INSTANT = /^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+ -]\d{2}:\d{2})$/

/**
 * A moment as people type it, as the API takes it: a position, an instant, or the end of a day, which is not later
 * than now. Null where it is none of them.
 */
export function typedMoment(typed: string, now: string): string | null {
  const text = latinDigits(typed.trim())
  const position = text.replace(/[\s,٬]/g, '')
  if (POSITION.test(position)) return String(BigInt(position))
  if (INSTANT.test(text)) return text
  const day = endOfTypedDay(text)
  if (!day) return null
  const end = day.toISOString()
  return end < now ? end : now
}

async function load(reads: Reads, place: Place): Promise<Model> {
  const { params, query, moment, now } = place
  const { evaluation = '' } = params
  const asked = { from: query.from ?? '', to: query.to ?? '' }
  const read = (typed: string) => (typed.trim() === '' ? undefined : typedMoment(typed, now))
  const [from, to] = [read(asked.from), read(asked.to)]
  const unknown = { ...(from === null ? { from: 'unknown' } : {}), ...(to === null ? { to: 'unknown' } : {}) }
  const isRead = from !== null && to !== null
  const found = isRead
    ? await changesOf(reads, evaluation, { from, to: to ?? moment.asOf, waitFor: moment.waitFor })
    : { changes: null, wrong: unknown }
  const { changes, wrong } = found
  // Titles are those of the later moment, when there were most nodes to name.
  const asOf = changes ? changes.to.position : moment.asOf
  const card = await reads.scorecard(evaluation, { asOf })
  const unit = await reads.unit(card.unit)
  const acts = changes ? await actsOf(reads, evaluation, changes) : new Map<string, Act>()
  return { evaluation, card, unit, changes, acts, wrong, asOf: card.asOf }
}

/** What the API makes of the two moments; what it refuses it says beside the field. */
async function changesOf(
  reads: Reads,
  evaluation: string,
  query: { from: string | undefined; to: string | undefined; waitFor: string | undefined }
): Promise<Pick<Model, 'changes' | 'wrong'>> {
  try {
    return { changes: await reads.changes(evaluation, query), wrong: {} }
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    const { status, detail, errors = [] } = error.problem
    // It may be there now: then its page is shown, and else nothing is.
    if (status === 404 && query.to !== undefined) return { changes: null, wrong: { to: 'notOpen' } }
    if (status !== 400) throw error
    // Each of the two is a moment by its form.
    if (errors.some(({ pointer }) => pointer === '/from')) return { changes: null, wrong: { from: 'later' } }
    return { changes: null, wrong: { [query.to === undefined ? 'from' : 'to']: detail } }
  }
}

/** The acts between the moments, with who and why where the reader may see it. */
async function actsOf(
  reads: Reads,
  evaluation: string,
  { to, events }: ChangesAnswer
): Promise<ReadonlyMap<string, Act>> {
  if (events.length === 0) return new Map()
  const { items } = await wholeList((query) => reads.trailOf(evaluation, query), { asOf: to.position })
  const wanted = new Set(events.map(({ event }) => event))
  return new Map(items.filter(({ event }) => wanted.has(event)).map((act) => [act.event, act]))
}

/** The question, the answer in a few sentences, the total first, and the acts that did it. */
export function changesBody(model: Model, context: Context): Html {
  const { changes, evaluation, card } = model
  const { say } = context
  const back = html`<p class="path"><a href="${context.link(`/evaluations/${evaluation}`)}">${say(scores.evaluation)}: ${context.name(model.unit.name)}, ${context.format.digits(card.period)}</a></p>`
  if (!changes) return html`!${back}!${question(model, context)}`
  const items = html`<section class="scores"><h2>${say(words.items)}</h2>!${itemsSection(model, changes, context)}</section>`
  const events = html`<section><h2>${say(words.events)}</h2>!${eventsSection(model, changes, context)}</section>`
  return html`!${back}!${question(model, context)}!${leadSection(changes, context)}!${items}!${events}`
}

/** What the page says itself of a moment that will not do. */
const FAULTS = { unknown: words.badMoment, later: words.laterMoment, notOpen: words.notOpenThen }
type Fault = keyof typeof FAULTS

/** Two fields for the two moments; what was typed stays. */
function question({ wrong }: Model, context: Context): Html {
  const { say, query } = context
  const fields = (['from', 'to'] as const).map((name) => {
    const error = wrong[name]
    const said = error !== undefined && Object.hasOwn(FAULTS, error) ? say(FAULTS[error as Fault]) : error
    const about = ['moments-hint', said ? `${name}-error` : ''].filter(Boolean).join(' ')
    return html`<div class="field!${said ? ' wrong' : ''}"><label for="${name}">${say(words[name])}</label>!${said ? html`<p class="error" id="${name}-error">${said}</p>` : ''}<input id="${name}" name="${name}" value="${query[name] ?? ''}" dir="ltr" autocomplete="off" aria-describedby="${about}"!${said ? ' aria-invalid="true"' : ''}></div>`
  })
  const asOf = query.asOf === undefined ? '' : html`<input type="hidden" name="asOf" value="${query.asOf}">`
  return html`<form method="get" action="${context.path}" class="filter">!${asOf}!${fields.join('')}<button>${say(words.compare)}</button></form><p class="hint" id="moments-hint">${say(words.hint)}</p>`
}
