import { z } from 'zod'
import { commandNamed } from '../../../commands/catalogue.ts'
import type { AnyCommand } from '../../../commands/command.ts'
import { Refusal } from '../../errors.ts'
import type { Actor } from '../../events/envelope.ts'
import { type Language, languageOf } from '../accept.ts'
import { actorOf } from '../access.ts'
import type { App } from '../app-type.ts'
import { readRoute } from '../describe.ts'
import { type Moment, WaitForQuery } from '../moment.ts'
import { problemOf } from '../problem.ts'
import type { Reading } from '../reading.ts'
import type { Reads } from '../reads.ts'
import { type HypotheticalCommand, type Simulation, simulate, withoutRealIds } from '../simulation.ts'
import {
  SIMULATION_MS,
  type SimulationAnswer,
  SimulationBody,
  SimulationShape
} from '../simulation-shapes.ts'
import { seesEverything, seesWhole, unitOf, type VisibilityFacts } from '../visibility.ts'

const hypothetical = true

export function simulationRoutes(app: App, reading: Reading, reads: Reads): void {
  const route = readRoute({
    summary: {
      fa: 'اگر چنین می‌شد: آزمودن اقدام‌ها بی‌آنکه ثبت شوند',
      en: 'What commands would do, none of it kept'
    },
    tag: 'simulations',
    query: z.strictObject({ waitFor: WaitForQuery.optional() }),
    answer: SimulationShape
  })
  const options = { ...route, schema: { ...route.schema, body: SimulationBody } }
  app.post('/v1/simulations', options, async (request, reply) => {
    const actor = actorOf(request)
    const commands = request.body.commands.map(hypotheticalCommand)
    if (!seesEverything(actor)) requireOwnCases(actor, commands, reads.facts)
    const { asOf } = request.body
    // What anybody was told is done must be under the hypothesis, so it waits for the end of the ledger.
    const waitFor =
      request.query.waitFor ?? (asOf === undefined ? String(await reads.store.end()) : undefined)
    const moment = await reading.moments.of({ asOf, waitFor }, 'journal', 'league')
    const start = { position: BigInt(moment.asOf.position), now: instantOf(asOf, moment, reads) }
    const simulation = await simulate(reads, commands, start, deadline(SIMULATION_MS))
    const language = languageOf(request.headers['accept-language'])
    const answer = answerOf(simulation, language, request.id)
    return reading.one(reply, moment, seenBy(actor, withoutRealIds(answer, simulation.events)))
  })
}

const hypotheticalCommand = ({
  command,
  body,
  as: { sub, role, units }
}: SimulationBody['commands'][number]): HypotheticalCommand => ({
  command,
  body,
  as: { id: sub, role, units }
})

/** When the acts happen: now, or at the moment that the hypothesis begins from. */
function instantOf(asOf: string | undefined, { asOf: { at } }: Moment, reads: Reads): string {
  if (asOf === undefined) return reads.now()
  if (asOf.includes('-')) return new Date(asOf).toISOString()
  return at ?? reads.now()
}

/** Throws once the time is over. */
function deadline(ms: number): () => void {
  const end = performance.now() + ms
  return () => {
    if (performance.now() < end) return
    const detail = `this takes longer than ${ms / 1000} s; simulate fewer commands at once`
    throw new Refusal('overloaded', { errors: [{ pointer: '/commands', detail }] })
  }
}

/**
 * A unit's own people may try anything on its own evaluations, also what others would decide, a panelist on those whose
 * file is open to it, and nothing else: whether an act would be refused tells who acted before, and of which unit they are.
 */
function requireOwnCases(
  actor: Actor,
  commands: readonly HypotheticalCommand[],
  facts: VisibilityFacts
): void {
  for (const { command, body } of commands) {
    const known = commandNamed(command)
    if (!known) continue
    if (known.target !== 'evaluation') throw notFor(actor, 'auditor, registrar')
    const evaluation = targetId(known, body)
    if (evaluation === null) continue
    if (actor.role === 'assessor') requireOwnUnit(actor, unitOf(evaluation))
    else if (!seesWhole(actor, evaluation, facts)) throw notFor(actor, 'auditor, registrar')
  }
}

const notFor = ({ role }: Actor, roles: string) => new Refusal('forbidden-role', { params: { role, roles } })

function requireOwnUnit({ units }: Actor, unit: string): void {
  if (units.includes(unit)) return
  throw new Refusal('not-your-unit', { params: { unit, units: units.join(', ') || '-' } })
}

/** Null for a body without its form, which is refused where it would be decided. */
function targetId({ prepare }: AnyCommand, body: unknown): string | null {
  try {
    return prepare(body).id
  } catch {
    return null
  }
}

function answerOf(
  { events, refused, evaluations, ranks }: Simulation,
  language: Language,
  instance: string
): SimulationAnswer {
  return {
    hypothetical,
    events: events.map(({ index, event: { id, type, stream, revision, data } }) => ({
      hypothetical,
      index,
      id,
      type,
      stream,
      revision: String(revision),
      data
    })),
    refused: refused && {
      hypothetical,
      index: refused.index,
      ...problemOf(refused.refusal, language, instance)
    },
    evaluations: evaluations.map(({ after, ...change }) => ({
      hypothetical,
      ...change,
      after: { hypothetical, ...after }
    })),
    ranks: ranks.map((change) => ({ hypothetical, ...change })),
    withheldRanks: 0
  }
}

/** Nobody tries anything on cases that are not open to them, so all is shown but, to a unit's own people, ranks of others. */
function seenBy(actor: Actor, answer: SimulationAnswer): SimulationAnswer {
  if (actor.role !== 'assessor') return answer
  const ranks = answer.ranks.filter(({ unit }) => actor.units.includes(unit))
  return { ...answer, ranks, withheldRanks: answer.ranks.length - ranks.length }
}
