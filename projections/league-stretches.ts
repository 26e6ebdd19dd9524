import type { Case } from '../src/rules/case.ts'
import { type Figured, figuresAfter } from '../src/rules/figures-after.ts'
import type { NodeFigures } from '../src/rules/rollup.ts'
import { figuresNow } from './league-held.ts'
import {
  type Figures,
  type FiguresFrom,
  FLAGS,
  leagueRows,
  openRows,
  type StretchRow
} from './league-rows.ts'
import { type Change, type Get, type Moved, put } from './projection.ts'

/** A stretch ends after so many events that changed figures: what is read for one moment is then small. */
const STRETCH_EVENTS = 32

/** Adds what a move has changed to the open stretch of the evaluation, or begins the next one. */
export function followStandings(move: Moved, position: bigint, get: Get): Change[] {
  const { before, after } = move
  // Most acts give no points: an evaluation whose files, stage and tree are the same objects adds up to the same.
  if (before && isUntouched(before, after)) return []
  const { evaluation } = after.evaluation
  const since = get(openRows, evaluation)?.since
  const open = since === undefined ? undefined : get(leagueRows, evaluation, since)
  const figured = figuresAfter(before, after)
  if (!open) return begin(after, figured, position)
  const next = continued(open, after, figured, String(position))
  if (!next) return []
  // Two events at one position belong to one stretch: one of no length would hold for nothing.
  if (open.events < STRETCH_EVENTS || open.from_position >= position) return [put(leagueRows, next)]
  return [put(leagueRows, { ...open, to_position: position }), ...begin(after, figured, position)]
}

const isUntouched = (before: Case, after: Case): boolean =>
  before.evaluation.nodes === after.evaluation.nodes &&
  before.evaluation.stage === after.evaluation.stage &&
  before.tree === after.tree

function begin({ framework, evaluation: state }: Case, { all }: Figured, position: bigint): Change[] {
  const { evaluation, unit, origin, stage } = state
  const base: Record<string, Figures> = {}
  for (const [node, figures] of all) base[node] = figuresOfNode(figures)
  const row: StretchRow = {
    evaluation,
    from_position: position,
    to_position: null,
    unit,
    framework: framework.framework,
    period: framework.period.id,
    series: framework.series,
    origin,
    stages: [[String(position), stage]],
    base,
    changes: {},
    events: 0
  }
  return [
    put(leagueRows, row),
    put(openRows, { evaluation, since: position, unit, framework: framework.framework })
  ]
}

/** The stretch with what is other now; null where nothing is. */
function continued(
  open: StretchRow,
  { evaluation: { stage } }: Case,
  { all, touched }: Figured,
  position: string
): StretchRow | null {
  const changed: [string, FiguresFrom][] = []
  for (const node of touched ??
    new Set([...all.keys(), ...Object.keys(open.base), ...Object.keys(open.changes)])) {
    const figures = all.get(node)
    const [old, next] = [figuresNow(open, node), figures ? figuresOfNode(figures) : null]
    if (!isSame(old, next)) changed.push([node, next ? [position, next] : [position]])
  }
  const isStage = open.stages.at(-1)?.[1] === stage
  if (changed.length === 0 && isStage) return null
  const changes: Record<string, readonly FiguresFrom[]> = { ...open.changes }
  for (const [node, entry] of changed) changes[node] = added(changes[node] ?? [], entry)
  const stages = isStage ? open.stages : added(open.stages, [position, stage] as const)
  return { ...open, stages, changes, events: open.events + 1 }
}

/** What came at the same position takes the place of what was there. */
const added = <Entry extends readonly [string, ...unknown[]]>(
  entries: readonly Entry[],
  entry: Entry
): readonly Entry[] =>
  entries.at(-1)?.[0] === entry[0] ? [...entries.slice(0, -1), entry] : [...entries, entry]

const isSame = (a: Figures | null, b: Figures | null): boolean =>
  a === b || (a !== null && b !== null && a.every((figure, i) => figure === b[i]))

function figuresOfNode(of: NodeFigures): Figures {
  const { self, expert, final, standing, applicable, applicableCeiling } = of
  const flags =
    (applicable ? FLAGS.applicable : 0) |
    (standing.partial ? FLAGS.partial : 0) |
    (self.partial ? FLAGS.self_partial : 0) |
    (expert.partial ? FLAGS.expert_partial : 0) |
    (final.partial ? FLAGS.final_partial : 0)
  return [standing.points, self.points, expert.points, final.points, applicableCeiling, flags]
}
