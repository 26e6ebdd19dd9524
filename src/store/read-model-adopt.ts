import type { DatabaseSync } from 'node:sqlite'
import { completeIndexes, isByKey, list, own, type Placed, quoted } from './read-model-shape.ts'
import { transaction } from './read-model-tables.ts'

/** Rows of which several threads build a part each, which are put together in the end. */
export interface Divisible {
  /**
   * From now on only a part of the rows of these, which have none yet, is put here. Whoever opens the file finds nothing
   * of it, until `merge` has brought the rest or `clear` has dropped it.
   */
  divide(projections: readonly string[]): void
  /**
   * Takes the other part of their rows out of a file that nobody has open, in one transaction; both have gone equally
   * far. Rows that both hold are the same.
   */
  merge(path: string, projections: readonly string[]): void
  /**
   * Takes the rows that another file, which nobody has open, holds for projections that have none here, and how far they
   * are; in one transaction. Both files are of the same program.
   */
  adopt(path: string, projections: readonly string[]): void
  /** Does for these what `complete` does for all but the file: what is merged into them comes among finished rows. */
  settle(projections: readonly string[]): void
}

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
    // Where only their keys are sorted, sorting whole rows costs more than it saves.
    const order = isByKey(table) ? ` ORDER BY ${list(table.key)}` : ''
    db.exec(`INSERT OR IGNORE INTO main.${mine} SELECT * FROM adopted.${other}${order}`)
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
