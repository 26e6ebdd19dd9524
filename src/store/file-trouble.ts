import { resultCode } from './embedded-protocol.ts'
import { FileUnusable } from './event-store.ts'

/* What the system and SQLite say of files, for whoever can do something about it. */

const NO_RIGHT = 'this user has no right to it or to its folder'
const READ_ONLY = 'it, its folder or what SQLite keeps beside it is read-only for this user'
const FULL = 'the disk is full'

const BY_SQLITE: Readonly<Record<number, string>> = {
  8: READ_ONLY,
  10: 'the disk is full, or fails',
  13: FULL,
  14: 'it is no file, or this user has no right to it or to its folder'
}

const BY_SYSTEM: Readonly<Record<string, string>> = {
  EACCES: NO_RIGHT,
  EPERM: NO_RIGHT,
  EROFS: READ_ONLY,
  ENOSPC: FULL,
  EDQUOT: FULL,
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of its path is no folder',
  EEXIST: 'a part of its path is no folder',
  ELOOP: 'its path is a circle of links',
  ENOENT: 'its folder does not exist'
}

/** Does something with a file; what goes wrong with the file itself is thrown as `FileUnusable`, in a sentence. */
export function aboutFile<T>(what: string, path: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw fileTrouble(what, path, error)
  }
}

/** The same of work that is waited for. */
export async function aboutFileLater<T>(what: string, path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw fileTrouble(what, path, error)
  }
}

/** Any other error as it is. */
function fileTrouble(what: string, path: string, error: unknown): unknown {
  const { code = '' } = (error ?? {}) as NodeJS.ErrnoException
  const why = BY_SQLITE[resultCode(error)] ?? BY_SYSTEM[code]
  if (why === undefined || !(error instanceof Error)) return error
  const said = error.message.split(',')[0]
  return new FileUnusable(`${what} ${path} cannot be used: ${why} (${said}).`, { cause: error })
}
