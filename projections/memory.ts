import type { LedgerEvent } from '../src/events/catalogue.ts'
import { follow } from './cases.ts'
import { apply, type Change, type Get, type Key, type Projection, type Table } from './projection.ts'
import { scorecardCases } from './scorecard.ts'

/** Rows kept in memory: for folding one evaluation up to a moment, for what-if questions, and for tests. */
export interface MemoryRows {
  get: Get
  write(changes: readonly Change[]): void
  /** All rows of a table, in no particular order. */
  rows<Row extends object>(table: Table<Row>): Row[]
}

export function createMemoryRows(): MemoryRows {
  const tables = new Map<string, Map<string, object>>()
  const of = (name: string): Map<string, object> => {
    const known = tables.get(name)
    if (known) return known
    const fresh = new Map<string, object>()
    tables.set(name, fresh)
    return fresh
  }
  return {
    get: <Row extends object>(table: Table<Row>, ...key: Key) =>
      // Only rows of this table's type are ever put under its name.
      of(table.name).get(keyText(key)) as Row | undefined,
    write: (changes) => {
      for (const change of changes) {
        if ('put' in change) of(change.table.name).set(keyText(keyOf(change.table, change.put)), change.put)
        else of(change.table.name).delete(keyText(change.delete))
      }
    },
    rows: <Row extends object>(table: Table<Row>) => [...of(table.name).values()] as Row[]
  }
}

/** Applies events, in ledger order, to rows in memory; with the rows of evaluations where the projection follows those. */
export function fold(
  projection: Projection,
  events: Iterable<LedgerEvent>,
  rows = createMemoryRows()
): MemoryRows {
  for (const event of events) {
    const { changes, moved } = projection.follows
      ? follow(scorecardCases, event, rows.get)
      : { changes: [], moved: [[]] }
    rows.write(changes)
    for (const group of moved) rows.write(apply(projection, event, rows.get, group))
  }
  return rows
}

const keyOf = (table: Table, row: object): Key =>
  table.key.map((column) => (row as Record<string, Key[number]>)[column] ?? '')

/** Keys hold no control characters, so a unit separator keeps their parts apart. */
const keyText = (key: Key): string => key.map(String).join('\u001f')
