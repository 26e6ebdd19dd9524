import type { Row } from './read-model-rows.ts'
import type { TableSpec } from './read-model-spec.ts'

/* What rows are found by in memory. */

export type KeyPart = string | number | bigint

/** What stands for a key among the rows of one table. */
export type Id = string | number

/** How the keys of a table become ids: of one column it is the value itself, of several one text. */
export interface Ids {
  ofKey(key: readonly KeyPart[]): Id
  /** Refuses a row that lacks a part of its key. */
  ofRow(row: object): Id
}

export function idsOf(table: TableSpec): Ids {
  const [only = '', ...others] = table.key
  const part = (row: object, name: string): KeyPart => {
    const value = (row as Row)[name]
    if (value === null || value === undefined)
      throw new TypeError(`${table.name}.${name} is part of the key and cannot be null`)
    // canonicalRow refuses what is of another type than the column; json is no key type (see createTable).
    return value as KeyPart
  }
  if (others.length > 0) {
    const { key: names } = table
    const ofRow = (row: object): string => {
      let id = ''
      for (const name of names) id = joined(id, part(row, name))
      return id
    }
    return { ofKey: joinKey, ofRow }
  }
  const idOf = table.columns[only] === 'text' ? String : numberId
  return { ofKey: ([value = '']) => idOf(value), ofRow: (row) => idOf(part(row, only)) }
}

/** Small numbers are quicker to find than bigints; those that are too large for that stay apart as texts. */
function numberId(part: KeyPart): Id {
  const id = Number(part)
  return Number.isSafeInteger(id) && (typeof part !== 'string' || String(id) === part) ? id : String(part)
}

/** One text per key; lengths keep `a, bc` and `ab, c` apart. */
function joinKey(parts: readonly KeyPart[]): string {
  let key = ''
  for (const part of parts) key = joined(key, part)
  return key
}

function joined(key: string, part: KeyPart): string {
  const text = String(part)
  return `${key}${text.length}:${text}`
}
