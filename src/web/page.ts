import type { Actor } from '../events/envelope.ts'
import type { RouteAccess } from '../http/access-table.ts'
import type { AsOf } from '../http/moment.ts'
import type { Query } from './ask.ts'
import type { Context } from './context.ts'
import type { Language, Phrase } from './language.ts'
import type { Reads } from './reads.ts'

/** Markup, ready to be sent: what `html` returns, and nothing that came from outside. */
export type Html = string

/** What a page is asked for. */
export interface Place {
  params: Readonly<Record<string, string>>
  query: Query
  /** The members of every read that say which moment is meant, and what must have been applied. */
  moment: { asOf?: string | undefined; waitFor?: string | undefined }
  actor: Actor
  language: Language
  now: string
}

/** What a file holds that is taken away from a page: all of what the filter lets through. */
export interface Exported {
  /** Of the file, without its ending. */
  name: string
  /** The rows, a part of them after the other, each read when it is asked for. */
  pages: Iterable<readonly object[]> | AsyncIterable<readonly object[]>
  asOf: AsOf
}

/** What every page has to show: the moment it is of. */
export interface Shown {
  asOf: AsOf
}

/** A filter of a page: a member of its query, with the word for it. */
export interface Filter {
  name: string
  label: Phrase
}

/**
 * A page: an address, what is read for it, and what is shown. `load` asks the API only; `body` is a pure function of
 * what was loaded, so that a test needs no server.
 */
export interface Page<Model extends Shown = Shown> {
  path: string
  who: RouteAccess['who']
  /** The members of the query that it takes, beside those that all pages take. */
  filters: readonly Filter[]
  load(reads: Reads, place: Place): Promise<Model>
  title(model: Model, context: Context): string
  body(model: Model, context: Context): Html
  /** All that is filtered, for a file; where it is missing the page has none. */
  file?(reads: Reads, place: Place): Promise<Exported>
  /** The stream whose events change the page, for pages about one; any event unless given. */
  about?(model: Model): string
  /** The commands that forms of this page may send. */
  acts?: readonly string[]
  /** Whether the page shows what a reader types, so that it must not be exchanged under their hands. */
  isTyped?: boolean | ((model: Model) => boolean)
}

/** Declares a page; outside its file nobody needs to know what it loads. */
export const definePage = <Model extends Shown>(page: Page<Model>): Page => page as unknown as Page

/** What the API says of a part of a list. */
interface Part<Item> {
  items: Item[]
  next: string | null
  asOf: AsOf
}

/** The pages of a list, all of the first one's moment; each but that is read when it is asked for. */
export async function pagesOf<Item>(
  read: (query: Query) => Promise<Part<Item>>,
  query: Query
): Promise<{ pages: AsyncIterable<Item[]>; asOf: AsOf }> {
  const first = await read({ ...query, limit: PAGE })
  return { pages: goingOn(read, first), asOf: first.asOf }
}

const PAGE = '500'

async function* goingOn<Item>(
  read: (query: Query) => Promise<Part<Item>>,
  first: Part<Item>
): AsyncGenerator<Item[]> {
  yield first.items
  for (let next = first.next; next !== null; ) {
    const page = await read({ cursor: next, limit: PAGE })
    yield page.items
    next = page.next
  }
}

/** Everything of a list, for one that is known to be short enough. */
export async function wholeList<Item>(
  read: (query: Query) => Promise<Part<Item>>,
  query: Query
): Promise<{ items: Item[]; asOf: AsOf }> {
  const { pages, asOf } = await pagesOf(read, query)
  const items: Item[] = []
  for await (const page of pages) items.push(...page)
  return { items, asOf }
}
