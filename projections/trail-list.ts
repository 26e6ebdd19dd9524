import { latinDigits } from '../src/digits.ts'
import { ownerReader } from './owners.ts'
import type { Reader } from './projection.ts'
import {
  detailsOf,
  type TrailEvaluationRow,
  type TrailRow,
  trailEvaluations,
  trailNodeTable,
  trailTable
} from './trail.ts'
import { numberOf } from './volumes.ts'

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
  /** Instants in the form of those that are stored, inclusive and exclusive. */
  from?: string | undefined
  to?: string | undefined
  /** Only acts after which the figure was another than before. */
  revised?: boolean | undefined
  /** The position of the one act that is meant. */
  at?: bigint | undefined
  /** How much of it somebody sees; all of it unless given. */
  sight?: Sight | undefined
}

/** Acts that are not shown of every evaluation. */
export interface Sight {
  /** Whose acts are all shown: evaluations of these units, or these themselves. */
  of: { units?: readonly string[]; evaluations?: readonly string[] } | null
  /** The types of which no acts of others are shown; null where none at all are. */
  without: readonly string[] | null
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
  const ownerOf = ownerReader(reader, trailEvaluations)
  return reader
    .all(trailTable, clause, [...parameters, limit])
    .map((row) => trailView(row, ownerOf(row.evaluation)))
}

/** Whether acts of one evaluation, unit or person are meant: they are few enough to be looked through for a node. */
const isOfOne = ({ evaluation, unit, actor, letter }: TrailFilter): boolean =>
  letter === undefined && [evaluation, unit, actor].some((each) => each !== undefined)

export type TrailView = ReturnType<typeof trailView>

function trailView(row: TrailRow, { unit, framework, period }: TrailEvaluationRow) {
  const { event, type, at, evaluation, node, level, before, after, role } = row
  const { nodes, units, reason, letter, ...rest } = detailsOf(row)
  return {
    ...{ event, type, at, evaluation, unit, framework, period, node, level, before, after, role },
    position: String(row.position),
    nodes,
    by: row.actor,
    byUnits: units,
    reasonCode: row.reason_code,
    reason,
    letter,
    ...rest
  }
}

interface Condition {
  clause: string
  values: (string | number | bigint)[]
}

const ofOwner = (column: 'unit' | 'period', what: 'evaluation' | 'number'): string =>
  `select ${what} from ${trailEvaluations.name} where ${column} = ?`

/** What is compared with a text. */
type Searched = Exclude<keyof TrailFilter, 'node' | 'revised' | 'at' | 'sight'>

const CONDITIONS: Record<Searched, (value: string) => Condition> = {
  evaluation: (value) => byNumber('evaluation', value),
  unit: (value) => ({
    clause: `evaluation_number in (${ofOwner('unit', 'number')}) and evaluation in (${ofOwner('unit', 'evaluation')})`,
    values: [value, value]
  }),
  period: (value) => ({ clause: `evaluation in (${ofOwner('period', 'evaluation')})`, values: [value] }),
  level: (value) => equal('level', value),
  actor: (value) => byNumber('actor', value),
  type: (value) => equal('type', value),
  reasonCode: (value) => equal('reason_code', value),
  letter: (value) => equal('letter', latinDigits(value)),
  from: (value) => ({ clause: 'at >= ?', values: [value] }),
  to: (value) => ({ clause: 'at < ?', values: [value] })
}

const equal = (column: string, value: string): Condition => ({ clause: `${column} = ?`, values: [value] })

/** By the number that stands for a text it is found, by the text itself told from another with the same number. */
const byNumber = (column: 'evaluation' | 'actor', value: string): Condition => ({
  clause: `${column}_number = ? and ${column} = ?`,
  values: [numberOf(value), value]
})

/** One text stands for a whole list of them. */
const LISTED = 'select value from json_each(?)'

/** Acts of others are told apart one by one; where none are shown, those that are are looked up. */
function seen({ of, without }: Sight): Condition {
  const { units, evaluations = [] } = of ?? {}
  const listed = units ? `select evaluation from ${trailEvaluations.name} where unit in (${LISTED})` : LISTED
  const value = JSON.stringify(units ?? evaluations)
  if (without) {
    const clause = `(type not in (${LISTED}) or evaluation in (${listed}))`
    return { clause, values: [JSON.stringify(without), value] }
  }
  const numbers = `select number from ${trailEvaluations.name} where evaluation in (${listed})`
  return {
    clause: `evaluation_number in (${numbers}) and evaluation in (${listed})`,
    values: [value, value]
  }
}

function whereOf(filter: TrailFilter): { conditions: string[]; parameters: Condition['values'] } {
  const conditions: string[] = []
  const parameters: Condition['values'] = []
  for (const [name, condition] of Object.entries(CONDITIONS)) {
    const value = filter[name as Searched]
    if (value === undefined) continue
    const { clause, values } = condition(value)
    conditions.push(clause)
    parameters.push(...values)
  }
  const { node, evaluation } = filter
  if (node !== undefined && isOfOne(filter)) {
    const inOne = evaluation === undefined ? '' : ' and evaluation = ?'
    const among = `select position from ${trailNodeTable.name} where node = ?${inOne}`
    // Not by the index of nodes: everybody's acts on a node are many more.
    conditions.push(`(+node = ? or position in (${among}))`)
    parameters.push(node, node, ...(evaluation === undefined ? [] : [evaluation]))
  } else if (node !== undefined) {
    const alone = `select position from ${trailTable.name} where node_number = ?`
    const among = `select position from ${trailNodeTable.name} where node = ?`
    // An act that names one alone may have another node with the same number.
    conditions.push(`position in (${alone} union all ${among}) and (+node = ? or node is null)`)
    parameters.push(numberOf(node), node, node)
  }
  // A figure that was not there before, or is no more, is another one too.
  if (filter.revised === true) conditions.push('before is not after')
  if (filter.at !== undefined) {
    conditions.push('position = ?')
    parameters.push(filter.at)
  }
  if (filter.sight) {
    const { clause, values } = seen(filter.sight)
    conditions.push(clause)
    parameters.push(...values)
  }
  return { conditions, parameters }
}
