import type { Source, Title } from '../../src/events/forms.ts'
import { latinNumber } from './digits.ts'

/** One command of an import; the key makes a second run find it done. */
export interface PlannedCommand {
  command: string
  body: Record<string, unknown>
  key: string
}

/** The unit that the sample is about, and who issues what it is judged by. */
export const UNIT = 'qazvin-behzisti'
export const PARENT = 'behzisti'
export const ADMINISTRATION = 'administrative-employment-organisation'

export const SERIES = 'behzisti-provincial'
export const frameworkId = (year: string): string => `${year}-${SERIES}`
export const evaluationId = (year: string): string => `${frameworkId(year)}.${UNIT}`

/** Where a fact stands: the whole report is the document, and gives points to two decimals. */
export const sourceAt = (place: string): Source => ({
  document:
    'Review and analysis of the performance of the Qazvin provincial welfare office (Behzisti) in 1402',
  place,
  digits: 2
})

/** A key out of words: `keyOf('1402', 'score', 'self', 'S6')` is `qazvin-1402-score-self-S6`. */
export const keyOf = (...parts: string[]): string =>
  ['qazvin', ...parts].map((part) => part.replace(/[^A-Za-z0-9.]+/g, '-')).join('-')

export const title = (fa: string, en?: string | undefined): Title => (en === undefined ? { fa } : { fa, en })

/** A quantity of the files, or undefined where nothing is printed. */
export const quantity = (printed: string | null | undefined): string | undefined =>
  printed === null || printed === undefined ? undefined : latinNumber(printed)
