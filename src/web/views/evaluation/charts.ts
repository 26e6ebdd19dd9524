import { groupedBars } from '../../charts/bars.ts'
import { chartFigure } from '../../charts/figure.ts'
import type { Context } from '../../context.ts'
import type { Html } from '../../page.ts'
import { nodeLink, nodeName } from '../../parts/node-cells.ts'
import { figures, table } from '../../parts/table.ts'
import type { ScoreNode } from '../../reads.ts'
import { evaluation as words } from '../../words/evaluation.ts'
import { levels } from '../../words/terms.ts'
import type { Model } from '../evaluation.ts'
import { placed } from './tree.ts'

/* The chart set of the annual report: self against what stands, by axis, and by indicator within each axis. */

interface ChartParts {
  caption: string
  nodes: readonly ScoreNode[]
}

export function chartsSection({ card }: Model, context: Context): Html {
  if (!card.total.standing && !card.total.self) return ''
  const tops = card.nodes.filter(({ kind }) => kind === 'set' || kind === 'axis')
  const first = { caption: context.say(words.chartAxes), nodes: [card.total, ...tops] }
  return [first, ...byAxis(card.nodes, context)]
    .filter(({ nodes }) => nodes.length > 0)
    .map((chart) => percentChart(context, card.evaluation, chart))
    .join('')
}

/** A chart for each axis, and for each root that has none, with the indicators below it. */
function byAxis(nodes: readonly ScoreNode[], context: Context): ChartParts[] {
  const rows = placed(nodes)
  return rows.flatMap(({ node, below }, index) => {
    const under = rows.slice(index + 1, index + 1 + below).map((row) => row.node)
    const isTop = node.kind === 'axis' || (node.parent === null && !under.some(({ kind }) => kind === 'axis'))
    if (!isTop) return []
    const indicators = under.filter(({ kind }) => kind === 'indicator')
    const title = nodeName(context, node)
    return [{ caption: context.say(words.chartOf, { title }), nodes: indicators }]
  })
}

function percentChart(context: Context, evaluation: string, { caption, nodes }: ChartParts): Html {
  const { say, format } = context
  const shown = (percent: string | null | undefined) =>
    percent === null || percent === undefined ? say(words.noFigure) : format.percent(percent)
  const groups = nodes.map((node) => ({
    label: nodeName(context, node),
    values: [
      { kind: 'self' as const, value: node.self?.percent ?? null, figure: shown(node.self?.percent) },
      {
        kind: 'standing' as const,
        value: node.standing?.percent ?? null,
        figure: shown(node.standing?.percent)
      }
    ]
  }))
  const legend = [
    { kind: 'self' as const, word: say(levels.self) },
    { kind: 'standing' as const, word: say(levels.standing) }
  ]
  const unit = context.language === 'fa' ? '٪' : '%'
  const columns = [
    { head: say(words.about), cell: (node: ScoreNode) => nodeLink(context, evaluation, node) },
    figures<ScoreNode>(context, say(levels.self), nodes, ({ self }) => self?.percent, { unit }),
    figures<ScoreNode>(context, say(levels.standing), nodes, ({ standing }) => standing?.percent, { unit })
  ]
  return chartFigure(context, {
    caption,
    chart: groupedBars(context, { label: caption, groups, most: 100 }),
    legend,
    table: table(context, columns, nodes, { caption, isCaptionHidden: true })
  })
}
