import { canonicalRow } from './read-model-canonical.ts'
import type { Column, JsonForm, Row } from './read-model-rows.ts'
import type { TableSpec } from './read-model-spec.ts'

/*
 * Several projections may keep the same rows, each in a table of its own. What is worked out for the first of them
 * serves the others too; the tables say so by having the same object of columns.
 */

/** The form of values that one table alone has. */
export const JSON_ALONE: JsonForm = { write: (value) => JSON.stringify(value), read: JSON.parse }

/** So many values are remembered: as many as there may be between two tables that have the same row. */
const REMEMBERED = 8

/** The same value is written once for all tables, and the same text gives the same value, when they come together. */
export function sharedJson(): JsonForm {
  const written = lately<unknown, string>()
  const read = lately<string, unknown>()
  return {
    write: (value) => written(value, () => JSON.stringify(value)),
    read: (text) => read(text, () => JSON.parse(text))
  }
}

/** What was made for a key lately is not made again. */
function lately<Key, Made>(): (key: Key, make: () => Made) => Made {
  const made = new Map<Key, Made>()
  return (key, make) => {
    const known = made.get(key)
    if (known !== undefined) return known
    const fresh = make()
    made.set(key, fresh)
    const [oldest] = made.keys()
    if (made.size > REMEMBERED && oldest !== undefined) made.delete(oldest)
    return fresh
  }
}

/** Like `canonicalRow`; a row that was put into one table a moment ago is not looked through again for the next. */
export function canonicalOnce(
  isStrict: boolean
): (table: TableSpec, columns: readonly Column[], given: object, before: Row | undefined) => Row {
  const latest = new Map<TableSpec['columns'], { given: object; row: Row }>()
  return (table, columns, given, before) => {
    const known = latest.get(table.columns)
    if (known?.given === given) return known.row
    const row = canonicalRow(table, columns, given, before, isStrict)
    latest.set(table.columns, { given, row })
    return row
  }
}
