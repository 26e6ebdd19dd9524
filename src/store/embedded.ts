import type { StoredEvent } from '../events/catalogue.ts'
import { subscribe, watermark } from './embedded-follow.ts'
import { packAppends } from './embedded-packing.ts'
import { checkRevision, identityOf, readAll, readStream } from './embedded-pages.ts'
import type { AppendRequest, Written } from './embedded-protocol.ts'
import { type Recent, recentEvents } from './embedded-recent.ts'
import { ledgerTail } from './embedded-tail.ts'
import { type Appended, checkAppend, type EventStore, type NewEvent } from './event-store.ts'
import { startWorker, type WorkerClient } from './worker-client.ts'

const THREAD = new URL('./embedded-worker.ts', import.meta.url)

/**
 * The event store in one SQLite file, for one process. Two threads hold the file, one to append and one to read, so
 * that neither the event loop nor a reader waits for the disk. Rejects with `StoreLocked` while another process
 * has the file, with `ForeignStore` for a file that is no ledger or a newer one, else `Damaged` or `Unavailable`.
 */
export async function openEmbeddedStore(path: string): Promise<EventStore> {
  const newest = watermark()
  const recent = recentEvents()
  const tail = ledgerTail()
  // One thread without the other is of no use: the end of either is the end of both.
  const onExit = () => {
    for (const thread of threads) thread.refuse()
    recent.end()
    newest.end()
  }
  const threads: WorkerClient[] = []
  const starting = startWorker(THREAD, { role: 'reader', path }, { onExit })
  const events = { onExit, onEnd: newest.advance, gathers: true, pack: packAppends }
  const writer = await startWorker(THREAD, { role: 'writer', path }, events).catch(async (error) => {
    await (await starting).close()
    throw error
  })
  const reader = await starting
  threads.push(reader, writer)
  newest.advance(writer.opened as bigint)
  let closing: Promise<void> | undefined

  /** Remembers what was written; what an earlier append wrote is not what this one says. */
  const heard = ({ stream, events }: Omit<AppendRequest, 'kind'>, { isNew, ...last }: Written) => {
    if (!isNew) return
    const written = events.map((event, i) => storedAt(event, stream, last, events.length - 1 - i))
    recent.appended(written)
    tail.wrote(written)
  }

  return {
    async append(stream, events, { expectedRevision }) {
      checkAppend(stream, events)
      if (expectedRevision !== 'none') checkRevision(expectedRevision)
      const kept = events.map(({ id, type, data, metadata }) => ({
        id: id.toLowerCase(),
        type,
        data,
        metadata
      }))
      const request = { stream, events: kept, expectedRevision }
      try {
        const written = await writer.call({ kind: 'append', ...request }, (written) =>
          heard(request, written)
        )
        return { revision: written.revision, position: written.position }
      } catch (error) {
        // Among others where somebody has written by hand, whom only the writer has met.
        recent.forget(stream)
        throw error
      }
    },
    known: (stream, fromRevision) => recent.from(stream, fromRevision),
    readStream: (stream, options) => readKnown(reader, recent, stream, options),
    // Up to what is the newest event when the reading begins, so that it ends however fast others append.
    readAll: (after, prefixes) => readAll(reader, async () => newest.position(), after, prefixes),
    subscribe: (after, prefixes, signal) => subscribe(reader, newest, tail, after, prefixes, signal),
    end: () => reader.call({ kind: 'end' }),
    identity: () => identityOf(reader),
    close() {
      writer.refuse()
      recent.end()
      // The writer goes last: the last connection folds the log into the file.
      closing ??= reader.close().then(writer.close)
      return closing
    }
  }
}

/** The event so many before the last one of an append. */
const storedAt = (event: NewEvent, stream: string, last: Appended, before: number): StoredEvent => ({
  ...event,
  stream,
  revision: last.revision - before,
  position: last.position - BigInt(before)
})

/** One stream, read from the disk only where this process does not know it. */
async function* readKnown(
  reader: WorkerClient,
  recent: Recent,
  stream: string,
  { fromRevision = 0, wanted }: { fromRevision?: number; wanted?: number | undefined } = {}
): AsyncGenerator<StoredEvent> {
  checkRevision(fromRevision)
  const known = recent.from(stream, fromRevision)
  if (known) return yield* known
  const endsAt = recent.reading(stream)
  let last = fromRevision - 1
  for await (const event of readStream(reader, stream, { fromRevision, ...(wanted && { wanted }) })) {
    last = event.revision
    yield event
  }
  // Whoever asks beyond the end learns nothing of where it is.
  if (fromRevision === 0 || last >= fromRevision) endsAt(last)
}
