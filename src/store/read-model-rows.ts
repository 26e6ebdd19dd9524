import type { ColumnType, TableSpec } from './read-model-spec.ts'

export type Row = Record<string, unknown>
/** What SQLite takes and gives back. */
export type Cell = string | number | bigint | null
export type KeyPart = string | number | bigint

/**
 * The row in the one shape that reading it back from the file gives: all columns in the order of the table, nothing
 * undefined. Without this a handler could see another row before a commit than after it, and rows would depend on
 * the size of batches. Refuses what a column cannot keep.
 */
export function canonicalRow(table: TableSpec, row: object): Row {
  const given = row as Row
  for (const name in given) {
    if (!Object.hasOwn(table.columns, name)) throw new TypeError(`table ${table.name} has no column ${name}`)
  }
  const result: Row = {}
  for (const name in table.columns) {
    result[name] = canonicalValue(table.columns[name] ?? 'text', given[name], `${table.name}.${name}`)
  }
  for (const name of table.key) {
    if (result[name] === null)
      throw new TypeError(`${table.name}.${name} is part of the key and cannot be null`)
  }
  return result
}

function canonicalValue(type: ColumnType, value: unknown, where: string): unknown {
  if (value === null || value === undefined) return null
  if (type === 'json') return plain(value, where)
  if (type === 'text' && typeof value === 'string') return value
  // Adding 0 turns -0 into 0, as the file does.
  if (type === 'int' && Number.isSafeInteger(value)) return (value as number) + 0
  if (type === 'position' && typeof value === 'bigint') return value
  throw new TypeError(`${where} is a column of type ${type} and cannot keep ${typeof value} ${String(value)}`)
}

/** Values found plain once stay so, since rows are never changed; so only what is new in a row is walked. */
const knownPlain = new WeakSet<object>()

/** The value as JSON would bring it back: itself, or a copy without what is undefined. */
function plain(value: unknown, where: string): unknown {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number' && Number.isFinite(value)) return value + 0
  if (typeof value !== 'object')
    throw new TypeError(`${where}: JSON cannot keep ${typeof value} ${String(value)}`)
  if (knownPlain.has(value)) return value
  const result = Array.isArray(value) ? plainArray(value, where) : plainObject(value, where)
  knownPlain.add(result)
  return result
}

function plainArray(value: unknown[], where: string): unknown[] {
  const result = value.map((item, i) => plain(item, `${where}[${i}]`))
  return result.every((item, i) => Object.is(item, value[i])) ? value : result
}

function plainObject(value: object, where: string): object {
  const prototype = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) {
    throw new TypeError(`${where}: JSON cannot keep a ${prototype.constructor?.name}`)
  }
  const entries = Object.entries(value)
  const kept = entries.flatMap(([name, item]): [string, unknown][] =>
    item === undefined ? [] : [[name, plain(item, `${where}.${name}`)]]
  )
  const same = kept.length === entries.length && kept.every(([, item], i) => Object.is(item, entries[i]?.[1]))
  return same && prototype !== null ? value : Object.fromEntries(kept)
}

/** A canonical row as SQLite takes it, in the order of the columns. */
export const encodeRow = (table: TableSpec, row: Row): Cell[] =>
  Object.entries(table.columns).map(([name, type]) => {
    const value = row[name]
    // canonicalRow has seen to it that every other value is a cell already.
    return type === 'json' && value !== null ? JSON.stringify(value) : (value as Cell)
  })

/** A row from cells in the order of the columns, read with bigints. */
export function decodeRow(table: TableSpec, cells: readonly Cell[]): Row {
  const row: Row = {}
  let i = 0
  for (const name in table.columns) {
    const cell = cells[i++] ?? null
    const type = table.columns[name]
    if (cell === null) row[name] = null
    else if (type === 'json') row[name] = JSON.parse(String(cell))
    else if (type === 'int') row[name] = Number(cell)
    else row[name] = cell
  }
  return row
}

/** Roughly how much memory a row takes, from its cells. */
export const weightOf = (cells: readonly Cell[]): number =>
  cells.reduce<number>((sum, cell) => sum + (typeof cell === 'string' ? cell.length : 8), 100)

/** One text per key; lengths keep `a, bc` and `ab, c` apart. */
export function joinKey(parts: readonly KeyPart[]): string {
  let key = ''
  for (const part of parts) {
    const text = String(part)
    key += `${text.length}:${text}`
  }
  return key
}

export const keyOf = (table: TableSpec, row: Row): KeyPart[] =>
  // canonicalRow has refused null there; json is no key type (see createTable).
  table.key.map((name) => row[name] as KeyPart)

/** Makes a change to a row that was handed out throw, for tests. */
export function freezeDeep<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  Object.freeze(value)
  for (const item of Object.values(value)) freezeDeep(item)
  return value
}
