import type { Case } from '../src/rules/case.ts'
import { type Figured, figuresAfter } from '../src/rules/figures-after.ts'
import type { NodeFigures } from '../src/rules/rollup.ts'
import {
  type ChangeRow,
  type Figures,
  FLAGS,
  leagueChanges,
  leagueRows,
  openRows,
  type StretchRow
} from './league-rows.ts'
import { type Change, type Get, type Moved, put } from './projection.ts'

/** The next stretch begins after so many events that changed figures: what is read for one moment is then little. */
const STRETCH_EVENTS = 16

/** Adds what a move has changed to the open stretch of the evaluation, or begins the next one. */
export function followStandings({ before, after }: Moved, position: bigint, get: Get): Change[] {
  // Most acts give no points: an evaluation whose files, stage and tree are the same objects adds up to the same.
  if (before && isUntouched(before, after)) return []
  const { evaluation, stage } = after.evaluation
  const open = get(openRows, evaluation)
  const figured = figuresAfter(before, after)
  if (!open) return begin(after, figured, position)
  const figures = changedFigures(figured)
  if (figures === null && open.stage === stage) return []
  // Two events at one position belong to one stretch: two of them cannot begin there.
  if (open.changes >= STRETCH_EVENTS && open.since < position) return begin(after, figured, position)
  const { since, changes: n } = open
  return [
    put(leagueChanges, { evaluation, since, n, position, stage, figures: figures ?? {} }),
    put(openRows, { ...open, stage, changes: n + 1 })
  ]
}

const isUntouched = (before: Case, after: Case): boolean =>
  before.evaluation.nodes === after.evaluation.nodes &&
  before.evaluation.stage === after.evaluation.stage &&
  before.tree === after.tree

function begin({ framework: home, evaluation: state }: Case, { all }: Figured, position: bigint): Change[] {
  const { evaluation, unit, origin, stage } = state
  const { framework, series, period } = home
  const base: Record<string, Figures> = {}
  for (const [node, figures] of all) base[node] = figuresOfNode(figures)
  const from_position = position
  const stretch: StretchRow = {
    evaluation,
    from_position,
    unit,
    framework,
    period: period.id,
    series,
    origin,
    stage,
    base
  }
  return [
    put(leagueRows, stretch),
    put(openRows, { evaluation, since: position, changes: 0, stage, unit, framework })
  ]
}

/** By node, what is other than before; null where nothing is. */
function changedFigures({ all, were, touched }: Figured): ChangeRow['figures'] | null {
  const changed: Record<string, Figures | readonly []> = {}
  let isSame = true
  for (const node of touched ?? new Set([...all.keys(), ...were.keys()])) {
    const [old, now] = [were.get(node), all.get(node)]
    const next = now ? figuresOfNode(now) : GONE
    if (old ? isEqual(figuresOfNode(old), next) : !now) continue
    changed[node] = next
    isSame = false
  }
  return isSame ? null : changed
}

const GONE = [] as const

const isEqual = (a: Figures, b: Figures | readonly []): boolean => a.every((figure, i) => figure === b[i])

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
