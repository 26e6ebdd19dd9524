import { quoted } from './read-model-shape.ts'
import type { TableSpec } from './read-model-spec.ts'

/* The statements by which rows are read. */

/** What a reading of whole rows begins with; of these json columns one member is read, whose path is a parameter each. */
export function selectionOf({ name, columns }: TableSpec, members: readonly string[] = []): string {
  const read = Object.keys(columns).map((each) =>
    members.includes(each) ? `${quoted(each)} -> ?` : quoted(each)
  )
  return `SELECT ${read.join(', ')} FROM ${quoted(name)}`
}

/** The path of a member. A name that no JSON path can say is the name of no member. */
export const memberPath = (name: string): string => (/^[\w.-]+$/.test(name) ? `$."${name}"` : '$.""')
