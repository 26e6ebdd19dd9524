/* What the read model is told about projections: their tables, columns and versions. */

/** How a column is kept: `int` is a JavaScript number, `position` a bigint, `json` any plain value. */
export type ColumnType = 'text' | 'int' | 'position' | 'json'

export interface TableSpec {
  /** The whole name of the table, unique over all projections. */
  name: string
  key: readonly string[]
  columns: Readonly<Record<string, ColumnType>>
  indexes?: readonly (readonly string[])[]
  /** Columns that are null in most rows: indexes with one of them have no entry for such a row. */
  sparse?: readonly string[]
  /** Rows are put once and hardly read by handlers: of large batches they are written early, and not kept at hand. */
  once?: boolean
  /** Each row is put once for ever, and no handler reads any: rows wait in a list, and need not be found in it. */
  log?: boolean
  /** Columns whose values are always as JSON brings them back. Taken at their word, unless rows are frozen. */
  plain?: readonly string[]
}

export interface ProjectionSpec {
  name: string
  /** Another version than the file's: rows are built anew, beside the older ones where those can be read. */
  version: number
  tables: readonly TableSpec[]
}
