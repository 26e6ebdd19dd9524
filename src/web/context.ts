import { fill } from '../errors.ts'
import type { Actor } from '../events/envelope.ts'
import type { Problem } from '../http/problem.ts'
import { addressOf, type Query } from './ask.ts'
import { type Format, formatFor } from './format.ts'
import { inLanguage, type Language, type Named, type Phrase } from './language.ts'

/** A form that was sent and refused: what was typed, and why it did not do. */
export interface SentForm {
  /** Which form of the page it was. */
  form: string
  values: Readonly<Record<string, string>>
  problem: Problem
}

/** Everything that components know about the reader and the page, beside what they are given to show. */
export interface Context {
  language: Language
  format: Format
  say(phrase: Phrase, values?: Record<string, string | number>): string
  /** A name or title that somebody gave. */
  name(title: Named): string
  actor: Actor
  /** False on the few pages that are shown to anybody; `actor` is then nobody in particular. */
  isSignedIn: boolean
  /** The address of this page without its query, and what the query says. */
  path: string
  query: Query
  /** Another page, of the same moment as this one. */
  link(path: string, query?: Query): string
  /** This page with other members of the query; undefined leaves one out. */
  here(changes: Query): string
  /** Goes with every form, so that nobody else can send it in the reader's name. */
  csrf: string
  /** A new key for an act: sent twice, the form acts once. */
  newKey(): string
  sent: SentForm | null
  /** What the reader did last, when that brought them here. */
  done: string | undefined
  now: string
}

export interface ContextParts
  extends Pick<Context, 'language' | 'actor' | 'isSignedIn' | 'path' | 'query' | 'csrf' | 'newKey' | 'now'> {
  sent?: SentForm | null
  done?: string | undefined
}

/** Members of the query that are of one visit and not of the address that is passed on. */
const PASSING = { waitFor: undefined, done: undefined, lang: undefined, export: undefined }

export function createContext(parts: ContextParts): Context {
  const { language, query, path } = parts
  const format = formatFor(language)
  return {
    ...parts,
    sent: parts.sent ?? null,
    done: parts.done,
    format,
    say: (phrase, values) => (values ? fill(phrase[language], values) : phrase[language]),
    name: (title) =>
      language === 'fa' ? format.digits(inLanguage(title, language)) : inLanguage(title, language),
    link: (to, more = {}) => addressOf(to, { asOf: query.asOf, ...more }),
    here: (changes) => addressOf(path, { ...query, ...PASSING, page: undefined, ...changes })
  }
}
