import type { DatabaseSync } from 'node:sqlite'
import { completeIndexes, list, own, type Placed, quoted } from './read-model-shape.ts'
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
  return attached(db, path, () => new Map(placed.map((each) => adoptOne(db, each))))
}

/**
 * Takes the rows that are missing here out of another file, in one transaction, after which those of both are theirs.
 * Throws where the other file does not go exactly as far.
 */
export function mergeRows(db: DatabaseSync, path: string, placed: readonly Placed[]): void {
  attached(db, path, () => {
    for (const each of placed) mergeOne(db, each)
    own(db, placed)
  })
}

function attached<T>(db: DatabaseSync, path: string, work: () => T): T {
  db.prepare('ATTACH ? AS adopted').run(path)
  try {
    return transaction(db, work)
  } finally {
    db.exec('DETACH adopted')
  }
}

function mergeOne(db: DatabaseSync, { spec, suffix }: Placed): void {
  const [here, there] = [checkpointOf(db, 'main', spec.name + suffix), checkpointOf(db, 'adopted', spec.name)]
  if (here !== there) throw new Error(`one part of ${spec.name} is at ${here}, the other at ${there}`)
  for (const table of spec.tables) {
    const [mine, other] = [quoted(table.name + suffix), quoted(table.name)]
    db.exec(`INSERT OR IGNORE INTO main.${mine} SELECT * FROM adopted.${other} ORDER BY ${list(table.key)}`)
  }
}

function checkpointOf(db: DatabaseSync, schema: string, name: string): bigint {
  const found = db.prepare(`SELECT position FROM ${schema}.checkpoint WHERE projection = ?`)
  found.setReadBigInts(true)
  return (found.get(name)?.position ?? 0n) as bigint
}

function adoptOne(db: DatabaseSync, { spec, suffix }: Placed): [name: string, position: bigint] {
  const name = spec.name + suffix
  completeIndexes(db, { spec, suffix })
  for (const table of spec.tables) {
    db.exec(`INSERT INTO main.${quoted(table.name + suffix)} SELECT * FROM adopted.${quoted(table.name)}`)
  }
  const position = checkpointOf(db, 'adopted', spec.name)
  db.prepare(
    `INSERT INTO main.checkpoint VALUES (?, ?) ON CONFLICT DO UPDATE SET position = excluded.position`
  ).run(name, position)
  return [name, position]
}
