import type { Stopped } from './running.ts'

/*
 * Where projections are, as one plain value: it can be told from thread to thread, and whoever has it knows what can
 * be read.
 */

/** Where a projection is, and why it went no further. */
export interface ProjectionStatus {
  name: string
  version: number
  /** The newest event that the rows rest on which are read. */
  position: bigint
  /** Where rows are being built anew beside those: up to where they are. */
  rebuilt?: bigint
  /** `isOver`: nothing is wrong with any event or the ledger, but whoever applied them has ended. */
  stopped: (Stopped & { isOver?: true }) | null
}

/** Projections that go through the ledger together. */
export interface TrackStanding {
  names: readonly string[]
  /** Everything up to here was looked at, whether or not an event stands there. */
  seen: bigint
  /** Nothing on it goes any further. */
  ended: boolean
}

export interface Standing {
  projections: readonly ProjectionStatus[]
  /** The first is that of those who are not behind. */
  tracks: readonly TrackStanding[]
  /** Every projection has applied all that the store held at the start, and none has stopped. */
  isReady: boolean
}

/** The newest event that the rows of all these rest on; unless named, of all that still run and are not behind. */
export function appliedOf({ projections, tracks }: Standing, names: readonly string[]): bigint {
  const among = (wanted: readonly string[]) => projections.filter(({ name }) => wanted.includes(name))
  const concerned = names.length > 0 ? among(names) : among(tracks[0]?.names ?? [])
  const going = concerned.filter(({ stopped }) => !stopped)
  // Where all have stopped, the rows are of where they did.
  const counted = names.length > 0 || going.length === 0 ? concerned : going
  let least: bigint | null = null
  for (const { position } of counted) if (least === null || position < least) least = position
  return least ?? 0n
}

/**
 * Whether everything up to a position is applied by the projections named; unless named, by those that are not behind.
 * Undefined while that can still change.
 */
export function isApplied(
  { projections, tracks }: Standing,
  position: bigint,
  names: readonly string[]
): boolean | undefined {
  const concerned =
    names.length > 0
      ? tracks.filter((track) => track.names.some((name) => names.includes(name)))
      : tracks.slice(0, 1)
  const missing = concerned.filter(({ seen }) => seen < position)
  const isBuilding = projections.some(({ name, rebuilt }) => rebuilt !== undefined && names.includes(name))
  if (missing.length === 0 && !isBuilding) return true
  return missing.some(({ ended }) => ended) ? false : undefined
}
