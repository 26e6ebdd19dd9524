import { checkRevision, identityOf, pages, readAll, readStream } from './embedded-pages.ts'
import { type Batch, checkAppend, type EventStore } from './event-store.ts'
import { startWorker, type WorkerClient } from './worker-client.ts'

const THREAD = new URL('./embedded-worker.ts', import.meta.url)

/**
 * The event store in one SQLite file, for one process. Two threads hold the file, one to append and one to read, so
 * that neither the event loop nor a reader waits for the disk. Rejects with `StoreLocked` while another process
 * has the file, with `ForeignStore` for a file that is no ledger or a newer one, else `Damaged` or `Unavailable`.
 */
export async function openEmbeddedStore(path: string): Promise<EventStore> {
  const newest = watermark()
  // One thread without the other is of no use: the end of either is the end of both.
  const onExit = () => {
    for (const thread of threads) thread.refuse()
    newest.end()
  }
  const threads: WorkerClient[] = []
  const starting = startWorker(THREAD, { role: 'reader', path }, { onExit })
  const writer = await startWorker(THREAD, { role: 'writer', path }, { onExit, onEnd: newest.advance }).catch(
    async (error) => {
      await (await starting).close()
      throw error
    }
  )
  const reader = await starting
  threads.push(reader, writer)
  newest.advance(writer.opened as bigint)
  let closing: Promise<void> | undefined

  return {
    async append(stream, events, { expectedRevision }) {
      checkAppend(stream, events)
      if (expectedRevision !== 'none') checkRevision(expectedRevision)
      const kept = events.map((event) => ({ ...event, id: event.id.toLowerCase() }))
      return writer.call({ kind: 'append', stream, events: kept, expectedRevision })
    },
    readStream: (stream, { fromRevision = 0 } = {}) => readStream(reader, stream, fromRevision),
    // Up to what is the newest event when the reading begins, so that it ends however fast others append.
    readAll: (after, prefixes) => readAll(reader, async () => newest.position(), after, prefixes),
    subscribe: (after, prefixes, signal) => subscribe(reader, newest, after, prefixes, signal),
    end: () => reader.call({ kind: 'end' }),
    identity: () => identityOf(reader),
    close() {
      writer.refuse()
      // The writer goes last: the last connection folds the log into the file.
      closing ??= reader.close().then(writer.close)
      return closing
    }
  }
}

/**
 * The reader pulls: what is appended meanwhile only moves the watermark, so a slow one costs no memory, and live is
 * nothing but another page. So there is no switch from catching up to live at which an event could get lost.
 */
async function* subscribe(
  reader: WorkerClient,
  newest: Watermark,
  after: bigint,
  prefixes: readonly string[],
  signal: AbortSignal
): AsyncGenerator<Batch> {
  const backlog = newest.position()
  let checkpoint = after
  const fetch = (from: bigint) =>
    reader.call({ kind: 'page', after: from, upTo: newest.position(), prefixes })
  if (checkpoint >= backlog && !signal.aborted) yield { events: [], checkpoint, caughtUp: true }
  while (!signal.aborted) {
    await newest.above(checkpoint, signal)
    if (signal.aborted) return
    for await (const page of pages(checkpoint, fetch)) {
      if (signal.aborted) return
      checkpoint = page.checkpoint
      yield { events: page.events, checkpoint, caughtUp: checkpoint >= backlog }
    }
  }
}

type Watermark = ReturnType<typeof watermark>

/** The position of the newest durable event, and who waits for a newer one. */
function watermark() {
  let position = 0n
  let ended = false
  const waiting = new Set<() => void>()
  const wakeAll = () => {
    for (const wake of [...waiting]) wake()
  }
  return {
    position: () => position,
    advance(to: bigint) {
      if (to <= position) return
      position = to
      wakeAll()
    },
    /** Nobody waits from now on: their next call says why. */
    end() {
      ended = true
      wakeAll()
    },
    /** Resolves when there may be something after the position, when aborted, or when the store has ended. */
    async above(after: bigint, signal: AbortSignal): Promise<void> {
      if (position > after || ended) return
      await new Promise<void>((resolve) => {
        const wake = () => {
          waiting.delete(wake)
          signal.removeEventListener('abort', wake)
          resolve()
        }
        waiting.add(wake)
        signal.addEventListener('abort', wake)
      })
    }
  }
}
