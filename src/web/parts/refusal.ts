import { html } from 'ghtml'
import { dayOf, startOfDay } from '../../clock.ts'
import type { Context, SentForm } from '../context.ts'
import type { Html } from '../page.ts'
import { form as words } from '../words/form.ts'
import { lastInstant } from './appeal.ts'

/* What tells people that something they sent was refused: in its form, or above a page that has no such form any more. */

/** Where the box stands; every form leads there, so that it is in sight. A page shows one refusal at most. */
export const REFUSAL = 'refusal'

type Told = Pick<SentForm['problem'], 'code' | 'title' | 'detail' | 'event'>

/** What was refused and why, with lines about single answers. */
export function refusalBox(context: Context, problem: Told, lines: readonly Html[]): Html {
  return html`<div class="refusal" id="${REFUSAL}" role="alert" tabindex="-1"><h3>${problem.title}</h3>!${reasons(context, problem, lines)}</div>`
}

/**
 * The same for a page without the form: its stage has moved, or somebody else was faster. Nothing that was typed is
 * lost, so it stands here to be copied.
 */
export function refusalWithoutForm(context: Context, { problem, values }: SentForm): Html {
  const lines = (problem.errors ?? []).map(({ pointer, detail }) =>
    pointer === '' ? html`<li>${detail}</li>` : html`<li><bdi>${pointer}</bdi>: ${detail}</li>`
  )
  return html`<div class="refusal" id="${REFUSAL}" role="alert" tabindex="-1"><h2>${problem.title}</h2>!${reasons(context, problem, lines)}
<p>${context.say(words.notRecorded)}</p>!${sentWords(context, Object.entries(values))}</div>`
}

const INSTANT = /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z/g

/** The sentence of a refusal with its instants as the reader's calendar has them. */
export const told = ({ format }: Context, sentence: string): string =>
  sentence.replace(INSTANT, (written) => {
    const instant = new Date(written).toISOString()
    // What ends with a day ends at the first instant of the next one.
    return startOfDay(dayOf(instant)) === instant
      ? format.weekday(lastInstant(instant))
      : format.moment(instant)
  })

function reasons(context: Context, { code, detail, event }: Told, lines: readonly Html[]): Html {
  const { link, say } = context
  const sentence = code === 'malformed' ? say(words.someWrong) : told(context, detail)
  const led = event ? html`<p><a href="${link(`/events/${event}`)}">${say(words.theEvent)}</a></p>` : ''
  return html`<p>${sentence}</p>!${led}!${lines.length > 0 ? html`<ul>!${lines.join('')}</ul>` : ''}`
}

/** Whether a page tells of a refusal already. What people write cannot spell it: its quotes are escaped. */
export const holdsRefusal = (markup: Html): boolean => markup.includes(`id="${REFUSAL}"`)

/** Everything that a form sent, for whoever typed it to see and to copy. */
export function sentWords(
  { say }: Context,
  fields: readonly (readonly [name: string, value: string])[]
): Html {
  const typed = fields
    .filter(([name, value]) => !name.startsWith('_') && value.trim() !== '')
    .map(([, value]) => html`<li dir="auto">${value}</li>`)
  return html`<h2>${say(words.yourWords)}</h2><ul class="sent">!${typed.join('')}</ul>`
}
