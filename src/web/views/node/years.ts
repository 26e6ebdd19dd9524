import { html } from 'ghtml'
import { groupedBars } from '../../charts/bars.ts'
import { chartFigure } from '../../charts/figure.ts'
import type { Context } from '../../context.ts'
import type { Html } from '../../page.ts'
import { figure, percent, signed } from '../../parts/figures.ts'
import { nodePath } from '../../parts/node-cells.ts'
import { type Column, table } from '../../parts/table.ts'
import type { Comparison } from '../../reads.ts'
import { frame } from '../../words/frame.ts'
import { relations, node as words } from '../../words/node.ts'
import { scores } from '../../words/scores.ts'
import { term } from '../../words/terms.ts'
import type { Model } from '../node.ts'

type Row = Comparison['items'][number]
type Cell = NonNullable<Row['periods'][string]>

interface Year {
  period: string
  evaluation: string | null
  cell: Cell | null
  total: Cell | null
}

/** The row that a node of a year belongs to; a node that was merged later shares it with others. */
export const rowOf = ({ items }: Comparison, period: string, node: string): Row | undefined =>
  items.find((row) => row.periods[period]?.nodes.includes(node))

export function yearsSection({ comparison, card, node }: Model, context: Context): Html {
  const row = comparison && rowOf(comparison, card.period, node.code)
  if (!comparison || !row) return ''
  const { say } = context
  const whole = rowOf(comparison, card.period, 'total')
  const years = comparison.periods.map(
    (period): Year => ({
      period,
      evaluation: comparison.evaluations[period] ?? null,
      cell: row.periods[period] ?? null,
      total: whole?.periods[period] ?? null
    })
  )
  const alone = years.filter(({ cell }) => cell !== null).length < 2
  const caution = comparison.caution ? html`<p class="note">${context.name(comparison.caution)}</p>` : ''
  if (alone) return html`<p>${say(words.yearsNone)}</p>`
  return html`!${caution}!${chart(context, years, node.code === 'total')}`
}

function chart(context: Context, years: readonly Year[], isTotal: boolean): Html {
  const { say, format } = context
  const shown = (cell: Cell | null) =>
    cell?.percent ? format.percent(cell.percent) : say(cell ? frame.noData : words.noSuchNode)
  const groups = years.map(({ period, cell, total }) => ({
    label: format.digits(period),
    values: [
      { kind: 'standing' as const, value: cell?.percent ?? null, figure: shown(cell) },
      ...(isTotal ? [] : [{ kind: 'other' as const, value: total?.percent ?? null, figure: shown(total) }])
    ]
  }))
  const caption = say(isTotal ? words.yearsTotal : words.yearsChart)
  const legend = isTotal
    ? []
    : [
        { kind: 'standing' as const, word: say(words.thisNode) },
        { kind: 'other' as const, word: say(words.wholeEvaluation) }
      ]
  return chartFigure(context, {
    caption,
    chart: groupedBars(context, { label: caption, groups, most: 100 }),
    legend,
    table: yearsTable(context, years, caption),
    isTableOpen: true
  })
}

function yearsTable(context: Context, years: readonly Year[], caption: string): Html {
  const { say, format } = context
  const ofCell = (cell: (cell: Cell) => Html) => (year: Year) => (year.cell ? cell(year.cell) : '')
  const columns: Column<Year>[] = [
    { head: say(scores.period), cell: ({ period }) => html`${format.digits(period)}` },
    { head: say(scores.node), cell: (year) => nodesOf(context, year) },
    {
      head: say(scores.ceiling),
      isFigure: true,
      cell: ofCell(({ applicableCeiling }) => figure(context, applicableCeiling))
    },
    { head: say(scores.points), isFigure: true, cell: ofCell(({ points }) => figure(context, points)) },
    { head: say(scores.percent), isFigure: true, cell: ofCell((cell) => percent(context, cell.percent)) },
    { head: say(words.relation), cell: ofCell((cell) => tie(context, cell)) },
    {
      head: say(words.change),
      isFigure: true,
      cell: ofCell(({ change }) => signed(context, change?.percent))
    },
    { head: say(words.split), cell: ofCell((cell) => splitOf(context, cell)) }
  ]
  return table(context, columns, years, { caption, isCaptionHidden: true })
}

/** The codes of that year, each as a link to why it stood where it did. */
function nodesOf(context: Context, { cell, evaluation }: Year): Html {
  if (!cell) return html`<span class="soft">${context.say(words.noSuchNode)}</span>`
  return cell.nodes
    .map((code) => {
      const word = code === 'total' ? context.say(scores.total) : code
      if (!evaluation) return html`<bdi>${word}</bdi>`
      return html`<a href="${context.link(nodePath(evaluation, code))}"><bdi>${word}</bdi></a>`
    })
    .join(', ')
}

function tie({ say }: Context, { relation, comparable }: Cell): Html {
  const parts = [
    relation === null ? '' : say(term(relations, relation)),
    comparable === null ? '' : say(comparable ? words.comparable : words.notComparable)
  ].filter(Boolean)
  return html`${parts.join('; ')}`
}

/** What of the change the unit did, what applicability and what the framework; the three add up to it. */
function splitOf(context: Context, { change }: Cell): Html {
  if (!change) return ''
  if (change.notSeparable) return html`<span class="soft">${context.say(words.notSeparable)}</span>`
  const parts = (['performance', 'applicability', 'framework'] as const).flatMap((name) =>
    change[name] === null ? [] : [html`${context.say(words[name])} !${signed(context, change[name])}`]
  )
  return parts.join('<br>')
}
