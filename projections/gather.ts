import type { StoredEvent } from '../src/events/catalogue.ts'

/** How much is applied and committed at once: bounds memory, and how long readers wait. */
export interface BatchSize {
  events: number
  characters: number
}

/** Events of several pages, with the last of those. */
export interface Batch<Page> {
  page: Page
  events: StoredEvent[]
}

/**
 * Gathers small pages into batches, each given as soon as there is enough of it, or when `isLast` says of a page that no
 * more waits behind it. The last batch holds what is left in the end.
 */
export async function* gathered<Page>(
  pages: AsyncIterable<Page>,
  size: BatchSize,
  eventsIn: (page: Page) => readonly StoredEvent[],
  isLast: (page: Page) => boolean = () => false
): AsyncGenerator<Batch<Page>> {
  let batch: Batch<Page> | undefined
  let characters = 0
  for await (const page of pages) {
    batch = { page, events: batch?.events ?? [] }
    for (const event of eventsIn(page)) {
      batch.events.push(event)
      characters += event.data.length + event.metadata.length
    }
    if (!isLast(page) && batch.events.length < size.events && characters < size.characters) continue
    yield batch
    batch = undefined
    characters = 0
  }
  if (batch) yield batch
}
