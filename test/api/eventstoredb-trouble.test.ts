import t, { type Test } from 'tap'
import { startTestApp, type TestApp, type Who } from '../support/app.ts'
import { startNodes } from '../support/eventstoredb-node.ts'

/* A server whose ledger somebody has harmed, or that cannot reach it. */

const registrar: Who = { id: 'r-1', role: 'registrar' }
const auditor: Who = { id: 'a-9', role: 'auditor' }
const office = (unit: string) => ({ unit, name: { fa: unit }, kind: 'office' })

async function served(t: Test) {
  const nodes = await startNodes()
  t.teardown(nodes.close)
  const variables = { KARNAMEH_STORE: nodes.address, KARNAMEH_STREAM_PREFIX: 'offices_' }
  const start = () => startTestApp(t, t.testdirName, variables)
  t.testdir()
  return { nodes, start }
}

const readiness = async (app: TestApp) => {
  const answer = await app.ask(null, '/health/ready')
  return { code: answer.statusCode, ...answer.json() }
}

t.test('a stream that is set to forget makes a running server say so, and go no further', async (t) => {
  const { nodes, start } = await served(t)
  const app = await start()
  await app.act(registrar, 'register-unit', office('yazd'))
  t.match(await readiness(app), { code: 200 })
  nodes.log.setMetadata('offices_unit-yazd', { $maxCount: 10 })
  let isReady = true
  for (let i = 0; i < 100 && isReady; i++) {
    await new Promise((resolve) => setTimeout(resolve, 20))
    isReady = (await readiness(app)).code === 200
  }
  const { code, store, projections } = await readiness(app)
  t.strictSame([code, store], [503, 'answers'])
  const stopped = { event: null, error: /offices_unit-yazd has \$maxCount/ }
  for (const projection of projections) t.match(projection, { stopped })

  const done = await app.command(registrar, 'register-unit', office('qom'))
  const waitFor = String(done.headers['ledger-position'])
  const refused = await app.get(auditor, `/v1/units?waitFor=${waitFor}`)
  t.match(refused.json(), { status: 503, code: 'damaged' })
  t.match((await app.read(auditor, '/v1/units')).items, [{ unit: 'yazd' }], 'what was applied is read')
  await app.close()
  await t.rejects(start(), { name: 'Damaged' })
  nodes.log.setMetadata('offices_unit-yazd', {})
  const mended = await start()
  await mended.settled()
  t.match(await readiness(mended), { code: 200 })
  t.equal((await mended.read(auditor, '/v1/units')).items.length, 2)
})

t.test('what is asked of a damaged ledger itself is refused as such', async (t) => {
  const { nodes, start } = await served(t)
  const app = await start()
  await app.act(registrar, 'register-unit', office('yazd'))
  nodes.log.tombstone('offices_unit-yazd')
  const rename = { unit: 'yazd', name: { fa: 'یزد' }, reason: 'a slip' }
  const answer = await app.command(registrar, 'reclassify-unit', rename)
  t.match(answer.json(), { status: 503, code: 'damaged' })
})

t.test('figures are told while the server of the ledger is down', async (t) => {
  const { nodes, start } = await served(t)
  const app = await start()
  await app.act(registrar, 'register-unit', office('yazd'))
  const figures = async () => (await app.ask(null, '/metrics')).payload
  t.match(await figures(), 'ledger_store_answers 1')
  await nodes.gates[0]?.down()
  let said = false
  const ended = app.store.end().catch(() => {
    said = true
  })
  const told = await figures()
  t.match(told, 'ledger_store_answers 0')
  t.match(told, /ledger_projection_position\{projection="journal"\} [1-9]/)
  t.notOk(said, 'long before the store itself says that nobody answers')
  t.match(await readiness(app), { code: 503, store: 'silent' })
  await nodes.gates[0]?.rise()
  await ended
})
