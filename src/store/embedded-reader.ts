import { setImmediate as nextTurn } from 'node:timers/promises'
import { checkReadable, openForReading } from './embedded-file.ts'
import { anyOrder, identityOf, type PageReader, readAll, readPages, readStream } from './embedded-pages.ts'
import { type Answer, errorOf, faultOf, type ReadRequest } from './embedded-protocol.ts'
import { pageReader } from './embedded-read.ts'
import { type EventReader, Unavailable } from './event-store.ts'

/**
 * Opens an embedded ledger for reading only, and takes no lock: the process that writes it may go on. Rejects with
 * `Unavailable` where there is none, with `ForeignStore` for a file that is no ledger or a newer one.
 *
 * It reads in the thread of whoever asks, a page at a time: for programs, which have nobody else to answer meanwhile, and
 * whom a thread between would cost more than reading does.
 */
export async function openEmbeddedReader(path: string): Promise<EventReader> {
  checkReadable(path)
  const reader = openHere(path)
  const end = () => reader.call({ kind: 'end' })
  return {
    readStream: (stream, options) => readStream(reader, stream, options),
    readAll: (after, prefixes) => readAll(reader, end, after, prefixes),
    readPages: (after, prefixes) => readPages(reader, end, after, prefixes),
    anyOrder: anyOrder(reader, end),
    end,
    identity: () => identityOf(reader),
    close: reader.close
  }
}

/** Answers reads as the reading thread of a store does. */
function openHere(path: string): PageReader & { close(): Promise<void> } {
  const file = openForReading(path)
  const answer = pageReader(file.db)
  let isClosed = false
  return {
    async call<K extends ReadRequest['kind']>(request: ReadRequest & { kind: K }): Promise<Answer[K]> {
      // Between two pages there is time for signals and for whoever shows how far it is.
      await nextTurn()
      if (isClosed) throw new Unavailable('the store is closed', { nothingStored: true })
      try {
        // Each kind is answered with its own shape; see Answer.
        return answer(request) as Answer[K]
      } catch (error) {
        throw errorOf(faultOf(error))
      }
    },
    async close() {
      if (!isClosed) file.close()
      isClosed = true
    }
  }
}
