import { html } from 'ghtml'
import { dayOf, startOfDay } from '../../clock.ts'
import { ledgerReaders } from '../../http/access-table.ts'
import type { Context } from '../context.ts'
import type { Html } from '../page.ts'
import type { Appeal, AppealFile } from '../reads.ts'
import { appeals as words } from '../words/appeals.ts'
import { appealStatuses } from '../words/terms.ts'
import { tag } from './figures.ts'

/* What several pages say of an appeal, in the same words. */

type Claim = Appeal['claim']
type Letter = AppealFile['thread'][number]['letter']
export type Measured = NonNullable<Extract<Claim, { points: string }>['measurement']>

const KINDS: Record<Appeal['status'], string> = {
  open: 'warn',
  overdue: 'bad',
  decided: 'good',
  withdrawn: 'soft'
}

export const statusTag = ({ say }: Context, status: Appeal['status']): Html =>
  tag(say(appealStatuses[status]), KINDS[status])

/** Which instance, in a word. */
export const instanceOf = ({ say }: Context, instance: number): string =>
  say(instance === 1 ? words.first : words.second)

/** The last instant at which something that ends at `until`, exclusive, can still be done. */
export const lastInstant = (until: string): string => new Date(Date.parse(until) - 1).toISOString()

/** The last day with its weekday, and how many days are left or over, in words. */
export function deadline(context: Context, { dueAt, daysLeft, status }: Appeal): Html {
  const day = context.format.weekday(lastInstant(dueAt))
  if (daysLeft === null) return html`<span class="soft">${context.say(words.wasDue, { day })}</span>`
  // A window of no days closes in the middle of the day on which it opens.
  const over = -daysLeft - (startOfDay(dayOf(dueAt)) === dueAt ? 0 : 1)
  const left = status === 'overdue' ? daysOver(context, over) : daysToGo(context, daysLeft)
  const kind = status === 'overdue' ? 'bad' : daysLeft <= 2 ? 'warn' : ''
  return html`<time datetime="${dueAt}">${day}</time> !${tag(left, kind)}`
}

/** How many days are left after today. */
export function daysToGo({ say, format }: Context, days: number): string {
  if (days <= 0) return say(words.lastDay)
  return days === 1 ? say(words.oneDayLeft) : say(words.daysLeft, { days: format.number(days) })
}

function daysOver({ say, format }: Context, days: number): string {
  if (days <= 0) return say(words.overdueToday)
  return days === 1 ? say(words.overdueOne) : say(words.overdue, { days: format.number(days) })
}

/** What is claimed against what stood, as one sentence. */
export function claimText(
  { say, format }: Context,
  { claim, disputed, ceiling }: Pick<Appeal, 'claim' | 'disputed'> & { ceiling: string }
): string {
  const stood = disputed.applicable
    ? disputed.points === null
      ? say(words.nothingStood)
      : format.number(disputed.points)
    : say(words.notApplicableStood)
  const values = { stood, ceiling: format.number(ceiling) }
  if ('applicable' in claim && !claim.applicable) return say(words.claimNotApplicable, values)
  const points = claim.points
  if (points === undefined) return say(words.claimAppliesOnly)
  const claimed = { ...values, claimed: format.number(points) }
  return say('applicable' in claim ? words.claimApplies : words.claimPoints, claimed)
}

/** What was measured, as one line. */
export function measurementText(context: Context, measured: Measured): string {
  const { say, format } = context
  const numerator = format.number(measured.numerator)
  const parts = [
    measured.denominator === undefined
      ? numerator
      : say(words.of, { numerator, denominator: format.number(measured.denominator) })
  ]
  if (measured.baseline) parts.push(say(words.baseline, { baseline: format.number(measured.baseline) }))
  if (measured.target) parts.push(say(words.targetOf, { target: format.number(measured.target) }))
  return listed(context, parts)
}

export const listed = ({ format }: Pick<Context, 'format'>, items: readonly string[]): string =>
  items.join(format.comma)

/** The letter by which something was done; nothing where there was none. */
export function letterText(context: Context, letter: Letter): string {
  const { say, format } = context
  if (!letter) return ''
  const { number, date, signatory } = letter
  const text = say(words.letterOf, { number: isolated(format.digits(number)), date: format.date(date) })
  const signed = signatory === undefined ? [] : [say(words.signedBy, { person: isolated(signatory) })]
  return listed(context, [text, ...signed])
}

/** An event by its number, with the way to it for those who read the ledger. */
export function eventLink(context: Context, event: string, position?: string): Html {
  const { say, format, actor } = context
  const text =
    position === undefined
      ? say(words.eventOf)
      : say(words.eventNumber, { position: format.number(position) })
  return ledgerReaders.includes(actor.role)
    ? html`<a href="${context.link(`/events/${event}`)}">${text}</a>`
    : position === undefined
      ? ''
      : html`${text}`
}

/** A name or a code inside a sentence, kept apart from the direction of the words around it. */
export const isolated = (text: string): string => (/[A-Za-z]/.test(text) ? `\u2068${text}\u2069` : text)

/** An id of a person, kept apart from the direction of the words around it. */
export const person = (id: string): Html => html`<bdi>${id}</bdi>`

/** Words of a person, as they were written. */
export const quote = (text: string | null): Html =>
  text === null ? '' : html`<blockquote dir="auto">${text}</blockquote>`

/** Terms and what is said about them; what is empty is left out. */
export const facts = (rows: readonly (readonly [term: string, said: Html])[]): Html =>
  html`<dl class="facts">!${rows
    .filter(([, said]) => said !== '')
    .map(([term, said]) => html`<dt>${term}</dt><dd>!${said}</dd>`)
    .join('')}</dl>`
