import { scaleLinear } from 'd3-scale'
import { html } from 'ghtml'
import { directionOf, type Language } from '../language.ts'
import type { Html } from '../page.ts'

/* Parts that add up to a change: bars to both sides of zero, the sum below them. */

export interface Part {
  label: string
  /** Only drawn. */
  value: number
  /** The figure with its sign. */
  text: string
  isSum?: boolean
}

const WIDTH = 420
const ROW = 26
const LABEL = 110
const VALUE = 66

const round = (value: number): number => Math.round(value * 10) / 10

/** A figure of parts and their sum. The same figures must stand in words or in a table. */
export function splitChart(language: Language, caption: string, parts: readonly Part[]): Html {
  const isRtl = directionOf(language) === 'rtl'
  const at = (x: number) => round(isRtl ? WIDTH - x : x)
  const anchor = isRtl ? 'end' : 'start'
  const most = Math.max(...parts.map(({ value }) => Math.abs(value)), 0.01)
  const across = scaleLinear([-most, most], [LABEL + VALUE, WIDTH - VALUE])
  const rows = parts.map(({ label, value, text, isSum }, index) => {
    const y = index * ROW
    const [from, to] = [across(Math.min(value, 0)), across(Math.max(value, 0))]
    const kind = `${value < 0 ? 'loss' : 'gain'}${isSum ? ' sum' : ''}`
    const [end, side] = value < 0 ? [from - 6, isRtl ? 'start' : 'end'] : [to + 6, anchor]
    const line = isSum ? html`<path class="axis" d="M0 ${y + 0.5}H${WIDTH}"/>` : ''
    return html`!${line}<text x="${at(0)}" y="${y + 18}" text-anchor="${anchor}">${label}</text><rect class="${kind}" x="${Math.min(at(from), at(to))}" y="${y + 6}" width="${round(to - from)}" height="${ROW - 12}"/><text x="${at(end)}" y="${y + 18}" text-anchor="${side}">${text}</text>`
  })
  const height = parts.length * ROW
  const zero = html`<path class="axis zero" d="M${at(across(0))} 0V${height}"/>`
  return html`<figure class="chart split"><figcaption>${caption}</figcaption><svg viewBox="0 0 ${WIDTH} ${height}" aria-hidden="true" focusable="false">!${zero}!${rows.join('')}</svg></figure>`
}
