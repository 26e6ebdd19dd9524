import type { DatabaseSync } from 'node:sqlite'
import { completeIndexes, type Placed, quoted } from './read-model-shape.ts'
import { transaction } from './read-model-tables.ts'

/**
 * Takes rows and checkpoints out of another file, in one transaction; how far each projection is then. Where the
 * tables of both have the same columns and indexes, and these here are empty, SQLite copies entries as they stand
 * instead of making them anew; so the indexes come first.
 */
export function adoptRows(
  db: DatabaseSync,
  path: string,
  placed: readonly Placed[]
): ReadonlyMap<string, bigint> {
  db.prepare('ATTACH ? AS adopted').run(path)
  try {
    return transaction(db, () => new Map(placed.map((each) => adoptOne(db, each))))
  } finally {
    db.exec('DETACH adopted')
  }
}

function adoptOne(db: DatabaseSync, { spec, suffix }: Placed): [name: string, position: bigint] {
  const name = spec.name + suffix
  completeIndexes(db, { spec, suffix })
  for (const table of spec.tables) {
    db.exec(`INSERT INTO main.${quoted(table.name + suffix)} SELECT * FROM adopted.${quoted(table.name)}`)
  }
  const found = db.prepare('SELECT position FROM adopted.checkpoint WHERE projection = ?')
  found.setReadBigInts(true)
  const position = (found.get(spec.name)?.position ?? 0n) as bigint
  db.prepare(
    `INSERT INTO main.checkpoint VALUES (?, ?) ON CONFLICT DO UPDATE SET position = excluded.position`
  ).run(name, position)
  return [name, position]
}
