import type { Clock } from '../src/clock.ts'
import type { LedgerEvent, StoredEvent } from '../src/events/catalogue.ts'
import { rest } from '../src/rest.ts'
import { type Batch, Damaged, type EventStore, STREAM_PREFIXES } from '../src/store/event-store.ts'
import { createWaiting, type Waiting } from '../src/waiting.ts'
import { isOfRowsFile } from './applying.ts'
import { applyBatch } from './batch.ts'
import { type BatchSize, gathered } from './gather.ts'
import { positionAt } from './journal.ts'
import { commandStream, momentOf } from './ledger.ts'
import type { Projection, Reader } from './projection.ts'
import { type Rows, readerOf } from './rows.ts'
import type { Running } from './running.ts'
import { appliedOf, isApplied, type ProjectionStatus, type Standing } from './standing.ts'
import { catchUp, lowest, type Track, tracksOf } from './tracks.ts'

export interface Runner {
  reader: Reader
  /** The newest event that the rows of all these rest on; unless named, of all that still run and are not behind. */
  applied(...names: string[]): bigint
  /**
   * Resolves true once everything up to a position is applied by the projections named (unless named, by those that
   * are not behind), false when the time is over first, or when they go no further.
   */
  waitUntil(position: bigint, timeoutMs: number, ...names: string[]): Promise<boolean>
  /** The position an instant stands for. */
  positionAt(instant: string): { position: bigint }
  /** The newest applied event at or below a position, and when it was recorded. */
  momentOf(position: bigint): { position: bigint; at: string | null }
  status(): ProjectionStatus[]
  /** True once every projection has applied all that the store held when this process started. */
  isReady(): boolean
  /** Is told what was applied, in order; returns how to stop that. */
  onApplied(listener: (events: readonly StoredEvent[]) => void): () => void
  findCommand(commandId: string): string | undefined
  /** Ends the subscriptions; resolves when nothing is being applied any more. */
  stop(): Promise<void>
}

export interface RunnerParts {
  store: Pick<EventStore, 'end' | 'identity' | 'subscribe'>
  rows: Rows
  projections: readonly Projection[]
  clock: Pick<Clock, 'saw'>
  /** Told where projections are: at once, after every batch, and whenever else something has changed. */
  onMoved?: (standing: Standing) => void
  /** Told of all events that were applied, to whichever rows, and maybe not for the first time. */
  onEvents?: (events: readonly LedgerEvent[]) => void
  /** Told about what keeps projections from going on. */
  onTrouble?: (message: string, error: unknown) => void
  batch?: BatchSize
}

/** How long to wait before subscribing again after the store went away. */
const RESUBSCRIBE_MS = { first: 100, most: 5_000 }

/**
 * Rows that change again and again are written once for each batch, and pages of the file too. Small enough to be applied
 * in a second or two: so much later is seen what comes while a server catches up.
 */
const BATCH: BatchSize = { events: 8_000, characters: 16 * 1024 * 1024 }

interface State {
  parts: RunnerParts
  reader: Reader
  /** The first is the one whose events are told to listeners. */
  tracks: Track[]
  readyAt: bigint
  bound: boolean
  listeners: Set<(events: readonly StoredEvent[]) => void>
  waiting: Waiting
  /** What is wrong with the ledger itself, so that nothing more of it is applied before the next start. */
  damage: string | null
}

/** Subscribes, applies what comes to every projection, and keeps rows and checkpoints in one transaction. */
export async function startRunner(parts: RunnerParts): Promise<Runner> {
  const { store, rows, projections } = parts
  const end = await store.end()
  rows.bindStore(await store.identity(), end)
  const state: State = {
    parts,
    reader: readerOf(rows),
    tracks: tracksOf(rows, projections),
    readyAt: end,
    bound: end > 0n,
    listeners: new Set(),
    waiting: createWaiting(),
    damage: null
  }
  parts.onMoved?.(standingOf(state))
  const abort = new AbortController()
  const ended = Promise.all(state.tracks.map((track) => follow(state, track, abort.signal)))
  return runnerOf(state, async () => {
    abort.abort()
    await ended
  })
}

function runnerOf(state: State, stop: () => Promise<void>): Runner {
  const { reader, listeners, waiting } = state
  return {
    reader,
    applied: (...names) => appliedOf(standingOf(state), names),
    waitUntil: (position, timeoutMs, ...names) =>
      waiting.until(() => isApplied(standingOf(state), position, names), timeoutMs),
    positionAt: (instant) => ({ position: positionAt(reader, instant) }),
    momentOf: (position) => momentOf(reader, position),
    status: () => [...standingOf(state).projections],
    isReady: () => standingOf(state).isReady,
    onApplied: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    findCommand: (commandId) => commandStream(reader, commandId),
    stop
  }
}

