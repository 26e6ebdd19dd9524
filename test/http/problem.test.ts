import { connect } from 'node:net'
import type { InjectOptions } from 'fastify'
import t from 'tap'
import { z } from 'zod'
import { Refusal } from '../../src/errors.ts'
import type { App } from '../../src/http/app-type.ts'
import { readRoute } from '../../src/http/describe.ts'
import { problemOf } from '../../src/http/problem.ts'
import type { RefusalCode } from '../../src/refusals.ts'
import { Unavailable } from '../../src/store/event-store.ts'
import * as terms from '../../src/web/words/terms.ts'
import { openToAll, testServer } from '../support/server.ts'

const EVENT = '00000000-0000-4000-8000-000000000001'

/** Routes that fail in every way a route can. */
function failing(app: App): void {
  const fail = (error: unknown) => async () => {
    throw error
  }
  app.get('/v1/crash', fail(new Error('secret: password 42')))
  app.get('/v1/away', fail(new Unavailable('disk of host db-3 is full')))
  app.get('/v1/closed', fail(new Refusal('stale', { params: { revision: 3, expected: '2' }, event: EVENT })))
  app.post('/v1/echo', async (request) => ({ got: request.body }))
  const query = z.strictObject({ level: z.enum(['self', 'final']).optional() })
  const route = readRoute({
    summary: { fa: 'آزمون', en: 'Test' },
    tag: 'test',
    query,
    answer: z.strictObject({ level: z.string().optional() })
  })
  app.get('/v1/checked', route, async (request) => ({ ...request.query }))
}

const access = openToAll(
  'GET /v1/crash',
  'GET /v1/away',
  'GET /v1/closed',
  'POST /v1/echo',
  'GET /v1/checked'
)

const json = { 'content-type': 'application/json' }

t.test('every way to fail ends in a problem document', async (t) => {
  const { app } = await testServer({ data: t.testdir(), readRoutes: failing, access })
  t.teardown(() => app.close())
  const big = JSON.stringify({ text: 'x'.repeat(1024 * 1024) })
  const cases: [string, number, string, InjectOptions][] = [
    ['no such address', 404, 'no-route', { url: '/v1/nothing' }],
    ['a wrong method', 405, 'method-not-allowed', { url: '/v1/checked', method: 'DELETE' }],
    ['broken JSON', 400, 'malformed', { url: '/v1/echo', method: 'POST', headers: json, payload: '{"a":' }],
    ['no JSON', 400, 'malformed', { url: '/v1/echo', method: 'POST', headers: json, payload: '' }],
    [
      'not UTF-8',
      400,
      'malformed',
      { url: '/v1/echo', method: 'POST', headers: json, payload: Buffer.from([0x22, 0xff, 0x22]) }
    ],
    [
      'a poisoned prototype',
      400,
      'malformed',
      { url: '/v1/echo', method: 'POST', headers: json, payload: '{"__proto__":{"x":1}}' }
    ],
    ['a large body', 413, 'too-large', { url: '/v1/echo', method: 'POST', headers: json, payload: big }],
    ['an unknown parameter', 400, 'malformed', { url: '/v1/checked?lvl=self' }],
    ['a bad parameter', 400, 'malformed', { url: '/v1/checked?level=best' }],
    ['a parameter twice', 400, 'malformed', { url: '/v1/checked?level=self&level=final' }],
    ['a bad address', 400, 'malformed', { url: '/v1/%zz' }],
    ['a crash', 500, 'internal', { url: '/v1/crash' }],
    ['a store that is away', 503, 'unavailable', { url: '/v1/away' }],
    ['a refusal', 412, 'stale', { url: '/v1/closed' }]
  ]
  for (const [name, status, code, request] of cases) {
    const answer = await app.inject(request)
    const problem = answer.json()
    t.equal(answer.statusCode, status, name)
    t.match(answer.headers['content-type'], 'application/problem+json', name)
    t.match(problem, { type: `/problems/${code}`, status, code, title: /./, detail: /./ }, name)
    t.ok(problem.instance && problem.instance === answer.headers['x-request-id'], `${name} names its request`)
    t.notMatch(answer.payload, /secret|db-3|node_modules|\.ts:/, `${name} tells nothing of the inside`)
  }
})

t.test('a problem says what to do about it', async (t) => {
  const { app } = await testServer({ data: t.testdir(), readRoutes: failing, access })
  t.teardown(() => app.close())
  const wrong = await app.inject({ url: '/v1/checked', method: 'PUT' })
  t.equal(wrong.headers.allow, 'GET, HEAD', 'the methods that are allowed')
  const unknown = await app.inject({ url: '/v1/checked?lvl=self' })
  t.match(unknown.json().errors, [{ pointer: '/lvl', detail: /./ }], 'the place that is wrong')
  const closed = await app.inject({ url: '/v1/closed' })
  t.match(closed.json(), { event: EVENT, detail: /revision 3, not at 2/ })
  const away = await app.inject({ url: '/v1/away' })
  t.equal(away.headers['retry-after'], '1')
  const described = await app.inject({ url: '/problems/stale' })
  t.match(described.json(), { code: 'stale', status: 412, title: { fa: /./, en: /./ } })
  t.equal((await app.inject({ url: '/problems/toString' })).statusCode, 404)
})

