import type { May } from '../../commands/may.ts'
import { caseNow, evaluationOf } from '../../projections/cases.ts'
import { caseAfter, caseEvents, play, type Step } from '../../projections/history.ts'
import type { Reader } from '../../projections/projection.ts'
import { unitTable } from '../../projections/registry.ts'
import { scorecardCases } from '../../projections/scorecard.ts'
import { unmovedSince } from '../../projections/unmoved.ts'
import type { Clock } from '../clock.ts'
import type { Case } from '../rules/case.ts'
import type { Evaluation } from '../rules/evaluation.ts'
import { isWithin, type UnitLookup } from '../rules/units.ts'
import type { EventStore } from '../store/event-store.ts'
import type { Moment } from './moment.ts'
import type { VisibilityFacts } from './visibility.ts'

/** What read routes read from: rows of projections as they stand, and single evaluations as of any moment. */
export interface Reads {
  reader: Reader
  store: EventStore
  facts: VisibilityFacts
  unitOf: UnitLookup
  /** The server's clock. */
  now(): string
  /** What somebody may do next. */
  may: May
  /**
   * One evaluation at a moment; null where it was not open. Of now, and where nothing has moved since, it is rows, else its
   * own streams.
   */
  caseAt(evaluation: string, moment: Moment): Promise<Case | null>
  /** How one evaluation came about, up to a moment; empty where it was not open. */
  stepsAt(evaluation: string, moment: Moment): Promise<Step[]>
}

export function createReads(reader: Reader, store: EventStore, { now }: Pick<Clock, 'now'>, may: May): Reads {
  const unitOf: UnitLookup = (unit) => reader.get(unitTable, unit)?.state
  return {
    reader,
    store,
    unitOf,
    now,
    may,
    facts: {
      isWithin: (unit, units) => units.some((other) => isWithin(unit, other, unitOf)),
      sitsOnPanel: (person, evaluation) => sitsOnPanel(stateOf(reader, evaluation), person)
    },
    caseAt: async (evaluation, { at }) =>
      at === null
        ? caseOfNow(reader, evaluation)
        : (unmovedSince(reader, evaluation, at) ?? caseAfter(await caseEvents(store, evaluation, at))),
    stepsAt: async (evaluation, { asOf }) => play(await caseEvents(store, evaluation, BigInt(asOf.position)))
  }
}

const stateOf = (reader: Reader, evaluation: string): Evaluation | undefined =>
  evaluationOf(scorecardCases, reader, evaluation)

export const caseOfNow = (reader: Reader, evaluation: string): Case | null =>
  caseNow(scorecardCases, reader, evaluation)

const sitsOnPanel = (evaluation: Evaluation | undefined, person: string): boolean =>
  Object.values(evaluation?.appeals ?? {}).some(({ everNamed }) => everNamed.includes(person))
