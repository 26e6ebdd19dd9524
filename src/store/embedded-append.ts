import type { DatabaseSync } from 'node:sqlite'
import { type AppendRequest, resultCode, SQLITE, type Written } from './embedded-protocol.ts'
import { Unavailable, WrongRevision } from './event-store.ts'

/** What became of one append of a group. */
export type Outcome = Written | Error

/** After a commit has failed, how long appends are refused at once before the disk is tried again. */
export const PROBE_PAUSE_MS = 500

/**
 * Makes the function that commits groups of appends, one transaction each: it returns when that is durable. A stale
 * append in a group is refused alone. When the transaction fails all of the group fail, and nothing is written until
 * a small write of no consequence has succeeded: a disk that loses writes must not be trusted with the next ones.
 */
export function groupCommitter(db: DatabaseSync): (group: readonly AppendRequest[]) => Outcome[] {
  const append = appender(db)
  let failed: { why: string; at: number } | undefined

  const probe = (): Unavailable | undefined => {
    if (!failed) return undefined
    if (performance.now() - failed.at >= PROBE_PAUSE_MS) {
      try {
        transaction(db, () => db.exec('UPDATE probe SET tries = tries + 1'))
        failed = undefined
        return undefined
      } catch (error) {
        failed = { why: String(error), at: performance.now() }
      }
    }
    return new Unavailable(
      `the ledger takes no appends since a write failed (${failed.why}); nothing was stored`,
      {
        nothingStored: true
      }
    )
  }

  return (group) => {
    const stopped = probe()
    if (stopped) return group.map(() => stopped)
    try {
      return transaction(db, () => group.map((request) => refusedAlone(() => append(request))))
    } catch (error) {
      failed = { why: String(error), at: performance.now() }
      const failure = failureOf(error)
      return group.map(() => failure)
    }
  }
}

/** The error of a statement before COMMIT, or of COMMIT itself. */
class CommitFailed extends Error {}

function transaction<T>(db: DatabaseSync, work: () => T): T {
  db.exec('BEGIN IMMEDIATE')
  try {
    const result = work()
    commit(db)
    return result
  } catch (error) {
    // Some errors have rolled back already.
    if (db.isTransaction) db.exec('ROLLBACK')
    throw error
  }
}

function commit(db: DatabaseSync): void {
  try {
    db.exec('COMMIT')
  } catch (cause) {
    throw new CommitFailed(cause instanceof Error ? cause.message : String(cause), { cause })
  }
}

/** Where COMMIT failed for another reason than room, the last page may be on disk all the same, and come back. */
function failureOf(error: unknown): Unavailable {
  const known = !(error instanceof CommitFailed) || resultCode(error.cause) === SQLITE.full
  const said = known
    ? 'nothing was stored'
    : 'whether it is stored is not known, a retry with the same event ids is safe'
  return new Unavailable(`the ledger could not be written (${String(error)}); ${said}`, {
    nothingStored: known
  })
}

function refusedAlone(work: () => Written): Outcome {
  try {
    return work()
  } catch (error) {
    if (error instanceof WrongRevision || error instanceof RangeError) return error
    throw error
  }
}

interface Place {
  position: bigint
  revision: bigint
}

/** One append inside the running transaction; throws before it has written anything, or because writing failed. */
function appender(db: DatabaseSync): (request: AppendRequest) => Written {
  const bigints = (sql: string) => {
    const statement = db.prepare(sql)
    statement.setReadBigInts(true)
    return statement
  }
  const last = bigints('SELECT revision FROM event WHERE stream = ? ORDER BY revision DESC LIMIT 1')
  const holder = bigints('SELECT stream, revision FROM event WHERE id = ?')
  const after = bigints(
    'SELECT id, revision, position FROM event WHERE stream = ? AND revision > ? ORDER BY revision LIMIT ?'
  )
  const insert = bigints(
    'INSERT INTO event (stream, revision, id, type, data, metadata) VALUES (?, ?, ?, ?, ?, ?)'
  )

  return ({ stream, events, expectedRevision }) => {
    const found = last.get(stream) as Pick<Place, 'revision'> | undefined
    const actual = found ? Number(found.revision) : -1
    const expected = expectedRevision === 'none' ? -1 : expectedRevision
    if (expected !== actual) {
      const stored = after.all(stream, expected, events.length) as unknown as (Place & { id: string })[]
      const place = stored.at(-1)
      // The same append again: the same ids at the same places. It is answered as the first time.
      const again = stored.length === events.length && stored.every(({ id }, i) => id === events[i]?.id)
      if (expected < actual && again && place) return writtenBefore(place)
      throw new WrongRevision(stream, expectedRevision, found ? actual : 'none')
    }
    for (const { id } of events) {
      const at = holder.get(id)
      if (at)
        throw new RangeError(`event ${id} is stored already, at revision ${at.revision} of ${at.stream}`)
    }
    let revision = actual
    let position = 0n
    for (const { id, type, data, metadata } of events) {
      revision += 1
      position = BigInt(insert.run(stream, revision, id, type, data, metadata).lastInsertRowid)
    }
    return { revision, position, isNew: true }
  }
}

const writtenBefore = ({ revision, position }: Place): Written => ({
  revision: Number(revision),
  position,
  isNew: false
})
