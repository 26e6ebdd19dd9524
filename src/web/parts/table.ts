import { html } from 'ghtml'
import type { Context } from '../context.ts'
import { fractionDigits } from '../format.ts'
import type { Html } from '../page.ts'
import { frame } from '../words/frame.ts'

/*
 * Tables: a head for each column, the first column names the row, no cell is empty. Numbers stand under each other by
 * their decimal sign, since a column has the same number of fraction digits in every row.
 */

export interface Column<Row> {
  head: string
  /** Markup of the cell; empty says that there is nothing. */
  cell: (row: Row) => Html
  /** Figures are aligned by their last digit, on the right in both languages. */
  isFigure?: boolean
  /** An address that sorts by this column, and whether it is sorted by it now. */
  sort?: { href: string; direction: 'ascending' | 'descending' | 'none' }
}

export interface TableOptions<Row> {
  caption: string
  /** Whether the caption is only for those who do not see the heading above. */
  isCaptionHidden?: boolean
  /** Attributes of a row, as `rowMarks` writes them: an id, a class. */
  marks?: (row: Row) => { id?: string; class?: string }
  /** Which column names the row; the first unless given. */
  header?: number
}

/** A table that scrolls by itself where the screen is narrower. */
export function table<Row>(
  context: Context,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  { caption, isCaptionHidden = false, marks, header = 0 }: TableOptions<Row>
): Html {
  if (rows.length === 0) return html`<p class="none">${context.say(frame.none)}</p>`
  const none = html`<span class="no-data">${context.say(frame.noData)}</span>`
  // There are thousands of cells on a page: what stands around them is made once for each column.
  const around = columns.map(({ isFigure }, index) => {
    const kind = isFigure ? ' class="figure"' : ''
    return index === header
      ? { before: `<th scope="row"${kind}>`, after: '</th>' }
      : { before: `<td${kind}>`, after: '</td>' }
  })
  const body = rows.map((row) => {
    let cells = ''
    for (const [index, { cell }] of columns.entries()) {
      const { before = '', after = '' } = around[index] ?? {}
      cells += before + (cell(row) || none) + after
    }
    const { id, class: name } = marks?.(row) ?? {}
    return html`<tr!${id ? html` id="${id}"` : ''}!${name ? html` class="${name}"` : ''}>!${cells}</tr>`
  })
  const hidden = isCaptionHidden ? ' class="visually-hidden"' : ''
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${caption}"><table><caption!${hidden}>${caption}</caption><thead><tr>!${columns.map(head).join('')}</tr></thead><tbody>!${body.join('')}</tbody></table></div>`
}

function head<Row>({ head, isFigure, sort }: Column<Row>): Html {
  const kind = isFigure ? ' class="figure"' : ''
  if (!sort) return html`<th scope="col"!${kind}>${head}</th>`
  const direction = sort.direction === 'none' ? '' : html` aria-sort="${sort.direction}"`
  const arrow = { ascending: ' ↑', descending: ' ↓', none: '' }[sort.direction]
  return html`<th scope="col"!${kind}!${direction}><a href="${sort.href}">${head}<span aria-hidden="true">${arrow}</span></a></th>`
}

/** The columns in which at least one row has something to say. */
export const withValues = <Row>(columns: readonly Column<Row>[], rows: readonly Row[]): Column<Row>[] =>
  columns.filter(({ cell }) => rows.some((row) => cell(row) !== ''))

/** A column of decimal strings, all with the fraction digits of the longest. */
export function figures<Row>(
  context: Context,
  head: string,
  rows: readonly Row[],
  value: (row: Row) => string | null | undefined,
  { signed = false, unit = '' }: { signed?: boolean; unit?: string } = {}
): Column<Row> {
  const digits = fractionDigits(rows.map(value))
  return {
    head,
    isFigure: true,
    cell: (row) => {
      const found = value(row)
      if (found === null || found === undefined) return ''
      const shown = signed ? context.format.signed(found, digits) : context.format.number(found, digits)
      return html`<bdi dir="ltr">${shown}${unit}</bdi>`
    }
  }
}

/** A column of words. */
export const words = <Row>(head: string, value: (row: Row) => string | null | undefined): Column<Row> => ({
  head,
  cell: (row) => html`${value(row) ?? ''}`
})
