import type { Title } from '../../src/events/forms.ts'
import { type Column, shorten, tableLines } from './table.ts'
import { filled, headings, type Lang, say, words } from './words.ts'

/** How the tables are to look. */
export interface Look {
  lang: Lang
  /** For a terminal that orders text by direction. */
  isolate: boolean
}

/** A column for words, headed by one of the known words. */
export const text = (word: keyof typeof words, { lang }: Look): Column => ({ head: say(words[word], lang) })

/** A column for figures. */
export const figures = (word: keyof typeof words, look: Look): Column => ({
  ...text(word, look),
  figures: true
})

/** One of the known words. */
export const said = (word: keyof typeof words, { lang }: Look): string => say(words[word], lang)

const TITLE_WIDTH = 72

/** A title, cut to a line's rest. */
export const titleOf = (title: Title, { lang }: Look): string => shorten(say(title, lang), TITLE_WIDTH)

/** A heading with its rule. */
export function heading(
  name: keyof typeof headings,
  look: Look,
  values: Record<string, string> = {}
): string[] {
  const line = filled(say(headings[name], look.lang), values)
  return ['', line, '']
}

/** A table, indented by nothing, as lines. */
export const table = (
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  { isolate }: Look
): string[] => tableLines(columns, rows, { isolate })
