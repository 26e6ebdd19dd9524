import { caseTables, follow, onCaseEvents } from './cases.ts'
import { type Projection, tables } from './projection.ts'

/** Evaluations and their frameworks as they stand; the tree with its figures is worked out when it is read. */
export const scorecardCases = caseTables('scorecard')

export const scorecard: Projection = {
  name: 'scorecard',
  version: 1,
  tables: tables(scorecardCases.frameworks, scorecardCases.evaluations),
  on: onCaseEvents((event, get) => follow(scorecardCases, event, get).changes)
}
