import { scaleLinear } from 'd3-scale'
import { html } from 'ghtml'
import type { Html } from '../page.ts'

/* The bar beside a figure in a table. The figure says everything that the bar shows, so readers of screens are spared it. */

const WIDTH = 120
const HEIGHT = 14

export interface BarParts {
  /** What stands, as a percent of what is possible; only drawn with, so a number. */
  value: number | null
  /** What was claimed, drawn as a line where it differs. */
  claim?: number | null
  isPartial?: boolean
}

const place = scaleLinear([0, 100], [0, WIDTH]).clamp(true)
const round = (value: number): number => Math.round(value * 10) / 10

/** A bar of 0 to 100 percent. */
export function bar({ value, claim = null, isPartial = false }: BarParts): Html {
  const width = value === null ? 0 : round(place(value))
  const mark =
    claim === null || claim === value
      ? ''
      : html`<path class="claim" d="M!${round(place(claim))} 0V${HEIGHT}"/>`
  return html`!${isPartial ? PARTIAL : WHOLE}<rect class="value" width="${width}" height="${HEIGHT}"/>!${mark}</svg>`
}

const before = (kind: string): Html =>
  html`<svg class="${kind}" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" aria-hidden="true" focusable="false"><rect class="ground" width="${WIDTH}" height="${HEIGHT}"/>`
const [WHOLE, PARTIAL] = [before('bar'), before('bar partial')]
