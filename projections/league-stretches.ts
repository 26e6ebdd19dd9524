import type { Case } from '../src/rules/case.ts'
import { type Figured, figuresAfter } from '../src/rules/figures-after.ts'
import { NUMBER_OF } from '../src/rules/rollup.ts'
import { appliesAt, ceilingAt, partialAt, pointsAt, type Sums } from '../src/rules/sums.ts'
import {
  type ChangeRow,
  type Figures,
  type FiguresNow,
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

function begin({ framework: home, evaluation: state }: Case, { sums }: Figured, position: bigint): Change[] {
  const { evaluation, unit, origin, stage } = state
  const { framework, series, period } = home
  const base: Record<string, Figures> = {}
  sums.layout.nodes.forEach(({ code }, place) => {
    base[code] = figuresAt(sums, place)
  })
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
function changedFigures({ sums, changed }: Figured): ChangeRow['figures'] | null {
  if (changed.length === 0) return null
  const figures: Record<string, FiguresNow> = {}
  for (const node of changed) {
    const place = sums.layout.places.get(node)
    figures[node] = place === undefined ? GONE : figuresAt(sums, place)
  }
  return figures
}

const GONE = [] as const

function figuresAt(sums: Sums, place: number): Figures {
  const { standing, self, expert, final } = NUMBER_OF
  const flags =
    (appliesAt(sums, place) ? FLAGS.applicable : 0) |
    (partialAt(sums, place, standing) ? FLAGS.partial : 0) |
    (partialAt(sums, place, self) ? FLAGS.self_partial : 0) |
    (partialAt(sums, place, expert) ? FLAGS.expert_partial : 0) |
    (partialAt(sums, place, final) ? FLAGS.final_partial : 0)
  const points = (level: number) => pointsAt(sums, place, level)
  return [points(standing), points(self), points(expert), points(final), ceilingAt(sums, place), flags]
}
