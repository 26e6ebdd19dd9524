import { html } from 'ghtml'
import type { Context } from '../../context.ts'
import type { Html } from '../../page.ts'
import { eventLink, instanceOf, letterText, measurementText, person, quote } from '../../parts/appeal.ts'
import { percent } from '../../parts/figures.ts'
import { figures, table } from '../../parts/table.ts'
import type { AppealFile } from '../../reads.ts'
import { appeals as words } from '../../words/appeals.ts'
import { outcomes } from '../../words/terms.ts'

/* What was decided, and what it did to the figures. */

export type Decision = AppealFile['decisions'][number]
type Change = Decision['figures']['node']

export function decisionsOf(context: Context, file: AppealFile): Html {
  const { say, format } = context
  if (file.decisions.length === 0) return html`<p class="none">${say(words.decisionsNone)}</p>`
  return file.decisions
    .map((decision) => {
      const { instance, outcome, at, by, letter, event, position } = decision
      const address = context.link(`/appeals/${file.appeal}/letter`, { instance: String(instance) })
      const title = say(words.decisionOf, { instance: instanceOf(context, instance) })
      const written = letterText(context, letter)
      return html`<article class="decision"><h3>${title}: ${say(outcomes[outcome])}</h3>
<p class="note">!${person(by)} · <time datetime="${at}">${format.weekday(at)}</time>!${written ? html` · ${written}` : ''} · !${eventLink(context, event, position)} · <a href="${address}">${say(words.toLetter)}</a></p>
!${resultLine(context, decision)}<h4>${say(words.findings)}</h4>!${quote(decision.findings)}!${
        decision.dissent ? html`<h4>${say(words.dissent)}</h4>!${quote(decision.dissent)}` : ''
      }!${figuresTable(context, decision)}<p><strong>${say(words.remedy)}:</strong> ${remedyText(context, decision, isOver(context, file, decision))}</p></article>`
    })
    .join('')
}

/** Whether what a decision had left open cannot be asked for any more. */
const isOver = (
  { query, now }: Context,
  { status, instance }: AppealFile,
  { remedy, instance: decided }: Decision
): boolean =>
  status !== 'decided' ||
  instance > decided ||
  (query.asOf === undefined && remedy.until !== null && remedy.until <= now)

/** What a decision gave; nothing where it changed nothing. */
export function resultLine(context: Context, { result }: Decision): Html {
  const { say, format } = context
  if (!result) return ''
  const parts = [
    ...(result.applicable === null
      ? []
      : [say(result.applicable ? words.claimAppliesOnly : words.notApplicableStood)]),
    ...(result.points === null ? [] : [`${say(words.result)}: ${format.number(result.points)}`]),
    ...(result.measurement
      ? [`${say(words.measurement)}: ${measurementText(context, result.measurement)}`]
      : [])
  ]
  return html`<p>${parts.join(' · ')}</p>`
}

/** The node, its set and the total, before and after. */
export function figuresTable(
  context: Context,
  { figures: changes }: Decision,
  { isCaptionHidden = false } = {}
): Html {
  const { say } = context
  const rows = [changes.node, changes.set, changes.total]
  // Where a node has nothing above it but the total, it is its own set.
  const distinct = rows.filter((row, index) => rows.findIndex(({ code }) => code === row.code) === index)
  return table(
    context,
    [
      {
        head: say(words.figure),
        cell: ({ title, code }: Change) => html`${title ? context.name(title) : code}`
      },
      figures(context, say(words.before), distinct, ({ before }) => before.points),
      figures(context, say(words.after), distinct, ({ after }) => after.points),
      figures(context, say(words.difference), distinct, ({ difference }) => difference, { signed: true }),
      percentColumn(context, say(words.percentBefore), ({ before }) => before),
      percentColumn(context, say(words.percentAfter), ({ after }) => after),
      { head: say(words.grade), cell: (change: Change) => gradeChange(context, change) }
    ],
    distinct,
    { caption: say(words.figures), isCaptionHidden }
  )
}

const percentColumn = (context: Context, head: string, side: (change: Change) => Change['before']) => ({
  head,
  isFigure: true,
  cell: (change: Change) => {
    const { percent: value, applicable, partial } = side(change)
    if (!applicable) return html`<span class="soft">${context.say(words.notApplicableStood)}</span>`
    return html`!${percent(context, value)}!${partial ? html` <span class="soft">${context.say(words.partial)}</span>` : ''}`
  }
})

function gradeChange(context: Context, { before, after }: Change): Html {
  const [was, is] = [before.grade, after.grade].map((grade) => (grade ? context.name(grade) : null))
  if (!is) return html`${was ?? ''}`
  return was === is || !was
    ? html`${is}`
    : html`${context.say(words.gradeChange, { before: was, after: is })}`
}

/** What the unit can still do about a decision, or could, and until which day. */
export function remedyText({ say, format }: Context, { remedy }: Decision, isOver = false): string {
  if (remedy.next === 'escalate') {
    const day = format.weekday(remedy.lastDay)
    return say(isOver ? words.remedyOver : words.remedyEscalate, { day })
  }
  const whys = {
    upheld: words.remedyUpheld,
    'last-instance': words.remedyLast,
    'no-window': words.remedyNone
  }
  return say(whys[remedy.why])
}
