import { Damaged, FileUnusable, ForeignStore, StoreLocked, Unavailable } from './store/event-store.ts'

/* How the server and the programs beside it end: the same trouble with the same status. */

/** The numbers of sysexits.h that fit. */
export const EXIT = { failure: 1, unavailable: 69, cannotCreate: 73, config: 78 } as const

/** What ends a program, in a sentence for whoever started it; with `failure` where nobody but a programmer can mend it. */
export function complaintOf(error: unknown): { sentence: string; code: number } {
  const sentence = error instanceof Error ? error.message : String(error)
  const isTheirs = [StoreLocked, ForeignStore, FileUnusable].some((each) => error instanceof each)
  if (isTheirs) return { sentence, code: EXIT.cannotCreate }
  if (error instanceof Damaged || error instanceof Unavailable) return { sentence, code: EXIT.unavailable }
  const { code, syscall } = (error ?? {}) as NodeJS.ErrnoException
  if (syscall === 'listen' || syscall === 'getaddrinfo')
    return { sentence: `Karnameh cannot listen there: ${sentence}`, code: EXIT.unavailable }
  if (OF_FILES.has(code ?? ''))
    return { sentence: `A file cannot be used: ${sentence}`, code: EXIT.cannotCreate }
  return { sentence, code: EXIT.failure }
}

const OF_FILES: ReadonlySet<string> = new Set([
  'EACCES',
  'EPERM',
  'EROFS',
  'ENOSPC',
  'EDQUOT',
  'ENOTDIR',
  'EISDIR',
  'EEXIST'
])
