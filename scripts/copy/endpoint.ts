import type { StoredEvent } from '../../src/events/catalogue.ts'
import type { AnyAddress } from '../../src/store/address.ts'
import { APPEND_BYTES_MAX, type EventStore, STREAM_PREFIXES } from '../../src/store/event-store.ts'
import { openReader, openStore, type StoreOptions } from '../../src/store/open.ts'
import { openBackupSource, openBackupTarget } from './backup.ts'
import { inOrder } from './order.ts'

/** A ledger to read, wherever it is. */
export interface Source {
  /** How many events it has, as far as that is known without reading them. */
  total: number | null
  /** All of them in ledger order, as they were written. */
  events(): AsyncIterable<StoredEvent>
  /** What whoever copies from it should know. */
  note?: string
  close(): Promise<void>
}

/** A ledger to write to. */
export interface Target extends Source {
  /** Appends events in this order; resolves when no more than a few are under way. Returns how many it took. */
  write(events: readonly StoredEvent[]): Promise<number>
  /** Resolves when everything written is durable. */
  finish(): Promise<void>
}

/** How much may be under way at once. */
interface Window {
  appends: number
  characters: number
}

/** Appends to an embedded store wait for one commit together: its thread takes them in the order they come. */
const EMBEDDED: Window = { appends: 2_000, characters: 16 * 1024 * 1024 }
const ONE_BY_ONE: Window = { appends: 1, characters: 1 }
const NOTHING: Window = { appends: 0, characters: 0 }

export async function openSource(address: AnyAddress, options: StoreOptions): Promise<Source> {
  if (address.kind === 'ndjson') return openBackupSource(address.path)
  const store = await openReader(address, options)
  // Positions of an embedded store count its events.
  const total = address.kind === 'file' ? Number(await store.end()) : null
  const events = () => inOrder(store.readAll(0n, STREAM_PREFIXES), 'the source')
  return { total, events, close: store.close }
}

export async function openTarget(address: AnyAddress, options: StoreOptions): Promise<Target> {
  if (address.kind === 'ndjson') return openBackupTarget(address.path)
  const store = await openStore(address, options)
  return {
    total: null,
    events: () => store.readAll(0n, STREAM_PREFIXES),
    ...appending(store, address.kind === 'file' ? EMBEDDED : ONE_BY_ONE),
    close: store.close
  }
}

function appending(store: EventStore, window: Window): Pick<Target, 'write' | 'finish'> {
  let failure: { error: unknown } | undefined
  const underWay = { appends: 0, characters: 0 }
  let wake = () => {}
  /** Waits until less than the window is under way; with none, until nothing is. */
  const settle = async ({ appends, characters }: Window) => {
    const isFull = () =>
      underWay.appends > 0 && (underWay.appends >= appends || underWay.characters >= characters)
    while (isFull()) {
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
    if (failure) throw failure.error
  }
  const append = (events: readonly StoredEvent[]): void => {
    const first = events[0]
    if (!first) return
    const characters = events.reduce((sum, { data, metadata }) => sum + data.length + metadata.length, 0)
    underWay.appends += 1
    underWay.characters += characters
    const expectedRevision = first.revision === 0 ? 'none' : first.revision - 1
    const end = () => {
      underWay.appends -= 1
      underWay.characters -= characters
      wake()
    }
    store.append(first.stream, events, { expectedRevision }).then(end, (error: unknown) => {
      failure ??= { error }
      end()
    })
  }
  return {
    async write(events) {
      for (const group of byStream(events)) {
        await settle(window)
        append(group)
      }
      await settle(window)
      return events.length
    },
    finish: () => settle(NOTHING)
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
