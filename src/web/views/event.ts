import { html } from 'ghtml'
import { ledgerReaders } from '../../http/access-table.ts'
import { Refused } from '../ask.ts'
import type { Context } from '../context.ts'
import { definePage, type Html, type Place } from '../page.ts'
import { figure, time } from '../parts/figures.ts'
import { eventLink, letter, person } from '../parts/records.ts'
import { type Column, table } from '../parts/table.ts'
import { tree } from '../parts/tree.ts'
import type { Act, EventAnswer, Reads } from '../reads.ts'
import { events as words } from '../words/events.ts'
import { records } from '../words/records.ts'
import { eventTypes, term } from '../words/terms.ts'
import { type LedgerItem, ledgerItem } from './event-item.ts'
import { actTable } from './trail-table.ts'

/* One event, whole: what it says, who said it, what it answers and what answers it. */

type Model = Whole | OfTrail

interface Whole extends EventAnswer {
  item: LedgerItem
}

/** For those who may not see it whole: the act, as much of it as the trail shows them. */
interface OfTrail {
  act: Act
  asOf: EventAnswer['asOf']
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

async function load(reads: Reads, place: Place): Promise<Model> {
  const { event = '' } = place.params
  try {
    const answer = await reads.event(event, place.moment)
    return { ...answer, item: ledgerItem(answer.event) }
  } catch (error) {
    if (!(error instanceof Refused) || error.problem.status !== 404 || !UUID.test(event)) throw error
    const { items, asOf } = await reads.trail({ event, ...place.moment })
    const [act] = items
    if (!act) throw error
    return { act, asOf }
  }
}

export const eventPage = definePage<Model>({
  path: '/events/:event',
  who: 'anyone',
  filters: [],
  load,
  title: (model, { say, format }) => {
    const { type, position } = 'act' in model ? model.act : model.item
    return say(words.eventTitle, {
      type: say(term(eventTypes, type)),
      position: format.number(position)
    })
  },
  body: (model, context) => ('act' in model ? ofTrail(model.act, context) : whole(model, context)),
  about: (model) => ('act' in model ? `evaluation-${model.act.evaluation}` : model.item.stream)
})

const ofTrail = (act: Act, context: Context): Html =>
  html`<p class="note">${context.say(words.asAct)}</p>!${actTable(context, [act], { caption: context.say(records.event), isAcross: true })}`

function whole(model: Whole, context: Context): Html {
  const { say, format } = context
  const { raw } = model.item
  const items = (count: number) => say(words.items, { count: format.number(count) })
  return html`!${facts(context, model)}!${ways(context, model.item)}
<h2 id="caused">${say(words.children)}</h2>!${children(context, model)}
<h2>${say(words.data)}</h2><div class="tree-box">!${tree(raw.data, items)}</div>
<h2>${say(words.metadata)}</h2><div class="tree-box">!${tree(raw.metadata, items)}</div>
<details><summary>${say(words.raw)}</summary><pre tabindex="0">${JSON.stringify(raw, null, 2)}</pre></details>`
}

function facts(context: Context, { item, cause }: Whole): Html {
  const { say, link } = context
  const isAuditor = ledgerReaders.includes(context.actor.role)
  const code = (text: string) => html`<bdi><code>${text}</code></bdi>`
  const stream = isAuditor
    ? html`<a href="${link('/events', { stream: item.stream })}">!${code(item.stream)}</a>`
    : code(item.stream)
  const correlation = isAuditor
    ? html`!${code(item.correlation)} <a href="${link('/events', { correlation: item.correlation })}">${say(words.sameCase)}</a>`
    : code(item.correlation)
  const parent = cause
    ? html`!${eventLink(context, cause)} ${say(term(eventTypes, cause.type))}`
    : html`<span class="soft">${say(words.byCommand)}</span>`
  const rows: [word: string, shown: Html][] = [
    [say(words.position), figure(context, item.position)],
    [say(words.type), html`${say(term(eventTypes, item.type))} !${code(item.type)}`],
    [say(words.recordedAt), html`!${time(context, item.recordedAt)} !${code(item.recordedAt)}`],
    [say(words.actor), person(context, { ...item.actor, by: item.actor.id })],
    ...(item.letter ? [[say(words.letter), letter(context, item.letter)] as [string, Html]] : []),
    [say(words.parent), parent],
    [say(words.stream), stream],
    [say(words.revision), figure(context, item.revision)],
    [say(words.version), figure(context, String(item.version))],
    [say(words.id), code(item.event)],
    [say(words.command), code(item.command)],
    [say(words.correlation), correlation]
  ]
  return html`<dl class="facts">!${rows.map(([word, shown]) => html`<dt>${word}</dt><dd>!${shown}</dd>`).join('')}</dl>`
}

function ways({ say, link }: Context, { stream }: LedgerItem): Html {
  if (!stream.startsWith('evaluation-')) return ''
  const evaluation = stream.slice('evaluation-'.length)
  return html`<p class="ways"><a href="${link(`/evaluations/${evaluation}`)}">${say(records.evaluation)} <bdi>${evaluation}</bdi></a> · <a href="${link(`/evaluations/${evaluation}/trail`)}">${say(words.itsTrail)}</a></p>`
}

function children(context: Context, { item, caused, causedIsMore }: Whole): Html {
  const { say, link } = context
  if (caused.length === 0) return html`<p class="none">${say(words.noChildren)}</p>`
  const columns: Column<EventAnswer['caused'][number]>[] = [
    { head: say(records.event), isFigure: true, cell: (each) => eventLink(context, each) },
    { head: say(words.type), cell: ({ type }) => html`${say(term(eventTypes, type))}` }
  ]
  const more =
    causedIsMore && ledgerReaders.includes(context.actor.role)
      ? html`<p><a href="${link('/events', { causedBy: item.event, order: 'oldest' })}">${say(words.moreChildren)}</a></p>`
      : ''
  const caption = say(words.children)
  return html`!${table(context, columns, caused, { caption, isCaptionHidden: true })}!${more}`
}
