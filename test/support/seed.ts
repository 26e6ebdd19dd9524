import type { TestApp } from './app.ts'
import { eventsOf, type Happening } from './history.ts'
import { storedOf } from './server.ts'

/* A history put into the ledger of a running server, for tests of what is read; no command decides it. */

/**
 * Appends what happened and waits until it can be read: units, then frameworks, then evaluations, each stream whole. All of
 * a kind are sent at once, so that they are stored together.
 */
export async function seed({ store, settled }: TestApp, history: readonly Happening[]): Promise<void> {
  const streams = [...Map.groupBy(eventsOf(history), ({ stream }) => stream)]
  for (const kind of ['unit-', 'framework-', 'evaluation-']) {
    const own = streams.filter(([stream]) => stream.startsWith(kind))
    await Promise.all(
      own.map(([stream, events]) => store.append(stream, events.map(storedOf), { expectedRevision: 'none' }))
    )
  }
  await settled()
}
