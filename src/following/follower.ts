import { positionAt } from '../../projections/journal.ts'
import { commandStream, momentOf } from '../../projections/ledger.ts'
import type { Reader } from '../../projections/projection.ts'
import { readerOf } from '../../projections/rows.ts'
import type { Runner } from '../../projections/runner.ts'
import { appliedOf, isApplied, type ProjectionStatus, type Standing } from '../../projections/standing.ts'
import { numberOf } from '../../projections/volumes.ts'
import type { Clock } from '../clock.ts'
import type { StoredEvent } from '../events/catalogue.ts'
import type { IdAt } from '../store/event-at.ts'
import { ROWS_DAMAGED } from '../store/read-model-file.ts'
import { openRowsReader, type RowsReader } from '../store/rows-reader.ts'
import { createWaiting } from '../waiting.ts'
import { createFeed } from './feed.ts'
import { createKnownCommands, type KnownCommands } from './known-commands.ts'
import { type Line, openLine } from './line.ts'
import { errorOf, type FromThread } from './protocol.ts'
import type { Followed } from './store-port.ts'
import { createUnderway } from './underway.ts'

/*
 * Projections that follow the ledger in a thread of their own. Whoever asks reads what that thread has committed, over
 * a connection of its own, and waits for neither handlers nor the disk.
 */

const PROGRAM = new URL('./thread.ts', import.meta.url)

export interface Follower {
  /** The rows as queries read them. */
  reader: Reader
  /** Says which ledger the rows are of and what it holds; answers up to where every projection has applied it. */
  bind: Bind
  /** Begins to follow; whatever comes of it is told as of a runner in this thread. */
  start(parts: FollowerParts): Promise<Runner>
  /** Lets go of the rows. */
  close(): Promise<void>
}

/** `idAt` tells which event stands at a position of the ledger; null where none does. */
export type Bind = (identity: string, end: bigint, idAt: IdAt) => Promise<bigint>

export interface FollowerParts {
  store: Followed
  clock: Pick<Clock, 'saw'>
  onTrouble?: (message: string, error: unknown) => void
}

export interface Thread {
  /** Opens the rows at a path, one after the other. Rejects with `StoreLocked` while another process holds them. */
  open(path: string): Promise<Follower>
  /** Lets go of what is open, and ends it. */
  close(): Promise<void>
}

/** Starts the thread. Another program than the thread's own is for tests. */
export function startThread(program: URL = PROGRAM): Thread {
  const line = openLine(program)
  return {
    async open(path) {
      await line.call('open', { path })
      const rows = openRowsReader(path)
      const close = async () => {
        // The last connection folds the log into the file, and this one cannot.
        rows.close()
        await line.release()
      }
      return {
        reader: readerOf(rows),
        async bind(identity, end, idAt) {
          const known = await line.call('known', null)
          const holdsKnown = known === null || (await idAt(known.position)) === known.event
          const applied = await line.call('bind', { identity, end, holdsKnown })
          // Those of another ledger were dropped.
          rows.forget()
          return applied
        },
        start: (parts) => startFollowing(line, rows, parts, close),
        close
      }
    },
    close: line.close
  }
}

type Listener = (events: readonly StoredEvent[]) => void

interface State {
  standing: Standing | undefined
  commands: KnownCommands | undefined
  /** Why nothing more is applied before the next start: the thread has ended unasked, or the rows are damaged. */
  ended: string | null
  /** What was made of it last: answers ask again and again. */
  shown: { of: Standing; look: number; ended: string | null; standing: Standing } | undefined
}

