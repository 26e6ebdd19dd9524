import type { Test } from 'tap'
import { type Projection, put, table, tables } from '../../projections/projection.ts'
import { type Runner, type RunnerParts, startRunner } from '../../projections/runner.ts'
import { createClock } from '../../src/clock.ts'
import type { LedgerEvent } from '../../src/events/catalogue.ts'
import type { EventStore } from '../../src/store/event-store.ts'
import { openReadModel, type ReadModel } from '../../src/store/read-model.ts'
import { eventsOf, type Happening } from './history.ts'
import { createMemoryStore } from './memory-store.ts'
import { registered } from './province.ts'
import { storedOf } from './server.ts'

interface Tally {
  unit: string
  acts: number
  last: bigint
}

/** The table of a projection that `counting` makes. */
export const tallyOf = (projection: string) =>
  table<Tally>({
    name: `${projection}_tally`,
    key: ['unit'],
    columns: { unit: 'text', acts: 'int', last: 'position' }
  })

/** A projection that counts the events of each unit; `seen` collects what it was asked to apply. */
export function counting(
  {
    name = 'counting',
    version = 1,
    failsAt = ''
  }: { name?: string; version?: number; failsAt?: string } = {},
  seen: bigint[] = []
): Projection {
  const own = tallyOf(name)
  const count: Projection['on']['UnitRegistered'] = (event, get) => {
    seen.push(event.position)
    if (event.stream === `unit-${failsAt}`) throw new Error('cannot count this')
    const unit = event.stream.slice('unit-'.length)
    const acts = (get(own, unit)?.acts ?? 0) + version
    return [put(own, { unit, acts, last: event.position })]
  }
  return { name, version, tables: tables(own), on: { UnitRegistered: count } }
}

/** A store with a unit for each name, and more on demand. */
export async function storeOf(...units: string[]) {
  const store = createMemoryStore()
  const all: Happening[] = []
  const add = async (...more: string[]) => {
    const from = all.length
    all.push(...more.map((unit) => registered(unit)))
    for (const event of eventsOf(all).slice(from)) await append(store, event)
  }
  await add(...units)
  return { store, add, events: () => eventsOf(all) }
}

const append = (store: EventStore, event: LedgerEvent) =>
  store.append(event.stream, [storedOf(event)], {
    expectedRevision: event.revision === 0 ? 'none' : event.revision - 1
  })

export interface Running {
  runner: Runner
  rows: ReadModel
  troubles: string[]
  stop(): Promise<void>
}

/** A runner over rows of its own, in memory unless a path is given; it ends with the test. */
export async function run(
  t: Test,
  store: EventStore,
  projections: Projection[],
  more: Partial<RunnerParts> & { path?: string } = {}
): Promise<Running> {
  const { path = ':memory:', ...parts } = more
  const rows = openReadModel(path, projections, { freeze: true })
  const troubles: string[] = []
  const onTrouble = (message: string) => void troubles.push(message)
  const runner = await startRunner({ store, rows, projections, clock: createClock(), onTrouble, ...parts })
  let stopping: Promise<void> | undefined
  const stop = () => {
    stopping ??= runner.stop().then(() => rows.close())
    return stopping
  }
  t.teardown(stop)
  return { runner, rows, troubles, stop }
}

/** How often a unit was counted. */
export const acts = ({ runner }: Running, unit: string, name = 'counting') =>
  runner.reader.get(tallyOf(name), unit)?.acts
