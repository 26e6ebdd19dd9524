import { checkReadable } from './embedded-file.ts'
import { anyOrder, identityOf, readAll, readPages, readStream } from './embedded-pages.ts'
import type { EventReader } from './event-store.ts'
import { startWorker } from './worker-client.ts'

const THREAD = new URL('./embedded-worker.ts', import.meta.url)

/**
 * Opens an embedded ledger for reading only, and takes no lock: the process that writes it may go on. Rejects with
 * `Unavailable` where there is none, with `ForeignStore` for a file that is no ledger or a newer one.
 */
export async function openEmbeddedReader(path: string): Promise<EventReader> {
  checkReadable(path)
  const reader = await startWorker(THREAD, { role: 'reader', path })
  const end = () => reader.call({ kind: 'end' })
  let closing: Promise<void> | undefined
  return {
    readStream: (stream, options) => readStream(reader, stream, options),
    readAll: (after, prefixes) => readAll(reader, end, after, prefixes),
    readPages: (after, prefixes) => readPages(reader, end, after, prefixes),
    anyOrder: anyOrder(reader, end),
    end,
    identity: () => identityOf(reader),
    close() {
      closing ??= reader.close()
      return closing
    }
  }
}
