import type { StoredEvent } from '../src/events/catalogue.ts'
import { type EventReader, type EventStore, STREAM_PREFIXES } from '../src/store/event-store.ts'
import { applyPart, commit, goBack, type Running, type Stopped } from './batch.ts'
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
 * Takes projections from where their rows are to the end of the ledger, and puts rows that were built beside older
 * ones in their place. Rows and checkpoints are committed together, so it may be interrupted anywhere.
 */
export async function rebuildRows(parts: RebuildParts): Promise<Rebuilt> {
  const { rows, projections, until } = parts
  const running = runningOf(rows, projections, until)
  const result: Rebuilt = { finished: true, events: 0, stopped: [] }
  for (let end: End = 'again'; end === 'again'; ) {
    end = await onePass(parts, running, result)
    if (end === 'cancelled') result.finished = false
  }
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

type End = 'done' | 'cancelled' | 'again'

/** From the last commit on; again once more, when a handler has thrown, for those that are left. */
async function onePass(parts: RebuildParts, running: readonly Running[], result: Rebuilt): Promise<End> {
  const { store, rows, onProgress, isCancelled = () => false } = parts
  let events = 0
  const keep = (): void => {
    commit(rows, running)
    result.events += events
    events = 0
  }
  for await (const page of pagesOf(store, lowest(running))) {
    const applied = applyPart({ rows }, running, page)
    if (!applied) {
      goBack(rows, running)
      return 'again'
    }
    events += applied.length
    onProgress?.(page.at(-1)?.position ?? 0n)
    if (running.every(isDone)) break
    const cancelled = isCancelled()
    if (cancelled || events >= COMMIT_EVENTS) keep()
    if (cancelled) return 'cancelled'
  }
  keep()
  return 'done'
}

const isDone = ({ position, stopped, until }: Running): boolean =>
  stopped !== null || (until !== null && position >= until)

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
