import { Refusal } from '../src/errors.ts'
import type { Case } from '../src/rules/case.ts'
import { type Pair, pairOf } from '../src/rules/change.ts'
import { type Ancestry, type Match, matchOf } from '../src/rules/change-match.ts'
import { type Framework, revisionAt, treeAt } from '../src/rules/framework.ts'
import { figuresOf, type NodeFigures } from '../src/rules/rollup.ts'
import type { Tree } from '../src/rules/tree.ts'
import { caseNow } from './cases.ts'
import { comparisonLinks } from './comparison.ts'
import { ancestryReader } from './links.ts'
import type { Reader } from './projection.ts'
import { stageTable } from './registry.ts'
import { scorecardCases } from './scorecard.ts'

/** An evaluation as of the moment that is asked about; null where it was not opened yet. */
export type CaseFor = (evaluation: string) => Case | null

export interface Years {
  unit: string
  series: string
  /** Left out or empty: every period in which the unit has an evaluation. */
  periods?: readonly string[]
  /** The position to look back from; null for now. */
  at: bigint | null
}

/** One of the compared years. Without a framework, or without an evaluation of the unit, there is less to tell. */
export interface Year {
  period: string
  framework: Framework | null
  tree: Tree | null
  subject: Case | null
  figures: ReadonlyMap<string, NodeFigures>
  /** What its nodes come from in the year before it; null for the first. */
  ancestry: ReadonlyMap<string, Ancestry> | null
  match: Match | null
  pair: Pair | null
}

/** The evaluation of a unit in one period of a series. */
export const evaluationIn = (period: string, { series, unit }: Pick<Years, 'series' | 'unit'>): string =>
  `${period}-${series}.${unit}`

/** Evaluations as they stand now. */
export const casesOfNow =
  (reader: Reader): CaseFor =>
  (evaluation) =>
    caseNow(scorecardCases, reader, evaluation)

/** The series a unit was evaluated in by a position (null: by now). */
function seriesOfUnit(reader: Reader, unit: string, at: bigint | null): string[] {
  const rows: { framework: string }[] =
    at === null
      ? reader.all(scorecardCases.evaluations, 'where unit = ?', [unit])
      : reader.all(stageTable, 'where unit = ? and from_position <= ?', [unit, at])
  const series = rows.flatMap(
    ({ framework }) => reader.get(scorecardCases.frameworks, framework)?.series ?? []
  )
  return [...new Set(series)].sort()
}

/** The series asked for, else the only one the unit had by then, null where it has none; refuses `series-needed`. */
export function seriesFor(
  reader: Reader,
  { unit, at }: Pick<Years, 'unit' | 'at'>,
  asked: string | undefined
): string | null {
  if (asked !== undefined) return asked
  const [only, ...others] = seriesOfUnit(reader, unit, at)
  if (others.length > 0) {
    throw new Refusal('series-needed', { params: { series: [only, ...others].join(', ') } })
  }
  return only ?? null
}

/** The periods to compare, oldest first; ones that the series does not have come before all others. */
export function periodsOf(reader: Reader, years: Years): string[] {
  const asked = years.periods ?? []
  const periods = asked.length > 0 ? asked : evaluatedPeriods(reader, years)
  const begin = (period: string) => frameworkOf(reader, years, period)?.period.startsOn ?? ''
  return [...new Set(periods)].sort((a, b) => (begin(a) < begin(b) ? -1 : begin(a) > begin(b) ? 1 : 0))
}

function evaluatedPeriods(reader: Reader, { unit, series }: Years): string[] {
  const rows = reader.all(scorecardCases.evaluations, 'where unit = ?', [unit])
  return rows.flatMap(({ framework }) => {
    const home = reader.get(scorecardCases.frameworks, framework)
    return home?.series === series ? [home.period] : []
  })
}

/** A framework of the series, if it was published by then. */
function frameworkOf({ get }: Reader, { series, at }: Years, period: string): Framework | null {
  const state = get(scorecardCases.frameworks, `${period}-${series}`)?.state
  const published = state?.trees[0]?.position
  return state && published !== undefined && (at === null || BigInt(published) <= at) ? state : null
}

/** The compared years, oldest first, each linked to the one before it. */
export function yearsOf(reader: Reader, years: Years, caseFor: CaseFor): Year[] {
  const ancestryOf = ancestryReader(comparisonLinks, reader.get, years.at)
  const asked = (years.periods ?? []).length > 0
  const result: Year[] = []
  for (const period of periodsOf(reader, years)) {
    const framework = frameworkOf(reader, years, period)
    const subject = framework && caseFor(evaluationIn(period, years))
    if (!subject && !asked) continue
    const revision = framework && years.at !== null ? revisionAt(framework, years.at) : undefined
    const tree = subject?.tree ?? (framework && treeAt(framework, revision))
    const figures = subject ? figuresOf(subject.tree, subject.evaluation) : new Map<string, NodeFigures>()
    const year: Year = { period, framework, tree, subject, figures, ancestry: null, match: null, pair: null }
    const before = result.at(-1)
    if (framework && tree && before?.framework && before.tree) {
      const earlier = before.framework.framework
      const known = new Map<string, Ancestry>()
      for (const node of tree.order) {
        const ancestry = ancestryOf({ framework: framework.framework, node }, earlier)
        if (ancestry) known.set(node, ancestry)
      }
      year.ancestry = known
      year.match = matchOf(before.tree, tree, known)
      if (subject && before.subject) year.pair = pairOf(before.subject, subject, year.match)
    }
    result.push(year)
  }
  return result
}
