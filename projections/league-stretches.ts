import type { Case } from '../src/rules/case.ts'
import { type Figured, figuresAfter } from '../src/rules/figures-after.ts'
import { NUMBER_OF } from '../src/rules/rollup.ts'
import { appliesAt, ceilingAt, partialAt, pointsAt, type Sums } from '../src/rules/sums.ts'
import { TOTAL } from '../src/rules/tree.ts'
import {
  type Figures,
  FLAGS,
  leagueChanges,
  leagueEvaluations,
  leagueRows,
  type OpenRow,
  openRows,
  type StretchRow,
  type Told
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
  if (figured.changed.length === 0 && open.stage === stage) return []
  const { since, totals, changes } = open
  // Two events at one position belong to one stretch: two of them cannot begin there.
  if (changes.length >= STRETCH_EVENTS && since < position)
    return [
      put(leagueChanges, { evaluation, since, totals, changes }),
      ...begin(after, figured, position, open)
    ]
  const at = String(position)
  const { ofTotal, ofOthers } = changedFigures(figured)
  const isTold = ofTotal.length > 0 || open.stage !== stage
  const row: OpenRow = {
    evaluation,
    since,
    stage,
    totals: isTold ? [...totals, [at, stage, ofTotal]] : totals,
    changes: [...changes, [at, stage, ofOthers]]
  }
  return [put(openRows, row)]
}

const isUntouched = (before: Case, after: Case): boolean =>
  before.evaluation.nodes === after.evaluation.nodes &&
  before.evaluation.stage === after.evaluation.stage &&
  before.tree === after.tree

/** Begins a stretch; `open` is the one before it, of an evaluation that has one. */
function begin(
  { framework: home, evaluation: state }: Case,
  { sums }: Figured,
  position: bigint,
  open?: OpenRow
): Change[] {
  const { evaluation, unit, origin, stage } = state
  const { framework, series, period } = home
  const base: Record<string, Figures> = {}
  const { nodes } = sums.layout
  nodes.forEach(({ code }, place) => {
    if (code !== TOTAL) base[code] = figuresAt(sums, place)
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
    total: figuresAt(sums, nodes.length - 1),
    base
  }
  const changes = [
    put(leagueRows, stretch),
    put(openRows, { evaluation, since: position, stage, totals: NOTHING_TOLD, changes: NOTHING_TOLD })
  ]
  if (!open) changes.push(put(leagueEvaluations, { evaluation, unit, framework }))
  return changes
}

const NOTHING_TOLD: readonly Told[] = []

/** What is other than before, in lists without members of their own: they are made after nearly every event, and read far less often. */
function changedFigures({ sums, changed }: Figured): { ofTotal: Told[2]; ofOthers: Told[2] } {
  const ofTotal: (string | number | null)[] = []
  const ofOthers: (string | number | null)[] = []
  for (const node of changed) {
    const figures = node === TOTAL ? ofTotal : ofOthers
    const place = sums.layout.places.get(node)
    if (place === undefined) figures.push(node, null, null, null, null, null, null)
    else figures.push(node, ...figuresAt(sums, place))
  }
  return { ofTotal, ofOthers }
}

const { standing, self, expert, final } = NUMBER_OF

const figuresAt = (sums: Sums, place: number): Figures => [
  pointsAt(sums, place, standing),
  pointsAt(sums, place, self),
  pointsAt(sums, place, expert),
  pointsAt(sums, place, final),
  ceilingAt(sums, place),
  flagsAt(sums, place)
]

const flagsAt = (sums: Sums, place: number): number =>
  (appliesAt(sums, place) ? FLAGS.applicable : 0) |
  (partialAt(sums, place, standing) ? FLAGS.partial : 0) |
  (partialAt(sums, place, self) ? FLAGS.self_partial : 0) |
  (partialAt(sums, place, expert) ? FLAGS.expert_partial : 0) |
  (partialAt(sums, place, final) ? FLAGS.final_partial : 0)
