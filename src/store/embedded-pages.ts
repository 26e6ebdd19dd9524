import { createHash } from 'node:crypto'
import type { StoredEvent } from '../events/catalogue.ts'
import type { Page } from './embedded-protocol.ts'
import type { WorkerClient } from './worker-client.ts'

/* Reading an embedded ledger page by page from its reading thread. */

/** What tells one store from all others: no two can have the same first event id. */
export async function identityOf(reader: WorkerClient): Promise<string> {
  const first = await reader.call({ kind: 'first' })
  if (!first) return 'empty'
  return createHash('sha256').update(`${first.id} ${first.position}`).digest('hex').slice(0, 16)
}

export function checkRevision(revision: number): void {
  if (!Number.isSafeInteger(revision) || revision < 0) throw new RangeError(`not a revision: ${revision}`)
}

export async function* readStream(
  reader: WorkerClient,
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
  reader: WorkerClient,
  end: () => Promise<bigint>,
  after: bigint,
  prefixes: readonly string[]
): AsyncGenerator<StoredEvent[]> {
  const upTo = await end()
  const fetch = (from: bigint) => reader.call({ kind: 'page', after: from, upTo, prefixes })
  for await (const { events } of pages(after, fetch)) yield events
}

/** Pages until one says that it was the last; the next is fetched while the reader is busy with one. */
export async function* pages(after: bigint, fetch: (after: bigint) => Promise<Page>): AsyncGenerator<Page> {
  let next: Promise<Page> | undefined = fetch(after)
  while (next) {
    const page: Page = await next
    next = page.more ? fetch(page.checkpoint) : undefined
    // Whoever stops reading never sees the page fetched ahead, nor its failure.
    next?.catch(() => {})
    yield page
  }
}
