import { DatabaseSync, type StatementSync } from 'node:sqlite'
import type { ReadModel } from './read-model.ts'
import { guardedBy } from './read-model-file.ts'
import { type Id, type Ids, idsOf } from './read-model-keys.ts'
import { selectionOf } from './read-model-query.ts'
import { type Reads, readsOf } from './read-model-reads.ts'
import { type Cell, type Column, columnsOf, decodeRow, type Row, weightOf } from './read-model-rows.ts'
import type { TableSpec } from './read-model-spec.ts'
import { asArrays, NO_ROW_WEIGHT } from './read-model-table.ts'
import { statements } from './read-model-tables.ts'
import { type CachedTable, rowCache } from './row-cache.ts'

/*
 * Rows of a read model for whoever only asks, while another thread writes them. What is asked in one turn of the event
 * loop is answered from one commit, and so is where projections were then.
 */

export interface RowsReader extends Pick<ReadModel, 'get' | 'served'>, Reads {
  /** Another number whenever another commit is looked at. */
  look(): number
  /** What has been committed by now is seen from here on, in this turn too. */
  lookAgain(): void
  /** Rows were put in the place of others: none is the same object as before, whatever it says. */
  forget(): void
  /** Is told when their file is found damaged: then it is gone, and what can still be read of it is all there is. */
  onDamage(listener: (error: unknown) => void): void
  close(): void
}

interface OpenTable {
  columns: readonly Column[]
  ids: Ids
  select: StatementSync
  cache: CachedTable<Id, Kept> | undefined
}

/**
 * A row as it was found last; it is the same object for as long as the file says the same, so that what others have made
 * of it and of rows beside it still holds. Whoever changes those puts another row here, too, but not another version of a
 * projection: what was built anew are other objects.
 */
interface Kept {
  cells: readonly Cell[] | undefined
  row: Row | undefined
  /** When that was looked up. */
  look: number
}

const KEPT = { rows: 20_000, characters: 64 * 1024 * 1024 }

/** Opens the rows that another thread of this process keeps; that one must have opened them first. */
export function openRowsReader(path: string): RowsReader {
  const db = new DatabaseSync(path, { readOnly: true, timeout: 2_000 })
  db.exec('PRAGMA cache_size = -32768')
  const cache = rowCache<Id, Kept>(KEPT.rows, KEPT.characters)
  const prepare = statements(db)
  const checkpoints = asArrays(db.prepare('SELECT projection, position FROM checkpoint ORDER BY projection'))
  const positions = new Map<string, bigint>()
  const opened = new Map<TableSpec, OpenTable>()
  /** Counts the commits that were met. */
  let look = 0
  let seen = ''
  let names = ''

  let isDamaged = false
  let damageListener = (_error: unknown) => {}
  const guarded = guardedBy(path, (error) => {
    if (isDamaged) return
    isDamaged = true
    damageListener(error)
  })
  const lookAgain = () => {
    if (!db.isOpen || !db.isTransaction) return
    try {
      db.exec('COMMIT')
    } catch {
      // Nobody waits for the end of a read: what is wrong with the file is found, and told, by the next one.
    }
  }
  const whereProjectionsAre = () => {
    try {
      return checkpoints.all() as unknown as [string, bigint][]
    } catch (error) {
      // Else the next to ask in this turn would be answered from before.
      lookAgain()
      throw error
    }
  }
  /** Begins what lasts until the end of this turn. Every commit that changed a row has moved somebody's position. */
  const atOneMoment = () => {
    // Where projections were is still known after the end.
    if (!db.isOpen || db.isTransaction) return
    db.exec('BEGIN')
    setImmediate(lookAgain)
    const found = whereProjectionsAre()
    const now = found.join()
    if (now === seen) return
    seen = now
    look += 1
    // Rows that are built beside older ones have a name of their own until they take their place.
    const named = found.map(([projection]) => projection).join()
    if (named !== names) cache.clear()
    names = named
    positions.clear()
    for (const [projection, position] of found) positions.set(projection, position)
  }
  const open = (table: TableSpec): OpenTable => {
    const known = opened.get(table)
    if (known) return known
    const where = table.key.map((name) => `"${name}" = ?`).join(' AND ')
    const fresh: OpenTable = {
      columns: columnsOf(table),
      ids: idsOf(table),
      select: asArrays(db.prepare(`${selectionOf(table)} WHERE ${where}`)),
      cache: table.once ? undefined : cache.table(table.name)
    }
    opened.set(table, fresh)
    return fresh
  }
  const now = <T>(work: () => T): T =>
    guarded(() => {
      atOneMoment()
      return work()
    })

  return {
    get: (table, key) =>
      now(() => {
        const { ids, cache, select, columns } = open(table)
        const id = ids.ofKey(key)
        const known = cache?.get(id)
        if (known?.look === look) return known.row
        const cells = select.get(...key) as Cell[] | undefined
        const isAsBefore = known !== undefined && isSame(known.cells, cells)
        const row = isAsBefore ? known.row : cells && decodeRow(columns, cells)
        cache?.set(id, { cells, row, look }, cells ? weightOf(cells) : NO_ROW_WEIGHT)
        return row
      }),
    ...readsOf({ guarded: now, prepare, share: (row) => row }),
    served: (projection) => now(() => positions.get(projection) ?? 0n),
    look: () => now(() => look),
    lookAgain,
    forget() {
      cache.clear()
      look += 1
    },
    onDamage(listener) {
      damageListener = listener
    },
    close() {
      lookAgain()
      if (db.isOpen) db.close()
    }
  }
}

const isSame = (a: readonly Cell[] | undefined, b: readonly Cell[] | undefined): boolean =>
  a === b || (a !== undefined && b !== undefined && a.every((cell, i) => cell === b[i]))
