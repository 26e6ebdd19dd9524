import type { DatabaseSync } from 'node:sqlite'

/** The checkpoints of the file, known without asking it. */
export function checkpoints(db: DatabaseSync) {
  const select = db.prepare('SELECT projection, position FROM checkpoint')
  select.setReadBigInts(true)
  const known = new Map(select.all().map((row) => [String(row.projection), row.position as bigint]))
  const upsert = db.prepare(
    `INSERT INTO checkpoint VALUES (?, ?) ON CONFLICT DO UPDATE SET position = excluded.position`
  )
  return {
    of: (projection: string) => known.get(projection) ?? 0n,
    /** The newest event that any row rests on. */
    newest: () => [...known.values()].reduce((newest, each) => (each > newest ? each : newest), 0n),
    write(positions: ReadonlyMap<string, bigint>) {
      for (const [projection, position] of positions) {
        if (position !== known.get(projection)) upsert.run(projection, position)
      }
    },
    remember(positions: ReadonlyMap<string, bigint>) {
      for (const [projection, position] of positions) known.set(projection, position)
    },
    forget: (projection: string) => known.delete(projection),
    clear: () => known.clear()
  }
}

/** An event of the ledger, and where it stands. */
export interface Known {
  position: bigint
  event: string
}

/**
 * The newest event of the ledger that was met: a ledger that has another one there, or none, is not the one that the rows
 * are of, though it may have begun like it and have grown as long.
 */
export function knownEvent(db: DatabaseSync) {
  db.exec(
    'CREATE TABLE IF NOT EXISTS meta_known (only INTEGER PRIMARY KEY CHECK (only = 1), position INTEGER NOT NULL, event TEXT NOT NULL) STRICT'
  )
  const select = db.prepare('SELECT position, event FROM meta_known')
  select.setReadBigInts(true)
  const upsert = db.prepare('INSERT OR REPLACE INTO meta_known VALUES (1, ?, ?)')
  const forget = db.prepare('DELETE FROM meta_known')
  let newest = (select.get() as unknown as Known | undefined) ?? null
  let isKept = true
  return {
    newest: () => newest,
    meet(known: Known) {
      if (newest !== null && known.position <= newest.position) return
      newest = known
      isKept = false
    },
    /** Runs in the caller's transaction. */
    write() {
      if (newest !== null && !isKept) upsert.run(newest.position, newest.event)
    },
    /** What was written is durable. */
    keep() {
      isKept = true
    },
    /** Runs in the caller's transaction. */
    clear() {
      forget.run()
      newest = null
    }
  }
}

/** Which event store the rows are of. */
export function storeBinding(db: DatabaseSync) {
  const found = db.prepare('SELECT identity FROM meta_store').get()
  let stored = found ? String(found.identity) : ''
  /** This process has seen its store empty, so all rows since then are of that store. */
  let seenEmpty = false
  const upsert = db.prepare(
    `INSERT INTO meta_store VALUES (1, ?) ON CONFLICT DO UPDATE SET identity = excluded.identity`
  )
  return {
    accepts: (identity: string, anyRows: boolean) =>
      identity === stored || (stored === '' && (!anyRows || (seenEmpty && identity !== 'empty'))),
    bind(identity: string) {
      seenEmpty = identity === 'empty'
      const wanted = seenEmpty ? '' : identity
      if (wanted !== stored) upsert.run(wanted)
      stored = wanted
    }
  }
}
