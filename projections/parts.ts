import type { Evaluation } from '../src/rules/evaluation.ts'
import { changedSince, emptyNodeMap, valueAt, withValue } from '../src/rules/node-map.ts'
import { type Change, put, type Table } from './projection.ts'
import { type Head, noPlaces, type PartKind, type Places, type Whole } from './wholes.ts'

/*
 * The lists of an evaluation, a row for each thing in them. Rows are numbered in the order in which things came, which
 * is the order of the lists.
 */

/** One node's file, one appeal, one piece of evidence, one published figure or one responsibility of an evaluation. */
export interface PartRow {
  evaluation: string
  n: number
  kind: PartKind
  /** Of a node, an appeal, a piece of evidence; else its place in the list. */
  name: string
  value: unknown
}

const NAMED = ['appeals', 'evidence'] as const
const LISTED = ['figures', 'responsibilities'] as const

/** Puts for what is other than before. Numbers of new things are added to `places`. */
export function partChanges(
  parts: Table<PartRow>,
  before: Evaluation | null,
  after: Evaluation,
  places: Places
): Change[] {
  const { evaluation } = after
  const changes: Change[] = []
  const add = (kind: PartKind, name: string, value: unknown): void => {
    let n = places[kind].get(name)
    if (n === undefined) {
      n = places.size++
      places[kind].set(name, n)
    }
    changes.push(put(parts, { evaluation, n, kind, name, value }))
  }
  for (const node of changedSince(before?.nodes ?? null, after.nodes)) {
    add('nodes', node, valueAt(after.nodes, node))
  }
  for (const kind of NAMED) {
    const old = before?.[kind]
    const now = after[kind]
    if (old === now) continue
    for (const name in now) if (now[name] !== old?.[name]) add(kind, name, now[name])
  }
  for (const kind of LISTED) {
    const list = after[kind]
    for (let i = before?.[kind].length ?? 0; i < list.length; i++) add(kind, String(i), list[i])
  }
  return changes
}

/** What is said of an evaluation as a whole. Member by member, since it is made after every event. */
export const headOf = (state: Evaluation, parts: number): Head => ({
  evaluation: state.evaluation,
  unit: state.unit,
  framework: state.framework,
  origin: state.origin,
  stage: state.stage,
  openedRevision: state.openedRevision,
  judgedRevision: state.judgedRevision,
  revision: state.revision,
  newest: state.newest,
  updatedAt: state.updatedAt,
  openedAt: state.openedAt,
  submittedAt: state.submittedAt,
  finalisedAt: state.finalisedAt,
  openedEvent: state.openedEvent,
  stageEvent: state.stageEvent,
  returned: state.returned,
  appealClosesAt: state.appealClosesAt,
  waived: state.waived,
  reopenedRevision: state.reopenedRevision,
  parts
})

/** The evaluation that these rows are of. */
export function putTogether({ parts, ...rest }: Head, rowAt: (n: number) => PartRow | undefined): Whole {
  let nodes = emptyNodeMap()
  const lists: Record<Exclude<PartKind, 'nodes'>, Record<string, unknown>> = {
    appeals: {},
    evidence: {},
    figures: {},
    responsibilities: {}
  }
  const places = noPlaces()
  places.size = parts
  for (let n = 0; n < parts; n++) {
    const row = rowAt(n)
    if (!row) throw new Error(`part ${n} of evaluation ${rest.evaluation} is not there`)
    if (row.kind === 'nodes') nodes = withValue(nodes, row.name, row.value as object)
    else lists[row.kind][row.name] = row.value
    places[row.kind].set(row.name, n)
  }
  const { figures, responsibilities, ...named } = lists
  const state = {
    ...rest,
    ...named,
    nodes,
    figures: Object.values(figures),
    responsibilities: Object.values(responsibilities)
  }
  // Rows are only ever put as the parts of an evaluation that they are.
  return { state: state as unknown as Evaluation, places }
}
