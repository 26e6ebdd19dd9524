import { DatabaseSync } from 'node:sqlite'
import { resultCode, SQLITE } from './embedded-protocol.ts'
import { StoreLocked } from './event-store.ts'

/**
 * An exclusive lock on a file beside another one, held open; the system frees it however this process ends. Throws
 * `StoreLocked` with the sentence while another process (or this one, a second time) holds it.
 */
export function takeLock(file: string, sentence: string): { close(): void } {
  const lock = new DatabaseSync(`${file}.lock`, { timeout: 0 })
  try {
    // Nothing is ever written to it; without this an empty journal would stay behind when the process is killed.
    lock.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE')
    return lock
  } catch (error) {
    lock.close()
    if (resultCode(error) !== SQLITE.busy) throw error
    throw new StoreLocked(sentence)
  }
}
