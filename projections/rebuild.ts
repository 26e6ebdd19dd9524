import { keepFewerSums } from '../src/rules/figures-after.ts'
import { applyApart, applyPart, commit, goBack } from './batch.ts'
import type { Projection } from './projection.ts'
import type { Rows } from './rows.ts'
import type { Running, Stopped } from './running.ts'
import { catchingUp } from './scorecard.ts'
import type { Shares } from './shares.ts'
import { furthest, lowest, runningOf } from './tracks.ts'
import { keepFewer } from './wholes.ts'
import { type Readable, type Window, type WindowSizes, windowsOf } from './windows.ts'

export interface RebuildParts {
  store: Readable
  rows: Rows
  projections: readonly Projection[]
  /** How far each goes; as far as the ledger does, unless said. */
  until?: ReadonlyMap<string, bigint>
  /** Told after each page how far it is: as far as if everything were done in the order of the ledger. */
  onProgress?: (position: bigint) => void
  /** Asked just as often; what is committed by then stays, and a later call goes on from there. */
  isCancelled?: () => boolean
  /** Only evaluations of these shares, where the order of the ledger is not needed; somebody else has the others. */
  shares?: Shares | undefined
  /** Other sizes than those below: for tests. */
  sizes?: RebuildSizes
}

export interface RebuildSizes extends WindowSizes {
  /** So many events are committed at once, or a window where that is more. */
  commitEvents: number
}

export interface Rebuilt {
  /** False when it was cancelled. */
  finished: boolean
  /** Events that were applied by this call; where some projections have applied them and others not yet, a part of each. */
  events: number
  stopped: (Stopped & { projection: string })[]
}

/**
 * The larger a window, the fewer times does a rebuild come back to an evaluation; what is lost when it is interrupted
 * within one is what has to be applied again. The more is committed at once, the fewer times is a row written that
 * changes again and again; what that takes of memory is bounded by the place where rows are kept.
 */
const SIZES: RebuildSizes = {
  heads: 2_000_000,
  waiting: { events: 40_000, characters: 48 * 1024 * 1024 },
  commitEvents: 250_000
}

/**
 * Takes projections from where their rows are to the end of the ledger, and puts rows that were built beside older
 * ones in their place. Rows and checkpoints are committed together, so it may be interrupted anywhere. Throws when the
 * rows cannot be written or the store cannot be read; what was committed stays.
 */
export async function rebuildRows(parts: RebuildParts): Promise<Rebuilt> {
  return settle(parts.rows, await goThrough(parts))
}

/** How far projections have come. */
export interface Gone {
  running: readonly Running[]
  /**
   * Whether that is as far as they were to go. `torn`: something went wrong among shares of evaluations, which only who
   * goes through all of them in the order of the ledger can tell.
   */
  end: 'done' | 'cancelled' | 'torn'
  /** See `Rebuilt`. */
  events: number
}

/** The first half of a rebuild: everything is applied and committed. */
export async function goThrough(parts: RebuildParts): Promise<Gone> {
  const { rows, projections, until } = parts
  const running = runningOf(rows, projections, until)
  const legs = legsOf(running)
  const putBack = parts.store.anyOrder ? keepOneAtATime() : () => {}
  let end: Gone['end'] = 'done'
  try {
    for (const leg of legs) {
      if (end === 'done') end = await goAlong(parts, leg, legs)
    }
  } catch (error) {
    goBack(rows, running)
    throw error
  } finally {
    putBack()
  }
  return { running, end, events: meanEvents(legs) }
}

async function goAlong(parts: RebuildParts, leg: Leg, legs: readonly Leg[]): Promise<Gone['end']> {
  for (;;) {
    const end = await onePass(parts, leg, legs)
    if (end !== 'failed') return end
    if (parts.shares && !leg.isOrdered) return 'torn'
  }
}

/**
 * Where an evaluation is gone through at once, only those of a few are kept at hand: what lives on after it is only
 * looked through again and again by the collector of garbage.
 */
const AT_HAND = { parts: 1_000, nodes: 1_000 }

function keepOneAtATime(): () => void {
  const putBack = [keepFewer(AT_HAND.parts), keepFewerSums(AT_HAND.nodes)]
  return () => {
    for (const each of putBack) each()
  }
}

