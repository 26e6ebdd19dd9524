import { join } from 'node:path'
import t from 'tap'
import { openEmbeddedStore } from '../../src/store/embedded.ts'
import { contract } from './contract.ts'

contract(t, 'the embedded store', async () => {
  const path = join(t.testdir(), 'folder', 'ledger.db')
  const store = await openEmbeddedStore(path)
  return { store, cleanup: () => store.close(), reopen: () => openEmbeddedStore(path) }
})
