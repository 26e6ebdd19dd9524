import { type LedgerEvent, readEvent, type StoredEvent, UnreadableEvent } from '../src/events/catalogue.ts'
import { apply, type Change, type Get, isSource, type Moved, type Projection } from './projection.ts'
import { handlerGet, type Rows } from './rows.ts'

/* Applying a batch of events to several projections: rows and checkpoints in one transaction. */

/** Why a projection goes no further. */
export interface Stopped {
  /** Null where it is no single event: the ledger itself is damaged. */
  event: string | null
  position: bigint
  error: string
}

/** One projection on its way through the ledger. */
export interface Running {
  projection: Projection
  /** The newest event that its handlers have applied. */
  position: bigint
  stopped: Stopped | null
  /** It goes no further than this; null: as far as the ledger does. */
  until: bigint | null
}

export interface BatchParts {
  rows: Rows
  /** Told about what keeps projections from going on. */
  onTrouble?: ((message: string, error: unknown) => void) | undefined
}

/** A projection where its rows are. */
export const resume = (rows: Rows, projection: Projection, until: bigint | null = null): Running => ({
  projection,
  position: rows.checkpoint(projection.name),
  stopped: null,
  until
})

/**
 * Applies stored events to every projection that has not applied them, and commits. An event that no schema can read
 * stops all of them, a handler that throws stops its own projection before that event; the others go on. Nothing is
 * awaited in between, so that no reader ever sees half a batch. Throws, with rows and positions as before, when the
 * rows cannot be written. Returns the events that could be read.
 */
export function applyBatch(
  parts: BatchParts,
  running: readonly Running[],
  stored: readonly StoredEvent[]
): LedgerEvent[] {
  const { rows } = parts
  const stopped = running.map((each) => each.stopped)
  const events = readAll(parts, running, stored)
  try {
    // What a handler wrote before it failed must not stay, so the batch is begun again without it.
    while (!applyInOrder(parts, running, events)) goBack(rows, running)
    commit(rows, running)
  } catch (error) {
    goBack(rows, running)
    // Nothing of the batch happened: whom it stopped goes on up to there with everybody else.
    for (const [i, each] of running.entries()) each.stopped = stopped[i] ?? null
    throw error
  }
  return events
}

/** Keeps what was applied, and up to where. */
export const commit = (rows: Rows, running: readonly Running[]): void =>
  rows.commit(new Map(running.map(({ projection, position }) => [projection.name, position])))

/** Drops what was applied since the last commit. */
export function goBack(rows: Rows, running: readonly Running[]): void {
  rows.rollback()
  for (const each of running) each.position = rows.checkpoint(each.projection.name)
}

/**
 * Applies a part of a batch and commits nothing. Returns the events that could be read, or null where a handler has
 * thrown: then everything since the last commit has to be applied again, without that projection. Throws where the
 * rows cannot be written, and nobody is stopped for that.
 */
export function applyPart(
  parts: BatchParts,
  running: readonly Running[],
  stored: readonly StoredEvent[]
): LedgerEvent[] | null {
  const events = readAll(parts, running, stored)
  return applyInOrder(parts, running, events) ? events : null
}

/**
 * The same for events that are not in the order of the ledger, to projections that do not need it; `from` says where each
 * stood before the first of them. False as soon as a handler throws or an event cannot be read, and nobody is stopped
 * then: only in the order of the ledger is it known which event stops whom.
 */
export function applyApart(
  { rows }: BatchParts,
  running: readonly Running[],
  stored: readonly StoredEvent[],
  from: readonly bigint[]
): boolean {
  try {
    return applyAll(rows, running, stored.map(readEvent), from) === null
  } catch (error) {
    if (error instanceof UnreadableEvent) return false
    throw error
  }
}

function readAll(
  parts: BatchParts,
  running: readonly Running[],
  stored: readonly StoredEvent[]
): LedgerEvent[] {
  const events: LedgerEvent[] = []
  for (const record of stored) {
    try {
      events.push(readEvent(record))
    } catch (error) {
      if (!(error instanceof UnreadableEvent)) throw error
      for (const each of running) halt(parts, each, record, error)
      return events
    }
  }
  return events
}

