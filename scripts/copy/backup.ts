import { createHash, type Hash } from 'node:crypto'
import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import type { StoredEvent } from '../../src/events/catalogue.ts'
import { Damaged, ForeignStore, Unavailable } from '../../src/store/event-store.ts'
import { type BackupState, eventLine, HEADER, lastLine, readBackup } from './backup-file.ts'
import type { Source, Target } from './endpoint.ts'

/** Reads a backup as a source; it must be there and whole. */
export async function openBackupSource(path: string): Promise<Source> {
  if (!existsSync(path)) throw new Unavailable(`There is no backup at ${path}`)
  const { events, whole } = await stateOf(path)
  if (!whole) {
    throw new Damaged(
      `${path} is not whole: it ends after event ${events} without its last line. Copy to it again first.`
    )
  }
  const isLonger = statSync(path).size > whole.bytes
  return {
    total: whole.events,
    events: () => readBackup(path, whole.bytes),
    close: async () => {},
    ...(isLonger && {
      note: `${path} is whole up to event ${whole.events}. What a copy that was interrupted left after it is not read.`
    })
  }
}

/**
 * Opens a backup for writing at its end; what was torn off there is cut away with the first event. A last line stays, so
 * that what was whole is so until more is.
 */
export async function openBackupTarget(path: string): Promise<Target> {
  const state = await stateOf(path)
  // A first line that was torn off is nothing yet; anything else is somebody's.
  if (state.bytes === 0 && existsSync(path) && !isTornHeader(path)) {
    throw new ForeignStore(`${path} is not a backup of a ledger. It was left as it is.`)
  }
  let writer: Writer | undefined
  const begin = async () => {
    writer ??= await openWriter(path, state)
    return writer
  }
  return {
    total: state.events,
    events: () => readBackup(path),
    async write(events) {
      const to = await begin()
      await to.write(events)
      return events.length
    },
    async finish() {
      const isWhole = state.whole?.bytes === state.bytes
      if (writer || !isWhole) await (await begin()).finish()
    },
    close: async () => writer?.close()
  }
}

const isTornHeader = (path: string): boolean =>
  statSync(path).size < HEADER.length && HEADER.startsWith(readFileSync(path, 'utf8'))

async function stateOf(path: string): Promise<BackupState> {
  const lines = readBackup(path)
  for (;;) {
    const next = await lines.next()
    if (next.done) return next.value
  }
}

interface Writer {
  write(events: readonly StoredEvent[]): Promise<void>
  finish(): Promise<void>
  close(): Promise<void>
}

async function openWriter(path: string, state: BackupState): Promise<Writer> {
  const file = await open(path, existsSync(path) ? 'r+' : 'w+')
  const hash = await hashOf(path, state.bytes)
  await file.truncate(state.bytes)
  let [bytes, count] = [state.bytes, state.events]
  const add = async (text: string) => {
    const buffer = Buffer.from(text)
    hash.update(buffer)
    await writeAt(file, buffer, bytes)
    bytes += buffer.length
  }
  if (bytes === 0) await add(HEADER)
  return {
    async write(events) {
      count += events.length
      await add(events.map(eventLine).join(''))
    },
    async finish() {
      // A last line must not be there before what it is of.
      await file.sync()
      await writeAt(file, Buffer.from(lastLine(count, hash.copy().digest('hex'))), bytes)
      await file.sync()
    },
    close: () => file.close()
  }
}

async function writeAt(file: FileHandle, buffer: Buffer, position: number): Promise<void> {
  let written = 0
  while (written < buffer.length) {
    const { bytesWritten } = await file.write(buffer, written, buffer.length - written, position + written)
    written += bytesWritten
  }
}

async function hashOf(path: string, bytes: number): Promise<Hash> {
  const hash = createHash('sha256')
  if (bytes === 0) return hash
  for await (const chunk of createReadStream(path, { end: bytes - 1 })) hash.update(chunk as Buffer)
  return hash
}
