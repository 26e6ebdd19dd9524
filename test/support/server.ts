import { pino } from 'pino'
import type { AnyCommand } from '../../commands/command.ts'
import type { Handle } from '../../commands/outcome.ts'
import type { Runner } from '../../projections/runner.ts'
import type { ProjectionStatus } from '../../projections/standing.ts'
import { type AppParts, buildApp } from '../../src/app.ts'
import { createClock } from '../../src/clock.ts'
import type { LedgerEvent, StoredEvent } from '../../src/events/catalogue.ts'
import type { Role } from '../../src/events/forms.ts'
import type { AccessTable } from '../../src/http/access-table.ts'
import { createVerify, fixedKeys } from '../../src/http/auth.ts'
import { LOCAL_AUDIENCE, LOCAL_ISSUER, openLocalIssuer } from '../../src/http/local-issuer.ts'
import type { EventStore } from '../../src/store/event-store.ts'

/** What a store would hold of an event. */
export const storedOf = (event: LedgerEvent): StoredEvent => ({
  ...event,
  data: JSON.stringify(event.data),
  metadata: JSON.stringify({ ...event.metadata, version: event.version })
})

/** A store that only reads, over a list that a test may go on filling. */
export function listStore(events: readonly LedgerEvent[]): EventStore {
  const none = async () => {
    throw new Error('this store takes nothing')
  }
  return {
    append: none,
    async *readStream(stream, { fromRevision = 0 } = {}) {
      for (const event of events) {
        if (event.stream === stream && event.revision >= fromRevision) yield storedOf(event)
      }
    },
    async *readAll(after) {
      for (const event of events) if (event.position > after) yield storedOf(event)
    },
    subscribe: () => {
      throw new Error('nobody subscribes here')
    },
    end: async () => events.at(-1)?.position ?? 0n,
    identity: async () => (events[0] ? `store-of-${events[0].id}` : 'empty'),
    close: async () => {}
  }
}

export interface FakeRunner extends Runner {
  /** Applies everything up to a position and tells so. */
  apply(to: bigint): void
  stopped: Map<string, NonNullable<ProjectionStatus['stopped']>>
}

/** A runner that applies only when it is told to. */
export function fakeRunner(events: readonly LedgerEvent[], appliedAtFirst?: bigint): FakeRunner {
  let applied = appliedAtFirst ?? events.at(-1)?.position ?? 0n
  const readyAt = events.at(-1)?.position ?? 0n
  const listeners = new Set<(events: readonly StoredEvent[]) => void>()
  const stopped: FakeRunner['stopped'] = new Map()
  const wait = { ms: 20 }
  return {
    reader: { get: () => undefined, all: () => [], some: () => [], members: () => [], counts: () => [] },
    applied: () => applied,
    waitUntil: async (position) => {
      if (applied < position) await new Promise((resolve) => setTimeout(resolve, wait.ms))
      return applied >= position
    },
    positionAt: (instant) => {
      const after = events.findIndex(({ metadata }) => metadata.recordedAt > instant)
      return { position: (after === -1 ? events.at(-1) : events[after - 1])?.position ?? 0n }
    },
    momentOf: (position) => {
      const event = events.findLast((event) => event.position <= position)
      return { position: event?.position ?? 0n, at: event?.metadata.recordedAt ?? null }
    },
    status: () =>
      ['journal', 'scorecard'].map((name) => ({
        name,
        version: 1,
        position: applied,
        stopped: stopped.get(name) ?? null
      })),
    isReady: () => stopped.size === 0 && applied >= readyAt,
    onApplied: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    findCommand: () => undefined,
    stop: async () => {},
    apply: (to) => {
      const fresh = events.filter(({ position }) => position > applied && position <= to)
      applied = to
      for (const listener of listeners) listener(fresh.map(storedOf))
    },
    stopped
  }
}

const refuse: Handle = async () => {
  throw new Error('no command was expected')
}

export interface TestServerOptions extends Partial<AppParts> {
  /** A folder for the key. */
  data: string
  events?: readonly LedgerEvent[]
}

/** Lines of access for routes of a test that anybody may call without a token. */
export const openToAll = (...routes: string[]): AccessTable =>
  Object.fromEntries(routes.map((route) => [route, { who: 'public', others: 'hidden', figures: 'all' }]))

/** The real server over fakes, with a way to make tokens for it. */
export async function testServer({ data, events = [], ...parts }: TestServerOptions) {
  const issuer = await openLocalIssuer(data)
  const commands: readonly AnyCommand[] = []
  const app = await buildApp({
    store: listStore(events),
    runner: fakeRunner(events),
    handle: refuse,
    commands,
    facts: { isWithin: (unit, units) => units.includes(unit), sitsOnPanel: () => false },
    readRoutes: () => {},
    verify: createVerify({
      keys: fixedKeys(issuer.keys),
      issuer: LOCAL_ISSUER,
      audience: LOCAL_AUDIENCE
    }),
    localKeys: issuer.keys,
    clock: createClock(),
    log: pino({ level: 'silent' }),
    rateLimit: 0,
    shared: false,
    ...parts
  })
  const bearer = async (role: Role, { id = 'e-17', units = [] as string[] } = {}) => ({
    authorization: `Bearer ${await issuer.sign({ id, role, units }, 1)}`
  })
  return { app, issuer, bearer }
}
