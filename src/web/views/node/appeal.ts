import { html } from 'ghtml'
import type { Context } from '../../context.ts'
import type { Html } from '../../page.ts'
import { figure, tag, time } from '../../parts/figures.ts'
import { appealWord } from '../../parts/node-cells.ts'
import type { AppealFile } from '../../reads.ts'
import { sides, node as words } from '../../words/node.ts'
import { scores } from '../../words/scores.ts'
import { appealStatuses, eventTypes, outcomes, roles, term } from '../../words/terms.ts'
import type { Model } from '../node.ts'

/** What both sides and the panel said, in its order; to readers of figures only that there is an appeal. */
export function appealSection({ why, appeal }: Model, context: Context): Html {
  const { say } = context
  if (!why.appeal) return ''
  if (!appeal) {
    const status = appealWord(context, why.appeal)
    return html`<p>${say(words.appealHidden, { status })}</p>`
  }
  const { file, all } = appeal
  const state = tag(say(term(appealStatuses, file.status)), 'warn')
  const outcome = file.outcome ? tag(say(outcomes[file.outcome]), 'good') : ''
  const others = all.filter((each) => each.appeal !== file.appeal)
  const links = others.map(
    (each) => html`<a href="${context.link(`/appeals/${each.appeal}`)}"><code>${each.appeal}</code></a>`
  )
  return html`<p>!${state} !${outcome} <a href="${context.link(`/appeals/${file.appeal}`)}">${say(words.appealWhole)}</a></p>
<ol class="thread">!${file.thread.map((item) => threadItem(context, item)).join('')}</ol>!${links.length > 0 ? html`<p>${say(words.appealOther)} !${links.join(', ')}</p>` : ''}`
}

function threadItem(context: Context, item: AppealFile['thread'][number]): Html {
  const { say } = context
  const side = say(term(sides, item.side))
  const outcome = item.outcome ? html` !${tag(say(outcomes[item.outcome]), 'good')}` : ''
  const href = context.link(`/events/${item.event}`)
  const position = say(scores.event, { position: context.format.number(item.position) })
  const words_ = item.text ? html`<blockquote dir="auto">${item.text}</blockquote>` : ''
  const evidence =
    item.evidence.length === 0
      ? ''
      : html`<p class="note">${say(words.evidence)}: !${figure(context, String(item.evidence.length))}</p>`
  return html`<li class="of-${item.side}"><p><strong>${side}</strong>: ${say(term(eventTypes, item.type))}!${outcome}<br><span class="note"><bdi>${item.by}</bdi> (${say(roles[item.role])}), !${time(context, item.at)}, <a href="${href}">${position}</a></span></p>!${words_}!${evidence}</li>`
}
