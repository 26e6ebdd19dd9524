import { html } from 'ghtml'
import type { Context } from '../../context.ts'
import type { Html } from '../../page.ts'
import { figure, signed } from '../../parts/figures.ts'
import { sentence } from '../../parts/sentence.ts'
import { stepItem } from '../../parts/step.ts'
import type { Step } from '../../reads.ts'
import { node as words } from '../../words/node.ts'
import type { Model } from '../node.ts'
import { sortSteps, sumOf } from './steps-of.ts'

/** More steps than these are folded, each below its first line. */
const OPEN_MAX = 6

/** Every act in its order: what moved the figure open, the rest folded but there. */
export function stepsSection(model: Model, context: Context): Html {
  const { why, node } = model
  const { say } = context
  if (why.steps.length === 0) return html`<p>${say(words.noSteps)}</p>`
  const { moving, alike, still } = sortSteps(why.steps)
  const count = (steps: readonly Step[]) => context.format.number(String(steps.length))
  // Of a leaf the claim is part of the story; of a sum the claims of all its leaves would bury it.
  const told = node.leaf ? why.steps.filter(({ delta }) => delta !== null) : moving
  const claims = node.leaf ? [] : alike
  return html`!${listOf(model, context, told, told.length > OPEN_MAX)}!${sumLine(model, context, moving)}!${folded(model, context, say(words.stepsClaims, { count: count(claims) }), claims)}!${folded(model, context, say(words.stepsStill, { count: count(still) }), still)}`
}

function listOf({ card, node }: Model, context: Context, steps: readonly Step[], isFolded: boolean): Html {
  if (steps.length === 0) return ''
  const titles = new Map([card.total, ...card.nodes].map((each) => [each.code, each.title]))
  const about = { evaluation: card.evaluation, origin: card.origin, node: node.code, titles, isFolded }
  return html`<ol class="steps">!${steps.map((step) => stepItem(context, about, step)).join('')}</ol>`
}

const folded = (model: Model, context: Context, head: string, steps: readonly Step[]): Html =>
  steps.length === 0
    ? ''
    : html`<details><summary>${head}</summary>!${listOf(model, context, steps, true)}</details>`

/** The proof: what the steps add up to is what stands less what was claimed. */
function sumLine({ why }: Model, context: Context, moving: readonly Step[]): Html {
  const sum = signed(context, sumOf(moving.map(({ delta }) => delta)))
  if (!why.self || !why.standing)
    return html`<p class="sum">!${sentence(context, words.sumLineNone, { sum })}</p>`
  const places = {
    sum,
    standing: figure(context, why.standing.points),
    self: figure(context, why.self.points)
  }
  return html`<p class="sum">!${sentence(context, words.sumLine, places)}</p>`
}
