import { html } from 'ghtml'
import { formatMinimal, parseDecimal, subtractRatios } from '../../../points.ts'
import type { Context } from '../../context.ts'
import type { Html } from '../../page.ts'
import { figure, signed, tag } from '../../parts/figures.ts'
import { nodeLink } from '../../parts/node-cells.ts'
import { type Column, figures, table } from '../../parts/table.ts'
import type { Discrepancy, ScoreNode } from '../../reads.ts'
import { evaluation as words } from '../../words/evaluation.ts'
import { scores } from '../../words/scores.ts'
import { discrepancyClasses, levels, term } from '../../words/terms.ts'
import type { Model } from '../evaluation.ts'

/* What was announced, beside what the parts add up to. Which of the two is right the ledger does not say. */

export type Print = ScoreNode['published'][number]

interface Line {
  node: ScoreNode
  print: Print
  sum: string | null
  row: Discrepancy | null
}

/** Printed figures of nodes that have parts, each with the ledger's sum and what the ledger makes of the two. */
export function announcedLines({ card, discrepancies }: Model): Line[] {
  return [card.total, ...card.nodes]
    .filter(({ leaf }) => !leaf)
    .flatMap((node) =>
      node.published
        .filter(({ points, level }) => points !== null && level !== 'self')
        .map((print) => ({
          node,
          print,
          sum: node.rollUp?.points ?? node.standing?.points ?? null,
          row: discrepancyOf(discrepancies, node.code, print)
        }))
    )
}

const discrepancyOf = (rows: readonly Discrepancy[], code: string, print: Print): Discrepancy | null =>
  rows.find(
    (row) =>
      row.kind === 'published-mismatch' &&
      row.node === code &&
      row.measure === 'points' &&
      row.level === print.level &&
      row.found === print.points
  ) ?? null

/** Found less expected; printed figures may have more digits than points have, so they are reckoned as ratios. */
const less = (a: string, b: string): string =>
  formatMinimal(subtractRatios(parseDecimal(a), parseDecimal(b)), 4)

export function announcedSection(model: Model, context: Context): Html {
  const lines = announcedLines(model)
  if (lines.length === 0) return ''
  const isMain = ({ node, row }: Line) => row !== null || node.parent === null
  const main = lines.filter(isMain)
  const rest = lines.filter((line) => !isMain(line))
  const { say, format } = context
  const count = format.number(String(rest.length))
  const folded =
    rest.length === 0
      ? ''
      : html`<details><summary>${say(words.announcedRest, { count })}</summary>!${linesTable(model, context, rest, say(words.announcedRest, { count }))}</details>`
  return html`<p>${say(words.announcedLead)}</p>!${linesTable(model, context, main, say(words.announcedMain))}!${folded}`
}

function linesTable({ card }: Model, context: Context, lines: readonly Line[], caption: string): Html {
  const { say } = context
  const { evaluation, unit, period } = card
  const columns: Column<Line>[] = [
    { head: say(scores.node), cell: ({ node }) => nodeLink(context, evaluation, node) },
    figures(context, say(words.announced), lines, ({ print }) => print.points),
    figures(context, say(words.sum), lines, ({ sum }) => sum),
    {
      head: say(words.difference),
      isFigure: true,
      cell: ({ print, sum }) => signed(context, sum && print.points ? less(print.points, sum) : null)
    },
    { head: say(words.verdict), cell: (line) => verdict(context, line, { unit, period }) },
    {
      head: say(words.announcedPercent),
      isFigure: true,
      cell: ({ print }) =>
        print.percent ? html`<bdi dir="ltr">${context.format.percent(print.percent)}</bdi>` : ''
    },
    { head: say(scores.source), cell: ({ print }) => sourceCell(context, print) }
  ]
  return table(context, columns, lines, { caption })
}

function verdict(
  context: Context,
  { node, row, sum }: Line,
  { unit, period }: { unit: string; period: string }
): Html {
  if (sum === null) return ''
  if (!row)
    return node.partial ? tag(context.say(scores.partial), 'bad') : tag(context.say(words.agrees), 'good')
  const href = context.link('/discrepancies', { unit, period, node: node.code })
  const kind = row.class === 'material' ? 'bad' : 'soft'
  return html`<a href="${href}">!${tag(context.say(term(discrepancyClasses, row.class)), kind)}</a>`
}

const sourceCell = (context: Context, { source }: Print): Html =>
  html`<span title="${source.document}">${context.format.digits(source.place)}</span>`

/** Figures about what the tree does not have. */
export function unplacedSection({ card }: Model, context: Context): Html {
  if (card.unplaced.length === 0) return ''
  const { say } = context
  const columns: Column<Print>[] = [
    {
      head: say(words.about),
      cell: ({ about }) => html`<bdi>${'node' in about ? about.node : about.label}</bdi>`
    },
    { head: say(words.level), cell: ({ level }) => html`${level ? say(levels[level]) : ''}` },
    { head: say(scores.points), isFigure: true, cell: ({ points }) => figure(context, points) },
    { head: say(words.announcedPercent), isFigure: true, cell: ({ percent }) => figure(context, percent) },
    { head: say(words.printed), cell: ({ printed }) => html`<bdi>${printed}</bdi>` },
    {
      head: say(scores.source),
      cell: ({ source }) =>
        html`<span class="long">${say(scores.place, { document: source.document, place: source.place })}</span>`
    }
  ]
  return table(context, columns, card.unplaced, { caption: say(words.unplaced), isCaptionHidden: true })
}
