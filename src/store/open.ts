import type { StoreAddress } from './address.ts'
import { openEmbeddedStore } from './embedded.ts'
import { openEmbeddedReader } from './embedded-reader.ts'
import type { EventReader, EventStore } from './event-store.ts'
import type { EventStoreDbOptions } from './eventstoredb-compose.ts'

export interface StoreOptions extends Pick<EventStoreDbOptions, 'checkedUpTo' | 'knownAtOrBelow'> {
  /** What the names of our streams begin with in a store that others may use too. */
  streamPrefix: string
}

/** Opens a store for reading and writing. Rejects as the back end's own opener does. */
export async function openStore(address: StoreAddress, options: StoreOptions): Promise<EventStore> {
  if (address.kind === 'file') return openEmbeddedStore(address.path)
  // Loaded only where it is used: its client is heavier than all the rest, in every thread that opens a store.
  const { openEventStoreDb } = await import('./eventstoredb.ts')
  const { streamPrefix: prefix, ...places } = options
  return openEventStoreDb(address.url, { prefix, ...places })
}

/** Opens a store for reading only; an embedded one also while another process writes it. */
export async function openReader(address: StoreAddress, options: StoreOptions): Promise<EventReader> {
  if (address.kind === 'file') return openEmbeddedReader(address.path)
  return openStore(address, options)
}
