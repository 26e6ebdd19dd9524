import type { StoredEvent } from '../src/events/catalogue.ts'
import { type EventReader, type EventStore, STREAM_PREFIXES } from '../src/store/event-store.ts'
import { applyGrouped, applyPart, commit, goBack, type Running, type Stopped } from './batch.ts'
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
}

export interface Rebuilt {
  /** False when it was cancelled. */
  finished: boolean
  /** Events that were applied by this call. */
  events: number
  stopped: (Stopped & { projection: string })[]
}

/**
 * So many events are committed at once: the more, the fewer times is a row written that changes again and again. What
 * that takes of memory is bounded by the place where rows are kept.
 */
const COMMIT_EVENTS = 250_000

/**
 * So many events are applied at once, evaluation by evaluation: the more, the more of them follow each other. They wait
 * in memory meanwhile.
 */
const WINDOW = { events: 40_000, characters: 48 * 1024 * 1024 }

/**
 * Takes projections from where their rows are to the end of the ledger, and puts rows that were built beside older
 * ones in their place. Rows and checkpoints are committed together, so it may be interrupted anywhere.
 */
export async function rebuildRows(parts: RebuildParts): Promise<Rebuilt> {
  const { projections, until } = parts
  const rows = holding(parts.rows)
  const running = runningOf(rows, projections, until)
  const result: Rebuilt = { finished: true, events: 0, stopped: [] }
  let end: End = 'grouped'
  while (end === 'grouped' || end === 'in order')
    end = await onePass({ ...parts, rows }, running, result, end)
  if (end === 'cancelled') result.finished = false
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

type End = 'done' | 'cancelled' | 'grouped' | 'in order'

/** From the last commit on; where something went wrong, says how to go on from there again. */
async function onePass(
  parts: RebuildParts,
  running: readonly Running[],
  result: Rebuilt,
  begun: 'grouped' | 'in order'
): Promise<End> {
  const { store, rows, onProgress, isCancelled = () => false } = parts
  let order = begun
  let events = 0
  const keep = (): void => {
    commit(rows, running)
    result.events += events
    events = 0
    // What went wrong before is behind us.
    order = 'grouped'
  }
  for await (const window of windowsOf(store, running, isCancelled)) {
    const apply = order === 'grouped' ? applyGrouped : applyPart
    const applied = apply({ rows }, running, window.events)
    if (!applied) {
      goBack(rows, running)
      return 'in order'
    }
    events += applied.length
    onProgress?.(window.events.at(-1)?.position ?? 0n)
    if (running.every(isDone)) break
    if (window.isCancelled || events >= COMMIT_EVENTS) keep()
    if (window.isCancelled) return 'cancelled'
  }
  keep()
  return 'done'
}

const isDone = ({ position, stopped, until }: Running): boolean =>
  stopped !== null || (until !== null && position >= until)

/** Events that are applied together, and whether no more are wanted. */
interface Window {
  events: StoredEvent[]
  isCancelled: boolean
}

async function* windowsOf(
  store: RebuildParts['store'],
  running: readonly Running[],
  isCancelled: () => boolean
): AsyncGenerator<Window> {
  let events: StoredEvent[] = []
  let characters = 0
  for await (const page of pagesOf(store, lowest(running))) {
    for (const event of page) {
      events.push(event)
      characters += event.data.length + event.metadata.length
    }
    const last = page.at(-1)?.position ?? 0n
    const isEnough = running.every(({ until }) => until !== null && last >= until)
    const cancelled = isCancelled()
    if (!cancelled && !isEnough && events.length < WINDOW.events && characters < WINDOW.characters) continue
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
