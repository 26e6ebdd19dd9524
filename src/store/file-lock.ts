import { DatabaseSync } from 'node:sqlite'
import { resultCode, SQLITE } from './embedded-protocol.ts'
import { StoreLocked } from './event-store.ts'
import { aboutFile } from './file-trouble.ts'

/**
 * An exclusive lock on a file beside another one, held open; the system frees it however this process ends. Throws
 * `StoreLocked` with the sentence while another process (or this one, a second time) holds it, `FileUnusable` where the
 * lock file cannot be written: it would keep nobody off.
 */
export function takeLock(file: string, sentence: string): { close(): void } {
  return aboutFile('The lock file', `${file}.lock`, () => takeIt(`${file}.lock`, sentence))
}

function takeIt(path: string, sentence: string): DatabaseSync {
  const lock = new DatabaseSync(path, { timeout: 0 })
  try {
    // Nothing is ever written to it; without this an empty journal would stay behind when the process is killed.
    lock.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE')
    // Of a file that this process may only read SQLite gives a lock that others get, too, and refuses a change.
    lock.exec('PRAGMA user_version = 0')
    return lock
  } catch (error) {
    lock.close()
    if (resultCode(error) !== SQLITE.busy) throw error
    throw new StoreLocked(sentence)
  }
}
