import { createHash } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import { quoted } from '../../src/store/read-model-shape.ts'
import type { TableSpec } from '../../src/store/read-model-spec.ts'

export interface Digest {
  rows: number
  /** SHA-256, hexadecimal. */
  sha256: string
}

type Cell = string | bigint | null

/** One text per cell that no other cell has: kind, and for a text its length. */
const cellText = (cell: Cell): string =>
  cell === null ? 'n;' : typeof cell === 'bigint' ? `i${cell};` : `t${cell.length}:${cell}`

/** The digest of all columns of all rows of these tables, each in the order of its key. */
export function digestOf(db: DatabaseSync, tables: readonly TableSpec[], schema = 'main'): Digest {
  const hash = createHash('sha256')
  let rows = 0
  for (const table of tables) {
    hash.update(`table ${table.name}\n`)
    const statement = db.prepare(
      `SELECT * FROM ${schema}.${quoted(table.name)} ORDER BY ${table.key.map(quoted).join(', ')}`
    )
    statement.setReadBigInts(true)
    statement.setReturnArrays(true)
    for (const cells of statement.iterate()) {
      rows += 1
      hash.update(`${(cells as unknown as Cell[]).map(cellText).join('')}\n`)
    }
  }
  return { rows, sha256: hash.digest('hex') }
}
