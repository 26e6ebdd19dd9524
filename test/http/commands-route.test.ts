import t from 'tap'
import { z } from 'zod'
import type { AnyCommand } from '../../commands/command.ts'
import type { Handle, Outcome, Request } from '../../commands/outcome.ts'
import { Refusal } from '../../src/errors.ts'
import type { Role } from '../../src/events/forms.ts'
import { eventsOf } from '../support/history.ts'
import { fakeRunner, testServer } from '../support/server.ts'

const events = eventsOf([
  { type: 'UnitRegistered', data: { unit: 'a', name: { fa: 'الف' }, kind: 'office' } }
])
const [event] = events
if (!event) throw new Error('there is one')

const outcome: Outcome = {
  events: [event],
  revision: 0,
  position: 7n,
  replayed: false,
  dryRun: false,
  created: { appeals: [], evidence: ['01JD8XW0000000000000000000'], requests: [] }
}

const register: AnyCommand = {
  name: 'register-unit',
  summary: { fa: 'ثبت واحد', en: 'Register a unit' },
  target: 'unit',
  roles: ['registrar'],
  body: z.strictObject({ unit: z.string() }),
  prepare: () => {
    throw new Error('only the handler prepares')
  }
}

interface Asked {
  body?: unknown
  headers?: Record<string, string>
  query?: string
  role?: Role
}

/** The server with a handler that remembers what it was asked and answers as it is told. */
async function server(data: string, answer: (request: Request) => Outcome = () => outcome) {
  const asked: { name: string; body: unknown; request: Request }[] = []
  const handle: Handle = async (name, body, request) => {
    asked.push({ name, body, request })
    return answer(request)
  }
  const parts = { data, events, runner: fakeRunner(events), handle, commands: [register] }
  const { app, bearer } = await testServer(parts)
  const post = async ({
    body = { unit: 'a' },
    headers = { 'idempotency-key': 'k-1' },
    query = '',
    role = 'registrar'
  }: Asked = {}) =>
    app.inject({
      method: 'POST',
      url: `/v1/commands/register-unit${query}`,
      headers: { ...(await bearer(role)), 'content-type': 'application/json', ...headers },
      payload: JSON.stringify(body)
    })
  return { app, asked, post }
}

t.test('a command goes in, what it did comes out', async (t) => {
  const { app, asked, post } = await server(t.testdir())
  t.teardown(() => app.close())
  const answer = await post({
    body: { unit: 'a', raw: ' as sent ' },
    headers: { 'idempotency-key': 'k-1', 'if-match': '"3"' }
  })
  t.equal(answer.statusCode, 201)
  t.strictSame(answer.json(), {
    events: [{ id: event.id, type: 'UnitRegistered', stream: 'unit-a', revision: '0' }],
    revision: '0',
    created: outcome.created
  })
  t.match(answer.headers, { etag: '"0"', 'ledger-position': '7' })
  t.notOk('idempotent-replay' in answer.headers)
  t.strictSame(asked, [
    {
      name: 'register-unit',
      body: { unit: 'a', raw: ' as sent ' },
      request: {
        actor: { id: 'e-17', role: 'registrar', units: [] },
        key: 'k-1',
        ifMatch: '3',
        dryRun: false
      }
    }
  ])
  t.match((await app.inject('/metrics')).payload, 'ledger_events_appended_total{type="UnitRegistered"} 1')
})

t.test('a replay says so and counts for nothing', async (t) => {
  const { app, post } = await server(t.testdir(), () => ({ ...outcome, replayed: true }))
  t.teardown(() => app.close())
  const answer = await post()
  t.match([answer.statusCode, answer.headers['idempotent-replay'], answer.headers.etag], [201, 'true', '"0"'])
  t.notMatch((await app.inject('/metrics')).payload, 'ledger_events_appended_total{')
})

