import { html } from 'ghtml'
import { formatPoints, type Points, parsePoints, showPercent } from '../../../points.ts'
import { chartFigure } from '../../charts/figure.ts'
import { rowsChart } from '../../charts/rows.ts'
import type { Context } from '../../context.ts'
import type { Html } from '../../page.ts'
import { nodeLink, nodeName } from '../../parts/node-cells.ts'
import { type Column, figures, table } from '../../parts/table.ts'
import type { ScoreNode } from '../../reads.ts'
import { evaluation as words } from '../../words/evaluation.ts'
import { scores } from '../../words/scores.ts'
import type { Model } from '../evaluation.ts'

/* Where points were lost: what each indicator lacks of its applicable ceiling, the largest first. */

export interface Loss {
  node: ScoreNode
  lost: Points
}

/** More bars than these are not compared at a glance; the table has them all. */
const BARS_MAX = 12

/**
 * Indicators, and leaves that stand below none, that earned less than they could. What has no points at all has lost
 * nothing yet.
 */
export function lossesOf(nodes: readonly ScoreNode[]): Loss[] {
  return nodes
    .filter((node) => isCounted(node, nodes))
    .flatMap((node) => {
      if (!node.applicable || !node.standing || node.partial) return []
      const lost = parsePoints(node.applicableCeiling) - parsePoints(node.standing.points)
      return lost > 0 ? [{ node, lost }] : []
    })
    .sort((a, b) => b.lost - a.lost)
}

/** Every part of the tree is counted once: at its indicator, or at the leaf where it has none. */
function isCounted(node: ScoreNode, nodes: readonly ScoreNode[]): boolean {
  if (node.kind === 'indicator') return true
  if (!node.leaf) return false
  const byCode = new Map(nodes.map((each) => [each.code, each]))
  for (let above = node.parent; above !== null; above = byCode.get(above)?.parent ?? null) {
    if (byCode.get(above)?.kind === 'indicator') return false
  }
  return true
}

export function lossesSection({ card }: Model, context: Context): Html {
  const { say, format } = context
  const losses = lossesOf(card.nodes)
  if (losses.length === 0) return html`<p>${say(words.lossesNone)}</p>`
  const most = losses.slice(0, BARS_MAX)
  const chart = rowsChart(context, {
    label: say(words.losses),
    rows: most.map(({ node, lost }) => ({
      label: nodeName(context, node),
      bars: [{ from: 0, to: lost / 10_000, kind: 'loss' as const, figure: format.number(formatPoints(lost)) }]
    })),
    from: 0,
    to: (most[0]?.lost ?? 0) / 10_000
  })
  return chartFigure(context, {
    caption: say(words.lossesCaption),
    chart,
    table: lossTable(context, card.evaluation, losses),
    isTableOpen: true
  })
}

function lossTable(context: Context, evaluation: string, losses: readonly Loss[]): Html {
  const { say } = context
  const all = losses.reduce((sum, { lost }) => sum + lost, 0)
  const of = (head: string, value: (loss: Loss) => string | null | undefined, unit = '') =>
    figures<Loss>(context, head, losses, value, { unit })
  const sign = context.language === 'fa' ? '٪' : '%'
  const columns: Column<Loss>[] = [
    { head: say(scores.node), cell: ({ node }) => nodeLink(context, evaluation, node) },
    of(say(words.lost), ({ lost }) => formatPoints(lost)),
    of(say(words.share), ({ lost }) => showPercent(lost, all), sign),
    of(say(scores.ceiling), ({ node }) => node.applicableCeiling),
    of(say(scores.self), ({ node }) => node.self?.points),
    of(say(scores.standing), ({ node }) => node.standing?.points),
    of(say(scores.percent), ({ node }) => node.standing?.percent, sign)
  ]
  return table(context, columns, losses, { caption: say(words.losses), isCaptionHidden: true })
}
