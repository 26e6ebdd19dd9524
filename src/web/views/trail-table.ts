import { html } from 'ghtml'
import type { Context } from '../context.ts'
import type { Html } from '../page.ts'
import { tag, time } from '../parts/figures.ts'
import {
  evaluationLink,
  eventLink,
  letter,
  moved,
  nodeLink,
  person,
  prose,
  source,
  withheld
} from '../parts/records.ts'
import { type Column, figures, table } from '../parts/table.ts'
import type { Act } from '../reads.ts'
import { frame } from '../words/frame.ts'
import { records } from '../words/records.ts'
import { eventTypes, levels, reasons, term } from '../words/terms.ts'
import { trail as words } from '../words/trail.ts'

/* Acts as a table: of one evaluation, where it need not be said which, or of all. */

export const actTable = (
  context: Context,
  acts: readonly Act[],
  { caption, isAcross }: { caption: string; isAcross: boolean }
): Html => table(context, columnsOf(context, acts, isAcross), acts, { caption })

function columnsOf(context: Context, acts: readonly Act[], isAcross: boolean): Column<Act>[] {
  const { say } = context
  const where: Column<Act> = {
    head: say(records.evaluation),
    cell: (act) => prose(evaluationLink(context, act))
  }
  return [
    { head: say(records.event), isFigure: true, cell: (act) => eventLink(context, act) },
    { head: say(records.at), cell: ({ at }) => time(context, at) },
    { head: say(words.act), cell: (act) => whatOf(context, act) },
    ...(isAcross ? [where] : []),
    { head: say(words.node), cell: (act) => prose(nodeOf(context, act)) },
    figures(context, say(words.before), acts, ({ before }) => before),
    figures(context, say(words.after), acts, ({ after }) => after),
    figures(context, say(words.difference), acts, ({ before, after }) => moved(before, after), {
      signed: true
    }),
    { head: say(records.who), cell: (act) => whoOf(context, act) },
    { head: say(words.reason), cell: (act) => prose(reasonOf(context, act)) },
    { head: say(words.grounds), cell: (act) => prose(groundsOf(context, act)) },
    { head: say(words.links), cell: (act) => linksOf(context, act) }
  ]
}

const whatOf = (context: Context, { type, level }: Act): Html =>
  html`${context.say(term(eventTypes, type))}!${level ? html` !${tag(context.say(levels[level]), 'soft')}` : ''}`

function nodeOf(context: Context, { evaluation, node, nodes, nodeTitle }: Act): Html {
  if (node !== null) return nodeLink(context, evaluation, node, nodeTitle)
  if (nodes.length === 0) return ''
  const count = context.say(words.nodes, { count: context.format.number(nodes.length) })
  return html`<details><summary>${count}</summary><bdi class="code">${nodes.join(', ')}</bdi></details>`
}

function whoOf(context: Context, { by, role, byUnits, onBehalf }: Act): Html {
  const who = person(context, { by, role, units: byUnits })
  if (!onBehalf) return who
  return html`!${who}<br><span class="soft">${context.say(words.onBehalf, { person: onBehalf.person })}</span>`
}

/** What the source does not give is said so; what is withheld is said to be withheld. */
function reasonOf(context: Context, act: Act): Html {
  if (act.by === null) return withheld(context)
  const code = act.reasonCode === null ? '' : tag(context.say(term(reasons, act.reasonCode)))
  const said = act.reason === null ? '' : html`<p dir="auto">${act.reason}</p>`
  const note = act.note === null ? '' : html`<p class="soft" dir="auto">${act.note}</p>`
  if (code === '' && said === '' && note === '' && act.source !== null)
    return html`<span class="soft">${context.say(frame.notInSource)}</span>`
  return html`!${code}!${said}!${note}`
}

function groundsOf(context: Context, act: Act): Html {
  const { say, format } = context
  const lines = [
    act.letter ? letter(context, act.letter) : '',
    act.onBehalf ? letter(context, act.onBehalf.letter) : '',
    act.source ? source(act.source) : '',
    act.printed === null ? '' : html`${say(words.printed, { printed: act.printed })}`,
    act.evidence && act.evidence.length > 0
      ? html`${say(words.evidence, { count: format.number(act.evidence.length) })}`
      : '',
    act.by === null ? withheld(context) : ''
  ]
  return lines
    .filter((line) => line !== '')
    .map((line) => html`<p>!${line}</p>`)
    .join('')
}

/** What an act answers and what answered it, each by its number. */
function linksOf(context: Context, { cause, caused, causedIsMore }: Act): Html {
  const { say } = context
  const answers = cause ? html`<p>${say(records.causedBy)}: !${eventLink(context, cause)}</p>` : ''
  if (caused.length === 0) return answers
  const list = caused.map((each) => eventLink(context, each)).join(context.format.comma)
  const more = causedIsMore ? html` <span class="soft">${say(records.andMore)}</span>` : ''
  return html`!${answers}<p>${say(records.caused)}: !${list}!${more}</p>`
}
