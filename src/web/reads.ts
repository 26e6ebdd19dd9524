import type { z } from 'zod'
import type { AppealFileShape, AppealShape, AppealStatisticsShape } from '../http/appeal-shapes.ts'
import type { AsOf } from '../http/moment.ts'
import type { Counted, Found } from '../http/routes/discrepancies.ts'
import type { DutyShape } from '../http/routes/duties.ts'
import type { Changes, Listed } from '../http/routes/evaluations.ts'
import type { OneEvent } from '../http/routes/event.ts'
import type { Event } from '../http/routes/events.ts'
import type { Across, Coverage, Summary, Whole } from '../http/routes/frameworks.ts'
import type { Compared, Population, Rank, Ranked } from '../http/routes/league.ts'
import type { Me } from '../http/routes/me.ts'
import type { Ready } from '../http/routes/operations.ts'
import type { Operations } from '../http/routes/status.ts'
import type { OneUnit } from '../http/routes/units.ts'
import type {
  ExplanationShape,
  NodeShape,
  ScorecardShape,
  StepShape,
  TrailShape,
  UnitShape
} from '../http/shapes.ts'
import type { SimulationBody, SimulationShape } from '../http/simulation-shapes.ts'
import type { Ask, Kept, Query } from './ask.ts'

/* Every read of the API that pages rest on, with the type of its answer. */

type Answer<Shape extends z.ZodType> = z.infer<Shape> & { asOf: AsOf }

/** One page of a list. */
export interface List<Item> {
  items: Item[]
  next: string | null
  asOf: AsOf
}

export type MeAnswer = z.infer<typeof Me>
export type LeagueRow = z.infer<typeof Ranked>
export type League = List<LeagueRow> & {
  series: string
  framework: string
  population: z.infer<typeof Population>
}
export type Scorecard = Answer<typeof ScorecardShape>
export type ScoreNode = z.infer<typeof NodeShape>
export type Explanation = Answer<typeof ExplanationShape>
export type Step = z.infer<typeof StepShape>
export type Act = z.infer<typeof TrailShape>
export type EvaluationLine = z.infer<typeof Listed>
export type ChangesAnswer = z.infer<typeof Changes>
export type Comparison = z.infer<typeof Compared>
export type RankLine = z.infer<typeof Rank>
export type Unit = z.infer<typeof UnitShape>
export type UnitAnswer = z.infer<typeof OneUnit>
export type FrameworkSummary = z.infer<typeof Summary>
export type FrameworkAnswer = z.infer<typeof Whole>
export type CoverageLine = z.infer<typeof Coverage>
export type CoverageAnswer = List<CoverageLine> & {
  counts: { units: number; evaluations: number; submitted: number; late: number }
}
export type AcrossLine = z.infer<typeof Across>
export type Discrepancy = z.infer<typeof Found>
export type DiscrepancyCount = z.infer<typeof Counted>
export type Duty = z.infer<typeof DutyShape>
export type RawEvent = z.infer<typeof Event>
export type EventAnswer = z.infer<typeof OneEvent>
export type OperationsAnswer = z.infer<typeof Operations>
export type Appeal = z.infer<typeof AppealShape>
export type AppealFile = Answer<typeof AppealFileShape>
export type AppealStatistics = z.infer<typeof AppealStatisticsShape>
export type Simulation = z.infer<typeof SimulationShape>
export type Readiness = z.infer<typeof Ready>

const path = (...parts: string[]): string => `/${parts.map(encodeURIComponent).join('/')}`

/** Nothing is kept where nobody says how. */
const readAnew: Kept = (_name, _mark, read) => read()

/** The reads, over whoever asks. */
export const readsOver = ({
  get,
  simulate,
  tryOut,
  kept = readAnew
}: Pick<Ask, 'get' | 'simulate' | 'tryOut'> & Partial<Pick<Ask, 'kept'>>) => ({
  kept,
  simulate: (body: z.input<typeof SimulationBody>) => simulate<Simulation>(body),
  tryOut,
  me: () => get<MeAnswer>('/v1/me'),
  league: (query: Query) => get<League>('/v1/league', query),
  evaluations: (query: Query) => get<List<EvaluationLine>>('/v1/evaluations', query),
  scorecard: (evaluation: string, query: Query = {}) =>
    get<Scorecard>(path('v1', 'evaluations', evaluation), query),
  explanation: (evaluation: string, node: string, query: Query = {}) =>
    get<Explanation>(path('v1', 'evaluations', evaluation, 'nodes', node), query),
  trailOf: (evaluation: string, query: Query = {}) =>
    get<List<Act>>(path('v1', 'evaluations', evaluation, 'trail'), query),
  trail: (query: Query) => get<List<Act>>('/v1/trail', query),
  changes: (evaluation: string, query: Query = {}) =>
    get<ChangesAnswer>(path('v1', 'evaluations', evaluation, 'changes'), query),
  eventsOf: (evaluation: string, query: Query = {}) =>
    get<List<RawEvent>>(path('v1', 'evaluations', evaluation, 'events'), query),
  events: (query: Query) => get<List<RawEvent>>('/v1/events', query),
  event: (event: string, query: Query = {}) => get<EventAnswer>(path('v1', 'events', event), query),
  operations: () => get<OperationsAnswer>('/v1/operations'),
  units: (query: Query = {}) => get<List<Unit>>('/v1/units', query),
  unit: (unit: string) => get<UnitAnswer>(path('v1', 'units', unit)),
  comparison: (unit: string, query: Query = {}) =>
    get<Comparison>(path('v1', 'units', unit, 'comparison'), query),
  ranks: (unit: string, query: Query = {}) => get<List<RankLine>>(path('v1', 'units', unit, 'ranks'), query),
  frameworks: (query: Query = {}) => get<List<FrameworkSummary>>('/v1/frameworks', query),
  framework: (framework: string) => get<FrameworkAnswer>(path('v1', 'frameworks', framework)),
  coverage: (framework: string, query: Query = {}) =>
    get<CoverageAnswer>(path('v1', 'frameworks', framework, 'coverage'), query),
  across: (framework: string, node: string, query: Query = {}) =>
    get<List<AcrossLine>>(path('v1', 'frameworks', framework, 'nodes', node, 'evaluations'), query),
  discrepancies: (query: Query) => get<List<Discrepancy>>('/v1/discrepancies', query),
  discrepancyCounts: (query: Query) => get<List<DiscrepancyCount>>('/v1/discrepancies/statistics', query),
  appeals: (query: Query) => get<List<Appeal>>('/v1/appeals', query),
  appealStatistics: (query: Query) => get<List<AppealStatistics>>('/v1/appeals/statistics', query),
  appeal: (appeal: string, query: Query = {}) => get<AppealFile>(path('v1', 'appeals', appeal), query),
  duties: (query: Query) => get<List<Duty>>('/v1/duties', query)
})

export type Reads = ReturnType<typeof readsOver>
