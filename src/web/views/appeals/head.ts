import { html } from 'ghtml'
import type { Context } from '../../context.ts'
import type { Html } from '../../page.ts'
import {
  claimText,
  deadline,
  eventLink,
  facts,
  instanceOf,
  isolated,
  lastInstant,
  letterText,
  measurementText,
  person,
  quote,
  statusTag
} from '../../parts/appeal.ts'
import { signed } from '../../parts/figures.ts'
import type { AppealFile } from '../../reads.ts'
import { appeals as words } from '../../words/appeals.ts'
import { eventTypes, outcomes, reasons, roles, term } from '../../words/terms.ts'
import type { CaseModel } from './model.ts'

/* What the case is about, and what both sides say of it, beside each other. */

type Said = AppealFile['thread'][number]

export function head(context: Context, { file, unitName }: CaseModel): Html {
  const { say, format } = context
  const evaluation = context.link(`/evaluations/${file.evaluation}`)
  const node = context.link(`/evaluations/${file.evaluation}/nodes/${file.node}`)
  const measured = 'measurement' in file.claim ? file.claim.measurement : undefined
  const outcome = file.outcome ? html` · ${say(outcomes[file.outcome])}` : ''
  return facts([
    [
      say(words.status),
      html`!${statusTag(context, file.status)}!${outcome} · ${say(words.instance)}: ${instanceOf(context, file.instance)}`
    ],
    [say(words.due), deadline(context, file)],
    [say(words.claim), html`<strong>${claimText(context, file)}</strong>`],
    [say(words.measurement), measured ? html`${measurementText(context, measured)}` : ''],
    [say(words.moved), file.moved === null ? '' : signed(context, file.moved)],
    [say(words.unit), html`<a href="${context.link(`/units/${file.unit}`)}">${context.name(unitName)}</a>`],
    [say(words.evaluation), html`<a href="${evaluation}"><bdi>${file.evaluation}</bdi></a>`],
    [
      say(words.node),
      html`<a href="${node}">${file.title ? context.name(file.title) : file.node}</a> <bdi class="soft">${file.node}</bdi>`
    ],
    [say(words.case), file.case === null ? '' : html`<bdi>${file.case}</bdi>`],
    [
      say(words.filedBy),
      html`!${person(file.filedBy)} · ${format.moment(file.filedAt)}!${behalf(context, file)}`
    ],
    [
      say(words.escalation),
      file.status === 'decided' && file.escalationClosesAt !== null
        ? html`${format.weekday(lastInstant(file.escalationClosesAt))}`
        : ''
    ]
  ])
}

function behalf(context: Context, { thread }: AppealFile): Html {
  const onBehalf = thread.find((said) => said.onBehalf)?.onBehalf
  if (!onBehalf) return ''
  const letter = letterText(context, onBehalf.letter)
  return html` (${context.say(words.onBehalf, { person: isolated(onBehalf.person), letter })})`
}

/** Both sides' words, each in its own column: the act that is disputed stands with those who did it. */
export function sides(context: Context, file: AppealFile): Html {
  const { say } = context
  const of = (side: Said['side']) => file.thread.filter((said) => said.side === side && said.text !== null)
  const unit = of('unit').map((said) => speech(context, heading(titleOf(context, said)), said))
  const answers = of('headquarters').map((said) => speech(context, heading(titleOf(context, said)), said))
  const act = file.act ? [speech(context, heading(actTitle(context, file)), file.act)] : []
  const silent = answers.length === 0 ? html`<p class="none">${say(words.headquartersSilent)}</p>` : ''
  const none = unit.length === 0 ? html`<p class="none">${say(words.unitSilent)}</p>` : ''
  return html`<div class="sides"><div class="side"><h3>${say(words.unitSide)}</h3>!${unit.join('')}!${none}</div>
<div class="side"><h3>${say(words.headquartersSide)}</h3>!${act.join('')}!${answers.join('')}!${silent}</div></div>`
}

const heading = (title: string): Html => html`<h4>${title}</h4>`

function titleOf({ say }: Context, said: Said): string {
  switch (said.type) {
    case 'AppealFiled':
      return say(words.grounds)
    case 'AppealEscalated':
      return say(words.further)
    case 'AppealAnswered':
      return `${say(words.answer)}: ${say(said.answer === 'concede' ? words.concede : words.contest)}`
    case 'AppealInformationProvided':
      return say(words.reply)
    default:
      return say(term(eventTypes, said.type))
  }
}

function actTitle({ say }: Context, { act }: AppealFile): string {
  const what = say(term(eventTypes, act?.type ?? ''))
  return `${say(words.disputedAct)}: ${what}`
}

/** Something that somebody said below a heading, with who, when, by which letter and where it stands in the ledger. */
export function speech(
  context: Context,
  heading: Html,
  said: Pick<
    Said,
    | 'by'
    | 'role'
    | 'at'
    | 'text'
    | 'reasonCode'
    | 'letter'
    | 'event'
    | 'position'
    | 'measurement'
    | 'ruleReference'
  >
): Html {
  const { say, format } = context
  const letter = letterText(context, said.letter)
  const reason = said.reasonCode ? html`<p>${say(term(reasons, said.reasonCode))}</p>` : ''
  const measured = said.measurement
    ? html`<p class="note">${say(words.measurement)}: ${measurementText(context, said.measurement)}</p>`
    : ''
  const rule = said.ruleReference
    ? html`<p class="note">${say(words.ruleReference, { text: said.ruleReference })}</p>`
    : ''
  return html`<article class="said">!${heading}<p class="note">!${person(said.by)} · ${say(roles[said.role])} · <time datetime="${said.at}">${format.moment(said.at)}</time>!${letter ? html` · ${letter}` : ''} · !${eventLink(context, said.event, said.position)}</p>!${reason}!${quote(said.text)}!${measured}!${rule}</article>`
}
