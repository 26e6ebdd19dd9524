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
  return address.kind === 'file' ? openEmbeddedStore(address.path) : openServer(address.url, options, false)
}

/**
 * Opens a store for reading only: an embedded one also while another process writes it, one on a server also for a user
 * who may not append.
 */
export async function openReader(address: StoreAddress, options: StoreOptions): Promise<EventReader> {
  return address.kind === 'file' ? openEmbeddedReader(address.path) : openServer(address.url, options, true)
}

/** Its client is heavier than all the rest in every thread that opens a store, and so loaded only where it is used. */
async function openServer(url: string, options: StoreOptions, onlyReads: boolean): Promise<EventStore> {
  const { openEventStoreDb } = await import('./eventstoredb.ts')
  const { streamPrefix: prefix, ...places } = options
  return openEventStoreDb(url, { prefix, onlyReads, ...places })
}
