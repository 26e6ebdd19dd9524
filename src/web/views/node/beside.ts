import { html } from 'ghtml'
import type { Context } from '../../context.ts'
import type { Html } from '../../page.ts'
import { bar } from '../../parts/bar.ts'
import { figure, percent, signed, tag } from '../../parts/figures.ts'
import { drawn, nodeLink, nodeMarks, stateTags } from '../../parts/node-cells.ts'
import { sentence } from '../../parts/sentence.ts'
import { type Column, figures, table } from '../../parts/table.ts'
import type { Discrepancy, ScoreNode } from '../../reads.ts'
import { evaluation as evaluationWords } from '../../words/evaluation.ts'
import { node as words } from '../../words/node.ts'
import { scores } from '../../words/scores.ts'
import { discrepancyClasses, discrepancyKinds, levels, measures } from '../../words/terms.ts'
import type { Model } from '../node.ts'

/* What stands beside a figure: its parts, what was published of it, what disagrees with it. */

export function childrenSection({ card, node }: Model, context: Context): Html {
  if (node.leaf) return ''
  const { say } = context
  const top = node.code === 'total' ? null : node.code
  const parts = card.nodes.filter(({ parent }) => parent === top)
  const of = (head: string, value: (part: ScoreNode) => string | null | undefined) =>
    figures<ScoreNode>(context, head, parts, value)
  const columns: Column<ScoreNode>[] = [
    {
      head: say(scores.node),
      cell: (part) => html`!${nodeLink(context, card.evaluation, part)} !${stateTags(context, part)}`
    },
    of(say(scores.ceiling), ({ applicableCeiling }) => applicableCeiling),
    of(say(scores.self), ({ self }) => self?.points),
    of(say(scores.standing), ({ standing }) => standing?.points),
    {
      head: say(scores.percent),
      isFigure: true,
      cell: ({ standing }) => percent(context, standing?.percent)
    },
    {
      head: say(scores.bar),
      cell: (part) =>
        bar({
          value: drawn(part.standing?.percent),
          claim: drawn(part.self?.percent),
          isPartial: part.partial
        })
    },
    of(say(scores.gap), ({ gap }) => gap?.points)
  ]
  const sum = node.rollUp
    ? html`<p>!${sentence(context, words.childrenSum, { sum: html`<strong>!${figure(context, node.rollUp.points)}</strong>` })}</p>`
    : ''
  return html`!${sum}!${table(context, columns, parts, { caption: say(words.children), isCaptionHidden: true, marks: nodeMarks })}`
}

export function discrepanciesSection({ card, node, discrepancies }: Model, context: Context): Html {
  const { say } = context
  if (discrepancies.length === 0) return html`<p>${say(words.discrepanciesNone)}</p>`
  const { unit, period } = card
  const columns: Column<Discrepancy>[] = [
    { head: say(scores.kind), cell: ({ kind }) => html`${say(discrepancyKinds[kind])}` },
    {
      head: say(words.weight),
      cell: (row) => tag(say(discrepancyClasses[row.class]), row.class === 'material' ? 'bad' : 'soft')
    },
    { head: say(words.measure), cell: ({ measure }) => html`${say(measures[measure])}` },
    { head: say(words.expected), isFigure: true, cell: ({ expected }) => figure(context, expected) },
    { head: say(words.found), isFigure: true, cell: ({ found }) => figure(context, found) },
    { head: say(words.difference), isFigure: true, cell: ({ difference }) => signed(context, difference) }
  ]
  const href = context.link('/discrepancies', { unit, period, node: node.code })
  return html`!${table(context, columns, discrepancies, { caption: say(words.discrepancies), isCaptionHidden: true })}<p><a href="${href}">${say(scores.toDiscrepancies)}</a></p>`
}

type Print = ScoreNode['published'][number]

export function publishedSection({ node }: Model, context: Context): Html {
  if (node.published.length === 0) return ''
  const { say } = context
  const columns: Column<Print>[] = [
    { head: say(evaluationWords.level), cell: ({ level }) => html`${level ? say(levels[level]) : ''}` },
    figures(context, say(scores.points), node.published, ({ points }) => points),
    {
      head: say(evaluationWords.announcedPercent),
      isFigure: true,
      cell: (print) => percent(context, print.percent)
    },
    figures(context, say(scores.ceiling), node.published, ({ ceiling }) => ceiling),
    { head: say(evaluationWords.printed), cell: ({ printed }) => html`<bdi>${printed}</bdi>` },
    {
      head: say(scores.source),
      cell: ({ source }) =>
        html`<span class="long">${say(scores.place, { document: source.document, place: source.place })}</span>`
    }
  ]
  return table(context, columns, node.published, { caption: say(words.published), isCaptionHidden: true })
}
