import { z } from 'zod'
import { APPEAL_STATUSES } from '../../projections/appeal-list.ts'
import { Claim, EvidenceIds, Letter, Measurement, Role, Rule, Title } from '../events/forms.ts'

/*
 * What reads about appeals answer. Whoever may see an appeal sees all of it, so nothing here is withheld.
 */

const Figure = z.string()
const Outcome = z.enum(['upheld', 'partly-upheld', 'rejected', 'inadmissible'])
const Answer = z.enum(['concede', 'contest'])
const OnBehalf = z.strictObject({ person: z.string(), letter: Letter })

const Disputed = z.strictObject({
  points: Figure.nullable(),
  applicable: z.boolean(),
  event: z.string().nullable()
})

/** A line of the register. */
export const AppealShape = z.strictObject({
  appeal: z.string(),
  evaluation: z.string(),
  unit: z.string(),
  framework: z.string(),
  period: z.string(),
  node: z.string(),
  case: z.string().nullable(),
  status: z.enum(APPEAL_STATUSES),
  instance: z.int(),
  filedAt: z.string(),
  ageDays: z.int(),
  dueAt: z.string(),
  daysLeft: z.int().nullable(),
  outcome: Outcome.nullable(),
  claimed: Figure.nullable(),
  moved: Figure.nullable(),
  claim: Claim,
  disputed: Disputed,
  answer: Answer.nullable(),
  panel: z.strictObject({ chair: z.string(), members: z.array(z.string()) }).nullable(),
  openQuestions: z.int(),
  escalationClosesAt: z.string().nullable(),
  filedBy: z.string(),
  onBehalf: z.string().nullable(),
  may: z.array(z.string())
})

const wordsShape = {
  event: z.string(),
  type: z.string(),
  position: z.string(),
  at: z.string(),
  by: z.string(),
  byUnits: z.array(z.string()),
  role: Role,
  text: z.string().nullable(),
  reasonCode: z.string().nullable(),
  measurement: Measurement.nullable(),
  ruleReference: z.string().nullable(),
  letter: Letter.nullable(),
  evidence: z.array(z.string())
}
const Words = z.strictObject(wordsShape)

const ThreadItem = z.strictObject({
  ...wordsShape,
  side: z.enum(['unit', 'headquarters', 'panel', 'registry']),
  onBehalf: OnBehalf.nullable(),
  answer: Answer.nullable(),
  outcome: Outcome.nullable(),
  request: z.string().nullable(),
  repliesTo: z.string()
})

const Members = z.array(z.strictObject({ id: z.string(), units: z.array(z.string()) }))

const Panel = z.strictObject({
  instance: z.int(),
  chair: z.string(),
  members: Members,
  by: z.string(),
  at: z.string(),
  event: z.string()
})

const Question = z.strictObject({
  request: z.string(),
  of: z.enum(['unit', 'headquarters']),
  question: Words,
  answer: Words.nullable()
})

const Evidence = z.strictObject({
  evidence: z.string(),
  title: Title.nullable(),
  kind: z.string().nullable(),
  sha256: z.string().nullable(),
  uri: z.string().nullable(),
  nodes: z.array(z.string()),
  afterSubmission: z.boolean().nullable(),
  by: z.string().nullable(),
  at: z.string().nullable()
})

const inForceShape = {
  rule: Rule.nullable(),
  target: z.string().nullable(),
  assigned: z
    .strictObject({
      target: z.string(),
      baseline: z.string().optional(),
      issuedOn: z.string().optional(),
      event: z.string()
    })
    .nullable(),
  ceiling: Figure,
  revision: z.string()
}

const Side = z.strictObject({
  points: Figure.nullable(),
  percent: Figure.nullable(),
  applicableCeiling: Figure,
  applicable: z.boolean(),
  partial: z.boolean(),
  grade: Title.nullable()
})

const Change = z.strictObject({
  code: z.string(),
  title: Title.nullable(),
  before: Side,
  after: Side,
  difference: Figure
})

const Remedy = z.union([
  z.strictObject({
    next: z.literal('escalate'),
    instance: z.int(),
    until: z.string(),
    lastDay: z.string()
  }),
  z.strictObject({
    next: z.literal('none'),
    why: z.enum(['upheld', 'last-instance', 'no-window']),
    until: z.null(),
    lastDay: z.null()
  })
])

const Grounds = z.strictObject({
  event: z.string(),
  at: z.string(),
  by: z.string(),
  onBehalf: OnBehalf.nullable(),
  text: z.string(),
  evidence: EvidenceIds
})

/** A decision as the letter that both sides get. */
const DecisionLetter = z.strictObject({
  event: z.string(),
  position: z.string(),
  instance: z.int(),
  at: z.string(),
  by: z.string(),
  letter: Letter.nullable(),
  composition: z
    .strictObject({
      chair: z.string(),
      members: Members,
      present: z.array(z.string()),
      assignedBy: z.string(),
      assignedAt: z.string().nullable(),
      event: z.string()
    })
    .nullable(),
  claim: Claim,
  disputed: Disputed,
  grounds: z.array(Grounds),
  answer: z
    .strictObject({
      event: z.string(),
      at: z.string(),
      by: z.string(),
      position: Answer,
      text: z.string(),
      evidence: EvidenceIds
    })
    .nullable(),
  ...inForceShape,
  ruleReference: z.string().nullable(),
  evidenceConsidered: z.array(Evidence),
  outcome: Outcome,
  result: z
    .strictObject({
      points: Figure.nullable(),
      measurement: Measurement.nullable(),
      applicable: z.boolean().nullable()
    })
    .nullable(),
  findings: z.string(),
  dissent: z.string().nullable(),
  figures: z.strictObject({ node: Change, set: Change, total: Change }),
  remedy: Remedy
})

/** The whole file of one appeal. */
export const AppealFileShape = AppealShape.extend({
  ...inForceShape,
  title: Title.nullable(),
  act: Words.nullable(),
  thread: z.array(ThreadItem),
  panels: z.array(Panel),
  questions: z.array(Question),
  evidence: z.array(Evidence),
  decisions: z.array(DecisionLetter),
  remedy: Remedy.nullable()
})

/** How appeals fared that have a unit, a node or an expert in common. */
export const AppealStatisticsShape = z.strictObject({
  unit: z.string().nullable(),
  framework: z.string().nullable(),
  node: z.string().nullable(),
  expert: z.string().nullable(),
  appeals: z.int(),
  open: z.int(),
  overdue: z.int(),
  decided: z.int(),
  withdrawn: z.int(),
  overturned: z.int(),
  overturnedShare: Figure.nullable(),
  moved: Figure
})
