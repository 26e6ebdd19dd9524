import { createHash } from 'node:crypto'
import type { StoredEvent } from '../events/catalogue.ts'
import type { Answer, PageOf, ReadRequest } from './embedded-protocol.ts'
import type { AnyOrder } from './event-store.ts'

/* Reading an embedded ledger page by page, from its reading thread or from wherever else pages come. */

/** Gives one page, or another answer about the ledger. */
export interface PageReader {
  call<K extends ReadRequest['kind']>(request: ReadRequest & { kind: K }): Promise<Answer[K]>
}

/** What tells one store from all others: no two can have the same first event id. */
export async function identityOf(reader: PageReader): Promise<string> {
  const first = await reader.call({ kind: 'first' })
  if (!first) return 'empty'
  return createHash('sha256').update(`${first.id} ${first.position}`).digest('hex').slice(0, 16)
}

export function checkRevision(revision: number): void {
  if (!Number.isSafeInteger(revision) || revision < 0) throw new RangeError(`not a revision: ${revision}`)
}

export async function* readStream(
  reader: PageReader,
  stream: string,
  { fromRevision = 0, wanted }: { fromRevision?: number; wanted?: number } = {}
): AsyncGenerator<StoredEvent> {
  checkRevision(fromRevision)
  let next = fromRevision
  let more = true
  while (more) {
    const page = await reader.call({ kind: 'stream', stream, fromRevision: next, wanted })
    yield* page.events
    next += page.events.length
    more = page.more
  }
}

/** The ledger after a position, up to where it ends when the reading begins. */
export async function* readAll(...asked: Parameters<typeof readPages>): AsyncGenerator<StoredEvent> {
  for await (const events of readPages(...asked)) yield* events
}

/** The same page by page. */
export async function* readPages(
  reader: PageReader,
  end: () => Promise<bigint>,
  after: bigint,
  prefixes: readonly string[]
): AsyncGenerator<StoredEvent[]> {
  const upTo = await end()
  const fetch = (from: bigint) => reader.call({ kind: 'page', after: from, upTo, prefixes })
  for await (const { events } of pages(after, fetch)) yield events
}

/** So many events are asked for at once; how many come back is for the page to say. */
const PLACES_MAX = 500

/** Events wherever they stand, up to where the ledger ends when the reading begins. */
export const anyOrder = (reader: PageReader, end: () => Promise<bigint>): AnyOrder => ({
  async *heads(after, prefixes) {
    const upTo = await end()
    const fetch = (from: bigint) => reader.call({ kind: 'heads', after: from, upTo, prefixes })
    for await (const { events } of pages(after, fetch)) yield events
  },
  async *at(positions) {
    const fetch = async (from: bigint): Promise<PageOf<StoredEvent>> => {
      const begun = Number(from)
      const asked = positions.slice(begun, begun + PLACES_MAX)
      const events = asked.length > 0 ? await reader.call({ kind: 'places', positions: asked }) : []
      const next = begun + events.length
      return { events, checkpoint: BigInt(next), more: next < positions.length }
    }
    for await (const { events } of pages(0n, fetch)) yield events
  }
})

/** Pages until one says that it was the last; the next is fetched while the reader is busy with one. */
export async function* pages<Event>(
  after: bigint,
  fetch: (after: bigint) => Promise<PageOf<Event>>
): AsyncGenerator<PageOf<Event>> {
  let next: Promise<PageOf<Event>> | undefined = fetch(after)
  while (next) {
    const page: PageOf<Event> = await next
    next = page.more ? fetch(page.checkpoint) : undefined
    // Whoever stops reading never sees the page fetched ahead, nor its failure.
    next?.catch(() => {})
    yield page
  }
}