/** False as soon as one more projection has stopped. */
function applyInOrder(
  parts: BatchParts,
  running: readonly Running[],
  events: readonly LedgerEvent[]
): boolean {
  const thrown = applyAll(parts.rows, running, events)
  if (!thrown) return true
  const { by, event, error } = thrown
  halt(parts, by, event, error)
  // Nobody can go on without the one who keeps evaluations.
  const followers = isSource(by.projection) ? running.filter(({ projection }) => projection.follows) : []
  for (const follower of followers) halt(parts, follower, event, error)
  return false
}

interface Thrown {
  by: Running
  event: LedgerEvent
  error: unknown
}

/**
 * Whether an error is about the file of rows (no room, a lock, damage) and no handler's fault, which asks neither SQLite
 * nor the system for anything: what it puts may write rows of others early, and what it gets may be read. A row that no
 * column can keep is refused without asking the file.
 */
export const isOfRowsFile = (error: unknown): boolean =>
  error instanceof Error && (('code' in error && error.code === 'ERR_SQLITE_ERROR') || 'syscall' in error)

/** In the order in which they are given; what is due is so by where each stood before. Ends with the first that throws. */
function applyAll(
  rows: Rows,
  running: readonly Running[],
  events: readonly LedgerEvent[],
  stood: readonly bigint[] = running.map(({ position }) => position)
): Thrown | null {
  const get = handlerGet(rows)
  const going = running.map((each, i) => ({ each, from: stood[i] ?? each.position }))
  const [oldest, newest] = edgesOf(events)
  // Nearly always, and then it need not be asked for each event again.
  const areDueToAll = going.every(({ each, from }) => areDue(each, from, oldest, newest))
  for (const event of events) {
    const told: Told = { moved: null }
    for (const { each, from } of going) {
      if (!areDueToAll && !isDue(each, from, event.position)) continue
      try {
        for (const change of changesOf(each.projection, event, get, told)) {
          if ('put' in change) rows.put(change.table, change.put)
          else rows.delete(change.table, change.delete)
        }
      } catch (error) {
        if (isOfRowsFile(error)) throw error
        return { by: each, event, error }
      }
      if (!areDueToAll && event.position > each.position) each.position = event.position
    }
  }
  if (areDueToAll) for (const { each } of going) if (newest > each.position) each.position = newest
  return null
}

/** The positions of the oldest and the newest of these; 0 where there is none. */
function edgesOf(events: readonly LedgerEvent[]): [oldest: bigint, newest: bigint] {
  let [oldest, newest] = [events[0]?.position ?? 0n, 0n]
  for (const { position } of events) {
    if (position < oldest) oldest = position
    if (position > newest) newest = position
  }
  return [oldest, newest]
}

/** What an event did to evaluations; null until somebody who keeps them has applied it. */
interface Told {
  moved: readonly Moved[] | null
}

function changesOf(projection: Projection, event: LedgerEvent, get: Get, told: Told): Change[] {
  if (isSource(projection)) {
    const { changes, moved } = projection.follow(event, get)
    told.moved = moved
    return changes
  }
  if (!projection.follows) return apply(projection, event, get)
  if (!told.moved) throw new Error(`nobody keeps the evaluations that ${projection.name} follows`)
  return apply(projection, event, get, told.moved)
}

const isDue = (running: Running, from: bigint, event: bigint): boolean => areDue(running, from, event, event)

/** Whether all events between two, and they themselves, are due. */
const areDue = ({ stopped, until }: Running, from: bigint, oldest: bigint, newest: bigint): boolean =>
  oldest > from && (stopped === null || newest < stopped.position) && (until === null || newest <= until)

function halt(
  { onTrouble }: BatchParts,
  running: Running,
  { id, position }: { id: string; position: bigint },
  error: unknown
): void {
  const isKnown = running.stopped !== null && running.stopped.position <= position
  if (isKnown || (running.until !== null && position > running.until)) return
  running.stopped = { event: id, position, error: error instanceof Error ? error.message : String(error) }
  onTrouble?.(`projection ${running.projection.name} stopped at event ${id} (position ${position})`, error)
}
