import type { Standing } from '../../projections/standing.ts'
import {
  type Fault as StoreFault,
  errorOf as storeErrorOf,
  faultOf as storeFaultOf
} from '../store/embedded-protocol.ts'
import type { Batch } from '../store/event-store.ts'
import type { Known } from '../store/read-model-meta.ts'

/* What the main thread and the one that follows the ledger say to each other. */

/** Asked of the thread, each answered once. */
export interface Calls {
  /** Opens the rows at a path. */
  open: { asked: { path: string }; answer: null }
  /** The newest event of the ledger that the rows know. */
  known: { asked: null; answer: Known | null }
  /**
   * Says which ledger the rows are of, where it ends, and whether it holds that event; up to where every projection has
   * applied it.
   */
  bind: { asked: { identity: string; end: bigint; holdsKnown: boolean }; answer: bigint }
  /** Begins to follow the ledger; it has told by then where it begins. */
  start: { asked: null; answer: null }
  /** Ends that and lets go of the rows; others may be opened then. */
  release: { asked: null; answer: null }
  /** The same, and ends the thread. */
  end: { asked: null; answer: null }
}

export type CallName = keyof Calls
export type Call = { [K in CallName]: { call: number; name: K; asked: Calls[K]['asked'] } }[CallName]

/** Asked of the store by the thread, which has none. */
export interface StoreFacts {
  end: bigint
  identity: string
}

export type Answer = { value: unknown } | { fault: Fault }

export type ToThread =
  | ({ kind: 'call' } & Call)
  | { kind: 'fact'; question: number; answer: Answer }
  | { kind: 'batch'; subscription: number; batch: Batch }
  /** There is no more of a subscription; with what ended it. */
  | { kind: 'over'; subscription: number; fault: Fault | null }

export type FromThread =
  | { kind: 'answer'; call: number; answer: Answer }
  | { kind: 'question'; question: number; about: keyof StoreFacts }
  | { kind: 'subscribe'; subscription: number; after: bigint }
  /** The last batch has been taken, so that the next one may come. */
  | { kind: 'taken'; subscription: number }
  | { kind: 'unsubscribe'; subscription: number }
  /** Rows were committed, or something else has changed; `recordedAt` is the newest of what was applied. */
  | { kind: 'moved'; standing: Standing; recordedAt: string | null }
  /** Another memory of the commands that were used, see `KnownCommands`. */
  | { kind: 'commands'; memory: SharedArrayBuffer }
  /** `areRowsDamaged`: nothing more is applied to them. */
  | { kind: 'trouble'; message: string; fault: Fault; areRowsDamaged?: boolean }

/** An error on its way between threads, which would lose its class and fields. */
export interface Fault extends StoreFault {
  code?: string
  stack?: string
}

const STORE_ERRORS = new Set([
  'WrongRevision',
  'RangeError',
  'Damaged',
  'StoreLocked',
  'ForeignStore',
  'FileUnusable',
  'Unavailable'
])

/** What goes wrong with the rows is not told as if it were the ledger's: only the store's own errors are those. */
export function faultOf(error: unknown): Fault {
  if (!(error instanceof Error)) return storeFaultOf(error)
  const { name, message, stack } = error
  const { code } = error as { code?: unknown }
  return {
    ...(STORE_ERRORS.has(name) ? storeFaultOf(error) : { name, message }),
    ...(typeof code === 'string' && { code }),
    ...(stack !== undefined && { stack })
  }
}

export function errorOf({ code, stack, ...fault }: Fault): Error {
  const { name, message } = fault
  const error = STORE_ERRORS.has(name) ? storeErrorOf(fault) : Object.assign(new Error(message), { name })
  return Object.assign(error, code !== undefined && { code }, stack !== undefined && { stack })
}
