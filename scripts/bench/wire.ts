import { join } from 'node:path'
import { EventStoreDBClient, START, streamNameFilter } from '@eventstore/db-client'
import type { Runner } from '../../projections/runner.ts'
import { createClock } from '../../src/clock.ts'
import { type Follower, startThread, type Thread } from '../../src/following/follower.ts'
import { type EventStore, STREAM_PREFIXES } from '../../src/store/event-store.ts'
import { openEventStoreDb } from '../../src/store/eventstoredb.ts'
import { amount, type Contender, compare, inFolder, printFigure } from './measure.ts'
import { startServer } from './server-process.ts'
import { fillThrough } from './wire-ledger.ts'

/*
 * Catching up over the wire through all projections into durable rows, against the client alone, which only receives the
 * same events. A node that speaks the server's protocol is a process of its own; both sides read from it. What is timed
 * goes from the start of following until everything is applied and committed: not making the file of the rows, and not
 * closing it.
 */

const UNITS = amount(300)
const PREFIX = 'karnameh_'
const CATCH_UP_MS = 600_000

/** The client as its makers mean it to be used; what it receives is counted and forgotten. */
async function receiveAll(client: EventStoreDBClient, count: number): Promise<number> {
  const prefixes = STREAM_PREFIXES.map((kind) => PREFIX + kind)
  const filter = streamNameFilter({ prefixes, checkpointInterval: 1, maxSearchWindow: 500 })
  const subscription = client.subscribeToAll({ fromPosition: START, filter })
  let received = 0
  for await (const { event } of subscription) {
    if (event) received += 1
    if (received === count) break
  }
  await subscription.unsubscribe()
  return received
}

/** Rows of a file of their own for each round. */
function catchUp(thread: Thread, store: EventStore, folder: string, count: number): Contender {
  let rounds = 0
  let follower: Follower | undefined
  let runner: Runner | undefined
  return {
    what: `all projections catch up with the same ${count} events`,
    async before() {
      rounds += 1
      follower = await thread.open(join(folder, `rows-${rounds}.db`))
    },
    async run() {
      runner = await follower?.start({ store, clock: createClock() })
      const end = await store.end()
      if (!(await runner?.waitUntil(end, CATCH_UP_MS))) throw new Error('the projections did not catch up')
      return count
    },
    after: async () => runner?.stop()
  }
}

await inFolder(async (folder) => {
  const node = await startServer('../../test/support/eventstoredb-process.ts', {})
  const store = await openEventStoreDb(node.url, { prefix: PREFIX })
  const thread = startThread()
  const client = EventStoreDBClient.connectionString(node.url)
  try {
    const events = await fillThrough(join(folder, 'ledger.db'), UNITS, store)
    const figure = await compare({
      figure: 'wire',
      floor: 0.4,
      aim: 0.8,
      rounds: 5,
      baseline: {
        what: `the client alone receives ${events} events`,
        run: () => receiveAll(client, events)
      },
      measured: catchUp(thread, store, folder, events)
    })
    printFigure(figure)
  } finally {
    await client.dispose()
    await thread.close()
    await store.close()
    await node.stop()
  }
})
