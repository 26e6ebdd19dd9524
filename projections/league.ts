import type { LedgerEvent } from '../src/events/catalogue.ts'
import type { Case } from '../src/rules/case.ts'
import { figuresOf } from '../src/rules/rollup.ts'
import { evolveUnit, type Unit } from '../src/rules/units.ts'
import { follow, type Moved, onCaseEvents } from './cases.ts'
import {
  leagueCases,
  leagueLinks,
  leagueRows,
  leagueSeries,
  leagueUnits,
  type NodeStanding,
  openRows,
  openUnits
} from './league-rows.ts'
import { followLink } from './links.ts'
import { type Change, type Get, type Projection, put, remove } from './projection.ts'

type Standings = ReadonlyMap<string, NodeStanding>

/** The figures of all nodes of a case, `total` included. */
function standingsOf({ tree, evaluation }: Case): Standings {
  const { stage } = evaluation
  const standings = new Map<string, NodeStanding>()
  for (const [code, { self, expert, final, standing, applicable, applicableCeiling }] of figuresOf(
    tree,
    evaluation
  )) {
    standings.set(code, {
      stage,
      status: stage === 'final' ? 'final' : 'provisional',
      points: standing.points,
      self: self.points,
      expert: expert.points,
      final: final.points,
      ceiling: applicableCeiling,
      applicable: Number(applicable),
      partial: Number(standing.partial),
      self_partial: Number(self.partial),
      expert_partial: Number(expert.partial),
      final_partial: Number(final.partial)
    })
  }
  return standings
}

const NONE: Standings = new Map()

/** Closes the rows that no longer hold and opens the ones that do; whatever did not change is left alone. */
function followStandings({ before, after }: Moved, position: bigint, get: Get): Change[] {
  // Most acts give no points: an evaluation whose files, stage and tree are the same objects adds up to the same.
  if (before && isUntouched(before, after)) return []
  const [was, is] = [before ? standingsOf(before) : NONE, standingsOf(after)]
  const { evaluation, unit, framework, origin } = after.evaluation
  const { period, series } = after.framework
  const place = { evaluation, unit, framework, origin, period: period.id, series }
  const changes: Change[] = []
  for (const node of new Set([...was.keys(), ...is.keys()])) {
    const [old, next] = [was.get(node), is.get(node)]
    if (old && next && isSame(old, next)) continue
    const since = get(openRows, evaluation, node)?.since
    // Two events at one position would open and close a row at once; the later one then simply takes its place.
    if (old && since !== undefined && since < position) {
      changes.push(put(leagueRows, { ...place, node, ...old, from_position: since, to_position: position }))
    }
    if (next) {
      changes.push(put(leagueRows, { ...place, node, ...next, from_position: position, to_position: null }))
      changes.push(put(openRows, { evaluation, node, since: position }))
    } else {
      if (since === position) changes.push(remove(leagueRows, evaluation, node, position))
      changes.push(remove(openRows, evaluation, node))
    }
  }
  return changes
}

const isUntouched = (before: Case, after: Case): boolean =>
  before.evaluation.nodes === after.evaluation.nodes &&
  before.evaluation.stage === after.evaluation.stage &&
  before.tree === after.tree

const isSame = (a: NodeStanding, b: NodeStanding): boolean =>
  (Object.keys(b) as (keyof NodeStanding)[]).every((field) => a[field] === b[field])

function followUnit(event: LedgerEvent, get: Get): Change[] {
  const unit = event.stream.slice('unit-'.length)
  const open = get(openUnits, unit)
  const state = evolveUnit(open?.state ?? null, event)
  if (!state || (open && isSameUnit(open.state, state))) return []
  const { position } = event
  const closing =
    open && open.since < position
      ? [put(leagueUnits, { ...unitRow(open.state), from_position: open.since, to_position: position })]
      : []
  return [
    ...closing,
    put(leagueUnits, { ...unitRow(state), from_position: position, to_position: null }),
    put(openUnits, { unit, since: position, state })
  ]
}

const isSameUnit = (a: Unit, b: Unit): boolean => JSON.stringify(unitRow(a)) === JSON.stringify(unitRow(b))

const unitRow = ({ revision: _revision, ...attributes }: Unit) => attributes

function followSeries(event: LedgerEvent): Change[] {
  if (event.type !== 'FrameworkPublished') return []
  const { framework, period, title, grades = [] } = event.data
  const series = framework.slice(period.id.length + 1)
  const published_at = event.position
  return [
    put(leagueSeries, {
      framework,
      period: period.id,
      series,
      starts_on: period.startsOn,
      published_at,
      title,
      grades
    })
  ]
}

export const league: Projection = {
  name: 'league',
  version: 1,
  tables: [
    leagueCases.frameworks,
    leagueCases.evaluations,
    leagueLinks,
    leagueRows,
    leagueUnits,
    leagueSeries,
    openRows,
    openUnits
  ].map((spec) => spec as unknown as Projection['tables'][number]),
  on: {
    ...onCaseEvents((event, get) => {
      const { changes, moved } = follow(leagueCases, event, get)
      const standings = moved.flatMap((each) => followStandings(each, event.position, get))
      const links = event.type === 'LineageLinked' ? followLink(leagueLinks, event, get) : []
      return [...changes, ...standings, ...links, ...followSeries(event)]
    }),
    UnitRegistered: followUnit,
    UnitReclassified: followUnit
  }
}
