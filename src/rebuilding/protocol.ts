import type { Gone } from '../../projections/rebuild.ts'
import type { Shares } from '../../projections/shares.ts'
import type { StoreAddress } from '../store/address.ts'

/* What a rebuild and its second thread say to each other. */

/** What the thread is to do. */
export interface Task {
  store: StoreAddress
  streamPrefix: string
  /** The file of its rows, which does not exist. */
  path: string
  /** Projections that need the order of the ledger; these come first. */
  ordered: readonly string[]
  /** Those that are built for some shares of evaluations only. */
  divided: readonly string[]
  shares: Shares
  until: ReadonlyMap<string, bigint> | undefined
  shared: SharedArrayBuffer
}

/** Memory of both threads. */
export interface Shared {
  /** How far the thread is. */
  shown(): bigint
  show(position: bigint): void
  cancel(): void
  isCancelled(): boolean
}

export const SHARED_BYTES = 16

export function sharedIn(buffer: SharedArrayBuffer): Shared {
  const cells = new BigInt64Array(buffer)
  return {
    shown: () => Atomics.load(cells, 0),
    show: (position) => Atomics.store(cells, 0, position),
    cancel: () => Atomics.store(cells, 1, 1n),
    isCancelled: () => Atomics.load(cells, 1) !== 0n
  }
}

/** The last thing that the thread says: what came of it, each projection by its name, or why nothing did. */
export type Outcome =
  | (Pick<Gone, 'end' | 'events'> & {
      running: { name: string; stopped: Gone['running'][number]['stopped'] }[]
    })
  | { error: Error }
