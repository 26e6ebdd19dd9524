import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { startRunner } from '../../projections/runner.ts'
import { createClock } from '../../src/clock.ts'
import { openEmbeddedStore } from '../../src/store/embedded.ts'
import type { EventStore, NewEvent } from '../../src/store/event-store.ts'
import { openReadModel } from '../../src/store/read-model.ts'
import { acting } from './counting.ts'
import { killedPaths, killedProjections } from './kill-cycles.ts'

/*
 * A process that appends to a ledger with many writers at once while it applies it to rows, until somebody kills it.
 * `killed-process.ts <folder> <honest|early|warm> <tag>`: says `open`, then `<stream> <revision> <id>` for every event that
 * was acknowledged to a writer. `early` acknowledges before the commit, so that whoever looks for that must see it;
 * `warm` only opens and closes.
 */

const WRITERS = 16

const [folder = '', mode = '', tag = ''] = process.argv.slice(2)
const say = (line: string) => process.stdout.write(`${line}\n`)

/** What a store must never do. */
function acknowledgingEarly(store: EventStore): EventStore {
  return {
    ...store,
    async append(stream, events, { expectedRevision }) {
      void store.append(stream, events, { expectedRevision })
      await sleep(1)
      return { revision: (expectedRevision === 'none' ? -1 : expectedRevision) + events.length, position: 0n }
    }
  }
}

const [registered, renamed] = acting(2, 1).map(({ events }) => events[0])

/** Each event says how many there are in its append. */
const eventOf = (revision: number, size: number): NewEvent => {
  const kind = revision === 0 ? registered : renamed
  if (!kind) throw new Error('no event to begin with')
  const data = revision === 0 ? kind.data : JSON.stringify({ name: { fa: 'x' }, reason: `of ${size}` })
  return { ...kind, id: randomUUID(), data }
}

async function write(store: EventStore, stream: string): Promise<void> {
  for (let next = 0; ; ) {
    const size = next === 0 ? 1 : 1 + (next % 3)
    const events = Array.from({ length: size }, (_, i) => eventOf(next + i, size))
    const expectedRevision = next === 0 ? 'none' : next - 1
    const { revision } = await store.append(stream, events, { expectedRevision })
    for (const [i, { id }] of events.entries()) say(`${stream} ${next + i} ${id}`)
    next = revision + 1
  }
}

const { ledger, readModel } = killedPaths(folder)
const kept = await openEmbeddedStore(ledger)
const rows = openReadModel(readModel, killedProjections)
const batch = { events: 20, characters: 100_000 }
const parts = { store: kept, rows, projections: killedProjections, clock: createClock(), batch }
const runner = await startRunner(parts)
if (mode === 'warm') {
  await runner.stop()
  rows.close()
  await kept.close()
} else {
  // Whoever started it and is gone cannot kill it any more.
  process.stdin.on('end', () => process.exit()).resume()
  say('open')
  const store = mode === 'early' ? acknowledgingEarly(kept) : kept
  for (let i = 0; i < WRITERS; i++) void write(store, `unit-${tag}-${i}`)
}
