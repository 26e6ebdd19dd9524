import { randomUUID } from 'node:crypto'
import type { Test } from 'tap'
import type { EventStore } from '../../src/store/event-store.ts'
import { openEventStoreDb } from '../../src/store/eventstoredb.ts'
import type { EventStoreDbOptions } from '../../src/store/eventstoredb-compose.ts'
import { all, newEvent } from '../store/contract.ts'
import { startNodes, type TestCluster } from './eventstoredb-node.ts'

/* What the tests of the adapter share. Patience is short, since what they wait for never comes. */

export const PREFIX = 'k_'
export const none = { expectedRevision: 'none' } as const
export const at = (expectedRevision: number) => ({ expectedRevision })
export const unit = 'unit-yazd'

/** An event that a ledger may hold as far as its type goes. */
export const unitEvent = (version = 1) =>
  newEvent({ type: 'UnitRegistered', metadata: `{"version":${version}}` })
export const unitEvents = (count: number) => Array.from({ length: count }, () => unitEvent())

export const openOn = (nodes: TestCluster, options: Partial<EventStoreDbOptions> = {}) =>
  openEventStoreDb(nodes.address, { prefix: PREFIX, patience: { call: 500, total: 3_000 }, ...options })

/** A store on nodes of its own; both end with the test. */
export async function opened(t: Test, options: Partial<EventStoreDbOptions> & { nodes?: number } = {}) {
  const { nodes: count = 1, ...rest } = options
  const nodes = await startNodes(count)
  const store = await openOn(nodes, rest)
  t.teardown(async () => {
    await store.close()
    await nodes.close()
  })
  return { nodes, store }
}

/** What somebody else writes to the same server, past this program. */
export const foreign = (type = 'Else') => ({
  id: randomUUID(),
  type,
  contentType: 'application/json',
  data: new Uint8Array(10),
  metadata: new Uint8Array()
})

export const storedIn = (nodes: TestCluster) =>
  nodes.log.all.filter(({ stream }) => stream.startsWith(PREFIX))

export const idsOf = async (store: EventStore): Promise<string[]> =>
  (await all(store.readAll(0n, ['']))).map(({ id }) => id)

/** Waits a while for something to come true. */
export async function settles(is: () => boolean): Promise<void> {
  for (let i = 0; i < 100 && !is(); i++) await new Promise((resolve) => setTimeout(resolve, 20))
}
