import { leagueCases, leagueRows } from './league-rows.ts'

/* Finding the rows of a moment. */

export interface Clause {
  /** What stands after `where`. */
  clause: string
  parameters: (string | bigint)[]
}

/** Which evaluations are meant; what is left out does not matter. */
export interface Meant {
  framework?: string | undefined
  unit?: string | undefined
}

const KEY = leagueRows.key.join(', ')

/**
 * The rows of `leagueRows` of one node that held at a position (null: that hold now). A node has a row for each time
 * its figures changed, which for a total may be thousands; of those only the one that began last before the position
 * is looked at, found by its key. So the past costs about as much as now, however long the history.
 */
export function rowsHeld(node: string, at: bigint | null, meant: Meant): Clause {
  const wanted = [
    ...(meant.framework === undefined ? [] : [{ column: 'framework', value: meant.framework }]),
    ...(meant.unit === undefined ? [] : [{ column: 'unit', value: meant.unit }])
  ]
  const values = wanted.map(({ value }) => value)
  const where = wanted.map(({ column }) => `${column} = ?`)
  if (at === null) {
    return {
      clause: [...where, 'node = ?', 'to_position is null'].join(' and '),
      parameters: [...values, node]
    }
  }
  const latest = `select max(from_position) from ${leagueRows.name} as past
    where past.evaluation = meant.evaluation and past.node = ? and past.from_position <= ?`
  const evaluations = `select evaluation, ?, (${latest}) from ${leagueCases.evaluations.name} as meant
    ${where.length > 0 ? `where ${where.join(' and ')}` : ''}`
  return {
    clause: `(${KEY}) in (${evaluations}) and (to_position is null or to_position > ?)`,
    parameters: [node, node, at, ...values, at]
  }
}
