import { html } from 'ghtml'
import type { Context } from '../context.ts'
import type { Named } from '../language.ts'
import type { Html } from '../page.ts'
import type { Step } from '../reads.ts'
import { frame } from '../words/frame.ts'
import { node as words } from '../words/node.ts'
import { scores } from '../words/scores.ts'
import { actName, actor, isWithheld, reasonOf } from './act-words.ts'
import { figure, signed, time } from './figures.ts'
import { measurementWords } from './measurement.ts'
import { nodeLink } from './node-cells.ts'

/* One step of an explanation: what it did to the figure, who did it, when, and on what grounds. */

export interface StepAbout {
  evaluation: string
  origin: 'live' | 'imported'
  /** The node that is explained; steps on others name theirs. */
  node: string
  titles: ReadonlyMap<string, Named>
  /** Whether the particulars are folded below the first line. */
  isFolded: boolean
}

/** An item of the list of steps. */
export function stepItem(context: Context, about: StepAbout, step: Step): Html {
  const head = html`<strong>${actName(context, step)}</strong>!${otherNodes(context, about, step)} !${movement(context, step)}`
  const facts = factsOf(context, about, step)
  const body = about.isFolded
    ? html`<details><summary>!${head}</summary>!${facts}</details>`
    : html`<p class="step-head">!${head}</p>!${facts}`
  return html`<li class="step" id="event-${step.event}">!${body}</li>`
}

/** Named where it is not the one that the page is about; of many only the first few. */
function otherNodes(context: Context, { evaluation, node, titles, isFolded }: StepAbout, step: Step): Html {
  const others = step.nodes.filter((code) => code !== node)
  const shown = others.slice(0, 3).map((code) => {
    const title = titles.get(code)
    if (!title) return html`<bdi>${code}</bdi>`
    // Inside a summary a link would be pressed by mistake.
    return isFolded
      ? html`<bdi>${code}</bdi> ${context.name(title)}`
      : nodeLink(context, evaluation, { code, title })
  })
  const more =
    others.length > shown.length ? ` + ${context.format.number(String(others.length - shown.length))}` : ''
  return shown.length === 0 ? '' : html` · !${shown.join('; ')}${more}`
}

/** Before, after, and what that is to the distance between claim and standing. */
function movement(context: Context, { before, after, delta }: Step): Html {
  const show = (points: string | null) =>
    points === null ? html`<span class="soft">${context.say(words.none)}</span>` : figure(context, points)
  const arrow = context.language === 'fa' ? '←' : '→'
  const moved = before === after ? show(after) : html`!${show(before)} ${arrow} !${show(after)}`
  const kind = delta?.startsWith('-') ? 'bad' : 'good'
  const mark =
    delta === null || delta === '0'
      ? ''
      : html` <span class="delta ${kind}">!${signed(context, delta)}</span>`
  return html`<span class="moved">!${moved}!${mark}</span>`
}

function factsOf(context: Context, about: StepAbout, step: Step): Html {
  const { say } = context
  const href = context.link(`/events/${step.event}`)
  const position = say(scores.event, { position: context.format.number(step.position) })
  const lines: [string, Html][] = [
    [say(words.by), whoLine(context, about, step)],
    [say(words.at), time(context, step.at)],
    [say(words.reason), reasonOf(context, step)],
    [say(words.note), step.note ? html`<blockquote dir="auto">${step.note}</blockquote>` : ''],
    [say(words.measurement), step.measurement ? measurementWords(context, step.measurement) : ''],
    [say(words.letter), letterLine(context, step)],
    [say(words.evidence), evidenceLine(context, step)],
    [say(words.from), sourceLine(context, step)],
    [say(scores.theEvent), isWithheld(step) ? html`${position}` : html`<a href="${href}">${position}</a>`]
  ]
  if (about.isFolded && step.node !== null && step.node !== about.node) {
    const title = about.titles.get(step.node)
    if (title)
      lines.unshift([say(scores.node), nodeLink(context, about.evaluation, { code: step.node, title })])
  }
  const shown = lines.filter(([, body]) => body !== '')
  return html`<dl class="facts">!${shown.map(([head, body]) => html`<dt>${head}</dt><dd>!${body}</dd>`).join('')}</dl>`
}

function whoLine(context: Context, { origin }: StepAbout, step: Step): Html {
  const who = actor(context, step)
  const behalf = step.onBehalf ? html`, ${context.say(words.onBehalf, { person: step.onBehalf.person })}` : ''
  const isCopied = origin === 'imported' && step.type === 'ScoreRecorded' && !isWithheld(step)
  return html`!${who}!${behalf}!${isCopied ? html`<br><span class="note">${context.say(words.imported)}</span>` : ''}`
}

function letterLine({ say, format }: Context, { letter }: Step): Html {
  if (!letter) return ''
  const { number, date, signatory } = letter
  const words_ = say(words.letterOf, { number: format.digits(number), date: format.date(date) })
  return html`${words_}!${signatory ? html`, ${say(words.signed, { signatory })}` : ''}`
}

function evidenceLine(context: Context, step: Step): Html {
  if (isWithheld(step)) return html`${context.say(frame.withheld)}`
  const { evidence } = step
  if (!evidence || evidence.length === 0) return html`${context.say(words.noEvidence)}`
  return evidence.map((id) => html`<code>${id}</code>`).join(', ')
}

const sourceLine = (context: Context, { source }: Step): Html =>
  source
    ? html`<span dir="auto">${context.say(scores.place, { document: source.document, place: source.place })}</span>`
    : ''
