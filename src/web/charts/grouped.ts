import { scaleLinear } from 'd3-scale'
import { html } from 'ghtml'
import { directionOf, type Language } from '../language.ts'
import type { Html } from '../page.ts'

/*
 * Bars of several periods under each heading. The heading is text of the page, so that long titles break where they
 * should; every bar has its period and its figure beside it, so that nothing has to be told by colour.
 */

export interface GroupedBar {
  /** Short: a period's id. */
  label: string
  /** 0 to 100; only drawn. Null: there is nothing to draw. */
  value: number | null
  /** What is written at its end: the figure, or why there is none. */
  text: string
  /** Drawn hollow. */
  isHollow?: boolean
}

export interface BarGroup {
  heading: Html
  bars: readonly GroupedBar[]
}

const WIDTH = 360
const ROW = 22
const LABEL = 62
const VALUE = 78
const TICKS = 5

const across = scaleLinear([0, 100], [LABEL, WIDTH - VALUE]).clamp(true)
const round = (value: number): number => Math.round(value * 10) / 10

/** A figure of grouped bars. What it draws must stand in a table too, which the caption names. */
export function groupedBars(language: Language, caption: string, groups: readonly BarGroup[]): Html {
  const shown = groups.map(
    ({ heading, bars }) => html`<div class="group"><p>!${heading}</p>!${drawing(language, bars)}</div>`
  )
  return html`<figure class="chart grouped"><figcaption>${caption}</figcaption><div class="groups">!${shown.join('')}</div></figure>`
}

function drawing(language: Language, bars: readonly GroupedBar[]): Html {
  const isRtl = directionOf(language) === 'rtl'
  const at = (x: number) => round(isRtl ? WIDTH - x : x)
  const anchor = isRtl ? 'end' : 'start'
  const height = bars.length * ROW
  const ticks = across
    .ticks(TICKS)
    .map((tick) => html`<path class="axis" d="M${at(across(tick))} 0V${height}"/>`)
  const rows = bars.map(({ label, value, text, isHollow }, index) => {
    const [from, to] = [across(0), across(value ?? 0)]
    const y = index * ROW
    const rect =
      value === null
        ? ''
        : html`<rect class="${isHollow ? 'hollow' : 'standing'}" x="${Math.min(at(from), at(to))}" y="${y + 4}" width="${round(to - from)}" height="${ROW - 8}"/>`
    return html`!${rect}<text x="${at(0)}" y="${y + 16}" text-anchor="${anchor}">${label}</text><text x="${at(to + 6)}" y="${y + 16}" text-anchor="${anchor}">${text}</text>`
  })
  return html`<svg viewBox="0 0 ${WIDTH} ${height}" aria-hidden="true" focusable="false">!${ticks.join('')}!${rows.join('')}</svg>`
}
