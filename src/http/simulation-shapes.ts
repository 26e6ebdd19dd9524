import { z } from 'zod'
import { PersonId, Role, Slug, Title } from '../events/forms.ts'
import { AsOf, AsOfQuery } from './moment.ts'
import { Problem } from './problem.ts'
import { NodeShape, Stage, Status } from './shapes.ts'

/*
 * What a simulation takes and answers. Whatever could be quoted alone says itself that it did not happen.
 */

/** How many commands one simulation takes, and how long it may take for them. */
export const COMMANDS_MAX = 50
export const SIMULATION_MS = 5_000

const As = z
  .strictObject({
    sub: PersonId.refine((sub) => sub.isWellFormed()),
    role: Role,
    units: z.array(Slug).max(1_000).default([])
  })
  .describe('As whom the rules are applied')

export const SimulationBody = z.strictObject({
  commands: z
    .array(
      z.strictObject({
        command: z.string().max(64).describe('The name of a command, as in its address'),
        body: z
          .record(z.string(), z.unknown())
          .describe(
            'The body of that command. What the command at place i of this list (from 0) brings into the world has ' +
              'the ids 0000000000, i in eight digits, and 00000001, 00000002 …; commands behind it may name them'
          ),
        as: As
      })
    )
    .min(1)
    .max(COMMANDS_MAX),
  asOf: AsOfQuery.optional().describe(
    'The position or instant to begin from, the end of the ledger unless given. Acts then happen at that instant: ' +
      'windows that were open then are open'
  )
})
export type SimulationBody = z.infer<typeof SimulationBody>

const hypothetical = z.literal(true)
const Figure = z.string().nullable()

const PopulationShape = z.strictObject({ title: Title, size: z.int() })

const RankShape = z.strictObject({
  by: z.enum(['all', 'group', 'kind', 'province']),
  value: z.string().nullable(),
  population: PopulationShape,
  rank: z.int().nullable(),
  of: z.int().describe('How many have a rank')
})

const SideShape = z.strictObject({
  stage: Stage,
  status: Status,
  total: z.strictObject({
    points: Figure,
    percent: Figure,
    ceiling: z.string(),
    partial: z.boolean(),
    grade: Title.nullable(),
    rank: z.int().nullable()
  }),
  nodes: z.array(NodeShape).describe('Only those that would not stay as they are'),
  ranks: z.array(RankShape).describe('In every population of the unit')
})

export const SimulationShape = z.strictObject({
  hypothetical,
  events: z.array(
    z.strictObject({
      hypothetical,
      index: z.int().describe('The place of its command in the list'),
      id: z.string(),
      type: z.string(),
      stream: z.string(),
      revision: z.string(),
      data: z.unknown()
    })
  ),
  refused: Problem.extend({ hypothetical, index: z.int() })
    .nullable()
    .describe('The first command that would be refused; those behind it were not looked at'),
  evaluations: z.array(
    z.strictObject({
      hypothetical,
      evaluation: z.string(),
      unit: z.string(),
      framework: z.string(),
      period: z.string(),
      series: z.string(),
      before: SideShape.nullable(),
      after: SideShape.extend({ hypothetical })
    })
  ),
  ranks: z
    .array(
      z.strictObject({
        hypothetical,
        unit: z.string(),
        name: Title,
        evaluation: z.string(),
        framework: z.string(),
        period: z.string(),
        series: z.string(),
        points: Figure,
        percent: Figure,
        before: z.int().nullable(),
        after: z.int().nullable(),
        population: PopulationShape
      })
    )
    .describe('Every unit whose rank among all of its series would change, best first'),
  withheldRanks: z
    .int()
    .describe('How many more would change rank, of units that the caller may not see here'),
  asOf: AsOf
})
export type SimulationAnswer = Omit<z.infer<typeof SimulationShape>, 'asOf'>
