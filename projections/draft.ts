import { createMemoryRows } from './memory.ts'
import { type Change, type Get, put, type Table } from './projection.ts'

/** Rows as they stand before an event with what is put while it is handled. */
export interface Draft {
  get: Get
  put<Row extends object>(into: Table<Row>, row: Row): void
  /** All that was put, in that order. */
  changes(): Change[]
}

/** For a handler that reads again what it has put. */
export function draftOf(get: Get): Draft {
  const drafted = createMemoryRows()
  const changes: Change[] = []
  return {
    get: (table, ...key) => drafted.get(table, ...key) ?? get(table, ...key),
    put: (into, row) => {
      const change = put(into, row)
      drafted.write([change])
      changes.push(change)
    },
    changes: () => changes
  }
}
