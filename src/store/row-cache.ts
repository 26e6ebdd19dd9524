/** Rows by table and key, the ones used lately kept; bounded by number and by weight, all tables together. */
export interface RowCache<Id, Row> {
  /** The rows of one table. */
  table(name: string): CachedTable<Id, Row>
  clear(): void
}

export interface CachedTable<Id, Row> {
  get(id: Id): Row | undefined
  set(id: Id, row: Row, weight: number): void
}

interface Entry<Row> {
  row: Row
  weight: number
}

interface Generations<Id, Row> {
  young: Map<Id, Entry<Row>>
  old: Map<Id, Entry<Row>>
}

/**
 * Two generations instead of a linked list: when the young one has half of what is allowed it becomes the old one,
 * and what nobody asked for in the meantime goes. A hit then costs one look-up, with nothing to move.
 */
export function rowCache<Id, Row>(rowsMax: number, weightMax: number): RowCache<Id, Row> {
  const tables = new Map<string, Generations<Id, Row>>()
  // Of the young generation.
  let rows = 0
  let weight = 0

  const grow = () => {
    for (const table of tables.values()) {
      table.old = table.young
      table.young = new Map()
    }
    rows = 0
    weight = 0
  }
  const keep = (table: Generations<Id, Row>, id: Id, entry: Entry<Row>) => {
    const before = table.young.get(id)
    weight -= before?.weight ?? 0
    // A row that is too large for a generation would only throw out all others.
    if (entry.weight * 2 > weightMax) {
      if (table.young.delete(id)) rows -= 1
      table.old.delete(id)
      return
    }
    table.young.set(id, entry)
    if (!before) rows += 1
    weight += entry.weight
    if (rows * 2 > rowsMax || weight * 2 > weightMax) grow()
  }
  const opened = (name: string): Generations<Id, Row> => {
    const table = tables.get(name) ?? { young: new Map(), old: new Map() }
    tables.set(name, table)
    return table
  }
  return {
    table(name) {
      const table = opened(name)
      return {
        get(id) {
          const hit = table.young.get(id)
          if (hit) return hit.row
          const older = table.old.get(id)
          if (older) keep(table, id, older)
          return older?.row
        },
        set: (id, row, weight) => keep(table, id, { row, weight })
      }
    },
    clear() {
      grow()
      grow()
    }
  }
}
