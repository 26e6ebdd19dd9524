import type { ColumnType, TableSpec } from './read-model-spec.ts'

export type Row = Record<string, unknown>
/** What SQLite takes and gives back. */
export type Cell = string | number | bigint | null

/** A column as loops over rows need it. */
export interface Column {
  name: string
  type: ColumnType
  isPlain: boolean
}

export const columnsOf = ({ columns, plain }: TableSpec): Column[] =>
  Object.entries(columns).map(([name, type]) => ({ name, type, isPlain: plain?.includes(name) ?? false }))

/** Roughly how much memory a row takes besides its texts. */
const ROW_WEIGHT = 100
const CELL_WEIGHT = 8

/** Puts a canonical row among cells as SQLite takes it, from `at` on; how much it weighs. */
export function encodeRow(columns: readonly Column[], row: Row, cells: Cell[], at: number): number {
  let weight = ROW_WEIGHT
  let i = at
  for (const { name, type } of columns) {
    const value = row[name]
    // canonicalRow has seen to it that every other value is a cell already.
    const cell = type === 'json' && value !== null ? JSON.stringify(value) : (value as Cell)
    weight += typeof cell === 'string' ? cell.length : CELL_WEIGHT
    cells[i++] = cell
  }
  return weight
}

/** A row from cells in the order of the columns, read with bigints. */
export function decodeRow(columns: readonly Column[], cells: readonly Cell[]): Row {
  const row: Row = {}
  let i = 0
  for (const { name, type } of columns) {
    const cell = cells[i++] ?? null
    if (cell === null) row[name] = null
    else if (type === 'json') row[name] = JSON.parse(String(cell))
    else if (type === 'int') row[name] = Number(cell)
    else row[name] = cell
  }
  return row
}

/** Roughly how much memory a row takes, from its cells. */
export const weightOf = (cells: readonly Cell[]): number =>
  cells.reduce<number>(
    (sum, cell) => sum + (typeof cell === 'string' ? cell.length : CELL_WEIGHT),
    ROW_WEIGHT
  )

/** Makes a change to a row that was handed out throw, for tests. */
export function freezeDeep<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  Object.freeze(value)
  for (const item of Object.values(value)) freezeDeep(item)
  return value
}
