import type { App } from '../app-type.ts'
import type { Reading } from '../reading.ts'
import type { Reads } from '../reads.ts'
import { discrepancyRoutes } from './discrepancies.ts'
import { evaluationRoutes } from './evaluations.ts'
import { frameworkRoutes } from './frameworks.ts'
import { leagueRoutes } from './league.ts'
import { trailRoutes } from './trail.ts'
import { unitRoutes } from './units.ts'

/** Every route that reads projections. */
export const readRoutes =
  (reads: Reads) =>
  (app: App, reading: Reading): void => {
    unitRoutes(app, reading, reads)
    frameworkRoutes(app, reading, reads)
    evaluationRoutes(app, reading, reads)
    trailRoutes(app, reading, reads)
    leagueRoutes(app, reading, reads)
    discrepancyRoutes(app, reading, reads)
  }
