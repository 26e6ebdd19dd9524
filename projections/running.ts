import type { Projection } from './projection.ts'
import type { Rows } from './rows.ts'

/* Where projections are on their way through the ledger. */

/** Why a projection goes no further. */
export interface Stopped {
  /** Null where it is no single event: the ledger itself is damaged. */
  event: string | null
  position: bigint
  error: string
}

/** One projection on its way through the ledger. */
export interface Running {
  projection: Projection
  /** The newest event that its handlers have applied. */
  position: bigint
  stopped: Stopped | null
  /** It goes no further than this; null: as far as the ledger does. */
  until: bigint | null
}

/** A projection where its rows are. */
export const resume = (rows: Rows, projection: Projection, until: bigint | null = null): Running => ({
  projection,
  position: rows.checkpoint(projection.name),
  stopped: null,
  until
})
