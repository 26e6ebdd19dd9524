import { createHandle } from '../../commands/handle.ts'
import type { Outcome, Request } from '../../commands/outcome.ts'
import { createClock } from '../../src/clock.ts'
import { readEvent, type StoredEvent } from '../../src/events/catalogue.ts'
import { type EventStore, STREAM_PREFIXES } from '../../src/store/event-store.ts'
import { createMemoryStore } from './memory-store.ts'
import { assessor, expert, nodes, registrar } from './province.ts'

export const NOW = '2024-03-21T08:00:00.000Z'

/** One process on a store: its own clock, ULIDs and memory. `name` makes its ULIDs tell it apart. */
export function startShell(store: EventStore = createMemoryStore(), name = 'A', now = () => NOW) {
  let ulids = 0
  let keys = 0
  const used = new Map<string, string>()
  const handle = createHandle({
    store,
    clock: createClock(() => Date.parse(now())),
    newUlid: () => `01J${name.repeat(19)}${String(ulids++).padStart(4, '0')}`,
    findCommand: (commandId) => used.get(commandId)
  })
  /** Applies the ledger, as a projection would. */
  const apply = async (): Promise<void> => {
    for await (const stored of store.readAll(0n, STREAM_PREFIXES)) {
      used.set(readEvent(stored).metadata.commandId, stored.stream)
    }
  }
  const ask = (command: string, body: object, more: Partial<Request> = {}): Promise<Outcome> =>
    handle(command, body, { actor: registrar, key: `${name}-${keys++}`, ...more })
  return { store, ask, apply }
}

export type Shell = ReturnType<typeof startShell>

export const EVALUATION = '1402-x.qazvin'

/** The province with its evaluation in review: events 0 to 4 of the evaluation's stream. */
export async function toReview({ ask }: Shell, windowDays = 0): Promise<void> {
  const name = { fa: 'نام' }
  await ask('register-unit', { unit: 'organisation', name, kind: 'organisation' })
  await ask('register-unit', { unit: 'qazvin', name, kind: 'directorate', parent: 'organisation' })
  await ask('publish-framework', {
    framework: '1402-x',
    period: { id: '1402', title: name, startsOn: '2023-03-21', endsOn: '2024-03-19' },
    title: name,
    issuedBy: 'centre',
    nodes,
    notApplicable: 'remove',
    appeal: { windowDays, escalationDays: 5, decisionDays: 15, instances: 2 }
  })
  await ask('open-evaluation', { unit: 'qazvin', framework: '1402-x', origin: 'live' })
  for (const [node, points] of [
    ['G.a.1', '40'],
    ['G.a.2', '20'],
    ['G.b', '40']
  ]) {
    await ask('enter-self-score', { evaluation: EVALUATION, node, points }, { actor: assessor })
  }
  await ask('submit-self-assessment', { evaluation: EVALUATION }, { actor: assessor })
}

/** Everything that a stream holds. */
export async function readAll(store: EventStore, stream: string): Promise<StoredEvent[]> {
  const events: StoredEvent[] = []
  for await (const stored of store.readStream(stream)) events.push(stored)
  return events
}

/** An override as the expert asks for it. */
export const override = (node: string, points: string) =>
  [
    'override-score',
    { evaluation: EVALUATION, node, points, reasonCode: 'calculation', reason: 'sum' },
    { actor: expert }
  ] as const

/** A store whose next appends go through `before`, one function for each, before or instead of the append. */
export function interfered(store: EventStore, ...before: ((go: () => Promise<unknown>) => Promise<void>)[]) {
  const append: EventStore['append'] = async (stream, events, options) => {
    const hook = before.shift()
    let done: Awaited<ReturnType<EventStore['append']>> | undefined
    const go = async () => {
      done = await store.append(stream, events, options)
    }
    if (hook) await hook(go)
    return done ?? store.append(stream, events, options)
  }
  return { ...store, append }
}
