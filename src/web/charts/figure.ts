import { html } from 'ghtml'
import type { Context } from '../context.ts'
import type { Html } from '../page.ts'
import { frame } from '../words/frame.ts'
import type { BarKind } from './rows.ts'

/* What stands around a chart: its heading, what the looks of its bars mean, and the same figures as a table. */

export interface FigureParts {
  caption: string
  chart: Html
  table: Html
  legend?: readonly { kind: BarKind; word: string }[]
  note?: string
  /** Whether the table stands open beside the chart, where it says more than the chart. */
  isTableOpen?: boolean
}

/** A chart with its table. */
export function chartFigure(context: Context, parts: FigureParts): Html {
  const { caption, chart, table, legend = [], note, isTableOpen = false } = parts
  const keys = legend.map(
    ({ kind, word }) =>
      html`<li><svg class="rows key" width="22" height="13" aria-hidden="true"><rect class="${kind}" x="1" y="1" width="20" height="11"/></svg> ${word}</li>`
  )
  return html`<figure class="plot"><figcaption>${caption}</figcaption>!${keys.length > 0 ? html`<ul class="legend">!${keys.join('')}</ul>` : ''}!${chart}!${note ? html`<p class="note">${note}</p>` : ''}<details!${isTableOpen ? ' open' : ''}><summary>${context.say(frame.asTable)}</summary>!${table}</details></figure>`
}
