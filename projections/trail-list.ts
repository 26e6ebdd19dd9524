import type { Reader } from './projection.ts'
import { type TrailRow, trailNodeTable, trailTable } from './trail.ts'

/** What a trail is asked for; all of it together. */
export interface TrailFilter {
  evaluation?: string | undefined
  unit?: string | undefined
  period?: string | undefined
  /** Only acts that name it. */
  node?: string | undefined
  level?: string | undefined
  actor?: string | undefined
  type?: string | undefined
  reasonCode?: string | undefined
  /** Number of the letter. */
  letter?: string | undefined
  /** Instants, inclusive and exclusive. */
  from?: string | undefined
  to?: string | undefined
  /** Only acts after which the figure was another than before. */
  revised?: boolean | undefined
  /** The position of the one act that is meant. */
  at?: bigint | undefined
}

export interface TrailSpan {
  /** Exclusive. */
  after: bigint
  /** Inclusive. */
  upTo: bigint
  limit: number
  /** Which end comes first; the oldest unless given. */
  order?: 'oldest' | 'newest' | undefined
}

/** Acts as shown, between two positions. */
export function trailList(reader: Reader, filter: TrailFilter, { after, upTo, limit, order }: TrailSpan) {
  const { clause, parameters } = whereOf(filter)
  const direction = order === 'newest' ? ' desc' : ''
  const rows = reader.all(
    trailTable,
    `where position > ? and position <= ?${clause} order by position${direction} limit ?`,
    [after, upTo, ...parameters, limit]
  )
  return rows.map(trailView)
}

export type TrailView = ReturnType<typeof trailView>

function trailView(row: TrailRow) {
  const { reason_code, details, actor, position, letter: _number, ...shown } = row
  const { nodes, units, reason, letter, ...rest } = details
  return {
    ...shown,
    position: String(position),
    nodes,
    by: actor,
    byUnits: units,
    reasonCode: reason_code,
    reason,
    letter,
    ...rest
  }
}

const COLUMNS: Partial<Record<Exclude<keyof TrailFilter, 'revised' | 'at'>, string>> = {
  evaluation: 'evaluation = ?',
  unit: 'unit = ?',
  period: 'period = ?',
  level: 'level = ?',
  actor: 'actor = ?',
  type: 'type = ?',
  reasonCode: 'reason_code = ?',
  letter: 'letter = ?',
  from: 'at >= ?',
  to: 'at < ?'
}

function whereOf(filter: TrailFilter): { clause: string; parameters: (string | bigint)[] } {
  const conditions: string[] = []
  const parameters: (string | bigint)[] = []
  for (const [name, condition] of Object.entries(COLUMNS)) {
    const value = filter[name as keyof typeof COLUMNS]
    if (value === undefined) continue
    conditions.push(condition)
    parameters.push(value)
  }
  if (filter.node !== undefined) {
    const inOne = filter.evaluation === undefined ? '' : ' and evaluation = ?'
    const named = [trailTable, trailNodeTable].map(
      ({ name }) => `select position from ${name} where node = ?${inOne}`
    )
    conditions.push(`position in (${named.join(' union all ')})`)
    const asked = [filter.node, ...(filter.evaluation === undefined ? [] : [filter.evaluation])]
    parameters.push(...asked, ...asked)
  }
  // A figure that was not there before, or is no more, is another one too.
  if (filter.revised === true) conditions.push('before is not after')
  if (filter.at !== undefined) {
    conditions.push('position = ?')
    parameters.push(filter.at)
  }
  return { clause: conditions.map((condition) => ` and ${condition}`).join(''), parameters }
}
