import { html } from 'ghtml'
import type { Context } from '../../context.ts'
import type { Named } from '../../language.ts'
import type { Html } from '../../page.ts'
import { actName, actor, reasonOf } from '../../parts/act-words.ts'
import { figure, signed, time } from '../../parts/figures.ts'
import { pager } from '../../parts/filters.ts'
import { nodeLink } from '../../parts/node-cells.ts'
import { sentence } from '../../parts/sentence.ts'
import { type Column, figures, table } from '../../parts/table.ts'
import type { ChangesAnswer } from '../../reads.ts'
import { changes as words } from '../../words/changes.ts'
import { scores } from '../../words/scores.ts'
import { eventTypes, stages, term } from '../../words/terms.ts'
import type { Model } from '../changes.ts'

/* What is shown of two moments: the total in a sentence, every node that moved, and every event between. */

type Item = ChangesAnswer['items'][number]
type Line = ChangesAnswer['events'][number]

/** More events than these are not said in a cell; all of them stand below. */
const CAUSES_MAX = 3

/** Events on one page of the list. */
const EVENTS_MAX = 100

export function leadSection({ from, to, stage, items, events }: ChangesAnswer, context: Context): Html {
  const { say, format } = context
  const when = ({ position, at }: ChangesAnswer['from']) =>
    at === null
      ? say(words.beginning)
      : say(words.moment, { position: format.number(position), at: format.moment(at) })
  const lead = sentence(context, words.lead, {
    from: html`${when(from)}`,
    to: html`${when(to)}`,
    events: figure(context, String(events.length)),
    nodes: figure(context, String(items.filter(({ node }) => node !== 'total').length))
  })
  const after = say(stages[stage.after])
  const before = stage.before === null ? say(words.notOpen) : say(stages[stage.before])
  const isSame = stage.before === stage.after
  const stageWords = isSame ? say(words.stageSame, { after }) : say(words.stage, { before, after })
  return html`<p class="lead">!${totalWords(items, context)}</p><p>!${lead} ${stageWords}</p>`
}

function totalWords(items: readonly Item[], context: Context): Html {
  const total = items.find(({ node }) => node === 'total')
  if (!total || (total.before?.standing ?? null) === (total.after?.standing ?? null))
    return html`${context.say(words.totalSame)}`
  return sentence(context, words.total, {
    before: html`<strong>!${figure(context, total.before?.standing ?? '0')}</strong>`,
    after: html`<strong>!${figure(context, total.after?.standing ?? '0')}</strong>`,
    difference: html`<strong>!${signed(context, total.difference)}</strong>`
  })
}

const titlesOf = ({ card }: Model): ReadonlyMap<string, Named> =>
  new Map([card.total, ...card.nodes].map(({ code, title }) => [code, title]))

export function itemsSection(model: Model, { items, events }: ChangesAnswer, context: Context): Html {
  const { say } = context
  if (items.length === 0) return html`<p>${say(words.itemsNone)}</p>`
  const titles = titlesOf(model)
  const byEvent = new Map(events.map((event) => [event.event, event]))
  const columns: Column<Item>[] = [
    { head: say(scores.node), cell: ({ node }) => named(context, model.evaluation, titles, node) },
    figures(context, say(words.standingBefore), items, ({ before }) => before?.standing),
    figures(context, say(words.standingAfter), items, ({ after }) => after?.standing),
    figures(context, say(words.difference), items, ({ difference }) => difference, { signed: true }),
    { head: say(words.selfChange), isFigure: true, cell: (item) => selfCell(context, item) },
    { head: say(words.other), cell: (item) => alsoCell(context, item) },
    { head: say(words.why), cell: (item) => causes(model, context, item, byEvent) }
  ]
  const marks = ({ node }: Item) => (node === 'total' ? { class: 'total' } : {})
  return table(context, columns, items, { caption: say(words.items), isCaptionHidden: true, marks })
}

function named(context: Context, evaluation: string, titles: ReadonlyMap<string, Named>, code: string): Html {
  const title = titles.get(code)
  return title ? nodeLink(context, evaluation, { code, title }) : html`<bdi>${code}</bdi>`
}

const arrowOf = ({ language }: Context): string => (language === 'fa' ? '←' : '→')

function selfCell(context: Context, { before, after }: Item): Html {
  const [was, is] = [before?.self ?? null, after?.self ?? null]
  if (was === is) return figure(context, is)
  return html`!${figure(context, was ?? '0')} ${arrowOf(context)} !${figure(context, is ?? '0')}`
}

