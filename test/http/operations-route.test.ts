import t from 'tap'
import { createClock } from '../../src/clock.ts'
import { Unavailable } from '../../src/store/event-store.ts'
import { eventsOf } from '../support/history.ts'
import { fakeRunner, listStore, testServer } from '../support/server.ts'

const office = (unit: string) => ({
  type: 'UnitRegistered' as const,
  data: { unit, name: { fa: unit }, kind: 'office' as const }
})
const events = eventsOf([office('a'), office('b'), office('c')])

t.test('ready once all that the store held at the start has been applied', async (t) => {
  const runner = fakeRunner(events, 1n)
  let isPrepared = false
  const { app } = await testServer({ data: t.testdir(), events, runner, isPrepared: () => isPrepared })
  t.teardown(() => app.close())
  const ready = async () => {
    const answer = await app.inject('/health/ready')
    return [answer.statusCode, answer.json()]
  }
  const behind = { name: 'journal', position: '1', lag: '2', stopped: null }
  t.match(await ready(), [503, { status: 'not-ready', store: 'answers', projections: [behind] }])
  t.equal((await app.inject('/health/live')).statusCode, 200, 'alive all the same')
  runner.apply(3n)
  t.match(await ready(), [503, { status: 'not-ready' }], 'something else is to be done')
  isPrepared = true
  t.match(await ready(), [200, { status: 'ready', projections: [{ position: '3', lag: '0' }] }])
  const error = 'no such node'
  runner.stopped.set('journal', { event: 'the-event', position: 3n, error })
  t.match(await ready(), [503, { projections: [{ stopped: { event: 'the-event', position: '3', error } }] }])
  const { payload } = await app.inject('/metrics')
  t.match(payload, 'ledger_projection_position{projection="journal"} 3')
  t.match(payload, 'ledger_projection_stopped{projection="journal"} 1')
  t.match(
    payload,
    /http_server_request_duration_seconds_count\{method="GET",route="\/health\/ready",status="200"\} 1/
  )
})

t.test('not ready while the store does not answer', async (t) => {
  const end = async () => {
    throw new Unavailable('gone')
  }
  const { app } = await testServer({ data: t.testdir(), events, store: { ...listStore(events), end } })
  t.teardown(() => app.close())
  const answer = await app.inject('/health/ready')
  t.match(
    [answer.statusCode, answer.json()],
    [503, { store: 'silent', projections: [{ position: '3', lag: null }] }]
  )
  t.equal((await app.inject('/metrics')).statusCode, 200)
})

t.test('figures do not wait for a store that says nothing', async (t) => {
  let asked = 0
  const end = () => {
    asked += 1
    return new Promise<bigint>(() => {})
  }
  const { app } = await testServer({ data: t.testdir(), events, store: { ...listStore(events), end } })
  t.teardown(() => app.close())
  for (const _ of [1, 2]) {
    const { statusCode, payload } = await app.inject('/metrics')
    t.equal(statusCode, 200)
    t.match(payload, 'ledger_projection_position{projection="journal"} 3')
    t.match(payload, 'ledger_store_answers 0')
    t.notMatch(payload, 'ledger_projection_lag_events{')
  }
  t.equal(asked, 1, 'nor is it asked again before it has answered')
  const other = await testServer({ data: t.testdir(), events })
  t.teardown(() => other.app.close())
  const { payload } = await other.app.inject('/metrics')
  t.match(payload, 'ledger_store_answers 1')
  t.match(payload, 'ledger_projection_lag_events{projection="journal"} 0')
})

t.test('what the last attestation found, unless it was of another ledger', async (t) => {
  const found = { at: '2026-01-01T00:00:00.000Z', position: '3', outcome: 'same' as const }
  const ofLedger = (ledger: string) => ({ ...found, ledger, projections: [] })
  const cases = [
    [null, null],
    [ofLedger(await listStore(events).identity()), found],
    [ofLedger('another'), null]
  ] as const
  for (const [last, shown] of cases) {
    const { app } = await testServer({ data: t.testdir(), events, lastAttestation: async () => last })
    t.strictSame((await app.inject('/health/ready')).json().attestation, shown)
    await app.close()
  }
})

t.test('a mark that does not move while events grow is told of', async (t) => {
  const runner = fakeRunner(events, 1n)
  let time = Date.parse('2026-01-01T00:00:00Z')
  const clock = createClock(() => time)
  const { app } = await testServer({ data: t.testdir(), events, runner, clock })
  t.teardown(() => app.close())
  const stalled = async () => {
    const [first] = (await app.inject('/health/ready')).json().projections
    return first.stalledSince
  }
  t.equal(await stalled(), null, 'it may be on its way')
  time += 6_000
  t.equal(await stalled(), '2026-01-01T00:00:00.000Z', 'since when it was seen there')
  runner.apply(2n)
  t.equal(await stalled(), null, 'it moves')
  time += 6_000
  t.equal(await stalled(), '2026-01-01T00:00:06.000Z')
  runner.apply(3n)
  time += 60_000
  t.equal(await stalled(), null, 'nothing is left to apply')
})

t.test('rows that are being built anew are watched where they are built', async (t) => {
  let rebuilt = 1n
  let time = Date.parse('2026-01-01T00:00:00Z')
  const clock = createClock(() => time)
  const status = () => [{ name: 'journal', version: 2, position: 1n, rebuilt, stopped: null }]
  const runner = { ...fakeRunner(events, 1n), status }
  const { app } = await testServer({ data: t.testdir(), events, runner, clock })
  t.teardown(() => app.close())
  const journal = async () => {
    const [first] = (await app.inject('/health/ready')).json().projections
    return first
  }
  t.match(await journal(), { position: '1', rebuilt: '1', stalledSince: null })
  time += 60_000
  rebuilt = 2n
  t.match(await journal(), { position: '1', rebuilt: '2', stalledSince: null }, 'what is served stands still')
  time += 6_000
  t.match(await journal(), { stalledSince: '2026-01-01T00:01:00.000Z' }, 'nor do they move that are built')
})

t.test('lag counts events, also where positions do not', async (t) => {
  const far = events.map((event) => ({ ...event, position: event.position * 1000n }))
  const runner = fakeRunner(far, 1000n)
  const { app } = await testServer({ data: t.testdir(), events: far, runner, shared: true })
  t.teardown(() => app.close())
  t.match((await app.inject('/health/ready')).json(), { projections: [{ position: '1000', lag: '2' }] })
})

t.test('what needs no token says so, and the page for the rest loads', async (t) => {
  const { app } = await testServer({ data: t.testdir() })
  t.teardown(() => app.close())
  const { openapi, paths } = (await app.inject('/openapi.json')).json()
  t.match(openapi, /^3\.1/)
  t.strictSame(paths['/health/live'].get.security, [])
  t.notOk('security' in paths['/v1/me'].get, 'the rule for all stands')
  const page = await app.inject('/docs/')
  t.equal(page.statusCode, 200)
  t.notMatch(page.payload, /<script>/, 'nothing inline, which the policy would forbid')
  const [, script] = /src="\.(\/static\/[^"]+)"/.exec(page.payload) ?? []
  t.equal((await app.inject(`/docs${script}`)).statusCode, 200)
})
