import { html } from 'ghtml'
import type { Context } from '../../context.ts'
import type { Html } from '../../page.ts'
import { figure, percent, tag, time } from '../../parts/figures.ts'
import { nextActs } from '../../parts/next-acts.ts'
import { nodeLink, nodePath } from '../../parts/node-cells.ts'
import { sentence } from '../../parts/sentence.ts'
import { evaluation as words } from '../../words/evaluation.ts'
import { frame } from '../../words/frame.ts'
import { scores } from '../../words/scores.ts'
import { origins, stages, statuses } from '../../words/terms.ts'
import type { Model } from '../evaluation.ts'

/** What stands, in one sentence, and which evaluation this is. */
export function headSection(model: Model, context: Context): Html {
  const { card } = model
  const { evaluation, unit, period, total } = card
  const partial = total.partial
    ? html`<p>!${tag(context.say(scores.partial), 'bad')} ${context.say(words.partial)}</p>`
    : ''
  return html`<p class="lead">!${lead(model, context)} <a href="${context.link(nodePath(evaluation, 'total'))}">${context.say(words.why)}</a></p>!${partial}
!${facts(model, context)}!${elsewhere(model, context)}!${nextActs(context, { evaluation, unit, period }, card.may)}`
}

function lead({ card }: Model, context: Context): Html {
  const { total, origin } = card
  const { self, standing, gap, applicableCeiling } = total
  if (!standing) return html`${context.say(words.leadNothing)}`
  const figures = {
    standing: html`<strong>!${figure(context, standing.points)}</strong>`,
    ceiling: figure(context, applicableCeiling),
    percent: percent(context, standing.percent)
  }
  if (!self) {
    const claim = context.say(origin === 'imported' ? frame.notInSource : words.notEntered)
    return sentence(context, words.leadNoClaim, { ...figures, claim: html`${claim}` })
  }
  return sentence(context, words.lead, {
    ...figures,
    self: html`<strong>!${figure(context, self.points)}</strong>`,
    selfPercent: percent(context, self.percent),
    gap: html`<strong>!${figure(context, gap?.points ?? '0')}</strong>`
  })
}

function facts({ card, unit, framework }: Model, context: Context): Html {
  const { say, name, format } = context
  const title = framework ? name(framework.title) : card.framework
  const isLive = card.origin === 'live'
  const when = (at: string | null) => (at ? time(context, at) : html`${say(words.notYet)}`)
  const returned = card.nodes.filter(({ code }) => card.returned.includes(code))
  const lines: [string, Html][] = [
    [say(scores.unit), html`<a href="${context.link(`/units/${card.unit}`)}">${name(unit.name)}</a>`],
    [say(scores.period), html`${framework ? name(framework.period.title) : format.digits(card.period)}`],
    [
      say(words.framework),
      html`${say(words.revision, { title, revision: format.digits(card.frameworkRevision) })}`
    ],
    [say(words.stage), tag(say(stages[card.stage]))],
    [say(words.status), tag(say(statuses[card.status]), card.status === 'final' ? 'good' : 'warn')],
    [say(words.origin), html`${say(origins[card.origin])}`]
  ]
  if (isLive) lines.push([say(words.submitted), when(card.submittedAt)])
  lines.push([say(words.finalised), when(card.finalisedAt)])
  if (isLive)
    lines.push([
      say(words.appealWindow),
      card.waived ? html`${say(words.waived)}` : lastDay(card.appealClosesAt, context)
    ])
  if (returned.length > 0)
    lines.push([
      say(words.returned),
      returned.map((node) => nodeLink(context, card.evaluation, node)).join('<br>')
    ])
  return html`<dl class="facts">!${lines.map(([head, body]) => html`<dt>${head}</dt><dd>!${body}</dd>`).join('')}</dl>`
}

/** The window ends with a day, at the first instant of the next. */
function lastDay(closesAt: string | null, { say, format }: Context): Html {
  if (!closesAt) return html`${say(words.notYet)}`
  const last = new Date(Date.parse(closesAt) - 1).toISOString()
  return html`<time datetime="${closesAt}">${format.weekday(last)}</time>`
}

/** The other pages about the same evaluation. */
function elsewhere({ card }: Model, context: Context): Html {
  const { evaluation, unit, period } = card
  const path = `/evaluations/${evaluation}`
  const links = [
    { href: context.link(`${path}/trail`), word: scores.toTrail },
    { href: context.link(`${path}/changes`), word: scores.toChanges },
    { href: context.link('/discrepancies', { unit, period }), word: scores.toDiscrepancies },
    { href: context.link(`/units/${unit}`), word: scores.toUnit }
  ]
  return html`<ul class="ways">!${links.map(({ href, word }) => html`<li><a href="${href}">${context.say(word)}</a></li>`).join('')}</ul>`
}
