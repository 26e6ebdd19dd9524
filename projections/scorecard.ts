import { caseTables, keeperOf } from './cases.ts'
import type { Source } from './projection.ts'

/** Evaluations and their frameworks as they stand; the tree with its figures is worked out when it is read. */
export const scorecardCases = caseTables('scorecard')

const VERSION = 3

export const scorecard: Source = keeperOf('scorecard', VERSION, scorecardCases)

/** Keeps them a second time for projections that are behind, until those have caught up. Nobody reads it. */
export const catchingUp: Source = keeperOf('catching-up', VERSION, caseTables('catching_up'))
