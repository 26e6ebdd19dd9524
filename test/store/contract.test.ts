import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import t from 'tap'
import { openEmbeddedStore } from '../../src/store/embedded.ts'
import type { EventStore } from '../../src/store/event-store.ts'
import { openEventStoreDb } from '../../src/store/eventstoredb.ts'
import { startNodes } from '../support/eventstoredb-node.ts'
import { contract, type Opened } from './contract.ts'

/* One contract, and every back end that there is. */

/** What is opened can be opened again, and ends with the test. */
async function opened(open: () => Promise<EventStore>): Promise<Opened> {
  const store = await open()
  return { store, cleanup: () => store.close(), reopen: open }
}

/** A ledger of its own on a server. Streams of the contract have names of any kind, so all of it is this ledger's. */
function ledgerOn(address: string): Promise<Opened> {
  const prefix = `karnameh_test_${randomUUID().slice(0, 8)}_`
  return opened(() => openEventStoreDb(address, { prefix, kinds: [''] }))
}

contract(t, 'the embedded store', () => {
  const path = join(t.testdir(), 'folder', 'ledger.db')
  return opened(() => openEmbeddedStore(path))
})

contract(t, "the client over the event store's protocol", async () => {
  const nodes = await startNodes()
  t.teardown(nodes.close)
  return ledgerOn(nodes.address)
})

const server = process.env.KARNAMEH_TEST_STORE
if (server) contract(t, 'the server at KARNAMEH_TEST_STORE', () => ledgerOn(server))
