import type { Scorecard } from '../../projections/scorecard-view.ts'
import { formatPoints, type Points, parsePoints, showPercent } from '../../src/points.ts'
import { figures, heading, type Look, table, text, titleOf } from './page.ts'

/** Indicators that earned less than their applicable ceiling, the largest loss first. */
export function lossTable(card: Scorecard, look: Look): string[] {
  const lost = card.nodes
    .filter(({ kind }) => kind === 'indicator')
    .flatMap((node) => {
      const { applicable, applicableCeiling, standing } = node
      if (!applicable || !standing) return []
      const loss: Points = parsePoints(applicableCeiling) - parsePoints(standing.points)
      return loss > 0 ? [{ node, loss, percent: standing.percent, standing: standing.points }] : []
    })
    .sort((a, b) => b.loss - a.loss)
  const all = lost.reduce((sum, { loss }) => sum + loss, 0)
  const columns = [
    text('code', look),
    figures('ceiling', look),
    figures('self', look),
    figures('final', look),
    figures('lost', look),
    figures('shareOfLoss', look),
    figures('percent', look),
    text('title', look)
  ]
  const rows = lost.map(({ node, loss, percent, standing }) => [
    node.code,
    node.applicableCeiling,
    node.self?.points ?? '',
    standing,
    formatPoints(loss),
    showPercent(loss, all) ?? '',
    percent ?? '',
    titleOf(node.title, look)
  ])
  const sum = ['Σ', '', '', '', formatPoints(all)]
  return [...heading('losses', look, { year: card.period }), ...table(columns, [...rows, sum], look)]
}
