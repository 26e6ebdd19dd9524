import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { ForeignStore } from './event-store.ts'
import { takeLock } from './file-lock.ts'
import { aboutFile } from './file-trouble.ts'
import { realPath } from './real-path.ts'

/* The files of a read model and those beside it: which are ours, who holds them, and what goes away with them. */

/** "KrnR": a file with another mark is not a read model of ours. */
export const APPLICATION_ID = 0x4b726e52

/** What goes wrong with the file of rows itself is thrown as `FileUnusable`. */
export const aboutRows = <T>(path: string, work: () => T): T => aboutFile('The read model', path, work)

/** Keeps other processes off a file of rows, and removes what programs that were killed have left beside it; what ends that. */
export function holdFile(path: string): () => void {
  return path === ':memory:' ? () => {} : aboutRows(path, () => hold(path))
}

function hold(path: string): () => void {
  mkdirSync(dirname(path), { recursive: true })
  // Two names of one file must meet at one lock.
  const lock = takeLock(
    realPath(path),
    `Another process is using the read model ${path}; stop that process first.`
  )
  for (const each of [path, realPath(path)].flatMap(filesOfSecond)) discardRowsFile(each)
  removeAttested(path)
  return () => lock.close()
}

/**
 * Where the second thread of a rebuild has its rows, those of its two parts. Nobody has them open but a process that holds
 * the lock of the rows beside them, so whoever comes to hold that lock removes what one that was killed has left.
 */
export const filesOfSecond = (path: string) => [`${path}.second-1`, `${path}.second-2`] as const

/** Where an attestation has its rows: each process has a file of its own, as several may attest at once. */
export const fileOfAttestation = (path: string): string => `${path}.attest-${process.pid}`

/** Removes what attestations that were killed have left beside the rows. One under way is locked. */
export function removeAttested(path: string): void {
  const begin = `${basename(path)}.attest-`
  const names = namesIn(dirname(path)).filter((name) => name.startsWith(begin))
  const processes = new Set(names.map((name) => Number.parseInt(name.slice(begin.length), 10)))
  for (const each of processes) {
    if (each === process.pid || !isAlive(each)) discardFree(join(dirname(path), `${begin}${each}`))
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    // Who may not list the folder finds nothing in it to remove.
    return []
  }
}

/** A number may name another process by now, or one elsewhere: then the file stays for the next time. */
function isAlive(pid: number): boolean {
  if (!(pid > 0)) return true
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}

/** Deletes rows that nobody opens again, with what a rebuild has beside them, unless somebody holds them. */
export function discardFree(path: string): void {
  let lock: { close(): void }
  try {
    lock = takeLock(path, `Another process is using ${path}.`)
  } catch {
    return
  }
  try {
    for (const each of [...filesOfSecond(path), path]) discardRowsFile(each)
  } finally {
    lock.close()
  }
}

/** Deletes a read model and what SQLite keeps beside it; never a file that does not say that it is one. */
export function removeRowsFile(path: string): void {
  if (path === ':memory:' || !['none', 'empty', 'ours'].includes(standsAt(path))) return
  removeFiles(path)
}

/** Of a link, what it leads to: SQLite keeps the others beside that. */
export function removeFiles(path: string): void {
  if (!existsSync(dirname(path))) return
  const file = realPath(path)
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(file + suffix, { force: true })
}

/** Where the header of an SQLite file has what `PRAGMA application_id` tells. */
const MARK = { at: 68, bytes: 4 } as const

/**
 * What stands at a path, told by the bytes themselves: SQLite does not open what is damaged. A file without a mark may
 * be new, with its mark in the log as yet; only SQLite can say.
 */
export function standsAt(path: string): 'none' | 'empty' | 'unmarked' | 'ours' | 'foreign' {
  if (!existsSync(path)) return 'none'
  const file = openSync(path, 'r')
  try {
    const mark = Buffer.alloc(MARK.bytes)
    const bytes = readSync(file, mark, 0, MARK.bytes, MARK.at)
    if (bytes < MARK.bytes) return readSync(file, mark, 0, 1, 0) === 0 ? 'empty' : 'foreign'
    if (mark.readUInt32BE() === 0) return 'unmarked'
    return mark.readUInt32BE() === APPLICATION_ID ? 'ours' : 'foreign'
  } finally {
    closeSync(file)
  }
}

/** What is thrown for a file that is none of ours. */
export const foreign = (path: string) =>
  new ForeignStore(`${path} is not a read model; it was left as it is.`)

/** The same of one that nobody opens again, with its lock. */
export function discardRowsFile(path: string): void {
  removeRowsFile(path)
  if (!existsSync(path)) rmSync(`${path}.lock`, { force: true })
}
