import type { StoredEvent } from '../../src/events/catalogue.ts'
import type { AnyAddress } from '../../src/store/address.ts'
import { APPEND_BYTES_MAX, type EventStore, STREAM_PREFIXES } from '../../src/store/event-store.ts'
import { openReader, openStore, type StoreOptions } from '../../src/store/open.ts'
import { openBackupSource, openBackupTarget } from './backup.ts'

/** A ledger to read, wherever it is. */
export interface Source {
  /** How many events it has, as far as that is known without reading them. */
  total: number | null
  /** All of them in ledger order, as they were written. */
  events(): AsyncIterable<StoredEvent>
  close(): Promise<void>
}

/** A ledger to write to. */
export interface Target extends Source {
  /** Appends events in this order; resolves when no more than a few are under way. Returns how many it took. */
  write(events: readonly StoredEvent[]): Promise<number>
  /** Resolves when everything written is durable. */
  finish(): Promise<void>
}

/** So many appends to an embedded store may wait for one commit: its thread takes them in the order they come. */
const WINDOW = 128

export async function openSource(address: AnyAddress, options: StoreOptions): Promise<Source> {
  if (address.kind === 'ndjson') return openBackupSource(address.path)
  const store = await openReader(address, options)
  // Positions of an embedded store count its events.
  const total = address.kind === 'file' ? Number(await store.end()) : null
  return { total, events: () => store.readAll(0n, STREAM_PREFIXES), close: store.close }
}

export async function openTarget(address: AnyAddress, options: StoreOptions): Promise<Target> {
  if (address.kind === 'ndjson') return openBackupTarget(address.path)
  const store = await openStore(address, options)
  return {
    total: null,
    events: () => store.readAll(0n, STREAM_PREFIXES),
    ...appending(store, address.kind === 'file' ? WINDOW : 1),
    close: store.close
  }
}

function appending(store: EventStore, window: number): Pick<Target, 'write' | 'finish'> {
  let failure: { error: unknown } | undefined
  const underWay = new Set<Promise<void>>()
  const settle = async (most: number) => {
    while (underWay.size > most) await Promise.race(underWay)
    if (failure) throw failure.error
  }
  const append = (events: readonly StoredEvent[]): void => {
    const first = events[0]
    if (!first) return
    const expectedRevision = first.revision === 0 ? 'none' : first.revision - 1
    const done = store.append(first.stream, events, { expectedRevision }).then(
      () => {},
      (error: unknown) => {
        failure ??= { error }
      }
    )
    underWay.add(done)
    void done.then(() => underWay.delete(done))
  }
  return {
    async write(events) {
      for (const group of byStream(events)) {
        await settle(window - 1)
        append(group)
      }
      await settle(window - 1)
      return events.length
    },
    finish: () => settle(0)
  }
}

/** Neighbours of one stream go together, as far as one append may be large. */
export function byStream(events: readonly StoredEvent[]): StoredEvent[][] {
  const groups: StoredEvent[][] = []
  let bytes = 0
  for (const event of events) {
    const size = Buffer.byteLength(event.data) + Buffer.byteLength(event.metadata)
    const group = groups.at(-1)
    if (group?.[0]?.stream === event.stream && bytes + size <= APPEND_BYTES_MAX) {
      group.push(event)
      bytes += size
    } else {
      groups.push([event])
      bytes = size
    }
  }
  return groups
}
