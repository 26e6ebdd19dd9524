import { commandNamed } from '../../commands/catalogue.ts'
import type { Situation } from '../../commands/command.ts'
import { NOBODY } from '../../commands/persons.ts'
import { toStore, write } from '../../commands/write.ts'
import { Refusal } from '../../src/errors.ts'
import { type LedgerEvent, readEvent } from '../../src/events/catalogue.ts'
import type { Actor } from '../../src/events/envelope.ts'
import { commandHash, commandId } from '../../src/ids.ts'
import { type Folded, foldOne, nothing } from './fold.ts'

/** A ledger in the making: what was decided, stored and read back, and what it folds to. */
export interface World {
  events: LedgerEvent[]
  known: Folded
  /** Commands asked so far, refused ones included. */
  asked: number
  refused: number
  /** What the clock shows, in milliseconds. */
  clock: number
}

export const newWorld = (): World => ({
  events: [],
  known: nothing,
  asked: 0,
  refused: 0,
  clock: Date.parse('2024-03-20T06:00:00.000Z')
})

const ulid = (asked: number, index: number): string =>
  `01J${String(asked).padStart(12, '0')}${String(index).padStart(11, '0')}`

/**
 * Asks one command of the real decisions. What they yield is stamped, written as JSON and read back, as a store would
 * do; a refusal changes nothing. Tells whether it was accepted.
 */
export function ask(world: World, name: string, body: object, actor: Actor): boolean {
  const command = commandNamed(name)
  if (!command) throw new Error(`no command ${name}`)
  const number = world.asked++
  if (!command.roles.includes(actor.role)) return refuse(world)
  const now = new Date(world.clock).toISOString()
  const prepared = command.prepare(body)
  const circumstances = { actor, now, ulid: (index: number) => ulid(number, index) }
  try {
    const decisions = prepared.decide(situationOf(world, command.target, prepared.id), circumstances)
    if (decisions.length === 0) throw new Error(`${name} was accepted and yields nothing`)
    const act = {
      commandId: commandId(actor.id, String(number)),
      commandHash: commandHash(name, prepared.body),
      circumstances,
      letter: undefined
    }
    append(world, `${command.target}-${prepared.id}`, decisions, act)
    return true
  } catch (error) {
    if (error instanceof Refusal) return refuse(world)
    throw error
  }
}

function refuse(world: World): false {
  world.refused += 1
  return false
}

function situationOf({ known }: World, target: string, id: string): Situation {
  return {
    unit: target === 'unit' ? (known.units[id] ?? null) : null,
    framework: target === 'framework' ? (known.frameworks[id] ?? null) : null,
    evaluation: known.evaluations[id] ?? null,
    persons: known.persons[id] ?? NOBODY,
    unitOf: (unit) => known.units[unit],
    frameworkOf: (framework) => known.frameworks[framework]
  }
}

type WriteArguments = Parameters<typeof write>

function append(world: World, stream: string, decisions: WriteArguments[2], act: WriteArguments[3]): void {
  const own = world.events.filter((event) => event.stream === stream)
  const correlations = new Map(own.map(({ id, metadata }) => [id, metadata.correlationId]))
  const revision = own.at(-1)?.revision ?? 'none'
  for (const written of write(stream, { revision, correlations }, decisions, act)) {
    const position = BigInt(world.events.length + 1)
    const event = readEvent({ ...toStore(written), stream, revision: written.revision, position })
    world.events.push(event)
    world.known = foldOne(world.known, event)
  }
}
