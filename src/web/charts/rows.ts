import { scaleLinear } from 'd3-scale'
import { html } from 'ghtml'
import type { Context } from '../context.ts'
import { directionOf } from '../language.ts'
import type { Html } from '../page.ts'

/*
 * Horizontal bars below each other, each under its own line of words. Places along a bar are percents of the width,
 * so that words keep their size on a narrow screen; in Persian everything runs from the right.
 */

/** What a bar tells; each has a look of its own beside its colour. */
export type BarKind = 'self' | 'standing' | 'loss' | 'gain' | 'other'

export interface Bar {
  from: number
  to: number
  kind: BarKind
  /** Written at the end of the line. */
  figure: string
}

export interface Row {
  label: string
  bars: readonly Bar[]
  /** Where the next row goes on: a line leads down to it. */
  leadsOn?: number
}

export interface RowsParts {
  /** Says what is drawn to those who do not see it. */
  label: string
  rows: readonly Row[]
  /** The ends of the scale; the figures of the bars lie between them. */
  from: number
  to: number
  /** Whether only whole numbers mean anything, as where things are counted. */
  isCount?: boolean
}

/** Percents of the width that bars may take; figures stand in what is left. */
const PLOT = 76
const LABEL_HEIGHT = 22
const BAR_HEIGHT = 13
const BAR_STEP = 17
const ROW_GAP = 8
const AXIS_HEIGHT = 20
const TICKS = 4
/** So that what is there is seen, however little it is. */
const WIDTH_MIN = 0.4
/** Longer titles are cut: the table below has them whole. */
const LABEL_MAX = 54

const cut = (text: string): string =>
  text.length > LABEL_MAX ? `${text.slice(0, LABEL_MAX - 1).trimEnd()}…` : text
const round = (value: number): number => Math.round(value * 100) / 100

/** The drawing alone; `chartFigure` puts words and the table beside it. */
export function rowsChart(context: Context, { label, rows, from, to, isCount = false }: RowsParts): Html {
  const scale = scaleLinear([from, to], [0, PLOT]).clamp(true)
  const isMirrored = directionOf(context.language) === 'rtl'
  const place: Place = (value) => round(isMirrored ? 100 - scale(value) : scale(value))
  const heights = rows.map(({ bars }) => LABEL_HEIGHT + bars.length * BAR_STEP + ROW_GAP)
  const bottom = heights.reduce((sum, height) => sum + height, 0)
  const marks = scale.ticks(TICKS).filter((tick) => !isCount || Number.isInteger(tick))
  const ticks = marks.map((tick) => {
    const x = `${place(tick)}%`
    const word = context.format.number(String(tick))
    return html`<line class="grid" x1="${x}" x2="${x}" y1="0" y2="${bottom}"/><text class="tick!${tick === from ? ' first' : ''}" x="${x}" y="${bottom + 15}">${word}</text>`
  })
  let top = 0
  const drawn = rows.map((row, index) => {
    const markup = rowOf(row, { top, height: heights[index] ?? 0, place, isMirrored })
    top += heights[index] ?? 0
    return markup
  })
  return html`<svg class="rows" width="100%" height="${bottom + AXIS_HEIGHT}" role="img" aria-label="${label}">!${ticks.join('')}!${drawn.join('')}</svg>`
}

type Place = (value: number) => number

interface RowPlace {
  top: number
  height: number
  place: Place
  isMirrored: boolean
}

function rowOf(row: Row, { top, height, place, isMirrored }: RowPlace): Html {
  const start = isMirrored ? '100%' : '0'
  const end = isMirrored ? '0' : '100%'
  const bars = row.bars.map(({ from, to, kind, figure }, index) => {
    const y = top + LABEL_HEIGHT + index * BAR_STEP
    const [a, b] = [place(from), place(to)]
    const width = Math.max(round(Math.abs(a - b)), WIDTH_MIN)
    const rect =
      from === to
        ? ''
        : html`<rect class="${kind}" x="${Math.min(a, b)}%" y="${y}" width="${width}%" height="${BAR_HEIGHT}"/>`
    return html`!${rect}<text class="figure" x="${end}" y="${y + 11}">${figure}</text>`
  })
  const { leadsOn } = row
  const y = top + LABEL_HEIGHT + row.bars.length * BAR_STEP - (BAR_STEP - BAR_HEIGHT)
  const line =
    leadsOn === undefined
      ? ''
      : html`<line class="lead" x1="${place(leadsOn)}%" x2="${place(leadsOn)}%" y1="${y}" y2="${top + height + LABEL_HEIGHT}"/>`
  return html`<text class="label" x="${start}" y="${top + 16}">${cut(row.label)}</text>!${bars.join('')}!${line}`
}
