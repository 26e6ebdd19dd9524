import { scaleLinear } from 'd3-scale'
import type { Context } from '../context.ts'
import type { Html } from '../page.ts'
import { type Row, rowsChart } from './rows.ts'

/* From what was claimed to what stands: a bar for each end, and between them one for each step, where the last one stopped. */

export interface WaterfallStep {
  label: string
  /** A decimal string: what it gave or took. */
  delta: string
}

export interface WaterfallParts {
  label: string
  claim: { label: string; points: string }
  steps: readonly WaterfallStep[]
  standing: { label: string; points: string }
}

/** The axis begins at zero unless all that moved would then be too small to be seen. */
const SMALL = 0.25

/** The drawing, and where its axis begins. */
export function waterfall(context: Context, parts: WaterfallParts): { chart: Html; from: number } {
  const { format } = context
  const claim = Number(parts.claim.points)
  const ends: number[] = [claim]
  for (const { delta } of parts.steps) ends.push((ends.at(-1) ?? 0) + Number(delta))
  const standing = Number(parts.standing.points)
  const [least, most] = [Math.min(...ends, standing), Math.max(...ends, standing)]
  const from = beginning(least, most)
  const steps = parts.steps.map(({ label, delta }, index): Row => {
    const [before, after] = [ends[index] ?? 0, ends[index + 1] ?? 0]
    const kind = after < before ? 'loss' : 'gain'
    return { label, bars: [{ from: before, to: after, kind, figure: format.signed(delta) }], leadsOn: after }
  })
  const first: Row = {
    label: parts.claim.label,
    bars: [{ from, to: claim, kind: 'self', figure: format.number(parts.claim.points) }],
    leadsOn: claim
  }
  const last: Row = {
    label: parts.standing.label,
    bars: [{ from, to: standing, kind: 'standing', figure: format.number(parts.standing.points) }]
  }
  const rows = [first, ...steps, last]
  return {
    chart: rowsChart(context, { label: parts.label, rows, from, to: most === from ? from + 1 : most }),
    from
  }
}

function beginning(least: number, most: number): number {
  if (least <= 0) return Math.min(least, 0)
  const moved = most - least
  if (moved === 0 || moved >= most * SMALL) return 0
  const [round = 0] = scaleLinear()
    .domain([least - moved, most])
    .nice(4)
    .domain()
  return Math.max(round, 0)
}