/** What changed beside the points: applicability, the ceiling, whether the sum is whole. */
function alsoCell(context: Context, { before, after }: Item): Html {
  if (!before || !after) return ''
  const { say, format } = context
  const said: string[] = []
  if (before.applicable !== after.applicable)
    said.push(say(after.applicable ? words.nowApplies : words.nowExempt))
  if (before.applicableCeiling !== after.applicableCeiling)
    said.push(
      say(words.ceiling, {
        before: format.number(before.applicableCeiling),
        after: format.number(after.applicableCeiling)
      })
    )
  if (before.partial !== after.partial) said.push(say(after.partial ? words.nowPartial : words.nowWhole))
  return html`${said.join('; ')}`
}

/** The acts that moved a node, each with who and why where the reader may see it. */
function causes(
  { acts }: Model,
  context: Context,
  { node, events }: Item,
  byEvent: ReadonlyMap<string, Line>
): Html {
  const shown = events.slice(0, CAUSES_MAX).map((id) => {
    const act = acts.get(id)
    const line = byEvent.get(id)
    const name = act ? actName(context, act) : line ? context.say(term(eventTypes, line.type)) : id
    const reason = act ? reasonOf(context, act) : ''
    const where = act?.node && act.node !== node ? html`<bdi>${act.node}</bdi>: ` : ''
    return html`!${where}<a href="${context.link(`/events/${id}`)}">${name}</a>!${act ? html`, !${actor(context, act)}` : ''}!${reason ? html`: !${reason}` : ''}`
  })
  const left = events.length - shown.length
  if (left > 0) {
    const count = context.format.number(String(left))
    shown.push(html`<a href="#events">${context.say(words.more, { count })}</a>`)
  }
  return html`<span class="long">!${shown.join('<br>')}</span>`
}

export function eventsSection(model: Model, { events }: ChangesAnswer, context: Context): Html {
  const { say } = context
  if (events.length === 0) return html`<p id="events">${say(words.eventsNone)}</p>`
  const titles = titlesOf(model)
  const asked = context.query.page ?? ''
  const start = /^\d{1,9}$/.test(asked) ? Number(asked) : 0
  const shown = events.slice(start, start + EVENTS_MAX)
  const next = start + EVENTS_MAX < events.length ? String(start + EVENTS_MAX) : null
  const columns: Column<Line>[] = [
    {
      head: say(words.event),
      cell: ({ event, position }) =>
        html`<a href="${context.link(`/events/${event}`)}">!${figure(context, position)}</a>`
    },
    {
      head: say(words.act),
      cell: ({ event, type }) => {
        const act = model.acts.get(event)
        return html`${act ? actName(context, act) : say(term(eventTypes, type))}`
      }
    },
    { head: say(words.nodes), cell: ({ event }) => nodesCell(model, context, titles, event) },
    {
      head: say(words.who),
      cell: ({ event }) => {
        const act = model.acts.get(event)
        return act ? actor(context, act) : ''
      }
    },
    {
      head: say(words.reason),
      cell: ({ event }) => {
        const act = model.acts.get(event)
        return act ? reasonOf(context, act) : ''
      }
    },
    { head: say(words.when), cell: ({ at }) => time(context, at) },
    { head: say(words.choose), cell: ({ position }) => pick(context, position) }
  ]
  return html`<div id="events">!${table(context, columns, shown, { caption: say(words.events), isCaptionHidden: true })}!${pager(context, next)}</div>`
}

function nodesCell(
  { acts, evaluation }: Model,
  context: Context,
  titles: ReadonlyMap<string, Named>,
  event: string
): Html {
  const nodes = acts.get(event)?.nodes ?? []
  const more =
    nodes.length > CAUSES_MAX ? ` + ${context.format.number(String(nodes.length - CAUSES_MAX))}` : ''
  const shown = nodes.slice(0, CAUSES_MAX).map((code) => named(context, evaluation, titles, code))
  return html`!${shown.join('<br>')}${more}`
}

/** The same page from, or up to, one of its own events. */
const pick = (context: Context, position: string): Html =>
  html`<a href="${context.here({ from: position })}">${context.say(words.fromHere)}<span class="visually-hidden"> ${position}</span></a> · <a href="${context.here({ to: position })}">${context.say(words.toHere)}<span class="visually-hidden"> ${position}</span></a>`
