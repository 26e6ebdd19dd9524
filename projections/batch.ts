import { type LedgerEvent, readEvent, type StoredEvent, UnreadableEvent } from '../src/events/catalogue.ts'
import { applyAll } from './applying.ts'
import { isSource } from './projection.ts'
import type { Rows } from './rows.ts'
import type { Running } from './running.ts'

/* Applying a batch of events to several projections: rows and checkpoints in one transaction. */

export interface BatchParts {
  rows: Rows
  /** Told about what keeps projections from going on. */
  onTrouble?: ((message: string, error: unknown) => void) | undefined
}

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
