import { z } from 'zod'
import { Level, Measurement, Origin, Rule, Source, Title, UnitKind } from '../events/forms.ts'

/*
 * What reads answer. Points, ceilings and percents are decimal strings; what a reader may not see is null.
 */

const Figure = z.string()

export const UnitShape = z.strictObject({
  unit: z.string(),
  name: Title,
  kind: UnitKind,
  parent: z.string().nullable(),
  province: z.string().nullable(),
  groups: z.array(z.string())
})

export const Stage = z.enum(['self-assessment', 'review', 'appeal', 'final', 'imported'])
export const Status = z.enum(['provisional', 'final'])

export const LevelShape = z.strictObject({
  points: Figure,
  percent: Figure.nullable(),
  own: z.boolean(),
  event: z.string().nullable(),
  by: z.string().nullable(),
  at: z.string().nullable()
})

/** The commands that the caller may send next; none where the past is shown. */
const MayShape = z.array(z.string()).describe('Commands that the caller may send next')

export const GapShape = z.strictObject({ points: Figure, percent: Figure.nullable() })

const Rank = z.strictObject({ place: z.string(), of: z.string().optional(), population: z.string() })

export const PublishedShape = z.strictObject({
  about: z.union([z.strictObject({ node: z.string() }), z.strictObject({ label: z.string() })]),
  level: Level.nullable(),
  points: Figure.nullable(),
  percent: Figure.nullable(),
  ceiling: Figure.nullable(),
  count: Figure.nullable(),
  rank: Rank.nullable(),
  growthPercent: Figure.nullable(),
  grade: z.string().nullable(),
  printed: z.string(),
  source: Source,
  event: z.string(),
  at: z.string()
})

const ExemptionShape = z.strictObject({
  reasonCode: z.string().nullable(),
  reason: z.string().nullable(),
  event: z.string(),
  by: z.string().nullable(),
  at: z.string()
})

const AppealMark = z.strictObject({
  appeal: z.string(),
  status: z.string(),
  outcome: z.string().nullable()
})

const RollUpShape = z.strictObject({
  points: Figure,
  percent: Figure.nullable(),
  partial: z.boolean(),
  atMost: Figure
})

/** What a node of a scorecard and an explanation have in common. */
const nodeFigures = {
  kind: z.string(),
  title: Title,
  ceiling: Figure,
  applicableCeiling: Figure,
  applicable: z.boolean(),
  partial: z.boolean(),
  self: LevelShape.nullable(),
  expert: LevelShape.nullable(),
  final: LevelShape.nullable(),
  standing: LevelShape.nullable(),
  gap: GapShape.nullable(),
  appeal: AppealMark.nullable(),
  published: z.array(PublishedShape),
  rollUp: RollUpShape.nullable(),
  target: z.string().nullable()
}

export const NodeShape = z.strictObject({
  code: z.string(),
  parent: z.string().nullable(),
  ...nodeFigures,
  unitOfMeasure: z.string().nullable(),
  measurement: Measurement.nullable(),
  exemption: ExemptionShape.nullable(),
  claim: ExemptionShape.nullable(),
  blank: z.strictObject({ reason: z.string().nullable() }).nullable(),
  leaf: z.boolean()
})

const ResponsibilityShape = z.strictObject({
  node: z.string(),
  domain: Title,
  part: z.enum(['main', 'collaborating']),
  person: z.string().nullable().optional(),
  event: z.string()
})

export const ScorecardShape = z.strictObject({
  evaluation: z.string(),
  unit: z.string(),
  framework: z.string(),
  period: z.string(),
  series: z.string(),
  stage: Stage,
  status: Status,
  origin: Origin,
  revision: z.string(),
  frameworkRevision: z.string(),
  submittedAt: z.string().nullable(),
  finalisedAt: z.string().nullable(),
  appealClosesAt: z.string().nullable(),
  waived: z.boolean().describe('The unit has accepted the result: no appeal will come'),
  returned: z.array(z.string()),
  responsibilities: z.array(ResponsibilityShape),
  total: NodeShape,
  nodes: z.array(NodeShape),
  unplaced: z.array(PublishedShape),
  may: MayShape
})

const LetterShape = z.strictObject({
  number: z.string(),
  date: z.string(),
  signatory: z.string().optional()
})

/** Who did something, on what grounds: the part that trail and explanation share. */
const actShape = {
  event: z.string(),
  type: z.string(),
  position: z.string(),
  at: z.string(),
  by: z.string().nullable(),
  byUnits: z.array(z.string()).nullable(),
  role: z.string().nullable(),
  node: z.string().nullable(),
  nodes: z.array(z.string()),
  level: Level.nullable(),
  before: Figure.nullable(),
  after: Figure.nullable(),
  reasonCode: z.string().nullable(),
  reason: z.string().nullable(),
  note: z.string().nullable(),
  letter: LetterShape.nullable(),
  /** Of an appeal filed on a letter: the person of the unit whose letter it was. */
  onBehalf: z.strictObject({ person: z.string(), letter: LetterShape }).nullable(),
  measurement: Measurement.nullable(),
  source: Source.nullable(),
  evidence: z.array(z.string()).nullable(),
  causedBy: z.string()
}

export const StepShape = z.strictObject({ ...actShape, delta: Figure.nullable() })

/** An event as others point to it. */
export const LinkShape = z.strictObject({ event: z.string(), type: z.string(), position: z.string() })

/** What stands beside codes, so that nobody has to know them by heart. */
export const namedShape = {
  unitName: Title,
  nodeTitle: Title.nullable().describe('Null where the framework never had such a node, and for the total')
}

export const TrailShape = z.strictObject({
  ...actShape,
  evaluation: z.string(),
  unit: z.string(),
  framework: z.string(),
  period: z.string(),
  correlationId: z.string(),
  printed: z.string().nullable(),
  ...namedShape,
  cause: LinkShape.nullable().describe('The event it answers; null where it answers the command itself'),
  caused: z.array(LinkShape).describe('The first of what answers it, oldest first'),
  causedIsMore: z.boolean()
})

export const ExplanationShape = z.strictObject({
  evaluation: z.string(),
  unit: z.string(),
  period: z.string(),
  node: z.string(),
  ...nodeFigures,
  rule: Rule.nullable(),
  assigned: z
    .strictObject({
      target: z.string(),
      baseline: z.string().optional(),
      issuedOn: z.string().optional(),
      event: z.string()
    })
    .nullable(),
  revision: z.string(),
  responsibilities: z.array(ResponsibilityShape),
  steps: z.array(StepShape),
  may: MayShape
})
