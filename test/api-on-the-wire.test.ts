import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { startNodes } from './support/eventstoredb-node.ts'

/*
 * Everything that a whole server is asked in `api/` on the embedded ledger, asked again of servers whose ledger is kept
 * over the event store's protocol: many of them at once on one node, each with a prefix of its own.
 */

const FOLDER = join(import.meta.dirname, 'api')

/** They have nodes of their own. */
const ON_THE_WIRE_ALREADY = /^eventstoredb/

const files = readdirSync(FOLDER).filter(
  (name) => name.endsWith('.test.ts') && !ON_THE_WIRE_ALREADY.test(name)
)

const nodes = await startNodes()
t.teardown(nodes.close)
t.jobs = 2
t.ok(files.length > 15, `${files.length} files`)

for (const file of files) {
  // The second argument gives it other folders than the same file has that runs on the embedded ledger.
  const command = [join(FOLDER, file), 'on-the-wire']
  const env = { ...process.env, KARNAMEH_TEST_STORE: nodes.address }
  void t.spawn(process.execPath, command, { env, buffered: true, timeout: 1_500_000 }, `${file} on the wire`)
}

t.test('no number of a caller reached the server', async (t) => {
  t.ok(nodes.asked.reads > 0, 'they were on it')
  t.strictSame(nodes.asked.strayPositions, [])
})
