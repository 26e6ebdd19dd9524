import { z } from 'zod'
import { Refusal } from '../src/errors.ts'
import { type FrameworkId, Letter, PersonId, type Role, type Title } from '../src/events/forms.ts'
import { treeInForce } from '../src/rules/case.ts'
import type { Circumstances, Command, Decision } from './command.ts'
import type { EvaluationSituation, FrameworkSituation, Open, UnitSituation } from './situation.ts'

/** Every body may carry the letter that the act rests on. */
type WithLetter = { letter?: z.infer<typeof Letter> | undefined }

/** Leaves out members that are undefined, so that what is stored is minimal and types stay exact. */
export function defined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as T
}

interface Common<Body> {
  name: string
  summary: Title
  roles: readonly Role[]
  body: z.ZodType<Body>
}

/** A command about one unit. */
export function unitCommand<Body extends { unit: string } & WithLetter>(
  spec: Common<Body> & {
    decide: (situation: UnitSituation, body: Body, circumstances: Circumstances) => Decision[]
  }
): Command<Body, UnitSituation> {
  return { ...spec, target: 'unit', id: ({ unit }) => unit, nodes: () => null }
}

/** A command about one framework. */
export function frameworkCommand<Body extends { framework: z.infer<typeof FrameworkId> } & WithLetter>(
  spec: Common<Body> & {
    nodes?: (body: Body) => readonly string[] | null
    decide: (situation: FrameworkSituation, body: Body, circumstances: Circumstances) => Decision[]
  }
): Command<Body, FrameworkSituation> {
  return { ...spec, target: 'framework', id: ({ framework }) => framework, nodes: spec.nodes ?? (() => null) }
}

/**
 * A command about an evaluation that exists. `decide` is only asked when it does; anything else is refused before.
 */
export function evaluationCommand<Body extends { evaluation: string } & WithLetter>(
  spec: Common<Body> & {
    nodes?: (body: Body, open: Open) => readonly string[] | null
    decide: (open: Open, body: Body, circumstances: Circumstances) => Decision[]
  }
): Command<Body, EvaluationSituation> {
  return {
    ...spec,
    target: 'evaluation',
    id: ({ evaluation }) => evaluation,
    nodes: (body, situation) => spec.nodes?.(body, requireOpen(situation, body.evaluation)) ?? null,
    decide: (situation, body, circumstances) =>
      spec.decide(requireOpen(situation, body.evaluation), body, circumstances)
  }
}

export function requireOpen(situation: EvaluationSituation, id: string): Open {
  const { evaluation, persons, unitOf } = situation
  const framework = evaluation && situation.frameworkOf(evaluation.framework)
  if (!evaluation || !framework) throw new Refusal('unknown-evaluation', { params: { id } })
  return { evaluation, framework, tree: treeInForce(framework, evaluation), persons, unitOf }
}

/** The body of a command: the given members and the letter that every act may rest on. */
export const bodyOf = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.strictObject({ ...shape, letter: Letter.optional() })

/**
 * A person that a body names, as a token could: half a character is no name, and two such look the same wherever
 * they are kept. Events read what was stored before all the same.
 */
export const NamedPerson = PersonId.refine((id) => id.isWellFormed(), 'must be whole Unicode characters')