t.test('title and detail follow Accept-Language', async (t) => {
  const { app } = await testServer({ data: t.testdir() })
  t.teardown(() => app.close())
  const wants = async (language: string | undefined) => {
    const headers = language === undefined ? {} : { 'accept-language': language }
    return (await app.inject({ url: '/v1/nothing', headers })).headers['content-language']
  }
  t.equal(await wants(undefined), 'en')
  t.equal(await wants('*'), 'en')
  t.equal(await wants('de'), 'en')
  t.equal(await wants('fa-IR,fa;q=0.9,en;q=0.8'), 'fa')
  t.equal(await wants('en;q=0.5, fa;q=0.7'), 'fa')
  t.equal(await wants('fa;q=0, de'), 'en')
})

t.test('a Persian sentence says codes in the words of the pages, and leaves names as they are', async (t) => {
  const told = (code: RefusalCode, params: Record<string, string>) =>
    problemOf(new Refusal(code, { params }), 'fa', 'x').detail
  t.equal(
    told('wrong-stage', { stage: 'self-assessment', needed: 'review, appeal' }),
    'ارزیابی در مرحله خودارزیابی است؛ این کار مرحله بررسی کارشناسی، مهلت اعتراض می‌خواهد.'
  )
  t.equal(told('appeal-not-open', { status: 'withdrawn' }), 'این اعتراض مسترد است.')
  t.equal(told('no-result', { outcome: 'inadmissible' }).slice(0, 22), 'اعتراضی که رد شکلی شود')
  t.equal(told('unjudged', { nodes: 'final, review' }), 'این برگ‌ها هنوز داوری نشده‌اند: final, review.')
  t.match(told('not-your-unit', { units: 'live, expert', unit: 'appeal' }), 'live, expert')
  const codes: [RefusalCode, string, Readonly<Record<string, { fa: string }>>][] = [
    ['wrong-stage', 'stage', terms.stages],
    ['wrong-stage', 'needed', terms.stages],
    ['wrong-origin', 'origin', terms.origins],
    ['forbidden-role', 'role', terms.roles],
    ['forbidden-role', 'roles', terms.roles]
  ]
  for (const [code, name, words] of codes) {
    for (const [each, { fa }] of Object.entries(words)) t.match(told(code, { [name]: each }), fa, each)
  }
  const rest: [RefusalCode, string, string[]][] = [
    ['appeal-not-open', 'status', ['open', 'decided', 'withdrawn']],
    ['no-result', 'outcome', ['upheld', 'partly-upheld', 'rejected', 'inadmissible']],
    ['bad-lineage', 'relation', ['same', 'split', 'merged', 'new', 'retired']],
    ['not-found', 'kind', ['address', 'appeal', 'comparison', 'evaluation', 'event', 'node', 'problem']],
    ['not-found', 'kind', ['register', 'schema']]
  ]
  for (const [code, name, values] of rest) {
    for (const each of values) t.notMatch(told(code, { [name]: each }), each, `${each} has a word`)
  }
  const english = problemOf(
    new Refusal('wrong-stage', { params: { stage: 'review', needed: 'x' } }),
    'en',
    'x'
  )
  t.match(english.detail, 'in stage review; this takes x')
})

t.test('only application/json is taken, however it is spelled', async (t) => {
  const { app } = await testServer({ data: t.testdir(), readRoutes: failing, access })
  t.teardown(() => app.close())
  const send = async (type: string | undefined) => {
    const headers = type === undefined ? {} : { 'content-type': type }
    return (await app.inject({ url: '/v1/echo', method: 'POST', headers, payload: Buffer.from('{"a":1}') }))
      .statusCode
  }
  for (const type of [
    'application/json',
    'application/json; charset=utf-8',
    'application/json;charset=UTF-8'
  ]) {
    t.equal(await send(type), 200, type)
  }
  for (const type of [
    undefined,
    'text/plain',
    'application/json\t; charset=utf-8',
    'application/json ; charset=utf-8',
    'Application/JSON',
    'application/json, text/plain',
    'application/json; charset=latin1',
    'application/jsonx'
  ]) {
    t.equal(await send(type), 415, String(type))
  }
})

t.test('what is not HTTP gets a problem too', async (t) => {
  const { app } = await testServer({ data: t.testdir() })
  t.teardown(() => app.close())
  await app.listen({ host: '127.0.0.1', port: 0 })
  const address = app.server.address()
  const port = address && typeof address === 'object' ? address.port : 0
  const answer = await new Promise<string>((resolve, reject) => {
    let text = ''
    const socket = connect(port, '127.0.0.1', () => socket.write('NONSENSE\r\n\r\n'))
    socket.on('data', (data) => {
      text += data
    })
    socket.on('end', () => resolve(text))
    socket.on('error', reject)
  })
  t.match(answer, /^HTTP\/1\.1 400 [\s\S]*application\/problem\+json[\s\S]*"code":"malformed"/)
})

t.test('a route that does not say who may call it stops the start', async (t) => {
  const open = (app: App) => app.get('/v1/open', async () => 'everybody')
  await t.rejects(
    testServer({ data: t.testdir(), readRoutes: open }),
    /GET \/v1\/open .*nobody said who may call it/
  )
})
