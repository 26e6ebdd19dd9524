import type { App } from './app-type.ts'
import type { Reading } from './reading.ts'
import type { Reads } from './reads.ts'
import { appealRoutes } from './routes/appeals.ts'
import { discrepancyRoutes } from './routes/discrepancies.ts'
import { dutyRoutes } from './routes/duties.ts'
import { evaluationRoutes } from './routes/evaluations.ts'
import { frameworkRoutes } from './routes/frameworks.ts'
import { leagueRoutes } from './routes/league.ts'
import { simulationRoutes } from './routes/simulations.ts'
import { trailRoutes } from './routes/trail.ts'
import { unitRoutes } from './routes/units.ts'

/** Every route that reads projections, one line each. */
export const readRoutes =
  (reads: Reads) =>
  (app: App, reading: Reading): void => {
    unitRoutes(app, reading, reads)
    frameworkRoutes(app, reading, reads)
    evaluationRoutes(app, reading, reads)
    trailRoutes(app, reading, reads)
    leagueRoutes(app, reading, reads)
    discrepancyRoutes(app, reading, reads)
    appealRoutes(app, reading, reads)
    dutyRoutes(app, reading, reads)
    simulationRoutes(app, reading, reads)
  }
