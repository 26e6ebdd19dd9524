import type { Column, Row } from './read-model-rows.ts'
import type { TableSpec } from './read-model-spec.ts'

/* What is put, in the form in which it would come back. */

/**
 * The row in the one shape that reading it back from the file gives: all columns in the order of the table, nothing
 * undefined. Without this a handler could see another row before a commit than after it, and rows would depend on
 * the size of batches. Refuses what a column cannot keep; unless strict, columns that are said to be plain are not
 * looked through. `before` is the row that this one takes the place of, where it is at hand. A row that has this shape
 * already is taken as it is, not copied.
 */
export function canonicalRow(
  table: TableSpec,
  columns: readonly Column[],
  row: object,
  before: Row | undefined,
  isStrict: boolean
): Row {
  const given = row as Row
  if (isCanonical(table, columns, given, before, isStrict)) return given
  for (const name in given) {
    if (!Object.hasOwn(table.columns, name)) throw new TypeError(`table ${table.name} has no column ${name}`)
  }
  const result: Row = {}
  for (const column of columns) {
    const { name } = column
    result[name] = canonicalValue(table, column, given[name], before?.[name], isStrict)
  }
  return result
}

/** False also where only a closer look could tell. */
function isCanonical(
  table: TableSpec,
  columns: readonly Column[],
  given: Row,
  before: Row | undefined,
  isStrict: boolean
): boolean {
  if (Object.getPrototypeOf(given) !== Object.prototype) return false
  let i = 0
  for (const name in given) {
    const column = columns[i++]
    if (column?.name !== name) return false
    const value = given[name]
    if (value === null) continue
    if (column.type === 'text') {
      if (typeof value !== 'string') return false
    } else if (column.type === 'position') {
      if (typeof value !== 'bigint') return false
    } else if (value === undefined) {
      return false
    } else if (!Object.is(canonicalValue(table, column, value, before?.[name], isStrict), value)) return false
  }
  return i === columns.length
}

function canonicalValue(
  table: TableSpec,
  { name, type, isPlain }: Column,
  value: unknown,
  before: unknown,
  isStrict: boolean
): unknown {
  if (value === null || value === undefined) return null
  if (type === 'json') {
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
