import { setImmediate } from 'node:timers/promises'
import { createHandle } from '../../commands/handle.ts'
import type { WrittenEvent } from '../../commands/outcome.ts'
import { type Consequences, whatIf } from '../../projections/what-if.ts'
import { createClock } from '../clock.ts'
import { Refusal } from '../errors.ts'
import { readEvent } from '../events/catalogue.ts'
import type { Actor } from '../events/envelope.ts'
import type { EventStore } from '../store/event-store.ts'
import { overlayStore } from '../store/overlay.ts'
import type { Reads } from './reads.ts'

/*
 * Commands on top of the ledger, decided and projected by the very code that decides and projects the real ones, and
 * nothing of it kept.
 */

export interface HypotheticalCommand {
  command: string
  body: unknown
  /** As whom the rules are applied; no token vouches for it. */
  as: Actor
}

/** Where a hypothesis begins, and what the clock says in it. */
export interface Start {
  position: bigint
  now: string
}

export interface Simulation extends Consequences {
  /** What would be appended, each with the place of its command in the list. */
  events: { index: number; event: WrittenEvent }[]
  /** The first command that would be refused; those behind it were not looked at. */
  refused: { index: number; refusal: Refusal } | null
}

/**
 * What the commands would do, one after another. The same commands at the same start always give the same answer,
 * ids included. `check` is called all along, and ends the work by throwing.
 */
export async function simulate(
  { reader, store }: Pick<Reads, 'reader' | 'store'>,
  commands: readonly HypotheticalCommand[],
  { position, now }: Start,
  check: () => void = () => {}
): Promise<Simulation> {
  const overlay = overlayStore(store, position, check)
  const performed = await perform(overlay.store, commands, now, check)
  const events = overlay.appended.map(readEvent)
  // Whoever else asks this process must not wait for the whole of it.
  const pace = async () => {
    check()
    await setImmediate()
  }
  return { ...performed, ...(await whatIf(reader, overlay.store, { position, events }, pace)) }
}

async function perform(
  store: EventStore,
  commands: readonly HypotheticalCommand[],
  now: string,
  check: () => void
): Promise<Pick<Simulation, 'events' | 'refused'>> {
  const instant = Date.parse(now)
  const ulids = { command: 0, count: 0 }
  const handle = createHandle({
    store,
    clock: createClock(() => instant),
    newUlid: () => hypotheticalUlid(ulids.command, ++ulids.count),
    findCommand: () => undefined
  })
  const events: Simulation['events'] = []
  for (const [index, { command, body, as }] of commands.entries()) {
    check()
    Object.assign(ulids, { command: index, count: 0 })
    try {
      // No real key may have a blank, so that no id here is that of an event that happened or ever will.
      const outcome = await handle(command, body, { actor: as, key: `simulated ${index}` })
      events.push(...outcome.events.map((event) => ({ index, event })))
    } catch (error) {
      // A command that was cut short was not refused.
      check()
      if (error instanceof Refusal) return { events, refused: { index, refusal: error } }
      throw error
    }
  }
  return { events, refused: null }
}

/**
 * The id of the n-th thing (from 1) that a command of the list brings into its hypothetical world, so that the next
 * commands can name it before it is there: ten zeros for the time, as no real id has, eight digits for the place of
 * the command (from 0), eight for n.
 */
const hypotheticalUlid = (index: number, n: number): string =>
  '0'.repeat(10) + String(index).padStart(8, '0') + String(n).padStart(8, '0')

/** A copy in which events that did not happen have names that nobody takes for the ids of real ones. */
export function withoutRealIds<T>(value: T, events: Simulation['events']): T {
  const names = new Map(events.map(({ event }, i) => [event.id, `hypothetical-${i + 1}`]))
  return renamed(value, names) as T
}

function renamed(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') return names.get(value) ?? value
  if (Array.isArray(value)) return value.map((item) => renamed(item, names))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, renamed(member, names)]))
}