function standingOf(state: State): Standing {
  const { tracks, damage, readyAt } = state
  const { rows, projections } = state.parts
  const running = tracks.flatMap((track) => track.running)
  const isBuilding = ({ projection: { name } }: Running) => rows.isBuilding(name)
  return {
    projections: projections.flatMap((projection) =>
      running.filter((each) => each.projection === projection).map((each) => statusOf(state, each))
    ),
    tracks: tracks.map(({ running, seen, ended }) => ({
      names: running.map(({ projection }) => projection.name),
      seen,
      ended
    })),
    isReady:
      damage === null &&
      tracks.length === 1 &&
      running.every((each) => !each.stopped && !isBuilding(each)) &&
      tracks.every(({ seen }) => seen >= readyAt)
  }
}

function statusOf({ parts: { rows }, damage }: State, running: Running): ProjectionStatus {
  const { projection, position } = running
  const damaged = damage === null ? null : { event: null, position: position + 1n, error: damage }
  const stopped = running.stopped ?? damaged
  const { name, version } = projection
  if (!rows.isBuilding(name)) return { name, version, position, stopped }
  return { name, version, position: rows.served(name), rebuilt: position, stopped }
}

/** Tells whoever waits, and whoever is told of every move. */
function moved(state: State): void {
  state.waiting.check()
  state.parts.onMoved?.(standingOf(state))
}

/**
 * Follows the store until aborted; whatever ends a subscription, or keeps rows from being written, the next one resumes
 * from the checkpoints.
 */
async function follow(state: State, track: Track, signal: AbortSignal): Promise<void> {
  const { store, rows, onTrouble, batch = BATCH } = state.parts
  let pause = RESUBSCRIBE_MS.first
  while (!signal.aborted) {
    try {
      const pages = store.subscribe(begin(track), STREAM_PREFIXES, signal)
      const eventsIn = ({ events }: Batch) => events
      for await (const { page, events } of gathered(pages, batch, eventsIn, isEnough)) {
        if (signal.aborted) return
        await applyPage(state, track, page, events)
        track.ended = track.running.every(({ stopped }) => stopped)
        const joined = page.caughtUp && catchUp(rows, state.tracks, track)
        moved(state)
        if (track.ended || joined) return
        pause = RESUBSCRIBE_MS.first
      }
    } catch (error) {
      if (signal.aborted) return
      if (error instanceof Damaged) {
        state.damage ??= error.message
        track.ended = true
        moved(state)
        return onTrouble?.('projections have stopped: the ledger is damaged', error)
      }
      const ofRows = isOfRowsFile(error)
      onTrouble?.(
        ofRows ? 'projections wait for the file of their rows' : 'projections wait for the store',
        error
      )
    }
    await rest(pause, signal)
    pause = Math.min(pause * 2, RESUBSCRIBE_MS.most)
  }
}

/** Whether what was gathered goes on to be applied at once. */
const isEnough = ({ caughtUp, isNextAway = false }: Batch): boolean => caughtUp || isNextAway

/** What has stopped needs nothing again. */
const begin = ({ running }: Track): bigint => lowest(running.filter(({ stopped }) => !stopped))

async function applyPage(
  state: State,
  track: Track,
  { checkpoint }: Batch,
  stored: Batch['events']
): Promise<void> {
  const { store, rows, clock, onTrouble, onEvents } = state.parts
  if (!state.bound && stored.length > 0) {
    rows.bindStore(await store.identity(), await store.end())
    state.bound = true
  }
  const last = stored.at(-1)
  if (last) rows.meet({ position: last.position, event: last.id })
  const seenBefore = track.seen
  const events = stored.length === 0 ? [] : applyBatch({ rows, onTrouble }, track.running, stored)
  const all = events.length === stored.length
  const newest = all ? checkpoint : (events.at(-1)?.position ?? 0n)
  if (newest > track.seen) track.seen = newest
  for (const { metadata } of events) clock.saw(metadata.recordedAt)
  onEvents?.(events)
  // Told once each: after the store was away, the track begins again at whoever is furthest behind.
  const fresh = stored.slice(0, events.length).filter(({ position }) => position > seenBefore)
  if (track !== state.tracks[0] || fresh.length === 0) return
  for (const listener of state.listeners) listener(fresh)
}
