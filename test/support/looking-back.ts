import { appealsAfter, appealView } from '../../projections/appeal-list.ts'
import { caseNow } from '../../projections/cases.ts'
import { coverageOf } from '../../projections/coverage.ts'
import { listDiscrepancies } from '../../projections/discrepancy-list.ts'
import { discrepancyStatistics } from '../../projections/discrepancy-statistics.ts'
import { listDuties } from '../../projections/duties-list.ts'
import { caseAfter } from '../../projections/history.ts'
import { evaluationsList, nodeAcross } from '../../projections/league-lists.ts'
import { leagueTable, ranksOf } from '../../projections/league-table.ts'
import { ledgerList } from '../../projections/ledger-list.ts'
import type { Reader } from '../../projections/projection.ts'
import { frameworkTable, unitsAt } from '../../projections/registry.ts'
import { scorecardCases } from '../../projections/scorecard.ts'
import { scorecardView } from '../../projections/scorecard-view.ts'
import { trailList } from '../../projections/trail-list.ts'
import type { LedgerEvent } from '../../src/events/catalogue.ts'
import type { Case } from '../../src/rules/case.ts'

const LEVELS = ['standing', 'self', 'expert', 'final'] as const
const DAY = '2024-06-01'
/** Later than any event. */
const END = 10n ** 15n
const NOON = `${DAY}T08:30:00.000Z`

/** How one evaluation is read: from the rows of now, or from its own events up to a position. */
type CaseFor = (evaluation: string) => Case | null

/** What a ledger answers about now, from rows that end where it ends. */
export const answersOfNow = (reader: Reader): unknown => answers(reader, null, caseOfNow(reader))

/** What a longer ledger answers about a position of its past. */
export const answersAsOf = (reader: Reader, events: readonly LedgerEvent[], at: bigint): unknown =>
  answers(reader, at, caseOfThen(events, at))

function answers(reader: Reader, at: bigint | null, caseFor: CaseFor): unknown {
  const evaluations = evaluationsList(reader, {}, at)
  const units = unitsAt(reader, at)
  const frameworks = reader
    .all(frameworkTable, 'order by framework')
    .map(({ state }) => state)
    .filter(({ trees: [first] }) => at === null || BigInt(first?.position ?? 0) <= at)
  return {
    units,
    evaluations,
    leagues: frameworks.flatMap(({ period }) =>
      LEVELS.map((level) => leagueTable(reader, { period: period.id, level }, at))
    ),
    nodes: frameworks.flatMap(({ framework, period }) => [
      leagueTable(reader, { period: period.id, node: 'n0' }, at),
      leagueTable(reader, { period: period.id, group: 'a' }, at),
      nodeAcross(reader, { framework, node: 'n1' }, at)
    ]),
    ranks: units.map(({ unit }) => ranksOf(reader, { unit }, at)),
    coverage: frameworks.map((framework) => coverageOf(reader, framework, DAY, at)),
    discrepancies: listDiscrepancies(reader, {}, at, { caseFor }),
    cards: evaluations.map(({ evaluation }) => {
      const found = caseFor(evaluation)
      return found && scorecardView(found)
    }),
    appeals: appealsAfter(reader, {}, {}, { at, after: 0n, limit: 1_000 }).map((row) =>
      appealView(row, NOON)
    ),
    duties: listDuties(reader, {}, at),
    counts: discrepancyStatistics(reader, {}, at),
    ledger: ledgerList(reader, {}, { after: 0n, before: (at ?? END) + 1n, order: 'newest', limit: 10_000 }),
    trail: trailList(reader, {}, { after: 0n, upTo: at ?? END, limit: 10_000 })
  }
}

const caseOfNow =
  (reader: Reader): CaseFor =>
  (evaluation) =>
    caseNow(scorecardCases, reader, evaluation)

const caseOfThen =
  (events: readonly LedgerEvent[], at: bigint): CaseFor =>
  (evaluation) => {
    const streams = [
      `evaluation-${evaluation}`,
      `framework-${evaluation.slice(0, evaluation.lastIndexOf('.'))}`
    ]
    return caseAfter(events.filter(({ stream, position }) => streams.includes(stream) && position <= at))
  }
