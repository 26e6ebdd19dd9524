import type { Rows } from './rows.ts'

/** So many rows are held; those that were used longest ago go first. */
const HELD_MAX = 4_000

type Key = Parameters<Rows['latest']>[1]

/** The same rows, of which those of tables that say `held` stay at hand, however many others come in between. */
export function holding(rows: Rows): Rows {
  const tables = new Map<string, Map<Key[number], object>>()
  const heldOf = (name: string): Map<Key[number], object> => {
    const held = tables.get(name) ?? new Map<Key[number], object>()
    tables.set(name, held)
    return held
  }
  const latest: Rows['latest'] = (table, key) => {
    const [id = '', ...others] = key
    if (!table.held || others.length > 0) return rows.latest(table, key)
    const held = heldOf(table.name)
    const row = held.get(id) ?? rows.latest(table, key)
    if (!row) return row
    held.delete(id)
    held.set(id, row)
    if (held.size > HELD_MAX) held.delete(held.keys().next().value ?? id)
    return row
  }
  const letGo = (name: string, key: Key): boolean | undefined => tables.get(name)?.delete(key[0] ?? '')
  return {
    ...rows,
    latest,
    put(table, row) {
      rows.put(table, row)
      if (!table.held) return
      const key = table.key.map((column) => (row as Record<string, Key[number]>)[column] ?? '')
      letGo(table.name, key)
      latest(table, key)
    },
    delete(table, key) {
      rows.delete(table, key)
      letGo(table.name, key)
    },
    rollback() {
      rows.rollback()
      tables.clear()
    },
    clear(projection) {
      rows.clear(projection)
      tables.clear()
    }
  }
}
