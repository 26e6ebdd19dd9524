import { html } from 'ghtml'
import type { Hint } from '../../rules/hints.ts'
import type { Context } from '../context.ts'
import type { Html } from '../page.ts'
import { figure, tag } from '../parts/figures.ts'
import { evaluationLink, eventLink, nodeLink, prose } from '../parts/records.ts'
import { type Column, figures, table } from '../parts/table.ts'
import type { Discrepancy } from '../reads.ts'
import { basisWords, hintWords, whoseWords, discrepancies as words } from '../words/discrepancies.ts'
import { records } from '../words/records.ts'
import { discrepancyKinds, levels, measures, term } from '../words/terms.ts'

/* Discrepancies as a table: both figures beside each other, with where each comes from. */

export const discrepancyTable = (context: Context, rows: readonly Discrepancy[], caption: string): Html =>
  table(context, columnsOf(context, rows), rows, { caption, isCaptionHidden: true })

function columnsOf(context: Context, rows: readonly Discrepancy[]): Column<Discrepancy>[] {
  const { say } = context
  return [
    {
      head: say(words.node),
      cell: ({ evaluation, node, nodeTitle }) => prose(nodeLink(context, evaluation, node, nodeTitle))
    },
    { head: say(records.evaluation), cell: (row) => prose(evaluationLink(context, row)) },
    { head: say(words.measure), cell: (row) => measureOf(context, row) },
    figureColumn(context, say(words.expected), ({ expected }) => expected),
    figureColumn(context, say(words.found), ({ found }) => found),
    {
      head: say(words.difference),
      isFigure: true,
      cell: ({ difference, measure }) =>
        difference === null
          ? ''
          : html`<bdi dir="ltr">${context.format.signed(difference)}</bdi>!${measure === 'percent' ? html` <span class="soft">${say(words.percentPoints)}</span>` : ''}`
    },
    // Where there is nothing to hold the figure against, there is no difference of no points either.
    figures(context, say(words.gap), rows, ({ gap, difference }) => (difference === null ? null : gap)),
    { head: say(words.kind), cell: ({ kind }) => html`${say(discrepancyKinds[kind])}` },
    { head: say(words.basis), cell: (row) => prose(basisOf(context, row)) },
    {
      head: say(words.hints),
      cell: ({ hints }) =>
        prose(hints.map((hint) => html`<p>${hintText(context, hint as Hint)}</p>`).join(''))
    },
    { head: say(words.events), cell: (row) => prose(eventsOf(context, row)) }
  ]
}

const sign = ({ language }: Context): string => (language === 'fa' ? '٪' : '%')

/** Each in the digits that it has: what is printed keeps its own. */
const figureColumn = (
  context: Context,
  head: string,
  value: (row: Discrepancy) => string | null
): Column<Discrepancy> => ({
  head,
  isFigure: true,
  cell: (row) => {
    const found = value(row)
    if (found === null) return ''
    const percent = row.measure === 'percent' ? sign(context) : ''
    return html`<bdi dir="ltr">${context.format.number(found)}${percent}</bdi>`
  }
})

const measureOf = ({ say }: Context, { measure, level }: Discrepancy): Html =>
  html`${say(term(measures, measure))}!${level ? html` !${tag(say(levels[level]), 'soft')}` : ''}`

/** Where the first figure comes from: from which points and ceiling, or of what it is the sum. */
function basisOf(context: Context, { basis, expected, ceiling, measure }: Discrepancy): Html {
  const { say, format } = context
  const whole = basis?.ceiling ?? ceiling
  const points = basis?.points ?? (measure === 'points' ? expected : null)
  const of =
    whole === null
      ? ''
      : points === null
        ? say(words.ofCeiling, { ceiling: format.number(whole) })
        : say(words.of, { points: format.number(points), ceiling: format.number(whole) })
  const lines = [
    basis ? say(term(basisWords, basis.of)) : '',
    of,
    basis?.partial ? say(words.incomplete) : ''
  ].filter((line) => line !== '')
  return lines.map((line) => html`<p>${line}</p>`).join('')
}

/** A hint in a sentence: how the difference may have come about. */
export function hintText({ say, format }: Context, hint: Hint): string {
  const number = (value: string) => format.number(value)
  switch (hint.hint) {
    case 'mean':
      return say(hintWords.mean, { of: hint.of.map(number).join(format.comma), mean: number(hint.mean) })
    case 'swap':
      return say(hintWords.swap, {
        printed: number(hint.printed),
        swapped: number(hint.swapped),
        node: hint.node
      })
    case 'nine':
      return say(hintWords.nine, { units: number(hint.units) })
    case 'ceiling':
      return say(hintWords.ceiling, {
        ceiling: number(hint.ceiling),
        whose: say(term(whoseWords, hint.whose)),
        node: hint.node,
        period: format.digits(hint.period)
      })
  }
}

/** The events behind either figure, the print as it stands, and since when it holds. */
function eventsOf(context: Context, { events, note, since }: Discrepancy): Html {
  const { say } = context
  const behind = (side: 'for' | 'against', word: string): Html => {
    const links = events.filter((each) => each.side === side).map((each) => eventLink(context, each))
    return links.length === 0 ? '' : html`<p>${word}: !${links.join(context.format.comma)}</p>`
  }
  return [
    behind('for', say(words.forFound)),
    behind('against', say(words.forExpected)),
    note === null ? '' : html`<p class="soft">${say(words.print)}: <bdi>${note}</bdi></p>`,
    html`<p class="soft">${say(words.since)} !${figure(context, since)}</p>`
  ].join('')
}