async function startFollowing(
  line: Line,
  rows: RowsReader,
  { store, clock, onTrouble }: FollowerParts,
  close: () => Promise<void>
): Promise<Runner> {
  const state: State = { standing: undefined, commands: undefined, ended: null, shown: undefined }
  const listeners = new Set<Listener>()
  const waiting = createWaiting()
  const underway = createUnderway()
  const feed = createFeed(store, line.say, underway.sent)

  const moved = ({ standing, recordedAt }: Extract<FromThread, { kind: 'moved' }>) => {
    // Whoever is told now finds what was committed.
    rows.lookAgain()
    state.standing = standing
    if (recordedAt !== null) clock.saw(recordedAt)
    const fresh = underway.applied(standing)
    if (fresh.length > 0) for (const listener of listeners) tell(listener, fresh)
    waiting.check()
  }
  const tell = (listener: Listener, fresh: readonly StoredEvent[]) => {
    try {
      listener(fresh)
    } catch (error) {
      onTrouble?.('whoever is told of what was applied has failed', error)
    }
  }
  const over = (why: string) => {
    state.ended = why
    // Not within what has found it.
    setImmediate(waiting.check)
  }
  const troubled = (trouble: Extract<FromThread, { kind: 'trouble' }>) => {
    if (trouble.areRowsDamaged) over(ROWS_DAMAGED)
    onTrouble?.(trouble.message, errorOf(trouble.fault))
  }
  line.listen(
    (message) => {
      if (message.kind === 'moved') moved(message)
      else if (message.kind === 'commands') state.commands = createKnownCommands(message.memory)
      else if (message.kind === 'trouble') troubled(message)
      else feed.hear(message)
    },
    (error) => {
      over(String(error))
      onTrouble?.('projections have stopped: their thread has ended', error)
    }
  )
  rows.onDamage((error) => {
    over(ROWS_DAMAGED)
    onTrouble?.(ROWS_DAMAGED, error)
  })
  await line.call('start', null)
  const standing = () => standingNow(rows, state)
  /** Where nothing can be read of the rows. */
  const told = () => standingOf(state, ({ position }) => position)
  const reader = readerOf(rows)
  return {
    reader,
    applied: (...names) => appliedOf(standing(), names),
    waitUntil: (position, timeoutMs, ...names) =>
      waiting.until(() => isApplied(standing(), position, names), timeoutMs),
    positionAt: (instant) => ({ position: positionAt(reader, instant) }),
    momentOf: (position) => momentOf(reader, position),
    status: () => [...(isReadable(rows) ? standing() : told()).projections],
    isReady: () => state.ended === null && isReadable(rows) && standing().isReady,
    onApplied: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    findCommand: (commandId) => {
      const isNew = state.commands?.mayHave(numberOf(commandId)) === false
      return isNew ? undefined : commandStream(reader, commandId)
    },
    async stop() {
      // In this order: by the time it hears that nobody answers any more, the thread knows why.
      const closed = close()
      await Promise.all([feed.end(), closed])
    }
  }
}

/** A file of rows that cannot be read is met by whoever asks; here it only means that nobody is served. */
function isReadable(rows: RowsReader): boolean {
  try {
    rows.look()
    return true
  } catch {
    return false
  }
}

/** As the thread has told it last, but with the positions of the rows that are read at this moment. */
function standingNow(rows: RowsReader, state: State): Standing {
  const look = rows.look()
  const { standing, ended, shown } = state
  if (standing && shown?.of === standing && shown.look === look && shown.ended === ended)
    return shown.standing
  const fresh = standingOf(state, ({ name }) => rows.served(name))
  if (standing) state.shown = { of: standing, look, ended, standing: fresh }
  return fresh
}

/** With the end of all that is applied, where that has come. */
function standingOf({ standing, ended }: State, positionOf: (each: ProjectionStatus) => bigint): Standing {
  if (!standing) throw new Error('the projections have not been started')
  const projections = standing.projections.map((each): ProjectionStatus => {
    const position = positionOf(each)
    const stopped =
      ended === null
        ? each.stopped
        : { event: null, position: position + 1n, error: ended, isOver: true as const }
    return { ...each, position, stopped }
  })
  const tracks =
    ended === null ? standing.tracks : standing.tracks.map((track) => ({ ...track, ended: true }))
  return { ...standing, projections, tracks }
}
