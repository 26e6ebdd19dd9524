import { randomUUID } from 'node:crypto'
import t from 'tap'
import { openEventStoreDb } from '../../src/store/eventstoredb.ts'
import { startNodes } from '../support/eventstoredb-node.ts'
import { contract } from './contract.ts'

// Streams of the contract have names of any kind, so all under the prefix are this ledger's.
const options = () => ({ prefix: `karnameh_test_${randomUUID().slice(0, 8)}_`, kinds: [''] })

contract(t, "the client over the event store's protocol", async () => {
  const nodes = await startNodes()
  const own = options()
  const store = await openEventStoreDb(nodes.address, own)
  return {
    store,
    async cleanup() {
      await store.close()
      await nodes.close()
    },
    reopen: () => openEventStoreDb(nodes.address, own)
  }
})

const real = process.env.KARNAMEH_TEST_STORE
if (real) {
  contract(t, 'the server at KARNAMEH_TEST_STORE', async () => {
    const own = options()
    const store = await openEventStoreDb(real, own)
    return { store, cleanup: () => store.close(), reopen: () => openEventStoreDb(real, own) }
  })
}
