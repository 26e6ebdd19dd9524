import type { Clock } from '../src/clock.ts'
import { type LedgerEvent, readEvent, type StoredEvent, UnreadableEvent } from '../src/events/catalogue.ts'
import { type EventStore, STREAM_PREFIXES } from '../src/store/event-store.ts'
import { commandStream, momentOf, positionAt } from './journal.ts'
import { apply, type Projection, type Reader } from './projection.ts'
import { type Rows, readerOf } from './rows.ts'

/** Where a projection is, and why it went no further. */
export interface ProjectionStatus {
  name: string
  version: number
  /** The newest event it has applied. */
  position: bigint
  stopped: { event: string; position: bigint; error: string } | null
}

export interface Runner {
  reader: Reader
  /** The newest event that every one of these projections has applied; of all that still run, unless named. */
  applied(...names: string[]): bigint
  /** Resolves true once everything up to a position is applied, false when the time is over first. */
  waitUntil(position: bigint, timeoutMs: number): Promise<boolean>
  /** The position an instant stands for. */
  positionAt(instant: string): { position: bigint }
  /** The newest applied event at or below a position, and when it was recorded. */
  momentOf(position: bigint): { position: bigint; at: string | null }
  status(): ProjectionStatus[]
  /** True once every projection has applied all that the store held when this process started. */
  isReady(): boolean
  /** Is told what was applied, in order; returns how to stop that. */
  onApplied(listener: (events: readonly LedgerEvent[]) => void): () => void
  findCommand(commandId: string): string | undefined
  /** Ends the subscription; resolves when nothing is being applied any more. */
  stop(): Promise<void>
}

export interface RunnerParts {
  store: EventStore
  rows: Rows
  projections: readonly Projection[]
  clock: Clock
  /** Told about what keeps projections from going on. */
  onTrouble?: (message: string, error: unknown) => void
}

/** How long to wait before subscribing again after the store went away. */
const RESUBSCRIBE_MS = { first: 100, most: 5_000 }

interface Running {
  projection: Projection
  position: bigint
  stopped: ProjectionStatus['stopped']
}

/** Subscribes, applies what comes to every projection, and keeps rows and checkpoints in one transaction. */
export async function startRunner(parts: RunnerParts): Promise<Runner> {
  const { store, rows } = parts
  rows.bindStore(await store.identity())
  const state: State = {
    parts,
    reader: readerOf(rows),
    running: parts.projections.map((projection) => ({
      projection,
      position: rows.checkpoint(projection.name),
      stopped: null
    })),
    seen: 0n,
    readyAt: await store.end(),
    bound: (await store.end()) > 0n,
    listeners: new Set(),
    waiting: new Set()
  }
  state.seen = lowest(state.running)
  const abort = new AbortController()
  const ended = follow(state, abort.signal)
  return runnerOf(state, async () => {
    abort.abort()
    await ended
  })
}

interface State {
  parts: RunnerParts
  reader: Reader
  running: Running[]
  /** Everything up to here was looked at, whether or not an event stands there. */
  seen: bigint
  readyAt: bigint
  bound: boolean
  listeners: Set<(events: readonly LedgerEvent[]) => void>
  waiting: Set<() => void>
}

const lowest = (running: readonly Running[]): bigint =>
  running.map(({ position }) => position).sort((a, b) => (a < b ? -1 : 1))[0] ?? 0n

function runnerOf(state: State, stop: () => Promise<void>): Runner {
  const { reader, running, listeners } = state
  return {
    reader,
    applied: (...names) =>
      lowest(
        running.filter(({ projection, stopped }) =>
          names.length > 0 ? names.includes(projection.name) : !stopped
        )
      ),
    waitUntil: (position, timeoutMs) => waitUntil(state, position, timeoutMs),
    positionAt: (instant) => ({ position: positionAt(reader, instant) }),
    momentOf: (position) => momentOf(reader, position),
    status: () =>
      running.map(({ projection: { name, version }, position, stopped }) => ({
        name,
        version,
        position,
        stopped
      })),
    isReady: () => running.every(({ stopped }) => !stopped) && state.seen >= state.readyAt,
    onApplied: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    findCommand: (commandId) => commandStream(reader, commandId),
    stop
  }
}

