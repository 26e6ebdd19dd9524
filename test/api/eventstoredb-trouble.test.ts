import { setTimeout as pause } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { PATIENCE } from '../../src/store/eventstoredb-wire.ts'
import { startTestApp, type TestApp, type Who } from '../support/app.ts'
import { startNodes } from '../support/eventstoredb-node.ts'

/* A server whose ledger somebody has harmed, or that cannot reach it. */

// What is waited for here never comes, so a server in this process gives up sooner.
PATIENCE.total = 2_000

const registrar: Who = { id: 'r-1', role: 'registrar' }
const auditor: Who = { id: 'a-9', role: 'auditor' }
const office = (unit: string) => ({ unit, name: { fa: unit }, kind: 'office' })

async function served(t: Test, count = 1) {
  const nodes = await startNodes(count)
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

t.test(
  'a leader that is lost for longer than patience lasts is a 503, and the key tells the outcome',
  async (t) => {
    const { nodes, start } = await served(t, 3)
    const app = await start()
    await app.act(registrar, 'register-unit', office('yazd'))
    const key = { 'idempotency-key': 'while-nobody-leads' }
    const register = () => app.command(registrar, 'register-unit', office('qom'), key)
    await nodes.killLeader(4 * PATIENCE.total)
    const asked = register()
    let reads = 0
    for (let isOver = false; !isOver; ) {
      const { statusCode } = await app.get(auditor, '/v1/units')
      if (statusCode !== 200) t.fail(`a read: ${statusCode}`)
      reads += 1
      isOver = await Promise.race([asked.then(() => true), pause(50, false)])
    }
    t.ok(reads > 5, `${reads} reads meanwhile`)
    const answer = await asked
    t.match(answer.json(), { status: 503, code: 'unavailable' })
    t.match(answer.headers['retry-after'], /^[1-9]\d*$/)
    t.equal(nodes.log.visible('offices_unit-qom').length, 0)

    let again = await register()
    for (let i = 0; i < 20 && again.statusCode === 503; i++) again = await register()
    t.equal(again.statusCode, 201)
    const later = await register()
    t.strictSame([later.statusCode, later.headers['idempotent-replay']], [201, 'true'])
    t.strictSame(later.json().events, again.json().events)
    t.equal(nodes.log.visible('offices_unit-qom').length, 1)
    await app.settled()
    t.equal((await app.read(auditor, '/v1/units')).items.length, 2, 'projections have gone on')
  }
)

t.test('an act that was stored without an answer is a 503, and the key tells that it was', async (t) => {
  const { nodes, start } = await served(t)
  const app = await start()
  const key = { 'idempotency-key': 'no-answer' }
  const register = () => app.command(registrar, 'register-unit', office('yazd'), key)
  nodes.faults.lostAnswers = Number.POSITIVE_INFINITY
  t.match((await register()).json(), { status: 503, code: 'unavailable' })
  nodes.faults.lostAnswers = 0
  const again = await register()
  t.strictSame([again.statusCode, again.headers['idempotent-replay']], [201, 'true'])
  const [stored, ...more] = nodes.log.visible('offices_unit-yazd')
  t.strictSame(
    again.json().events.map(({ id }: { id: string }) => id),
    [stored?.id]
  )
  t.strictSame(more, [])
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
