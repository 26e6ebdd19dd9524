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
