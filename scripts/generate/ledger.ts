import type { StoredEvent } from '../../src/events/catalogue.ts'
import { createAgenda } from './agenda.ts'
import { randomFrom } from './random.ts'
import { beginOf, type Plan, seasons } from './seasons.ts'
import { createWorld } from './world.ts'

export interface LedgerPlan extends Plan {
  seed: string
  /** It ends soon after so many events, wherever everybody is then; when all is over, unless said. */
  events?: number | undefined
}

/** Handed out at a time. */
const CHUNK_EVENTS = 2_000

/**
 * A ledger as some years of a large body would leave it, in ledger order, from the first event: everybody asks the real
 * commands of what is there, at a simulated time that lies in the past. The same plan gives the same bytes.
 */
export function* generateLedger(plan: LedgerPlan): Generator<StoredEvent[], void, void> {
  const random = randomFrom(plan.seed)
  const world = createWorld(random.fork('ulids'), beginOf(plan))
  const agenda = createAgenda((at) => {
    world.now = at
  })
  agenda.add(world.now, seasons(world, agenda, random, plan))
  const most = plan.events ?? Number.POSITIVE_INFINITY
  let chunk: StoredEvent[] = []
  while (world.count() < most && agenda.step()) {
    for (const event of world.take()) chunk.push(event)
    if (chunk.length < CHUNK_EVENTS) continue
    yield chunk
    chunk = []
  }
  if (chunk.length > 0) yield chunk
}
