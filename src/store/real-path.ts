import { readlinkSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'

/** The one name of a file that may have several, also where it has not been made yet; its folder must be there. */
export function realPath(path: string): string {
  try {
    return realpathSync(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  const folder = realpathSync(dirname(resolve(path)))
  const target = linkTarget(path)
  // A link to a file that is not there is followed by whoever makes it.
  return target === null ? join(folder, basename(path)) : realPath(resolve(folder, target))
}

function linkTarget(path: string): string | null {
  try {
    return readlinkSync(path)
  } catch {
    return null
  }
}

/** Whether two paths name one file, as far as that can be told before it is made. */
export function isSameFile(a: string, b: string): boolean {
  try {
    const [one, other] = [statSync(a), statSync(b)]
    return one.dev === other.dev && one.ino === other.ino
  } catch {
    return bestPath(a) === bestPath(b)
  }
}

function bestPath(path: string): string {
  try {
    return realPath(path)
  } catch {
    return resolve(path)
  }
}
