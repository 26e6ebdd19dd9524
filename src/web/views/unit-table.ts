import { html } from 'ghtml'
import type { Context } from '../context.ts'
import { type Directory, periodName } from '../directory.ts'
import type { Html } from '../page.ts'
import { type Column, figures, table, withValues } from '../parts/table.ts'
import type { Comparison } from '../reads.ts'
import { unit as words } from '../words/unit.ts'
import { cellView, comparability, TOTAL, type YearRow } from './unit-cells.ts'
import { rowName } from './unit-node.ts'

/* The nodes of a unit's latest period, along their lineage: a column for each period, and the last change. */

/** Down to which level the table goes unless asked. */
const DEPTH = 2
const ALL = 'all'

/** How deep each row of the latest period lies in its tree; 0 for the total and the roots. */
export function depthsOf({ items, periods }: Comparison): ReadonlyMap<string, number> {
  const latest = periods.at(-1) ?? ''
  const depths = new Map<string, number>()
  // Rows stand in the order of the tree, each after its parent.
  for (const { node, period, periods: cells } of items) {
    if (period !== latest) continue
    const parent = cells[latest]?.parent ?? null
    const depth = parent === null ? 0 : (depths.get(parent) ?? 0) + 1
    depths.set(node, depth)
  }
  return depths
}

export function nodesTable(
  context: Context,
  directory: Directory,
  comparison: Comparison,
  depths: ReadonlyMap<string, number>
): Html {
  const { say, query } = context
  const { items, periods } = comparison
  const latest = periods.at(-1) ?? ''
  const before = periods.at(-2)
  const most = query.depth === ALL ? Number.POSITIVE_INFINITY : Number(query.depth ?? DEPTH) || DEPTH
  const present = items.filter(({ period }) => period === latest)
  const rows = present.filter(({ node }) => (depths.get(node) ?? 0) < most)
  const ended = items.filter(({ period }) => period !== latest)
  const name = (period: string) => periodName(context, directory, period)
  const caption =
    before === undefined
      ? say(words.tableOne)
      : say(words.table, { before: name(before), after: name(latest) })
  const columns = withValues(columnsOf(context, directory, comparison, rows, depths), rows)
  const shown = table(context, columns, rows, {
    caption,
    marks: ({ node }) => (node === TOTAL ? { class: 'total' } : {})
  })
  return html`<p class="note">${say(words.tableHint)}</p>!${depthChoice(context, depths, most)}!${shown}!${endedTable(context, directory, comparison, ended)}`
}

function depthChoice(context: Context, depths: ReadonlyMap<string, number>, most: number): Html {
  const { say, format, here } = context
  const deepest = Math.max(0, ...depths.values()) + 1
  const choices = Array.from({ length: deepest }, (_, i) => i + 1)
  const items = choices.map((depth) => {
    const isLast = depth === deepest
    const isCurrent = isLast ? most >= depth : most === depth
    const label = isLast ? say(words.depthAll) : format.digits(depth)
    return html`<li><a class="badge" href="${here({ depth: isLast ? ALL : String(depth) })}"!${isCurrent ? ' aria-current="true"' : ''}>${label}</a></li>`
  })
  return html`<ul class="badges" aria-label="${say(words.depth)}"><li aria-hidden="true">${say(words.depth)}</li>!${items.join('')}</ul>`
}

function columnsOf(
  context: Context,
  directory: Directory,
  { periods }: Comparison,
  rows: readonly YearRow[],
  depths: ReadonlyMap<string, number>
): Column<YearRow>[] {
  const { say, here } = context
  const latest = periods.at(-1) ?? ''
  const unit = context.language === 'fa' ? '٪' : '%'
  const link = (row: YearRow) =>
    html`<a href="${here({ node: row.node === TOTAL ? undefined : row.node })}#change">${rowName(context, row)}</a>`
  const values = (
    head: string,
    value: (cell: YearRow['periods'][string]) => string | null | undefined,
    ending = ''
  ) =>
    figures<YearRow>(context, head, rows, ({ periods: cells }) => value(cells[latest] ?? null), {
      signed: true,
      unit: ending
    })
  const columns: Column<YearRow>[] = [
    {
      head: say(words.node),
      cell: (row) =>
        html`<span class="deep-!${html`${Math.min(depths.get(row.node) ?? 0, 6)}`}">!${link(row)}</span>`
    },
    ...periods.map((period) => ({
      head: periodName(context, directory, period),
      isFigure: true,
      cell: (row: YearRow) => cellView(context, row.periods[period])
    }))
  ]
  if (periods.length < 2) return columns
  return [
    ...columns,
    values(say(words.sum), (cell) => cell?.change?.percent),
    values(say(words.growth), (cell) => cell?.growthPercent, unit),
    values(say(words.performance), (cell) => cell?.change?.performance),
    values(say(words.applicability), (cell) => cell?.change?.applicability),
    values(say(words.framework), (cell) => cell?.change?.framework),
    {
      head: say(words.comparability),
      cell: (row) => html`${say(comparability(row, row.periods[latest] ?? null, false))}`
    }
  ]
}

/** Nodes of earlier periods that nothing continues: they would be missed if they only disappeared. */
function endedTable(
  context: Context,
  directory: Directory,
  { periods }: Comparison,
  rows: readonly YearRow[]
): Html {
  if (rows.length === 0) return ''
  const { say } = context
  const summary = say(words.ended, {
    period: periodName(context, directory, periods.at(-1) ?? ''),
    count: context.format.number(String(rows.length))
  })
  const columns: Column<YearRow>[] = [
    { head: say(words.node), cell: (row) => html`${rowName(context, row)}` },
    ...periods.map((period) => ({
      head: periodName(context, directory, period),
      isFigure: true,
      cell: (row: YearRow) => cellView(context, row.periods[period])
    }))
  ]
  return html`<details><summary>${summary}</summary>!${table(context, columns, rows, { caption: summary, isCaptionHidden: true })}</details>`
}

/** The comparison as rows of a file: one for each node and period. */
export const yearRows = ({ unit, series, periods, items }: Comparison): object[] =>
  items.flatMap(({ node, title, periods: cells }) =>
    periods.flatMap((period) => {
      const cell = cells[period]
      if (!cell) return []
      const { nodes, change, measurement, ...figuresOf } = cell
      return [
        {
          unit,
          series,
          node,
          title,
          period,
          nodes,
          ...figuresOf,
          ...change,
          changePercent: change?.percent ?? null,
          percent: cell.percent,
          measurement
        }
      ]
    })
  )
