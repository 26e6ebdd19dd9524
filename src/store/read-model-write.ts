import type { Id, KeyPart } from './read-model-keys.ts'
import { type Cell, encodeRow, type Row } from './read-model-rows.ts'
import { NO_ROW, NO_ROW_WEIGHT, type OpenTable } from './read-model-table.ts'

/* How the rows of a batch get into the file, in the caller's transaction. */

/** What calls for each row would cost is shared by so many. */
const ROWS_AT_ONCE = 32
/** The rest of a batch goes in smaller ones, so that no statement is prepared for every size there may be. */
const REST_ROWS = [8, 1]

/** Writes the rows that have waited longest: `share` of a hundred. */
export function writeEarly(table: OpenTable, share: number): void {
  if (table.spec.log) {
    writeLog(table)
    return
  }
  const { rows, deleted } = table.batch
  const ids = [...rows.keys()].slice(0, Math.floor((rows.size * share) / 100))
  const keep = writeRows(table, ids)
  for (const id of ids) {
    rows.delete(id)
    deleted.delete(id)
  }
  keep()
}

/** Writes all of them; what it returns keeps the rows at hand. */
export function writeBatch(table: OpenTable): () => void {
  if (!table.spec.log) return writeRows(table, [...table.batch.rows.keys()])
  writeLog(table)
  return () => {}
}

/** Each where its key begins alike: those that came one after the other stay in that order. */
function writeLog(table: OpenTable): void {
  const { batch, spec, aside } = table
  const [first = ''] = spec.key
  const key = (row: Row) => row[first] as KeyPart
  const rows = batch.log
  const isInOrder = rows.every((row, i) => i === 0 || key(rows[i - 1] ?? row) <= key(row))
  const [oldest, newest] = [rows[0], rows.at(-1)]
  if (!oldest || !newest) return
  if (!aside) {
    if (!isInOrder) rows.sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0))
    putAll(table, table.upsert, rows)
  } else if (isInOrder && (aside.newest === undefined || key(oldest) > aside.newest)) {
    putAll(table, table.upsert, rows)
    aside.newest = key(newest)
  } else putAll(table, aside.put, rows)
  batch.log = []
}

function putAll(table: OpenTable, statement: OpenTable['upsert'], rows: readonly Row[]): void {
  const { put, end } = writerOf(table, statement)
  for (const row of rows) put(row)
  end()
}

function writeRows(table: OpenTable, ids: Id[]): () => void {
  const { write, end, keep } = writerOf(table, table.upsert)
  for (const id of inOrder(ids)) write(id)
  end()
  return keep
}

/** Rows in the order of their key are found their place by fewer steps; keys that grew were put in that order. */
function inOrder(ids: Id[]): Id[] {
  if (ids.every((id, i) => i === 0 || (ids[i - 1] ?? id) < id)) return ids
  // What texts are sorted by without being told how is quicker than telling.
  return typeof ids[0] === 'string' ? ids.sort() : ids.sort((a, b) => Number(a) - Number(b))
}

function writerOf(table: OpenTable, statement: OpenTable['upsert']) {
  const { columns, batch, remove, cache } = table
  const width = columns.length
  let cells: Cell[] = new Array(ROWS_AT_ONCE * width)
  let filled = 0
  let weights = 0
  let puts = 0
  const written: { id: Id; row: Row; weight: number }[] = []
  /** Says what it weighs. */
  const put = (row: Row): number => {
    const weight = encodeRow(columns, row, cells, filled * width)
    weights += weight
    puts += 1
    if (++filled === ROWS_AT_ONCE) {
      statement(ROWS_AT_ONCE).run(...cells)
      filled = 0
    }
    return weight
  }
  return {
    put,
    write(id: Id): void {
      const row = batch.rows.get(id)
      if (!row) {
        remove.run(...(batch.deleted.get(id) ?? []))
        if (cache) written.push({ id, row: NO_ROW, weight: NO_ROW_WEIGHT })
        return
      }
      const weight = put(row)
      if (cache) written.push({ id, row, weight })
    },
    end(): void {
      let at = 0
      for (const rows of REST_ROWS) {
        for (; filled - at >= rows; at += rows)
          statement(rows).run(...cells.slice(at * width, (at + rows) * width))
      }
      cells = []
      if (puts > 0) batch.weight = weights / puts
    },
    keep(): void {
      for (const { id, row, weight } of written) cache?.set(id, row, weight)
    }
  }
}
