import { createMemoryRows, type MemoryRows } from './memory.ts'
import { type Change, type Get, put, type Table } from './projection.ts'

/** Rows as they stand before an event with what is put while it is handled. */
export interface Draft {
  get: Get
  put<Row extends object>(into: Table<Row>, row: Row): void
  /** All that was put, in that order. */
  changes(): Change[]
}

/** For a handler that reads again what it has put. Most put one row and read none after it, which costs no table. */
export function draftOf(get: Get): Draft {
  const changes: Change[] = []
  let drafted: MemoryRows | null = null
  let written = 0
  const draft = (): MemoryRows => {
    drafted ??= createMemoryRows()
    if (written < changes.length) drafted.write(changes.slice(written))
    written = changes.length
    return drafted
  }
  return {
    get: (table, ...key) =>
      (changes.length === 0 ? undefined : draft().get(table, ...key)) ?? get(table, ...key),
    put: (into, row) => {
      changes.push(put(into, row))
    },
    changes: () => changes
  }
}
