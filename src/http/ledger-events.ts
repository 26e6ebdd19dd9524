import type { LedgerRow } from '../../projections/ledger.ts'
import { type LedgerFilter, type LedgerSpan, ledgerList } from '../../projections/ledger-list.ts'
import type { Reader } from '../../projections/projection.ts'
import type { StoredEvent } from '../events/catalogue.ts'
import { type EventStore, STREAM_PREFIXES } from '../store/event-store.ts'

/*
 * Events in an order and by a filter that the store itself does not offer: found by the index of the ledger, read where
 * they are. What one page costs depends on the page alone, never on how long the ledger is.
 */

interface Parts {
  store: Pick<EventStore, 'readStream' | 'readAll'>
  reader: Reader
}

/** All events of a filter, from the older or the newer end, read so many at a time. */
export async function* foundEvents(
  { store, reader }: Parts,
  filter: LedgerFilter,
  span: LedgerSpan
): AsyncGenerator<StoredEvent> {
  const rest = { ...span }
  const isWhole = Object.values(filter).every((value) => value === undefined)
  for (;;) {
    const rows = ledgerList(reader, filter, rest)
    yield* isWhole ? await neighbours(store, rows) : await eventsAt(store, rows)
    const last = rows.at(-1)
    if (!last || rows.length < rest.limit) return
    if (rest.order === 'newest') rest.before = last.position
    else rest.after = last.position
  }
}

/** Events that stand one after the other in the ledger: read in one go. */
async function neighbours(
  store: Pick<EventStore, 'readAll'>,
  rows: readonly LedgerRow[]
): Promise<StoredEvent[]> {
  const places = rows.map(({ position }) => position).sort((a, b) => (a < b ? -1 : 1))
  const [first, last] = [places[0], places.at(-1)]
  if (first === undefined || last === undefined) return []
  const found = new Map<bigint, StoredEvent>()
  for await (const event of store.readAll(first - 1n, STREAM_PREFIXES)) {
    if (event.position <= last) found.set(event.position, event)
    if (event.position >= last) break
  }
  return inOrder(rows, found)
}

/** Events anywhere in the ledger: neighbours in a stream are read in one go, others one by one. */
export async function eventsAt(
  store: Pick<EventStore, 'readStream'>,
  rows: readonly LedgerRow[]
): Promise<StoredEvent[]> {
  const found = new Map<bigint, StoredEvent>()
  for (const { stream, fromRevision, wanted } of runsOf(rows)) {
    let left = wanted
    for await (const event of store.readStream(stream, { fromRevision, wanted })) {
      found.set(event.position, event)
      if (--left === 0) break
    }
  }
  return inOrder(rows, found)
}

interface Run {
  stream: string
  fromRevision: number
  wanted: number
}

function runsOf(rows: readonly LedgerRow[]): Run[] {
  const runs: Run[] = []
  const sorted = [...rows].sort((a, b) =>
    a.stream === b.stream ? a.revision - b.revision : a.stream < b.stream ? -1 : 1
  )
  for (const { stream, revision } of sorted) {
    const run = runs.at(-1)
    if (run?.stream === stream && run.fromRevision + run.wanted === revision) run.wanted += 1
    else runs.push({ stream, fromRevision: revision, wanted: 1 })
  }
  return runs
}

const inOrder = (rows: readonly LedgerRow[], found: ReadonlyMap<bigint, StoredEvent>): StoredEvent[] =>
  rows.map(({ position, event }) => {
    const stored = found.get(position)
    // The index is made of the store's own events, and nothing is ever deleted.
    if (stored?.id !== event) throw new Error(`event ${event} is not at position ${position} of the store`)
    return stored
  })
