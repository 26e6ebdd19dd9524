import { ulid } from 'ulid'
import { commandNamed } from '../../commands/catalogue.ts'
import type { AnyCommand, Prepared, Situation } from '../../commands/command.ts'
import type { WrittenEvent } from '../../commands/outcome.ts'
import { evolvePersons, NOBODY, type Persons } from '../../commands/persons.ts'
import { toStore, write } from '../../commands/write.ts'
import { Refusal } from '../../src/errors.ts'
import type { LedgerEvent, StoredEvent } from '../../src/events/catalogue.ts'
import type { Actor } from '../../src/events/envelope.ts'
import { commandHash, commandId } from '../../src/ids.ts'
import { treeInForce } from '../../src/rules/case.ts'
import type { Evaluation } from '../../src/rules/evaluation.ts'
import { evolveEvaluation } from '../../src/rules/evolve-evaluation.ts'
import { evolveFramework, type Framework } from '../../src/rules/framework.ts'
import { subtree, type Tree } from '../../src/rules/tree.ts'
import { evolveUnit, type Unit } from '../../src/rules/units.ts'
import type { Random } from './random.ts'

/** One stream as decisions know it. */
interface Known {
  revision: number | 'none'
  correlations: Map<string, string>
  unit: Unit | null
  framework: Framework | null
  evaluation: Evaluation | null
  persons: Persons
}

/** A ledger in the making: everybody asks the real commands, and what they decide is folded and written down. */
export interface World {
  /** What the clock shows, in milliseconds. */
  now: number
  /** Asks one command; the events it yields are in the ledger. Throws `Refusal`, and nothing has happened then. */
  ask(command: string, body: object, actor: Actor): WrittenEvent[]
  evaluation(id: string): Evaluation
  /** The tree that an evaluation is judged by. */
  tree(id: string): Tree
  framework(id: string): Framework
  /** Nobody will act on an evaluation any more, so that it need not be remembered. */
  forget(evaluation: string): void
  /** Events so far. */
  count(): number
  /** What was written since the last time, as a store keeps it, in ledger order. */
  take(): StoredEvent[]
}

export function createWorld(random: Random, begin: number): World {
  const streams = new Map<string, Known>()
  let written: StoredEvent[] = []
  let count = 0
  let asked = 0
  const known = (stream: string): Known => streams.get(stream) ?? nothing()
  const frameworkOf = (id: string) => known(`framework-${id}`).framework ?? undefined
  const unitOf = (id: string) => known(`unit-${id}`).unit ?? undefined

  const evaluation = (id: string): Evaluation => there(known(`evaluation-${id}`).evaluation, id)
  const framework = (id: string): Framework => there(frameworkOf(id), id)
  const tree = (id: string): Tree => {
    const state = evaluation(id)
    return treeInForce(framework(state.framework), state)
  }
  const below = (state: Evaluation | null) => (node: string) =>
    state ? subtree(treeInForce(framework(state.framework), state), node) : []

  const world: World = {
    now: begin,
    ask(name, body, actor) {
      const { command, prepared } = prepare(name, body, actor)
      const stream = `${command.target}-${prepared.id}`
      const own = known(stream)
      const now = new Date(world.now).toISOString()
      const circumstances = { actor, now, ulid: () => ulid(world.now, random.next) }
      const situation: Situation = { ...own, unitOf, frameworkOf }
      const decisions = prepared.decide(situation, circumstances)
      const act = {
        commandId: commandId(actor.id, `generated-${asked++}`),
        commandHash: commandHash(name, prepared.body),
        circumstances,
        letter: undefined
      }
      const events = write(stream, own, decisions, act)
      let state = own
      for (const event of events) {
        count += 1
        written.push({ ...toStore(event), stream, revision: event.revision, position: BigInt(count) })
        state = follow(state, asLedgerEvent(event, count), below(state.evaluation))
      }
      streams.set(stream, state)
      return events
    },
    evaluation,
    tree,
    framework,
    forget: (id) => void streams.delete(`evaluation-${id}`),
    count: () => count,
    take() {
      const taken = written
      written = []
      return taken
    }
  }
  return world
}

const nothing = (): Known => ({
  revision: 'none',
  correlations: new Map(),
  unit: null,
  framework: null,
  evaluation: null,
  persons: NOBODY
})

function there<T>(found: T | null | undefined, id: string): T {
  if (!found) throw new Error(`nothing is known of ${id}`)
  return found
}

function prepare(name: string, body: object, actor: Actor): { command: AnyCommand; prepared: Prepared } {
  const command = commandNamed(name)
  if (!command) throw new Error(`there is no command ${name}`)
  const { roles } = command
  if (!roles.includes(actor.role))
    throw new Refusal('forbidden-role', { params: { role: actor.role, roles: roles.join(', ') } })
  return { command, prepared: command.prepare(body) }
}

/** What was written has been through its own schema a moment ago, which TypeScript cannot know. */
const asLedgerEvent = (event: WrittenEvent, position: number): LedgerEvent =>
  ({ ...event, position: BigInt(position) }) as LedgerEvent

function follow(own: Known, event: LedgerEvent, below: (node: string) => readonly string[]): Known {
  own.correlations.set(event.id, event.metadata.correlationId)
  const next = { ...own, revision: event.revision }
  if (event.stream.startsWith('unit-')) return { ...next, unit: evolveUnit(own.unit, event) }
  if (event.stream.startsWith('framework-'))
    return { ...next, framework: evolveFramework(own.framework, event) }
  return {
    ...next,
    persons: evolvePersons(own.persons, event, own.evaluation?.appeals ?? {}),
    evaluation: evolveEvaluation(own.evaluation, event, below)
  }
}
