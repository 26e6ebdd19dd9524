import type { Gone } from '../../projections/rebuild.ts'
import type { Shares } from '../../projections/shares.ts'
import type { StoreAddress } from '../store/address.ts'

/* What a rebuild and its second thread say to each other. */

/** Rows that the thread builds by themselves. */
export interface Part {
  /** The file of the rows, which does not exist. */
  path: string
  /** The projections. */
  names: readonly string[]
  /** Only of these evaluations; undefined: of everything. */
  shares?: Shares
}

/** What the thread is to do. */
export interface Task {
  store: StoreAddress
  streamPrefix: string
  /** One after the other. */
  parts: readonly Part[]
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

/** What came of a part, each projection by its name. */
export type PartGone = Pick<Gone, 'end' | 'events'> & {
  running: { name: string; stopped: Gone['running'][number]['stopped'] }[]
}

/** What the thread says: of each part, when its file is closed, what came of it; or why there are no more. */
export type Said = PartGone | { error: Error }