t.test('a dry run needs no key and stores nothing', async (t) => {
  const touches = { nodes: ['G1'], total: { points: '10', percent: '50.00' }, ranks: [] }
  const { app, asked, post } = await server(t.testdir(), () => ({
    ...outcome,
    dryRun: true,
    position: 0n,
    touches
  }))
  t.teardown(() => app.close())
  const answer = await post({ query: '?dryRun=true', headers: {} })
  t.equal(answer.statusCode, 200)
  t.match(answer.json(), { dryRun: true, touches, events: [{ type: 'UnitRegistered', data: { unit: 'a' } }] })
  t.notOk('etag' in answer.headers)
  t.equal(answer.headers['ledger-position'], '1', 'the newest applied, for nothing was appended')
  t.match(asked, [{ request: { key: null, dryRun: true } }])
})

t.test('headers and parameters are checked before anything is decided', async (t) => {
  const { app, asked, post } = await server(t.testdir())
  t.teardown(() => app.close())
  const key = (value: string) => ({ headers: { 'idempotency-key': value } })
  const match = (value: string) => ({ headers: { 'idempotency-key': 'k', 'if-match': value } })
  const cases: [string, Asked, string][] = [
    ['no key', { headers: {} }, 'missing-idempotency-key'],
    ['an empty key', key(''), 'missing-idempotency-key'],
    ['a long key', key('k'.repeat(129)), 'malformed'],
    ['a key with a blank', key('a b'), 'malformed'],
    ['a key that cannot be seen', key('ké'), 'malformed'],
    ['no quotes', match('3'), 'malformed'],
    ['a weak tag', match('W/"3"'), 'malformed'],
    ['any revision', match('*'), 'malformed'],
    ['several revisions', match('"3", "4"'), 'malformed'],
    ['a leading zero', match('"03"'), 'malformed'],
    ['another word for yes', { query: '?dryRun=1' }, 'malformed'],
    ['an unknown parameter', { query: '?dry=true' }, 'malformed']
  ]
  for (const [name, request, code] of cases) {
    t.match((await post(request)).json(), { status: 400, code }, name)
  }
  t.strictSame(asked, [])
  t.equal((await post(key('k'.repeat(128)))).statusCode, 201, 'the longest key')
})

t.test('who may, and what there is', async (t) => {
  const { app, asked, post } = await server(t.testdir(), () => {
    throw new Refusal('changed-meanwhile', { event: event.id })
  })
  t.teardown(() => app.close())
  t.match((await post({ role: 'auditor' })).json(), { status: 403, code: 'forbidden-role' })
  t.strictSame(asked, [])
  const url = '/v1/commands/destroy-unit'
  t.match((await app.inject({ method: 'POST', url })).json(), { status: 404, code: 'no-route' })
  const got = await app.inject('/v1/commands/register-unit')
  t.match([got.statusCode, got.headers.allow], [405, 'POST'])
  t.match((await post()).json(), { status: 409, code: 'changed-meanwhile', event: event.id })
  t.match((await app.inject('/metrics')).payload, 'ledger_append_conflicts_total 1')
  const { paths } = (await app.inject('/openapi.json')).json()
  t.match(paths['/v1/commands/register-unit'].post, {
    operationId: 'register-unit',
    requestBody: {
      content: { 'application/json': { schema: { properties: { unit: { type: 'string' } } } } }
    },
    responses: { 201: {}, default: {} }
  })
})

t.test('a person may ask only so often', async (t) => {
  const { app, bearer } = await testServer({ data: t.testdir(), rateLimit: 2 })
  t.teardown(() => app.close())
  const ask = async (id: string) => app.inject({ url: '/v1/me', headers: await bearer('viewer', { id }) })
  await ask('e-17')
  await ask('e-17')
  const refused = await ask('e-17')
  t.match(refused.json(), { status: 429, code: 'rate-limited', detail: /Wait \d+ seconds/ })
  t.ok(Number(refused.headers['retry-after']) > 0)
  t.equal((await ask('e-18')).statusCode, 200, 'another person may')
  t.equal((await app.inject('/health/live')).statusCode, 200)
})
