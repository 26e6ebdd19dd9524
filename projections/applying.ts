import type { LedgerEvent } from '../src/events/catalogue.ts'
import { apply, type Change, type Get, isSource, type Moved, type MovedGroups } from './projection.ts'
import { handlerGet, type Rows } from './rows.ts'
import type { Running } from './running.ts'

/* Applying events to several projections at once. Nothing is committed here, and nobody stopped. */

/** What a handler has thrown. */
export interface Thrown {
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
export function applyAll(
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
    const { position } = event
    const due = areDueToAll
      ? running
      : going.filter(({ each, from }) => isDue(each, from, position)).map(({ each }) => each)
    const thrown = applyOne(rows, get, due, event)
    if (thrown) return thrown
    if (!areDueToAll) for (const each of due) if (position > each.position) each.position = position
  }
  if (areDueToAll) for (const each of running) if (newest > each.position) each.position = newest
  return null
}

/** What the one who keeps evaluations has told. */
interface Told {
  by: Running
  moved: MovedGroups
}

/** Those who follow evaluations come last, when whoever keeps them has told what the event did. */
function applyOne(rows: Rows, get: Get, due: readonly Running[], event: LedgerEvent): Thrown | null {
  let told: Told | null = null
  let isFollowed = false
  for (const each of due) {
    const { projection } = each
    if (projection.follows) {
      isFollowed = true
      continue
    }
    try {
      if (isSource(projection)) {
        const followed = projection.follow(event, get)
        write(rows, followed.changes)
        told = { by: each, moved: followed.moved }
      } else write(rows, apply(projection, event, get))
    } catch (error) {
      return thrownBy(each, event, error)
    }
  }
  return isFollowed ? tell(rows, get, due, event, told) : null
}

/** Tells those who follow evaluations what an event did to them. */
function tell(
  rows: Rows,
  get: Get,
  due: readonly Running[],
  event: LedgerEvent,
  told: Told | null
): Thrown | null {
  const groups = told?.moved[Symbol.iterator]()
  for (;;) {
    let group: readonly Moved[] | null = null
    try {
      const next = groups?.next()
      if (next?.done) return null
      group = next?.value ?? null
    } catch (error) {
      // Nothing is read where nobody has told.
      if (told) return thrownBy(told.by, event, error)
      throw error
    }
    for (const each of due) {
      const { projection } = each
      if (!projection.follows) continue
      try {
        if (!group) throw new Error(`nobody keeps the evaluations that ${projection.name} follows`)
        write(rows, apply(projection, event, get, group))
      } catch (error) {
        return thrownBy(each, event, error)
      }
    }
  }
}

function write(rows: Rows, changes: readonly Change[]): void {
  for (const change of changes) {
    if ('put' in change) rows.put(change.table, change.put)
    else rows.delete(change.table, change.delete)
  }
}

function thrownBy(by: Running, event: LedgerEvent, error: unknown): Thrown {
  if (isOfRowsFile(error)) throw error
  return { by, event, error }
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

const isDue = (running: Running, from: bigint, event: bigint): boolean => areDue(running, from, event, event)

/** Whether all events between two, and they themselves, are due. */
const areDue = ({ stopped, until }: Running, from: bigint, oldest: bigint, newest: bigint): boolean =>
  oldest > from && (stopped === null || newest < stopped.position) && (until === null || newest <= until)
