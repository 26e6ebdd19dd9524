import { html } from 'ghtml'
import { ledgerReaders } from '../../../http/access-table.ts'
import type { Context } from '../../context.ts'
import type { Html } from '../../page.ts'
import { eventLink, instanceOf, isolated, letterText, listed, person, quote } from '../../parts/appeal.ts'
import { documentName } from '../../parts/appeal-evidence.ts'
import { time } from '../../parts/figures.ts'
import { table } from '../../parts/table.ts'
import type { AppealFile } from '../../reads.ts'
import { appeals as words } from '../../words/appeals.ts'
import { eventTypes, outcomes, roles, term } from '../../words/terms.ts'
import { speech } from './head.ts'

/* The course of a case: everything in its order, who sat on the panel, what it asked and was told. */

type Said = AppealFile['thread'][number]
type Panel = AppealFile['panels'][number]

export function course(context: Context, file: AppealFile): Html {
  const { say } = context
  return html`<section id="course"><h2>${say(words.course)}</h2><ol class="course">!${file.thread.map((said) => step(context, file, said)).join('')}</ol></section>
<section id="panels"><h2>${say(words.panels)}</h2>!${panels(context, file)}</section>
<section id="questions"><h2>${say(words.asked)}</h2>!${questions(context, file)}</section>`
}

const SIDES = {
  unit: words.unitSide,
  headquarters: words.headquartersSide,
  panel: words.panelSide,
  registry: words.registrySide
}

function step(context: Context, { evidence }: AppealFile, said: Said): Html {
  const { say, format } = context
  const result = said.outcome
    ? say(outcomes[said.outcome])
    : said.answer
      ? say(said.answer === 'concede' ? words.concede : words.contest)
      : ''
  const letter = letterText(context, said.letter)
  const cited = said.evidence.map((id) => {
    const document = evidence.find((each) => each.evidence === id)
    return document ? documentName(context, document) : id
  })
  const documents =
    cited.length > 0
      ? html`<p class="note">${say(words.evidenceOf, { list: listed(context, cited.map(isolated)) })}</p>`
      : ''
  const rule = said.ruleReference
    ? html`<p class="note">${say(words.ruleReference, { text: said.ruleReference })}</p>`
    : ''
  return html`<li class="step !${said.side}" id="e-${said.position}"><p><strong>${say(term(eventTypes, said.type))}</strong>!${result ? html`: ${result}` : ''}</p>
<p class="note"><time datetime="${said.at}">${format.weekday(said.at)}</time> · ${say(SIDES[said.side])} · !${person(said.by)} · ${say(roles[said.role])}!${letter ? html` · ${letter}` : ''} · !${eventLink(context, said.event, said.position)}</p>!${quote(said.text)}!${rule}!${documents}</li>`
}

function panels(context: Context, file: AppealFile): Html {
  const { say } = context
  if (file.panels.length === 0) return html`<p class="none">${say(words.panelsNone)}</p>`
  const columns = [
    { head: say(words.instance), cell: ({ instance }: Panel) => html`${instanceOf(context, instance)}` },
    { head: say(words.chair), cell: ({ chair }: Panel) => person(chair) },
    { head: say(words.members), cell: (panel: Panel) => membersOf(context, panel) },
    { head: say(words.assignedBy), cell: ({ by }: Panel) => person(by) },
    { head: say(words.at), cell: ({ at }: Panel) => time(context, at) },
    ...(ledgerReaders.includes(context.actor.role)
      ? [{ head: say(words.eventOf), cell: ({ event }: Panel) => eventLink(context, event) }]
      : [])
  ]
  return table(context, columns, file.panels, { caption: say(words.panels), isCaptionHidden: true })
}

const membersOf = (context: Context, { members }: Panel): Html =>
  members
    .map(({ id, units }) =>
      units.length === 0
        ? person(id)
        : html`!${person(id)} (${context.say(words.ofUnits, { units: listed(context, units.map(isolated)) })})`
    )
    .join(context.format.comma)

function questions(context: Context, file: AppealFile): Html {
  const { say } = context
  if (file.questions.length === 0) return html`<p class="none">${say(words.askedNone)}</p>`
  const isGoingOn = file.status === 'open' || file.status === 'overdue'
  return file.questions
    .map(({ of, question, answer }) => {
      const whom = say(of === 'unit' ? words.askedUnit : words.askedHeadquarters)
      const asked = speech(context, html`<h3>${whom}</h3>`, question)
      const told = answer
        ? speech(context, html`<h3>${say(words.answer)}</h3>`, answer)
        : html`<p class="caution">${say(isGoingOn ? words.unanswered : words.neverAnswered)}</p>`
      return html`<div class="sides"><div class="side">!${asked}</div><div class="side">!${told}</div></div>`
    })
    .join('')
}
