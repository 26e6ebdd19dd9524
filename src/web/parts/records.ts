import { html } from 'ghtml'
import { formatPoints, parsePoints } from '../../points.ts'
import type { Context } from '../context.ts'
import type { Named } from '../language.ts'
import type { Html } from '../page.ts'
import { frame } from '../words/frame.ts'
import { records as words } from '../words/records.ts'
import { roles, term } from '../words/terms.ts'
import { figure } from './figures.ts'

/* What lists of acts, events and discrepancies have in common: links to what they are about, and who did it. */

/** An event by its number, leading to the event itself. */
export const eventLink = (
  context: Context,
  { event, position }: { event: string; position: string | null }
): Html =>
  html`<a href="${context.link(`/events/${event}`)}">!${position === null ? html`<code>${event.slice(0, 8)}</code>` : figure(context, position)}</a>`

/** A node of an evaluation by its title, with the code that reports know it by. */
export function nodeLink(context: Context, evaluation: string, node: string, title: Named | null): Html {
  const isTotal = node === 'total'
  const name = isTotal
    ? context.say(words.total)
    : title
      ? context.name(title)
      : context.say(words.unknownNode)
  const code = isTotal ? '' : html` <bdi class="code">${node}</bdi>`
  if (!title && !isTotal) return html`<span class="soft">${name}</span>!${code}`
  const path = `/evaluations/${evaluation}/nodes/${encodeURIComponent(node)}`
  return html`<a href="${context.link(path)}">${name}</a>!${code}`
}

/** An evaluation by the name of its unit and its period. */
export const evaluationLink = (
  context: Context,
  { evaluation, unitName, period }: { evaluation: string; unitName: Named; period: string }
): Html =>
  html`<a href="${context.link(`/evaluations/${evaluation}`)}">${context.name(unitName)}${context.format.comma}<bdi>${context.format.digits(period)}</bdi></a>`

/** Who did it and as what; readers of figures are told that it is not shown. */
export function person(
  context: Context,
  { by, role, units }: { by: string | null; role: string | null; units: readonly string[] | null }
): Html {
  if (by === null) return withheld(context)
  const of = units && units.length > 0 ? html` <span class="soft"><bdi>${units.join(', ')}</bdi></span>` : ''
  return html`<bdi>${by}</bdi> <span class="soft">${context.say(term(roles, role ?? ''))}</span>!${of}`
}

export const withheld = (context: Context): Html =>
  html`<span class="soft">${context.say(frame.withheld)}</span>`

interface LetterParts {
  number: string
  date: string
  signatory?: string | undefined
}

/** A letter by its number and date, and who signed it. */
export const letter = (context: Context, { number, date, signatory }: LetterParts): Html =>
  html`${context.say(words.letterOf)} <bdi>${context.format.digits(number)}</bdi>${context.format.comma}<bdi>${context.format.date(date)}</bdi>!${signatory ? html` <span class="soft">${signatory}</span>` : ''}`

/** Where something is printed, in the words of the report. */
export const source = ({ document, place }: { document: string; place: string }): Html =>
  html`<cite dir="auto">${document}</cite> <span class="soft" dir="auto">${place}</span>`

/** By how much a figure moved; null where one of the two is missing. */
export function moved(before: string | null, after: string | null): string | null {
  if (before === null || after === null) return null
  const by = parsePoints(after) - parsePoints(before)
  return by < 0 ? `-${formatPoints(-by)}` : formatPoints(by)
}

/** Words of any length in a cell that keeps its width. */
export const prose = (markup: Html): Html => (markup === '' ? '' : html`<div class="prose">!${markup}</div>`)
