import { html } from 'ghtml'
import type { Context } from '../../context.ts'
import type { Html } from '../../page.ts'
import { actLine, isWithheld, reasonOf } from '../../parts/act-words.ts'
import { figure, percent, signed, tag } from '../../parts/figures.ts'
import { nodeLink, stateTags } from '../../parts/node-cells.ts'
import { sentence } from '../../parts/sentence.ts'
import type { Step } from '../../reads.ts'
import { frame } from '../../words/frame.ts'
import { node as words } from '../../words/node.ts'
import { scores } from '../../words/scores.ts'
import type { Model } from '../node.ts'
import { largestOf, sortSteps, sumOf } from './steps-of.ts'

/** The whole answer in two sentences: what was claimed, what stands, and what moved it. */
export function leadSection(model: Model, context: Context): Html {
  const { why, node } = model
  const partial = why.partial
    ? html`<p>!${tag(context.say(scores.partial), 'bad')} ${context.say(words.partial)}</p>`
    : ''
  const tags = stateTags(context, node)
  return html`<p class="lead">!${figures(model, context)}!${moved(model, context)}</p>!${partial}!${tags && !why.partial ? html`<p>!${tags}</p>` : ''}`
}

function figures({ why, card }: Model, context: Context): Html {
  const { self, standing, ceiling, applicableCeiling } = why
  if (!why.applicable) return sentence(context, words.notApplicable, { ceiling: figure(context, ceiling) })
  const of = { ceiling: figure(context, applicableCeiling) }
  const claimed = self && {
    self: html`<strong>!${figure(context, self.points)}</strong>`,
    selfPercent: percent(context, self.percent)
  }
  const stands = standing && {
    standing: html`<strong>!${figure(context, standing.points)}</strong>`,
    percent: percent(context, standing.percent)
  }
  if (claimed && stands) return sentence(context, words.claimed, { ...of, ...claimed, ...stands })
  if (claimed) return sentence(context, words.onlyClaim, { ...of, ...claimed })
  if (!stands) return html`${context.say(words.nothing)}`
  const missing = card.origin === 'imported' ? frame.notInSource : frame.noData
  return sentence(context, words.noClaim, { ...of, ...stands, claim: html`${context.say(missing)}` })
}

function moved({ why, card, node }: Model, context: Context): Html {
  const { moving } = sortSteps(why.steps)
  const largest = largestOf(moving)
  if (!why.applicable || !why.self || !why.standing) return ''
  if (!largest) return html` ${context.say(words.movedNone)}`
  const act = actWords(context, { evaluation: card.evaluation, node, card }, largest)
  if (moving.length === 1) {
    const one = sentence(context, words.movedOne, { act, delta: signed(context, largest.delta) })
    return html` !${one} !${reasonSentence(context, largest)}`
  }
  const many = sentence(context, words.movedMany, {
    count: figure(context, String(moving.length)),
    delta: signed(context, sumOf(moving.map(({ delta }) => delta))),
    act,
    largest: signed(context, largest.delta)
  })
  return html` !${many} !${reasonSentence(context, largest)}`
}

function actWords(
  context: Context,
  { evaluation, node, card }: { evaluation: string; node: Model['node']; card: Model['card'] },
  step: Step
): Html {
  const other = step.node === node.code ? undefined : card.nodes.find(({ code }) => code === step.node)
  const line = actLine(context, step)
  return other ? html`!${nodeLink(context, evaluation, other)}: !${line}` : line
}

function reasonSentence(context: Context, step: Step): Html {
  if (isWithheld(step)) return html`${context.say(words.reasonWithheld)}`
  const reason = reasonOf(context, step)
  if (reason === '') return ''
  if (!step.reason && !step.reasonCode) return html`<strong>${context.say(words.reasonMissing)}</strong>`
  return sentence(context, words.theReason, { reason })
}
