import { html } from 'ghtml'
import { Refused, type Touches } from '../../ask.ts'
import type { Context } from '../../context.ts'
import type { Named } from '../../language.ts'
import { definePage, type Html, type Place } from '../../page.ts'
import { letterFields } from '../../parts/act-fields.ts'
import { deadline, eventLink, facts, lastInstant } from '../../parts/appeal.ts'
import { commandForm } from '../../parts/form.ts'
import { told } from '../../parts/refusal.ts'
import type { Appeal, Reads, Scorecard } from '../../reads.ts'
import { acts, closing as words } from '../../words/appeal-acts.ts'
import { appeals } from '../../words/appeals.ts'
import { stages } from '../../words/terms.ts'

/* The end of an evaluation: made final once nothing stands in the way, opened again only on somebody's authority. */

type Obstacle = Refused['problem']

export interface ClosingModel {
  card: Scorecard
  unitName: Named
  /** Appeals of this evaluation, the open ones and those that may still be taken further. */
  pending: readonly Appeal[]
  /** Why it cannot be made final now; null where it can, or where that is not what comes next. */
  obstacle: Obstacle | null
  /** What a reopening would touch; null where it is not final. */
  touches: Touches | null
  asOf: Scorecard['asOf']
}

export const closePage = definePage<ClosingModel>({
  path: '/evaluations/:evaluation/close',
  who: ['registrar'],
  filters: [],
  acts: ['finalise-evaluation', 'reopen-evaluation'],
  isTyped: true,
  load: async (reads, place) => {
    const { moment, query } = place
    const card = await reads.scorecard(place.params.evaluation ?? '', moment)
    const { unit, framework } = card
    const isPast = query.asOf !== undefined
    const [{ items }, pending, obstacle, touches] = await Promise.all([
      reads.evaluations({ unit, framework, ...moment }),
      card.stage === 'appeal' ? pendingOf(reads, card, place) : [],
      isPast || !isBeforeFinal(card) ? null : obstacleTo(reads, card),
      isPast || card.stage !== 'final' ? null : touchesOf(reads, card)
    ])
    return { card, unitName: items[0]?.name ?? { fa: unit }, pending, obstacle, touches, asOf: card.asOf }
  },
  title: ({ unitName }, context) => context.say(words.title, { unit: context.name(unitName) }),
  body,
  about: ({ card }) => `evaluation-${card.evaluation}`
})

const isBeforeFinal = ({ stage }: Scorecard): boolean => stage === 'appeal' || stage === 'imported'

async function pendingOf(
  reads: Reads,
  { evaluation, unit }: Scorecard,
  { moment, now }: Place
): Promise<Appeal[]> {
  const { items } = await reads.appeals({ unit, ...moment, limit: '500' })
  const runs = ({ escalationClosesAt }: Appeal) => escalationClosesAt !== null && escalationClosesAt > now
  return items.filter(
    (appeal) =>
      appeal.evaluation === evaluation &&
      (appeal.status === 'open' || appeal.status === 'overdue' || runs(appeal))
  )
}

/** The command itself is asked, so that no rule is known here. */
async function obstacleTo(reads: Reads, { evaluation }: Scorecard): Promise<Obstacle | null> {
  try {
    await reads.tryOut('finalise-evaluation', { evaluation })
    return null
  } catch (error) {
    if (error instanceof Refused) return error.problem
    throw error
  }
}

/** What stands in place of words and a day that nobody has written yet. */
const UNSAID = { reason: '…', authority: { body: '…', number: '…', date: '2000-01-01' } }

async function touchesOf(reads: Reads, { evaluation }: Scorecard): Promise<Touches | null> {
  const { touches } = await reads.tryOut('reopen-evaluation', { evaluation, ...UNSAID })
  return touches ?? null
}

function body(model: ClosingModel, context: Context): Html {
  const { say, format } = context
  const { card } = model
  const { total, evaluation, stage } = card
  const points = total.standing?.points
  const sum = points
    ? say(words.ofCeiling, {
        points: format.number(points),
        ceiling: format.number(total.applicableCeiling),
        percent: format.percent(total.standing?.percent ?? '0')
      })
    : ''
  const known = facts([
    [
      say(appeals.evaluation),
      html`<a href="${context.link(`/evaluations/${evaluation}`)}"><bdi>${evaluation}</bdi></a>`
    ],
    [say(words.stage), html`${say(stages[stage])}`],
    [say(words.total), html`${sum}`]
  ])
  return html`!${known}!${pendingList(context, model)}!${next(context, model)}`
}

