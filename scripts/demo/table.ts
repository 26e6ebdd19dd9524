/*
 * Tables for a terminal. Columns are padded by what is seen, not by what is stored: marks and joiners of Persian
 * take no room. The last column is left as it is, so that titles, which run from right to left, move nothing.
 */

export interface Column {
  head: string
  /** Figures stand to the right; words to the left, which is the default. */
  figures?: boolean
}

export interface TableOptions {
  /** Isolates words of Persian from the figures around them, for a terminal that orders by direction. */
  isolate?: boolean
}

const INVISIBLE = /[\p{Mn}\p{Me}\p{Cf}]/gu
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/
const [FIRST_STRONG_ISOLATE, POP_ISOLATE] = ['\u2068', '\u2069']

/** How many columns of a terminal a text takes. */
export const displayWidth = (text: string): number => [...text.replace(INVISIBLE, '')].length

/** At most so many columns of a text; what is left out is told by `…`. */
export function shorten(text: string, width: number): string {
  if (displayWidth(text) <= width) return text
  let kept = ''
  let used = 0
  for (const letter of text) {
    used += displayWidth(letter)
    if (used >= width) break
    kept += letter
  }
  return `${kept.trimEnd()}…`
}

/** The lines of a table: head, rule, rows. A row may be shorter than the head. */
export function tableLines(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  { isolate = false }: TableOptions = {}
): string[] {
  const widths = columns.map(({ head }, i) => {
    return Math.max(displayWidth(head), ...rows.map((row) => displayWidth(row[i] ?? '')))
  })
  const shown = (cell: string) =>
    isolate && RIGHT_TO_LEFT.test(cell) ? `${FIRST_STRONG_ISOLATE}${cell}${POP_ISOLATE}` : cell
  const line = (cells: readonly string[]) =>
    columns
      .map(({ figures }, i) => {
        const cell = cells[i] ?? ''
        const pad = ' '.repeat((widths[i] ?? 0) - displayWidth(cell))
        if (figures) return pad + shown(cell)
        return i === columns.length - 1 ? shown(cell) : shown(cell) + pad
      })
      .join('  ')
      .trimEnd()
  const rule = widths.map((width) => '─'.repeat(Math.min(width, 40))).join('  ')
  return [line(columns.map(({ head }) => head)), rule, ...rows.map(line)]
}
