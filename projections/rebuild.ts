import type { StoredEvent } from '../src/events/catalogue.ts'
import { type EventStore, STREAM_PREFIXES } from '../src/store/event-store.ts'
import { applyBatch, type BatchSize, gathered, type Running, resume, type Stopped } from './batch.ts'
import type { Projection } from './projection.ts'
import type { Rows } from './rows.ts'
import { lowest } from './tracks.ts'

export interface RebuildParts {
  store: Pick<EventStore, 'readAll'>
  rows: Rows
  projections: readonly Projection[]
  /** How far each goes; as far as the ledger does, unless said. */
  until?: ReadonlyMap<string, bigint>
  /** Told after each batch up to where all of them are. */
  onProgress?: (position: bigint) => void
  /** Asked after each batch; what is committed by then stays, and a later call goes on from there. */
  isCancelled?: () => boolean
}

export interface Rebuilt {
  /** False when it was cancelled. */
  finished: boolean
  /** Events that were applied by this call. */
  events: number
  stopped: (Stopped & { projection: string })[]
}

/** Large, since nobody waits for an answer meanwhile; yet of a few megabytes. */
const BATCH: BatchSize = { events: 10_000, characters: 16 * 1024 * 1024 }

/**
 * Takes projections from where their rows are to the end of the ledger, and puts rows that were built beside older
 * ones in their place. Rows and checkpoints are committed together, so it may be interrupted anywhere.
 */
export async function rebuildRows(parts: RebuildParts): Promise<Rebuilt> {
  const { store, rows, projections, until, onProgress, isCancelled = () => false } = parts
  const running = projections.map((each) => resume(rows, each, until?.get(each.name) ?? null))
  const result: Rebuilt = { finished: true, events: 0, stopped: [] }
  const pages = inPages(store.readAll(lowest(running), STREAM_PREFIXES))
  for await (const { events } of gathered(pages, BATCH, ({ isLast }) => isLast)) {
    if (events.length === 0) break
    result.events += applyBatch({ rows }, running, events).length
    onProgress?.(events.at(-1)?.position ?? 0n)
    if (running.every(isDone)) break
    if (isCancelled()) return { ...result, finished: false }
  }
  for (const { projection, stopped } of running) {
    if (stopped) result.stopped.push({ ...stopped, projection: projection.name })
  }
  const whole = running.filter(({ stopped }) => !stopped).map(({ projection }) => projection.name)
  rows.switchTo(whole.filter((name) => rows.isBuilding(name)))
  return result
}

const isDone = ({ position, stopped, until }: Running): boolean =>
  stopped !== null || (until !== null && position >= until)

interface Piece {
  events: StoredEvent[]
  isLast: boolean
}

const PIECE_EVENTS = 500

async function* inPages(events: AsyncIterable<StoredEvent>): AsyncGenerator<Piece> {
  let piece: StoredEvent[] = []
  for await (const event of events) {
    piece.push(event)
    if (piece.length < PIECE_EVENTS) continue
    yield { events: piece, isLast: false }
    piece = []
  }
  yield { events: piece, isLast: true }
}
