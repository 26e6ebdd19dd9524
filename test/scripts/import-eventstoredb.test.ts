import t from 'tap'
import { runImport } from '../../scripts/import/run.ts'
import type { EventStore } from '../../src/store/event-store.ts'
import { openEventStoreDb } from '../../src/store/eventstoredb.ts'
import { startNodes } from '../support/eventstoredb-node.ts'
import { createMemoryStore } from '../support/memory-store.ts'
import { handleOn, plan } from '../support/qazvin.ts'

t.test("the sample comes into a server's ledger as into any other, though connections break", async (t) => {
  const nodes = await startNodes()
  const store = await openEventStoreDb(nodes.address, { prefix: 'demo_' })
  t.teardown(async () => {
    await store.close()
    await nodes.close()
  })
  const elsewhere = createMemoryStore()
  const wanted = await runImport(handleOn(elsewhere), plan.commands)
  const result = await runImport(handleOn(store), plan.commands, (done) => {
    if (done % 200 === 0) nodes.gates[0]?.cut()
  })
  t.equal(result.added + result.found, wanted.added + wanted.found)
  t.equal(result.position, await store.end())
  t.strictSame(await contents(store), await contents(elsewhere))
  const again = await runImport(handleOn(store), plan.commands)
  t.equal(again.added, 0, 'a second run finds everything')
})

/** Everything but positions, which each store counts in its own way. */
async function contents(store: EventStore): Promise<string[]> {
  const found: string[] = []
  for await (const { id, type, stream, revision, data } of store.readAll(0n, [''])) {
    found.push([id, type, stream, revision, data].join(' '))
  }
  return found
}
