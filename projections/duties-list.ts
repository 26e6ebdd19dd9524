import type { Act } from './duty-acts.ts'
import type { DutyKind, DutyNote } from './duty-rules.ts'
import { type DutyRow, dutyRows } from './duty-tables.ts'
import type { Reader } from './projection.ts'

export interface DutyFilter {
  kind?: DutyKind | undefined
  person?: string | undefined
  evaluation?: string | undefined
  /** The judged unit. */
  unit?: string | undefined
}

/** A case for an auditor as the outside sees it. */
export interface Duty {
  kind: DutyKind
  person: string
  evaluation: string
  unit: string
  node: string | null
  appeal: string | null
  /** The one or two acts that make it, oldest first. */
  parts: Pick<Act, 'part' | 'node' | 'event' | 'position'>[]
  /** The position at which it came about. */
  since: string
  notes: DutyNote[]
}

/** Cases of one person in two parts, now (`at` null) or as of a position of the ledger, oldest first. */
export function listDuties(
  reader: Reader,
  filter: DutyFilter,
  at: bigint | null,
  { limit = -1, offset = 0 }: { limit?: number; offset?: number } = {}
): Duty[] {
  const equal = Object.entries(filter).filter((entry): entry is [string, string] => entry[1] !== undefined)
  const held =
    at === null ? 'to_position is null' : 'from_position <= ? and (to_position is null or to_position > ?)'
  const where = [held, ...equal.map(([name]) => `${name} = ?`)].join(' and ')
  const values = [...(at === null ? [] : [at, at]), ...equal.map(([, value]) => value)]
  const order = 'order by since, evaluation, kind, person, appeal, node'
  const rows = reader.all(dutyRows, `where ${where} ${order} limit ? offset ?`, [...values, limit, offset])
  return rows.map(shown)
}

const shown = ({ kind, person, evaluation, unit, node, appeal, parts, since, notes }: DutyRow): Duty => ({
  kind,
  person,
  evaluation,
  unit,
  node: node === '' ? null : node,
  appeal: appeal === '' ? null : appeal,
  parts: parts.map(({ part, node, event, position }) => ({ part, node, event, position })),
  since: String(since),
  notes: [...notes]
})
