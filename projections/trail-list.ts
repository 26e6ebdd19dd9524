import type { Reader } from './projection.ts'
import { detailsOf, type TrailRow, trailEvaluations, trailNodeTable, trailTable } from './trail.ts'

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
export function trailList(
  reader: Reader,
  filter: TrailFilter,
  { after, upTo, limit, order = 'oldest' }: TrailSpan
) {
  const asked = whereOf(filter)
  const conditions = ['position > ?', 'position <= ?', ...asked.conditions]
  const parameters = [after, upTo, ...asked.parameters]
  const direction = order === 'newest' ? ' desc' : ''
  const clause = `where ${conditions.join(' and ')} order by position${direction} limit ?`
  return reader.all(trailTable, clause, [...parameters, limit]).map(trailView)
}

/** Whether acts of one evaluation, unit or person are meant: they are few enough to be looked through for a node. */
const isOfOne = ({ evaluation, unit, actor, letter }: TrailFilter): boolean =>
  letter === undefined && [evaluation, unit, actor].some((each) => each !== undefined)

export type TrailView = ReturnType<typeof trailView>

function trailView(row: TrailRow) {
  const { reason_code, details: _kept, actor, position, letter: _number, ...shown } = row
  const { nodes, units, reason, letter, ...rest } = detailsOf(row)
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
  unit: `evaluation in (select evaluation from ${trailEvaluations.name} where unit = ?)`,
  period: 'period = ?',
  level: 'level = ?',
  actor: 'actor = ?',
  type: 'type = ?',
  reasonCode: 'reason_code = ?',
  letter: 'letter = ?',
  from: 'at >= ?',
  to: 'at < ?'
}

function whereOf(filter: TrailFilter): { conditions: string[]; parameters: (string | bigint)[] } {
  const conditions: string[] = []
  const parameters: (string | bigint)[] = []
  for (const [name, condition] of Object.entries(COLUMNS)) {
    const value = filter[name as keyof typeof COLUMNS]
    if (value === undefined) continue
    conditions.push(condition)
    parameters.push(value)
  }
  const { node, evaluation } = filter
  if (node !== undefined && isOfOne(filter)) {
    const inOne = evaluation === undefined ? '' : ' and evaluation = ?'
    const among = `select position from ${trailNodeTable.name} where node = ?${inOne}`
    // Not by the index of nodes: everybody's acts on a node are many more.
    conditions.push(`(+node = ? or position in (${among}))`)
    parameters.push(node, node, ...(evaluation === undefined ? [] : [evaluation]))
  } else if (node !== undefined) {
    const named = [trailTable, trailNodeTable].map(
      ({ name }) => `select position from ${name} where node = ?`
    )
    conditions.push(`position in (${named.join(' union all ')})`)
    parameters.push(node, node)
  }
  // A figure that was not there before, or is no more, is another one too.
  if (filter.revised === true) conditions.push('before is not after')
  if (filter.at !== undefined) {
    conditions.push('position = ?')
    parameters.push(filter.at)
  }
  return { conditions, parameters }
}