function waitUntil(state: State, position: bigint, timeoutMs: number): Promise<boolean> {
  if (state.seen >= position) return Promise.resolve(true)
  return new Promise((resolve) => {
    const end = (met: boolean): void => {
      clearTimeout(timer)
      state.waiting.delete(check)
      resolve(met)
    }
    const check = (): void => {
      if (state.seen >= position) end(true)
    }
    const timer = setTimeout(() => end(false), timeoutMs)
    state.waiting.add(check)
  })
}

/** Follows the store until aborted; whatever ends a subscription, the next one resumes from the checkpoints. */
async function follow(state: State, signal: AbortSignal): Promise<void> {
  const { store, onTrouble } = state.parts
  let pause = RESUBSCRIBE_MS.first
  while (!signal.aborted) {
    try {
      for await (const batch of store.subscribe(lowest(state.running), STREAM_PREFIXES, signal)) {
        if (signal.aborted) return
        if (batch.events.length > 0) await applyBatch(state, batch.events)
        if (state.running.every(({ stopped }) => stopped)) return
        if (batch.checkpoint > state.seen) state.seen = batch.checkpoint
        for (const check of [...state.waiting]) check()
        pause = RESUBSCRIBE_MS.first
      }
    } catch (error) {
      if (signal.aborted) return
      onTrouble?.('projections wait for the store', error)
    }
    await rest(pause, signal)
    pause = Math.min(pause * 2, RESUBSCRIBE_MS.most)
  }
}

const rest = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const end = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, ms)
    signal.addEventListener('abort', end)
  })

async function applyBatch(state: State, stored: readonly StoredEvent[]): Promise<void> {
  if (!state.bound) {
    state.parts.rows.bindStore(await state.parts.store.identity())
    state.bound = true
  }
  const events = readAll(state, stored)
  // From here to the commit nothing is awaited, so that no reader ever sees half a batch.
  const before = state.running.map(({ position }) => position)
  try {
    for (const event of events) for (const running of state.running) applyOne(state, running, event)
    state.parts.rows.commit(
      new Map(state.running.map(({ projection, position }) => [projection.name, position]))
    )
  } catch (error) {
    state.parts.rows.rollback()
    state.running.forEach((running, index) => {
      running.position = before[index] ?? 0n
    })
    throw error
  }
  const newest = events.at(-1)
  if (newest && newest.position > state.seen) state.seen = newest.position
  for (const { metadata } of events) state.parts.clock.saw(metadata.recordedAt)
  for (const listener of state.listeners) listener(events)
}

/** The events up to the first that no schema can read; that one stops every projection and is named. */
function readAll(state: State, stored: readonly StoredEvent[]): LedgerEvent[] {
  const events: LedgerEvent[] = []
  for (const record of stored) {
    try {
      events.push(readEvent(record))
    } catch (error) {
      if (!(error instanceof UnreadableEvent)) throw error
      for (const running of state.running) halt(state, running, record, error)
      return events
    }
  }
  return events
}

/** A handler that throws stops its own projection before this event; the others go on. */
function applyOne({ parts: { rows, onTrouble }, reader }: State, running: Running, event: LedgerEvent): void {
  const { projection, position, stopped } = running
  if (event.position <= position || isPast(stopped, event.position)) return
  try {
    for (const change of apply(projection, event, reader.get)) {
      if ('put' in change) rows.put(change.table, change.put)
      else rows.delete(change.table, change.delete)
    }
    running.position = event.position
  } catch (error) {
    running.stopped = { event: event.id, position: event.position, error: String(error) }
    onTrouble?.(
      `projection ${projection.name} stopped at event ${event.id} (position ${event.position})`,
      error
    )
  }
}

const isPast = (stopped: ProjectionStatus['stopped'], position: bigint): boolean =>
  stopped !== null && position >= stopped.position

function halt(state: State, running: Running, { id, position }: StoredEvent, error: UnreadableEvent): void {
  if (running.stopped) return
  running.stopped = { event: id, position, error: error.message }
  state.parts.onTrouble?.(
    `projection ${running.projection.name} stopped at event ${id} (position ${position})`,
    error
  )
}