function next(context: Context, model: ClosingModel): Html {
  const { say, query } = context
  const { card, obstacle, touches } = model
  if (query.asOf !== undefined) return html`<p class="note">${say(acts.past)}</p>`
  if (card.stage === 'final') return reopening(context, card, touches)
  if (!isBeforeFinal(card))
    return html`<p class="note">${say(words.neither, { stage: say(stages[card.stage]) })}</p>`
  const blocked = obstacle ? wayBlocked(context, obstacle) : finalising(context, card)
  // What cannot become final may be opened again instead; nothing of it was final that this would touch.
  const again = card.may.includes('reopen-evaluation') ? reopening(context, card, null) : ''
  return html`<h2>${say(words.finalise)}</h2>!${blocked}!${again}`
}

function wayBlocked(context: Context, { title, detail, event }: Obstacle): Html {
  const { say } = context
  const link = event
    ? html`<p><a href="${context.link(`/events/${event}`)}">${say(words.theEvent)}</a></p>`
    : ''
  return html`<div class="refusal"><h3>${say(words.stands)}: ${title}</h3><p>${told(context, detail)}</p>!${link}<p class="note">${say(words.standsNote)}</p></div>`
}

function pendingList(context: Context, { card, pending }: ClosingModel): Html {
  const { say, format } = context
  const isOpen = ({ status }: Appeal) => status === 'open' || status === 'overdue'
  const link = ({ appeal, node }: Appeal) =>
    html`<a href="${context.link(`/appeals/${appeal}`)}"><bdi>${node}</bdi></a>`
  const open = pending
    .filter(isOpen)
    .map((each) => html`<li>!${link(each)}: !${deadline(context, each)}</li>`)
  const windows = pending
    .filter((each) => !isOpen(each))
    .map((each) => {
      const day = format.weekday(lastInstant(each.escalationClosesAt ?? each.dueAt))
      return html`<li><a href="${context.link(`/appeals/${each.appeal}`)}">${say(words.escalationWindow, { node: each.node, day })}</a></li>`
    })
  const { appealClosesAt, waived } = card
  if (card.stage === 'appeal' && !waived && appealClosesAt !== null && appealClosesAt > context.now) {
    const day = format.weekday(lastInstant(appealClosesAt))
    windows.unshift(html`<li>${say(words.appealWindow, { day })}</li>`)
  }
  const list = (title: string, items: readonly Html[]) =>
    items.length === 0 ? '' : html`<h2>${title}</h2><ul>!${items.join('')}</ul>`
  return html`!${list(say(words.openAppeals), open)}!${list(say(words.windows), windows)}`
}

const finalising = (context: Context, { evaluation }: Scorecard): Html =>
  commandForm(context, {
    id: 'finalise-evaluation',
    command: 'finalise-evaluation',
    fixed: { evaluation },
    fields: letterFields(context),
    submit: context.say(words.sendFinal),
    caution: context.say(words.finaliseCaution)
  })

function reopening(context: Context, { evaluation }: Scorecard, touches: Touches | null): Html {
  const { say } = context
  const form = commandForm(context, {
    id: 'reopen-evaluation',
    command: 'reopen-evaluation',
    fixed: { evaluation },
    fields: [
      { name: 'reason', label: say(words.reason), type: 'lines', required: true },
      { name: 'authority.body', label: say(words.body), required: true },
      { name: 'authority.number', label: say(words.number), required: true },
      {
        name: 'authority.date:day',
        label: say(words.date),
        hint: say(acts.letterDateHint),
        type: 'date',
        required: true
      },
      ...letterFields(context)
    ],
    submit: say(words.sendReopen),
    caution: say(words.reopenCaution)
  })
  return html`<h2>${say(words.reopen)}</h2>!${touches ? touched(context, touches) : ''}!${form}`
}

function touched(context: Context, { nodes, total, ranks }: Touches): Html {
  const { say, format } = context
  const rank = ranks.map(({ place, of, population, event }) => {
    const values = { place: format.digits(place), of: format.digits(of ?? ''), population }
    return html`<li>${say(of === null ? words.rankAlone : words.rankOf, values)} !${eventLink(context, event)}</li>`
  })
  const sum = total.points === null ? '' : html`<bdi dir="ltr">${format.number(total.points)}</bdi>`
  return html`<h3>${say(words.touches)}</h3>!${facts([
    [say(words.touchesNodes), html`<bdi>${nodes.join(' · ')}</bdi>`],
    [say(words.touchesTotal), sum],
    [say(words.touchesRanks), rank.length === 0 ? '' : html`<ul>!${rank.join('')}</ul>`]
  ])}`
}
