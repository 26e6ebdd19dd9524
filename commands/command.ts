import type { z } from 'zod'
import type { EventTypeName, Fact } from '../src/events/catalogue.ts'
import type { Actor } from '../src/events/envelope.ts'
import type { Role, Title } from '../src/events/forms.ts'
import type { EvaluationSituation, FrameworkSituation, UnitSituation } from './situation.ts'

/** What a decision is told about the world: never asked for, always handed in. */
export interface Circumstances {
  actor: Actor
  /** The instant the events will carry as `recordedAt`. */
  now: string
  /** The i-th new ULID of this command (from 0); the same one however often it is decided anew. */
  ulid(index: number): string
}

/** What a decision yields. `causedBy` is the event it answers, if any; `stream` is always the command's own. */
export type Decision = Fact<EventTypeName> & { causedBy?: string | undefined }

/** The streams that a command is decided from and appended to. */
export type Target = 'unit' | 'framework' | 'evaluation'

/**
 * One command: its name on the wire, its body, who may, and the pure decision. `Situation` is what the target's
 * streams tell (see `situation.ts`).
 */
export interface Command<Body, Situation> {
  name: string
  summary: Title
  target: Target
  /** Roles that may call it at all; finer rules are part of the decision. */
  roles: readonly Role[]
  body: z.ZodType<Body>
  /** The id of the target: the stream without its kind. */
  id: (body: Body) => string
  /** The nodes it concerns; `null` when it concerns all of them. */
  nodes: (body: Body, situation: Situation) => readonly string[] | null
  decide: (situation: Situation, body: Body, circumstances: Circumstances) => Decision[]
}

/** What the streams tell; which part of it there is, the command's `target` says. */
export type Situation = UnitSituation & FrameworkSituation & EvaluationSituation

/** A command with its body, ready to be decided as often as need be. */
export interface Prepared {
  body: unknown
  id: string
  nodes: (situation: Situation) => readonly string[] | null
  decide: (situation: Situation, circumstances: Circumstances) => Decision[]
}

/** A command as the shell and the routes see it, whatever its body. */
export interface AnyCommand {
  name: string
  summary: Title
  target: Target
  roles: readonly Role[]
  body: z.ZodType
  /** Parses a body; throws `z.ZodError`. */
  prepare: (body: unknown) => Prepared
}

/** Hides what a body looks like behind its own schema. */
export function prepare<Body>(command: Command<Body, Situation>): AnyCommand {
  const { name, summary, target, roles, body: schema } = command
  return {
    name,
    summary,
    target,
    roles,
    body: schema,
    prepare: (raw) => {
      const body = schema.parse(raw)
      return {
        body,
        id: command.id(body),
        nodes: (situation) => command.nodes(body, situation),
        decide: (situation, circumstances) => command.decide(situation, body, circumstances)
      }
    }
  }
}
