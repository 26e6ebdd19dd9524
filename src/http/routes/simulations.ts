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
import { redact, seesEverything, seesWhole, unitOf, type VisibilityFacts } from '../visibility.ts'

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
    if (actor.role === 'assessor') requireOwnUnits(actor, commands)
    const { asOf } = request.body
    // What anybody was told is done must be under the hypothesis, so it waits for the end of the ledger.
    const waitFor =
      request.query.waitFor ?? (asOf === undefined ? String(await reads.store.end()) : undefined)
    const moment = await reading.moments.of({ asOf, waitFor }, 'journal', 'league')
    const start = { position: BigInt(moment.asOf.position), now: instantOf(asOf, moment, reads) }
    const simulation = await simulate(reads, commands, start, deadline(SIMULATION_MS))
    const language = languageOf(request.headers['accept-language'])
    const answer = answerOf(simulation, language, request.id)
    return reading.one(reply, moment, seenBy(actor, withoutRealIds(answer, simulation.events), reads.facts))
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

/** The unit's own people may try anything on its own evaluations, also what others would decide, and nothing else. */
function requireOwnUnits(actor: Actor, commands: readonly HypotheticalCommand[]): void {
  for (const { command, body } of commands) {
    const known = commandNamed(command)
    if (!known) continue
    if (known.target !== 'evaluation') {
      const params = { role: actor.role, roles: 'auditor, registrar, panelist' }
      throw new Refusal('forbidden-role', { params })
    }
    const unit = targetUnit(known, body)
    if (unit !== null && !actor.units.includes(unit)) {
      throw new Refusal('not-your-unit', { params: { unit, units: actor.units.join(', ') || '-' } })
    }
  }
}

/** Null for a body without its form, which is refused where it would be decided. */
function targetUnit({ prepare }: AnyCommand, body: unknown): string | null {
  try {
    return unitOf(prepare(body).id)
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

/**
 * As much of it as somebody may see: of cases that are not open to a reader the figures alone, and to a unit's own
 * people no rank but its own.
 */
function seenBy(actor: Actor, answer: SimulationAnswer, facts: VisibilityFacts): SimulationAnswer {
  if (seesEverything(actor)) return answer
  const isOpen = (evaluation: string) => seesWhole(actor, evaluation, facts)
  const ranks =
    actor.role === 'assessor' ? answer.ranks.filter(({ unit }) => actor.units.includes(unit)) : answer.ranks
  return {
    ...answer,
    events: answer.events.map((event) => {
      const [kind, id] = [event.stream.startsWith('evaluation-'), event.stream.slice('evaluation-'.length)]
      return kind && isOpen(id) ? event : redact(event)
    }),
    evaluations: answer.evaluations.map((change) => (isOpen(change.evaluation) ? change : figuresOf(change))),
    ranks,
    withheldRanks: answer.ranks.length - ranks.length
  }
}

/** Only nodes tell of persons and reasons. */
const figuresOf = ({
  before,
  after,
  ...change
}: SimulationAnswer['evaluations'][number]): SimulationAnswer['evaluations'][number] => ({
  ...change,
  before: before && { ...before, nodes: redact(before.nodes) },
  after: { ...after, nodes: redact(after.nodes) }
})
