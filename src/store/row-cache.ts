/** Rows by key, the ones used lately kept; bounded by number and by weight. */
export interface RowCache<Row> {
  get(key: string): Row | undefined
  set(key: string, row: Row, weight: number): void
  delete(key: string): void
  clear(): void
}

interface Entry<Row> {
  row: Row
  weight: number
}

/**
 * Two generations instead of a linked list: when the young one has half of what is allowed it becomes the old one,
 * and what nobody asked for in the meantime goes. A hit then costs one look-up, with nothing to move.
 */
export function rowCache<Row>(rowsMax: number, weightMax: number): RowCache<Row> {
  let young = new Map<string, Entry<Row>>()
  let old = new Map<string, Entry<Row>>()
  let youngWeight = 0

  const forget = (key: string) => {
    youngWeight -= young.get(key)?.weight ?? 0
    young.delete(key)
    old.delete(key)
  }
  const keep = (key: string, entry: Entry<Row>) => {
    forget(key)
    // A row that is too large for a generation would only throw out all others.
    if (entry.weight * 2 > weightMax) return
    young.set(key, entry)
    youngWeight += entry.weight
    if (young.size * 2 <= rowsMax && youngWeight * 2 <= weightMax) return
    old = young
    young = new Map()
    youngWeight = 0
  }
  return {
    get(key) {
      const hit = young.get(key)
      if (hit) return hit.row
      const older = old.get(key)
      if (older) keep(key, older)
      return older?.row
    },
    set: (key, row, weight) => keep(key, { row, weight }),
    delete: forget,
    clear() {
      young = new Map()
      old = new Map()
      youngWeight = 0
    }
  }
}