/** The second half: indexes are made, and what was built beside older rows takes their place. */
export function settle(rows: Rows, { running, end, events }: Gone): Rebuilt {
  const finished = end === 'done'
  const result: Rebuilt = { finished, events, stopped: [] }
  rows.complete()
  if (!finished) return result
  const own = running.filter(({ projection }) => projection !== catchingUp)
  for (const { projection, stopped } of own) {
    if (stopped) result.stopped.push({ ...stopped, projection: projection.name })
  }
  const whole = own.filter(({ stopped }) => !stopped).map(({ projection }) => projection.name)
  rows.switchTo(whole.filter((name) => rows.isBuilding(name)))
  if (own.length < running.length) rows.clear(catchingUp.name)
  return result
}

/** Of several who went through the same ledger. */
export const meanEvents = (gone: readonly { events: number }[]): number =>
  Math.floor(gone.reduce((sum, { events }) => sum + events, 0) / Math.max(1, gone.length))

/** Several projections on their way through the ledger, all of which can take it in the same order. */
interface Leg {
  running: readonly Running[]
  /** They need that of the ledger. */
  isOrdered: boolean
  /** Everything up to here that is due to any of them is committed, also to those that have stopped. */
  kept: bigint
  /** The end of the last window in which something went wrong. */
  failed: bigint
  /** So many were applied and committed. */
  events: number
  /** How far it seems to whoever looks on. */
  shown: bigint
}

function legsOf(running: readonly Running[]): Leg[] {
  return [true, false].flatMap((isOrdered) => {
    const own = running.filter(({ projection: { ordered = false } }) => ordered === isOrdered)
    const kept = lowest(own)
    return own.length > 0 ? [{ running: own, isOrdered, kept, failed: 0n, events: 0, shown: kept }] : []
  })
}

type End = 'done' | 'cancelled' | 'failed'

/** From the last commit on. Where something goes wrong it ends there, and the next one begins where this one did. */
async function onePass(parts: RebuildParts, leg: Leg, legs: readonly Leg[]): Promise<End> {
  const { store, rows, onProgress, isCancelled = () => false, sizes = SIZES } = parts
  const { running } = leg
  let events = 0
  let seen = leg.kept
  const keep = (): void => {
    commit(rows, running)
    leg.events += events
    leg.kept = seen
    events = 0
  }
  const back = (end: End): End => {
    goBack(rows, running)
    return end
  }
  // Only in the order of the ledger is it known which event stops whom.
  const inOrderUpTo = leg.isOrdered ? null : leg.failed
  const shares = leg.isOrdered ? undefined : parts.shares
  const span = { after: leg.kept, upTo: endOf(running), inOrderUpTo, shares }
  for await (const window of windowsOf(store, span, sizes)) {
    let applied = 0
    const apply = applierOf(rows, running, window)
    for await (const page of window.pages) {
      if (!apply(page)) {
        leg.failed = window.last
        return back('failed')
      }
      applied += page.length
      leg.shown = placeIn(window, applied)
      onProgress?.(meanOf(legs))
      // Half a window is no part of the ledger. Of a short one the rest is not waited for long, and much may go with it.
      // Of shares nothing is kept until all are there, so that there is nothing to wait for.
      const isLong = shares !== undefined || window.events >= sizes.commitEvents
      if (isLong && applied < window.events && isCancelled()) return back('cancelled')
    }
    seen = window.last
    events += window.passed
    if (shares) for (const each of running) stand(each, seen)
    const cancelled = isCancelled()
    if (cancelled || events >= sizes.commitEvents) keep()
    if (cancelled) return 'cancelled'
    // Somebody may have stopped meanwhile.
    const upTo = endOf(running)
    if (upTo !== null && seen >= upTo) break
  }
  keep()
  return 'done'
}

function applierOf(rows: Rows, running: readonly Running[], { isInOrder }: Window) {
  const from = running.map(({ position }) => position)
  return (page: Parameters<typeof applyPart>[2]): boolean =>
    isInOrder ? applyPart({ rows }, running, page) !== null : applyApart({ rows }, running, page, from)
}

/** Where the newest events are of other shares. */
function stand(running: Running, at: bigint): void {
  const { until } = running
  const end = until !== null && until < at ? until : at
  if (end > running.position) running.position = end
}

/** Nothing beyond is due to any of these; null: all there is. */
const endOf = (running: readonly Running[]): bigint | null =>
  furthest(running.map(({ stopped, until }) => (stopped ? stopped.position - 1n : until)))

/** Where one would be in the order of the ledger, so many events into a window. */
const placeIn = ({ before, last, events }: Window, applied: number): bigint =>
  before + ((last - before) * BigInt(applied)) / BigInt(events)

const meanOf = (legs: readonly Leg[]): bigint =>
  legs.reduce((sum, { shown }) => sum + shown, 0n) / BigInt(legs.length)
