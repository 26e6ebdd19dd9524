import { canonicalRow, type JsonForm, type Row } from './read-model-rows.ts'
import type { TableSpec } from './read-model-spec.ts'

/*
 * Several projections may keep the same rows, each in a table of its own. What is worked out for the first of them
 * serves the others too; the tables say so by having the same object of columns.
 */

/** The form of values that one table alone has. */
export const JSON_ALONE: JsonForm = { write: (value) => JSON.stringify(value), read: JSON.parse }

/** So many texts read last are remembered: as many as there may be between two tables that read the same row. */
const TEXTS_READ = 8

/** The same value is written once for all tables of a batch, and the same text gives the same value. */
export function sharedJson(): JsonForm & { forget(): void } {
  const written = new Map<unknown, string>()
  const read = new Map<string, unknown>()
  return {
    write(value) {
      const known = written.get(value)
      if (known !== undefined) return known
      const text = JSON.stringify(value)
      written.set(value, text)
      return text
    },
    read(text) {
      const known = read.get(text)
      if (known !== undefined) return known
      const value: unknown = JSON.parse(text)
      read.set(text, value)
      const [oldest] = read.keys()
      if (read.size > TEXTS_READ && oldest !== undefined) read.delete(oldest)
      return value
    },
    forget: () => written.clear()
  }
}

/** Like `canonicalRow`; a row that was put into one table a moment ago is not looked through again for the next. */
export function canonicalOnce(
  isStrict: boolean
): (table: TableSpec, given: object, before: Row | undefined) => Row {
  const latest = new Map<TableSpec['columns'], { given: object; row: Row }>()
  return (table, given, before) => {
    const known = latest.get(table.columns)
    if (known?.given === given) return known.row
    const row = canonicalRow(table, given, before, isStrict)
    latest.set(table.columns, { given, row })
    return row
  }
}
