import type { StoredEvent } from '../events/catalogue.ts'
import { Damaged, Unavailable } from './event-store.ts'
import type { Places } from './eventstoredb-places.ts'
import { missing } from './eventstoredb-revisions.ts'
import {
  FIRST_PAUSE_MS,
  nextPause,
  type Patience,
  pause,
  troubleOf,
  typedError,
  type Wire,
  type WireCall,
  type WireRead,
  type WireRecord
} from './eventstoredb-wire.ts'

export interface Reading {
  wire: Wire
  prefix: string
  patience: Patience
  places: Places
  /** Aborted when the store closes. */
  closing: AbortSignal
}

export const closed = () => new Unavailable('the store is closed', { nothingStored: true })

/** A record of ours as the ledger knows it. */
export const storedEvent = (record: WireRecord, prefix: string): StoredEvent => ({
  id: record.id.toLowerCase(),
  type: record.type,
  stream: record.stream.slice(prefix.length),
  revision: Number(record.revision),
  position: record.position,
  data: record.data,
  metadata: record.metadata
})

/** One stream from a revision on, taken up again where a connection broke. Throws `Damaged` where a revision is missing. */
export async function* readStreamFrom(
  parts: Reading,
  stream: string,
  fromRevision: number
): AsyncGenerator<StoredEvent> {
  if (!Number.isSafeInteger(fromRevision) || fromRevision < 0) {
    throw new RangeError(`not a revision: ${fromRevision}`)
  }
  let next = fromRevision
  const request = (): WireRead => ({ of: 'stream', stream: parts.prefix + stream, fromRevision: next })
  for await (const record of persistently(parts, request, `a read of ${stream}`)) {
    if (record.type.startsWith('$')) throw new Damaged(`stream ${stream} was deleted on the server`)
    if (record.revision !== BigInt(next)) throw missing(stream, BigInt(next), record.revision)
    next += 1
    yield storedEvent(record, parts.prefix)
  }
}

/** All records of any stream, by its name on the server. */
export async function* readRecords(parts: Reading, stream: string): AsyncGenerator<WireRecord> {
  let next = 0
  const request = (): WireRead => ({ of: 'stream', stream, fromRevision: next })
  for await (const record of persistently(parts, request, `a read of ${stream}`)) {
    next = Number(record.revision) + 1
    yield record
  }
}

/** The newest records of `$all` before a place, the newest first, whoever wrote them. */
export async function readBackwards(
  parts: Reading,
  before: bigint | 'end',
  count: number
): Promise<WireRecord[]> {
  const records: WireRecord[] = []
  const request = (): WireRead => ({
    of: 'all-backwards',
    before: records.at(-1)?.position ?? before,
    count: count - records.length
  })
  for await (const record of persistently(parts, request, 'a read of the ledger')) {
    records.push(record)
    if (records.length === count) break
  }
  return records
}

/** All records of one read, through as many tries as patience allows without a single record coming. */
async function* persistently(
  parts: Reading,
  request: () => WireRead,
  doing: string
): AsyncGenerator<WireRecord> {
  const { wire, patience, closing } = parts
  let since = performance.now()
  let wait = FIRST_PAUSE_MS
  for (;;) {
    if (closing.aborted) throw closed()
    let call: WireCall | undefined
    try {
      call = await wire.read(request(), patience.call)
      for (;;) {
        const message = call.poll() ?? (await call.next(patience.call))
        if (closing.aborted) throw closed()
        if (message === null || message.kind === 'no-stream') return
        if (message.kind !== 'record') continue
        yield message.record
        since = performance.now()
        wait = FIRST_PAUSE_MS
      }
    } catch (error) {
      if (closing.aborted) throw closed()
      if (troubleOf(error) !== 'passing' || performance.now() - since > patience.total) {
        throw typedError(error, doing)
      }
    } finally {
      // Also when the reader gives up half-way: else the server would go on sending.
      call?.cancel()
    }
    await pause(wait, closing)
    wait = nextPause(wait)
  }
}
