import { isSource, type Projection } from './projection.ts'
import type { Rows } from './rows.ts'
import { type Running, resume } from './running.ts'
import { catchingUp } from './scorecard.ts'

/*
 * Projections that stand at the same event go through the ledger together, on one track. Those that are behind, or
 * whose rows are being built anew, have a track of their own until they have caught up, so that nobody waits for them.
 * Whoever follows evaluations needs somebody on its track who keeps them: the scorecard, or for those that are behind
 * it a second keeper, whose rows go when they have joined the others.
 */

export interface Track {
  running: Running[]
  /** Everything up to here was looked at, whether or not an event stands there. */
  seen: bigint
  /** Nothing on it goes any further: all have stopped. */
  ended: boolean
}

/** These, and what their rows need besides. */
export const withKeeper = (projections: readonly Projection[]): Projection[] =>
  projections.some(({ follows }) => follows) ? [...projections, catchingUp] : [...projections]

/** Where these stand; goes no further than `until` says. */
export function runningOf(
  rows: Rows,
  projections: readonly Projection[],
  until?: ReadonlyMap<string, bigint>
): Running[] {
  const { together, aside } = grouped(rows, projections)
  const ends = aside.filter((each) => each !== catchingUp).map(({ name }) => until?.get(name) ?? null)
  // A keeper of those that are behind goes as far as they do.
  const endOf = (each: Projection) => (each === catchingUp ? furthest(ends) : (until?.get(each.name) ?? null))
  return [...together, ...aside].map((each) => resume(rows, each, endOf(each)))
}

/** Null where one of them is, which goes as far as the ledger does. */
export function furthest(ends: readonly (bigint | null)[]): bigint | null {
  let most = 0n
  for (const end of ends) {
    if (end === null) return null
    if (end > most) most = end
  }
  return most
}

/** The tracks of a start: first the one of those that are furthest, then, where there are any, those of the others. */
export function tracksOf(rows: Rows, projections: readonly Projection[]): Track[] {
  const { together, aside } = grouped(rows, projections)
  const source = together.find(isSource)
  const at = ({ name }: Projection): bigint => rows.checkpoint(name)
  const isBuilding = ({ name }: Projection): boolean => rows.isBuilding(name)
  const standing = together.filter((each) => !isBuilding(each) && !each.follows)
  let furthest = 0n
  for (const each of standing) if (at(each) > furthest) furthest = at(each)
  const isBehind = (each: Projection): boolean => isBuilding(each) || at(each) < furthest
  // Followers go where the one is whom they follow.
  const isLate = (each: Projection): boolean => isBehind((each.follows && source) || each)
  const tracks = [together.filter((each) => !isLate(each)), together.filter(isLate), aside]
  return tracks
    .filter(({ length }) => length > 0)
    .map((each) => trackOf(each.map((one) => resume(rows, one))))
}

/**
 * Followers that are behind the keeper of evaluations have one of their own, who begins again where it has gone
 * further than one of them. Who is ahead of a keeper waits for it.
 */
function grouped(
  rows: Rows,
  projections: readonly Projection[]
): { together: Projection[]; aside: Projection[] } {
  const source = projections.find(isSource)
  const at = ({ name }: Projection): bigint => rows.checkpoint(name)
  const isLost = (each: Projection): boolean =>
    !source || at(each) < at(source) || (rows.isBuilding(each.name) && !rows.isBuilding(source.name))
  const lost = new Set(projections.filter((each) => each.follows && isLost(each)))
  const together = projections.filter((each) => !lost.has(each))
  if (lost.size === 0) return { together, aside: [] }
  if ([...lost].some((each) => at(each) < at(catchingUp))) rows.clear(catchingUp.name)
  return { together, aside: [catchingUp, ...lost] }
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
 * joins the first track when it has come as far. False while it goes on by itself. Throws, with all tracks as before,
 * when the rows cannot be written; it may be called again.
 */
export function catchUp(rows: Rows, tracks: Track[], track: Track): boolean {
  const [first] = tracks
  const place = tracks.indexOf(track)
  // One that is not there has joined already.
  if (!first || place < 0) return true
  if (track !== first && track.seen < first.seen && !first.ended) return false
  const names = track.running.filter(({ stopped }) => !stopped).map(({ projection }) => projection.name)
  rows.switchTo(names.filter((name) => rows.isBuilding(name)))
  if (track === first) return false
  if (first.ended) {
    // Nobody is left there to join: what has stopped comes along.
    track.running.unshift(...first.running)
    tracks.splice(place, 1)
    tracks[0] = track
    return false
  }
  const joining = track.running.filter(({ projection }) => projection !== catchingUp)
  // Dropping rows may fail, moving cannot: nobody may be half on one track and half on another.
  if (joining.length < track.running.length) rows.clear(catchingUp.name)
  tracks.splice(place, 1)
  first.running.push(...joining)
  return true
}
