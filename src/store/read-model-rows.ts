import type { ColumnType, TableSpec } from './read-model-spec.ts'

export type Row = Record<string, unknown>
/** What SQLite takes and gives back. */
export type Cell = string | number | bigint | null
export type KeyPart = string | number | bigint

/**
 * The row in the one shape that reading it back from the file gives: all columns in the order of the table, nothing
 * undefined. Without this a handler could see another row before a commit than after it, and rows would depend on
 * the size of batches. Refuses what a column cannot keep; unless strict, columns that are said to be plain are not
 * looked through. `before` is the row that this one takes the place of, where it
 * is at hand.
 */
export function canonicalRow(table: TableSpec, row: object, before: Row | undefined, isStrict = true): Row {
  const given = row as Row
  for (const name in given) {
    if (!Object.hasOwn(table.columns, name)) throw new TypeError(`table ${table.name} has no column ${name}`)
  }
  const result: Row = {}
  for (const name in table.columns) {
    result[name] = canonicalValue(table, name, given[name], before?.[name], isStrict)
  }
  return result
}

function canonicalValue(
  table: TableSpec,
  name: string,
  value: unknown,
  before: unknown,
  isStrict: boolean
): unknown {
  const type: ColumnType = table.columns[name] ?? 'text'
  if (value === null || value === undefined) return null
  if (type === 'json') {
    const isPlain = table.plain?.includes(name) ?? false
    if (isPlain && !isStrict) return value
    const result = plain(value, before, `${table.name}.${name}`)
    if (isPlain && result !== value)
      throw new TypeError(`${table.name}.${name} is not as JSON brings it back`)
    return result
  }
  if (type === 'text' && typeof value === 'string') return value
  // Adding 0 turns -0 into 0, as the file does.
  if (type === 'int' && Number.isSafeInteger(value)) return (value as number) + 0
  if (type === 'position' && typeof value === 'bigint') return value
  const where = `${table.name}.${name}`
  throw new TypeError(`${where} is a column of type ${type} and cannot keep ${typeof value} ${String(value)}`)
}

/**
 * The value as JSON would bring it back: itself, or a copy without what is undefined. `before` is what the row held so
 * far: what is the same object in both has been looked at then, since rows are never changed, so only what is new in a
 * row is walked.
 */
function plain(value: unknown, before: unknown, where: string): unknown {
  try {
    return plainPart(value, before)
  } catch (error) {
    throw error instanceof NotPlain
      ? new TypeError(`${where}${error.path}: JSON cannot keep ${error.what}`)
      : error
  }
}

/** Where in a value something is that JSON has no form for. */
class NotPlain extends Error {
  path = ''
  readonly what: string
  constructor(what: string) {
    super(what)
    this.what = what
  }
}

function plainPart(value: unknown, before: unknown): unknown {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number' && Number.isFinite(value)) return value + 0
  if (typeof value !== 'object') throw new NotPlain(`${typeof value} ${String(value)}`)
  if (value === before) return value
  const members =
    typeof before === 'object' && before !== null ? (before as Record<string, unknown>) : NOTHING
  return Array.isArray(value) ? plainArray(value, members) : plainObject(value, members)
}

const NOTHING: Readonly<Record<string, unknown>> = {}

function member(value: unknown, before: unknown, name: string | number): unknown {
  try {
    return plainPart(value, before)
  } catch (error) {
    if (error instanceof NotPlain)
      error.path = (typeof name === 'number' ? `[${name}]` : `.${name}`) + error.path
    throw error
  }
}

function plainArray(value: unknown[], before: Readonly<Record<string, unknown>>): unknown[] {
  for (let i = 0; i < value.length; i++) {
    if (!Object.is(member(value[i], before[i], i), value[i]))
      return value.map((item, at) => member(item, before[at], at))
  }
  return value
}

function plainObject(value: object, before: Readonly<Record<string, unknown>>): object {
  const prototype = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null)
    throw new NotPlain(`a ${prototype.constructor?.name}`)
  const members = value as Record<string, unknown>
  let isSame = prototype !== null
  // The prototype has no members of its own to be met here.
  for (const name in members) {
    const item = members[name]
    if (item === undefined || !Object.is(member(item, before[name], name), item)) isSame = false
  }
  if (isSame) return value
  const kept = Object.entries(value).filter(([, item]) => item !== undefined)
  return Object.fromEntries(kept.map(([name, item]) => [name, member(item, before[name], name)]))
}

/** How values become JSON text and come back; rows that several tables have in common need not be worked out again. */
export interface JsonForm {
  write(value: unknown): string
  read(text: string): unknown
}

/** A canonical row as SQLite takes it, in the order of the columns. */
export function encodeRow({ columns }: TableSpec, row: Row, json: JsonForm): Cell[] {
  const cells: Cell[] = []
  for (const name in columns) {
    const value = row[name]
    // canonicalRow has seen to it that every other value is a cell already.
    cells.push(columns[name] === 'json' && value !== null ? json.write(value) : (value as Cell))
  }
  return cells
}

/** A row from cells in the order of the columns, read with bigints. */
export function decodeRow(table: TableSpec, cells: readonly Cell[], json: JsonForm): Row {
  const row: Row = {}
  let i = 0
  for (const name in table.columns) {
    const cell = cells[i++] ?? null
    const type = table.columns[name]
    if (cell === null) row[name] = null
    else if (type === 'json') row[name] = json.read(String(cell))
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

/** The key of a row; refuses one that lacks a part of it. */
export const keyOf = (table: TableSpec, row: object): KeyPart[] =>
  table.key.map((name) => {
    const part = (row as Row)[name]
    if (part === null || part === undefined)
      throw new TypeError(`${table.name}.${name} is part of the key and cannot be null`)
    // canonicalRow refuses what is of another type than the column; json is no key type (see createTable).
    return part as KeyPart
  })

/** Makes a change to a row that was handed out throw, for tests. */
export function freezeDeep<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  Object.freeze(value)
  for (const item of Object.values(value)) freezeDeep(item)
  return value
}
