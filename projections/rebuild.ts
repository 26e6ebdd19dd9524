import type { StoredEvent } from '../src/events/catalogue.ts'
import { type EventReader, type EventStore, STREAM_PREFIXES } from '../src/store/event-store.ts'
import {
  applyGrouped,
  applyPart,
  type BatchSize,
  commit,
  goBack,
  type Running,
  type Stopped
} from './batch.ts'
import { holding } from './held-rows.ts'
import type { Projection } from './projection.ts'
import type { Rows } from './rows.ts'
import { catchingUp } from './scorecard.ts'
import { lowest, runningOf } from './tracks.ts'

export interface RebuildParts {
  store: Pick<EventStore, 'readAll'> & Partial<Pick<EventReader, 'readPages'>>
  rows: Rows
  projections: readonly Projection[]
  /** How far each goes; as far as the ledger does, unless said. */
  until?: ReadonlyMap<string, bigint>
  /** Told every now and then up to where all of them are. */
  onProgress?: (position: bigint) => void
  /** Asked just as often; what is committed by then stays, and a later call goes on from there. */
  isCancelled?: () => boolean
  /** Other sizes than those below: for tests. */
  sizes?: RebuildSizes
}

export interface RebuildSizes {
  /** So much is applied at once. */
  window: BatchSize
  /** So many events are committed at once. */
  commitEvents: number
}

export interface Rebuilt {
  /** False when it was cancelled. */
  finished: boolean
  /** Events that were applied by this call. */
  events: number
  stopped: (Stopped & { projection: string })[]
}

/**
 * The more is applied at once, evaluation by evaluation, the more events of one follow each other; they wait in memory
 * meanwhile. The more is committed at once, the fewer times is a row written that changes again and again; what that
 * takes of memory is bounded by the place where rows are kept.
 */
const SIZES: RebuildSizes = {
  window: { events: 40_000, characters: 48 * 1024 * 1024 },
  commitEvents: 250_000
}

/**
 * Takes projections from where their rows are to the end of the ledger, and puts rows that were built beside older
 * ones in their place. Rows and checkpoints are committed together, so it may be interrupted anywhere. Throws when the
 * rows cannot be written or the store cannot be read; what was committed stays.
 */
export async function rebuildRows(parts: RebuildParts): Promise<Rebuilt> {
  const { projections, until } = parts
  const rows = holding(parts.rows)
  const running = runningOf(rows, projections, until)
  const way: Way = { running, kept: lowest(running), failed: 0n, events: 0 }
  let end: End = 'failed'
  try {
    while (end === 'failed') end = await onePass({ ...parts, rows }, way)
  } catch (error) {
    goBack(rows, running)
    throw error
  }
  const result: Rebuilt = { finished: end === 'done', events: way.events, stopped: [] }
  rows.complete()
  if (!result.finished) return result
  const own = running.filter(({ projection }) => projection !== catchingUp)
  for (const { projection, stopped } of own) {
    if (stopped) result.stopped.push({ ...stopped, projection: projection.name })
  }
  const whole = own.filter(({ stopped }) => !stopped).map(({ projection }) => projection.name)
  rows.switchTo(whole.filter((name) => rows.isBuilding(name)))
  if (own.length < running.length) rows.clear(catchingUp.name)
  return result
}

/** Several projections on their way through the ledger. */
interface Way {
  running: readonly Running[]
  /** Everything up to here that is due to any of them is committed, also to those that have stopped. */
  kept: bigint
  /** The end of the last window in which something went wrong. */
  failed: bigint
  /** So many were applied and committed. */
  events: number
}

type End = 'done' | 'cancelled' | 'failed'

/** From the last commit on. Where something goes wrong it ends there, and the next one begins where this one did. */
async function onePass(parts: RebuildParts, way: Way): Promise<End> {
  const { store, rows, onProgress, isCancelled = () => false, sizes = SIZES } = parts
  const { running } = way
  let events = 0
  let seen = way.kept
  const keep = (): void => {
    commit(rows, running)
    way.events += events
    way.kept = seen
    events = 0
  }
  for await (const window of windowsOf(store, way, isCancelled, sizes.window)) {
    const last = window.events.at(-1)?.position ?? seen
    // Only in the order of the ledger is it known which event stops whom.
    const apply = way.kept < way.failed ? applyPart : applyGrouped
    const applied = apply({ rows }, running, window.events)
    if (!applied) {
      goBack(rows, running)
      way.failed = last
      return 'failed'
    }
    seen = last
    events += applied.length
    onProgress?.(seen)
    if (isDone(running, seen)) break
    if (window.isCancelled || events >= sizes.commitEvents) keep()
    if (window.isCancelled) return 'cancelled'
  }
  keep()
  return 'done'
}

/** Whether nothing beyond a position is due to any of these, given that everything up to there was. */
const isDone = (running: readonly Running[], seen: bigint): boolean =>
  running.every(({ stopped, until }) => {
    const last = stopped ? stopped.position - 1n : until
    return last !== null && seen >= last
  })

/** Events that are applied together, and whether no more are wanted. */
interface Window {
  events: StoredEvent[]
  isCancelled: boolean
}

async function* windowsOf(
  store: RebuildParts['store'],
  { running, kept }: Way,
  isCancelled: () => boolean,
  size: BatchSize
): AsyncGenerator<Window> {
  let events: StoredEvent[] = []
  let characters = 0
  for await (const page of pagesOf(store, kept)) {
    for (const event of page) {
      events.push(event)
      characters += event.data.length + event.metadata.length
    }
    const last = page.at(-1)?.position ?? 0n
    const isEnough = isDone(running, last)
    const cancelled = isCancelled()
    if (!cancelled && !isEnough && events.length < size.events && characters < size.characters) continue
    yield { events, isCancelled: cancelled }
    events = []
    characters = 0
  }
  if (events.length > 0) yield { events, isCancelled: false }
}

/** In the pages of the store itself, where it can. */
const pagesOf = (store: RebuildParts['store'], after: bigint): AsyncIterable<readonly StoredEvent[]> =>
  store.readPages?.(after, STREAM_PREFIXES) ?? inPages(store.readAll(after, STREAM_PREFIXES))

const PAGE_EVENTS = 500

async function* inPages(events: AsyncIterable<StoredEvent>): AsyncGenerator<StoredEvent[]> {
  let page: StoredEvent[] = []
  for await (const event of events) {
    page.push(event)
    if (page.length < PAGE_EVENTS) continue
    yield page
    page = []
  }
  if (page.length > 0) yield page
}
