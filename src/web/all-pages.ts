import type { Page } from './page.ts'
import { casePage } from './views/appeals/case.ts'
import { closePage } from './views/appeals/close.ts'
import { filePage } from './views/appeals/file.ts'
import { letterPage } from './views/appeals/letter.ts'
import { registerPage } from './views/appeals/register.ts'
import { statisticsPage } from './views/appeals/statistics.ts'
import { changesPage } from './views/changes.ts'
import { coveragePage } from './views/coverage.ts'
import { discrepanciesPage } from './views/discrepancies.ts'
import { dutiesPage } from './views/duties.ts'
import { reviewPage } from './views/entry/review.ts'
import { selfPage } from './views/entry/self.ts'
import { evaluationPage } from './views/evaluation.ts'
import { evaluationsPage } from './views/evaluations.ts'
import { eventPage } from './views/event.ts'
import { eventsPage } from './views/events.ts'
import { leaguePage } from './views/league.ts'
import { nodePage } from './views/node.ts'
import { operationsPage } from './views/operations.ts'
import { trailOfEvaluationPage, trailPage } from './views/trail.ts'
import { unitPage } from './views/unit.ts'

/** Every page, one line each. */
export const pages: readonly Page[] = [
  leaguePage,
  evaluationPage,
  nodePage,
  changesPage,
  evaluationsPage,
  coveragePage,
  unitPage,
  registerPage,
  statisticsPage,
  casePage,
  letterPage,
  filePage,
  closePage,
  trailPage,
  trailOfEvaluationPage,
  discrepanciesPage,
  dutiesPage,
  eventsPage,
  eventPage,
  operationsPage,
  selfPage,
  reviewPage
]
