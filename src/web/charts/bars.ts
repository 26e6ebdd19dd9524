import type { Context } from '../context.ts'
import type { Html } from '../page.ts'
import { type BarKind, rowsChart } from './rows.ts'

/* Bars in groups: two or more figures of one thing below each other. */

export interface Group {
  label: string
  values: readonly { kind: BarKind; value: string | null; figure: string }[]
}

/** Grouped bars from zero; what has no figure has no bar, and says so at the end of its line. */
export function groupedBars(
  context: Context,
  { label, groups, most }: { label: string; groups: readonly Group[]; most?: number }
): Html {
  const values = groups.flatMap((group) => group.values.map(({ value }) => Number(value ?? '0')))
  const rows = groups.map((group) => ({
    label: group.label,
    bars: group.values.map(({ kind, value, figure }) => ({ from: 0, to: Number(value ?? '0'), kind, figure }))
  }))
  return rowsChart(context, {
    label,
    rows,
    from: Math.min(0, ...values),
    to: Math.max(most ?? 0, ...values) || 1
  })
}
