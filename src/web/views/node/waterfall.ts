import { html } from 'ghtml'
import { chartFigure } from '../../charts/figure.ts'
import { type WaterfallStep, waterfall } from '../../charts/waterfall.ts'
import type { Context } from '../../context.ts'
import type { Html } from '../../page.ts'
import { actName } from '../../parts/act-words.ts'
import { nodeName } from '../../parts/node-cells.ts'
import { figures, table } from '../../parts/table.ts'
import type { ScoreNode, Step } from '../../reads.ts'
import { node as words } from '../../words/node.ts'
import { scores } from '../../words/scores.ts'
import type { Model } from '../node.ts'
import { sortSteps, sumOf } from './steps-of.ts'

/** More steps than these are drawn by the part of the tree that they fell on. */
const STEPS_MAX = 14

/** The way from the claim to what stands, as a drawing. */
export function waterfallSection(model: Model, context: Context): Html {
  const { why } = model
  const { say, format } = context
  if (!why.self && !why.standing) return ''
  const { moving } = sortSteps(why.steps)
  const steps = drawnSteps(model, context, moving)
  const [self, standing] = [why.self?.points ?? '0', why.standing?.points ?? '0']
  const label = say(words.waterfallOf, { self: format.number(self), standing: format.number(standing) })
  const ends = {
    claim: { label: say(words.claim), points: self },
    standing: { label: say(words.standing), points: standing }
  }
  const { chart, from } = waterfall(context, { label, ...ends, steps })
  const rows = [
    { label: ends.claim.label, delta: null, points: self },
    ...steps.map((step, index) => ({
      ...step,
      points: sumOf([self, ...steps.slice(0, index + 1).map(({ delta }) => delta)])
    })),
    { label: ends.standing.label, delta: null, points: standing }
  ]
  const legend = [
    { kind: 'self' as const, word: say(words.claim) },
    { kind: 'loss' as const, word: say(words.taken) },
    { kind: 'gain' as const, word: say(words.given) },
    { kind: 'standing' as const, word: say(words.standing) }
  ]
  const columns = [
    { head: say(words.step), cell: (row: (typeof rows)[number]) => html`${row.label}` },
    figures(context, say(words.delta), rows, ({ delta }) => delta, { signed: true }),
    figures(context, say(scores.points), rows, ({ points }) => points)
  ]
  return chartFigure(context, {
    caption: label,
    chart,
    legend,
    table: table(context, columns, rows, { caption: label, isCaptionHidden: true }),
    ...(from === 0 ? {} : { note: say(scores.axisFrom, { from: format.number(String(from)) }) })
  })
}

function drawnSteps(model: Model, context: Context, moving: readonly Step[]): WaterfallStep[] {
  const { card, node } = model
  const byCode = new Map(card.nodes.map((each) => [each.code, each]))
  const onOthers = moving.some((step) => step.node !== node.code)
  if (!onOthers || moving.length <= STEPS_MAX) {
    return moving.map((step) => ({ label: stepLabel(context, step, node, byCode), delta: step.delta ?? '0' }))
  }
  const parts = new Map<string, string[]>()
  for (const { node: code, delta } of moving) {
    const part = partOf(code, node.code, byCode)
    parts.set(part, [...(parts.get(part) ?? []), delta ?? '0'])
  }
  return [...parts].map(([code, deltas]) => ({
    label: nodeName(context, byCode.get(code) ?? node),
    delta: sumOf(deltas)
  }))
}

function stepLabel(
  context: Context,
  step: Step,
  node: ScoreNode,
  byCode: ReadonlyMap<string, ScoreNode>
): string {
  const other = step.node === node.code ? undefined : byCode.get(step.node ?? '')
  if (other) return nodeName(context, other)
  return `${actName(context, step)}${context.format.comma}${context.format.date(step.at)}`
}

/** The child of a node that something lies in; the node itself where it lies in none. */
function partOf(code: string | null, top: string, byCode: ReadonlyMap<string, ScoreNode>): string {
  const root = top === 'total' ? null : top
  let at = code
  while (at !== null) {
    const parent = byCode.get(at)?.parent ?? null
    if (parent === root) return byCode.has(at) ? at : top
    at = parent
  }
  return top
}
