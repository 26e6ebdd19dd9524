import { createHandle } from '../../commands/handle.ts'
import { createClock } from '../../src/clock.ts'
import type { StoredEvent } from '../../src/events/catalogue.ts'
import type { Actor } from '../../src/events/envelope.ts'
import { newUlid } from '../../src/ids.ts'
import { openEmbeddedStore } from '../../src/store/embedded.ts'
import { type EventStore, STREAM_PREFIXES } from '../../src/store/event-store.ts'
import { evaluationOf, FRAMEWORK, framework, leaves, newKey } from './sample.ts'

/* A ledger for a server: decided like any other, and then appended there in as few calls as can be. */

const registrar: Actor = { id: 'r-1', role: 'registrar', units: [] }
const expert: Actor = { id: 'e-17', role: 'expert', units: ['hq'] }

const OVERRIDDEN = 20
const APPEND_EVENTS_MAX = 100

/** Makes a ledger with so many reviewed evaluations at a path, and brings it to another store; tells how many events. */
export async function fillThrough(path: string, units: number, target: EventStore): Promise<number> {
  const store = await openEmbeddedStore(path)
  try {
    await decideAll(store, units)
    return await copyTo(target, store.readAll(0n, STREAM_PREFIXES))
  } finally {
    await store.close()
  }
}

async function decideAll(store: EventStore, units: number): Promise<void> {
  const handle = createHandle({ store, clock: createClock(), newUlid, findCommand: () => undefined })
  const give = (actor: Actor, command: string, body: object) =>
    handle(command, body, { actor, key: newKey() })
  await give(registrar, 'register-unit', { unit: 'hq', name: { fa: 'ستاد' }, kind: 'headquarters' })
  await give(registrar, 'publish-framework', framework)
  for (let i = 0; i < units; i++) {
    const unit = `u-${i}`
    const evaluation = evaluationOf(i)
    const assessor: Actor = { id: `a-${unit}`, role: 'assessor', units: [unit] }
    const name = { fa: `اداره ${unit}` }
    await give(registrar, 'register-unit', { unit, name, kind: 'directorate', parent: 'hq' })
    await give(registrar, 'open-evaluation', { unit, framework: FRAMEWORK, origin: 'live' })
    for (const [n, node] of leaves.entries()) {
      await give(assessor, 'enter-self-score', { evaluation, node, points: String(n % 10), note: 'p. 7' })
    }
    await give(assessor, 'submit-self-assessment', { evaluation })
    for (const node of leaves.slice(0, OVERRIDDEN)) {
      const why = { reasonCode: 'evidence-missing', reason: 'No list was attached' }
      await give(expert, 'override-score', { evaluation, node, points: '9.5', ...why })
    }
  }
}

/** Appends events that follow each other in one stream together. */
async function copyTo(target: EventStore, events: AsyncIterable<StoredEvent>): Promise<number> {
  let [run, count]: [StoredEvent[], number] = [[], 0]
  const flush = async () => {
    const [first] = run
    if (!first) return
    const expectedRevision = first.revision === 0 ? 'none' : first.revision - 1
    await target.append(first.stream, run, { expectedRevision })
    run = []
  }
  for await (const event of events) {
    if (event.stream !== run[0]?.stream || run.length === APPEND_EVENTS_MAX) await flush()
    run.push(event)
    count += 1
  }
  await flush()
  return count
}
