import { readdirSync, readFileSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import t from 'tap'
import { startNodes } from './support/eventstoredb-node.ts'

/*
 * Everything that a whole server is asked in `api/` and `web/` on the embedded ledger, asked again of servers whose
 * ledger is kept over the event store's protocol: many of them at once on one node, each with a prefix of its own.
 */

/** They have nodes of their own. */
const ON_THE_WIRE_ALREADY = /^eventstoredb/

/**
 * Starts a server as it is asked to, and looks at what it answers. What a browser makes of the same answers is no other
 * where the ledger is elsewhere, and takes minutes.
 */
const ASKS_A_SERVER = /\bstartTestApp\(t\)/
const IN_A_BROWSER = /\bopenBrowser\b/

/** No file takes so long; one that hangs ends well before this whole test would, and says what it waited for. */
const HANGS_MS = 600_000

const folder = (name: string) => join(import.meta.dirname, name)
const testsIn = (name: string): string[] =>
  readdirSync(folder(name))
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => join(folder(name), file))

const ofApi = testsIn('api').filter((path) => !ON_THE_WIRE_ALREADY.test(basename(path)))
const ofWeb = testsIn('web').filter((path) => {
  const text = readFileSync(path, 'utf8')
  return ASKS_A_SERVER.test(text) && !IN_A_BROWSER.test(text)
})

const nodes = await startNodes()
t.teardown(nodes.close)
t.jobs = 2
t.ok(ofApi.length > 15, `${ofApi.length} files about the API`)
t.ok(ofWeb.length > 10, `${ofWeb.length} files about pages`)

for (const path of [...ofApi, ...ofWeb]) {
  // The second argument gives it other folders than the same file has that runs on the embedded ledger.
  const command = [path, 'on-the-wire']
  const env = { ...process.env, KARNAMEH_TEST_STORE: nodes.address }
  const name = `${relative(import.meta.dirname, path)} on the wire`
  void t.spawn(process.execPath, command, { env, buffered: true, timeout: HANGS_MS }, name)
}

t.test('no number of a caller reached the server', async (t) => {
  t.ok(nodes.asked.reads > 0, 'they were on it')
  t.strictSame(nodes.asked.strayPositions, [])
})
