import type { NodeView, Scorecard } from '../../projections/scorecard-view.ts'
import { formatMinimal, formatPercent, parseDecimal, ratio, subtractRatios } from '../../src/points.ts'
import { figures, heading, type Look, table, text, titleOf } from './page.ts'

/**
 * The sets and the total of one year: a row for every printed final figure, beside what the parts add up to. The
 * percents of both are computed from the ceiling, the printed one stands as it is printed.
 */
export function totalsTable(card: Scorecard, look: Look): string[] {
  const nodes = [...card.nodes.filter(({ parent }) => parent === null), ...(card.total ? [card.total] : [])]
  const columns = [
    text('code', look),
    figures('ceiling', look),
    figures('self', look),
    figures('announced', look),
    figures('sum', look),
    figures('difference', look),
    figures('percentOfAnnounced', look),
    figures('percentOfSum', look),
    figures('printedPercent', look),
    text('place', look),
    text('title', look)
  ]
  const rows = nodes.flatMap((node) => printedFinals(node).map((print) => totalsRow(node, print, look)))
  return [...heading('totals', look, { year: card.period }), ...table(columns, rows, look)]
}

type Print = NodeView['published'][number]

const printedFinals = ({ published }: NodeView): Print[] =>
  published.filter(({ level, points }) => level === 'final' && points !== null)

function totalsRow(node: NodeView, { points, percent, source }: Print, look: Look): string[] {
  const ceiling = node.applicableCeiling
  const sum = node.rollUp?.points ?? node.final?.points ?? null
  return [
    node.code,
    ceiling,
    node.self?.points ?? '',
    points ?? '',
    sum ?? '',
    points !== null && sum !== null ? less(points, sum) : '',
    points === null ? '' : percentOf(points, ceiling),
    sum === null ? '' : percentOf(sum, ceiling),
    percent ?? '',
    source.place,
    titleOf(node.title, look)
  ]
}

/** Printed figures may have more digits than points have, so they are reckoned with as ratios. */
const less = (a: string, b: string): string =>
  formatMinimal(subtractRatios(parseDecimal(a), parseDecimal(b)), 4)

function percentOf(points: string, ceiling: string): string {
  const [part, whole] = [parseDecimal(points), parseDecimal(ceiling)]
  if (whole.top === 0n) return ''
  return formatPercent(ratio(part.top * whole.bottom * 100n, part.bottom * whole.top))
}

/** Form A: the indicators of the latest year that were issued with a standard. */
export function formATable(card: Scorecard, look: Look): string[] {
  const columns = [
    text('code', look),
    figures('standard', look),
    figures('weight', look),
    figures('self', look),
    figures('final', look),
    figures('gap', look),
    figures('percent', look),
    text('unit', look),
    text('title', look)
  ]
  const rows = card.nodes
    .filter(({ target }) => target !== null)
    .map((node) => [
      node.code,
      node.target ?? '',
      node.ceiling,
      node.self?.points ?? '',
      node.final?.points ?? '',
      node.gap?.points ?? '',
      node.final?.percent ?? '',
      node.unitOfMeasure ?? '',
      titleOf(node.title, look)
    ])
  return [...heading('formA', look, { year: card.period }), ...table(columns, rows, look)]
}
