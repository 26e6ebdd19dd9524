import type { Id } from './read-model-keys.ts'
import { type Cell, encodeRow, type Row } from './read-model-rows.ts'
import { NO_ROW, NO_ROW_WEIGHT, type OpenTable } from './read-model-table.ts'

/* How the rows of a batch get into the file, in the caller's transaction. */

/** What calls for each row would cost is shared by so many. */
const ROWS_AT_ONCE = 32
/** The rest of a batch goes in smaller ones, so that no statement is prepared for every size there may be. */
const REST_ROWS = [8, 1]

/** A part of the batch of one table. */
interface Part {
  table: OpenTable
  ids: readonly Id[]
}

/** Writes the rows that were put longest ago, `share` of a hundred, in tables of the same columns. */
export function writeEarly(group: readonly OpenTable[], share: number): void {
  const parts = group.map((table) => {
    const { rows } = table.batch
    const count = Math.floor((rows.size * share) / 100)
    return { table, ids: [...rows.keys()].slice(0, count) }
  })
  const keep = writeParts(parts)
  for (const { table, ids } of parts) {
    for (const id of ids) {
      table.batch.rows.delete(id)
      table.batch.deleted.delete(id)
    }
  }
  keep()
}

/** Writes all of them; what it returns keeps the rows at hand. */
export const writeGroup = (group: readonly OpenTable[]): (() => void) =>
  writeParts(group.map((table) => ({ table, ids: [...table.batch.rows.keys()] })))

/** Side by side, so that a row which several tables hold becomes JSON once. */
function writeParts(parts: readonly Part[]): () => void {
  const writers = parts.map(({ table, ids }) => ({ of: new Set(ids), writer: writerOf(table) }))
  for (const id of inOrder(parts)) {
    for (const { of, writer } of writers) if (of.has(id)) writer.write(id)
  }
  for (const { writer } of writers) writer.end()
  return () => {
    for (const { writer } of writers) writer.keep()
  }
}

/** Rows in the order of their key are found their place by fewer steps; keys that grew were put in that order. */
function inOrder(parts: readonly Part[]): Id[] {
  const [first, ...others] = parts
  const ids = first && others.length === 0 ? [...first.ids] : [...new Set(parts.flatMap(({ ids }) => ids))]
  if (ids.every((id, i) => i === 0 || (ids[i - 1] ?? id) < id)) return ids
  // What texts are sorted by without being told how is quicker than telling.
  return typeof ids[0] === 'string' ? ids.sort() : ids.sort((a, b) => Number(a) - Number(b))
}

function writerOf(table: OpenTable) {
  const { columns, json, batch, upsert, remove, cache, sharing } = table
  const width = columns.length
  let cells: Cell[] = new Array(ROWS_AT_ONCE * width)
  let filled = 0
  let weights = 0
  let puts = 0
  const written: { id: Id; row: Row; weight: number }[] = []
  return {
    write(id: Id): void {
      const row = batch.rows.get(id)
      if (!row) {
        remove.run(...(batch.deleted.get(id) ?? []))
        if (cache) written.push({ id, row: NO_ROW, weight: NO_ROW_WEIGHT })
        return
      }
      const weight = encodeRow(columns, row, json, cells, filled * width)
      weights += weight
      puts += 1
      if (cache) written.push({ id, row, weight: weight / sharing })
      if (++filled < ROWS_AT_ONCE) return
      upsert(ROWS_AT_ONCE).run(...cells)
      filled = 0
    },
    end(): void {
      let at = 0
      for (const rows of REST_ROWS) {
        for (; filled - at >= rows; at += rows)
          upsert(rows).run(...cells.slice(at * width, (at + rows) * width))
      }
      cells = []
      if (puts > 0) batch.weight = weights / puts
    },
    keep(): void {
      for (const { id, row, weight } of written) cache?.set(id, row, weight)
    }
  }
}
