import { type Running, resume } from './batch.ts'
import type { Projection } from './projection.ts'
import type { Rows } from './rows.ts'

/*
 * Projections that stand at the same event go through the ledger together, on one track. Those that are behind, or
 * whose rows are being built anew, have a track of their own until they have caught up, so that nobody waits for them.
 */

export interface Track {
  running: Running[]
  /** Everything up to here was looked at, whether or not an event stands there. */
  seen: bigint
  /** Nothing on it goes any further: all have stopped. */
  ended: boolean
}

/** The tracks of a start: first the one of those that are furthest, then, where there are any, that of the others. */
export function tracksOf(rows: Rows, projections: readonly Projection[]): [Track, ...Track[]] {
  const all = projections.map((projection) => resume(rows, projection))
  const current = all.filter(({ projection }) => !rows.isBuilding(projection.name))
  let furthest = 0n
  for (const { position } of current) if (position > furthest) furthest = position
  const isBehind = ({ projection, position }: Running): boolean =>
    rows.isBuilding(projection.name) || position < furthest
  const first = all.filter((each) => !isBehind(each))
  const behind = all.filter(isBehind)
  if (first.length === 0) return [trackOf(all)]
  return behind.length === 0 ? [trackOf(first)] : [trackOf(first), trackOf(behind)]
}

const trackOf = (running: Running[]): Track => ({ running, seen: lowest(running), ended: false })

/** The newest event that every one of these has applied. */
export const lowest = (running: readonly Running[]): bigint =>
  running.reduce<bigint | null>(
    (least, { position }) => (least === null || position < least ? position : least),
    null
  ) ?? 0n

/**
 * What a track does once all that was there has been applied: its new rows take the place of the older ones, and it
 * joins the first track when it has come as far. False while it goes on by itself.
 */
export function catchUp(rows: Rows, tracks: Track[], track: Track): boolean {
  const [first = track] = tracks
  if (track !== first && track.seen < first.seen && !first.ended) return false
  const names = track.running.filter(({ stopped }) => !stopped).map(({ projection }) => projection.name)
  rows.switchTo(names.filter((name) => rows.isBuilding(name)))
  if (track === first) return false
  tracks.splice(tracks.indexOf(track), 1)
  if (first.ended) {
    // Nobody is left there to join: what has stopped comes along.
    track.running.unshift(...first.running)
    tracks[0] = track
    return false
  }
  first.running.push(...track.running)
  return true
}
