import { connect } from 'node:net'
import type { InjectOptions } from 'fastify'
import t, { type Test } from 'tap'
import { parseConfig } from '../../src/config.ts'
import type { App } from '../../src/http/app-type.ts'
import { isTooDeep } from '../../src/http/validation.ts'
import { createLog } from '../../src/log.ts'
import { openToAll, type TestServerOptions, testServer } from '../support/server.ts'

const echo = (app: App) =>
  void app.post('/v1/echo', async (request) => ({ got: request.body, ip: request.ip }))
const access = openToAll('POST /v1/echo')
const anyone = { who: 'anyone', others: 'hidden', figures: 'all' } as const

async function server(t: Test, parts: Omit<TestServerOptions, 'data'> = {}) {
  const made = await testServer({ data: t.testdir(), readRoutes: echo, access, ...parts })
  t.teardown(() => made.app.close())
  return made
}

const post = (headers: Record<string, string>, payload = '{"a":1}'): InjectOptions => ({
  ...{ url: '/v1/echo', method: 'POST', headers, payload }
})

t.test('only one way to say JSON, looked at before a byte is parsed', async (t) => {
  const { app } = await server(t)
  for (const type of [
    'application/json',
    'application/json; charset=utf-8',
    'application/json;charset="UTF-8"'
  ])
    t.equal((await app.inject(post({ 'content-type': type }))).statusCode, 200, type)
  const other = [
    ...['Application/JSON', 'APPLICATION/JSON', 'application/Json', 'application/json ;charset=utf-8'],
    ...['application/json\t;charset=utf-8', 'application/json;\tcharset=utf-8', 'application/json\t; x=y'],
    ...[
      'application/json;charset=utf-16',
      'application/json; charset=utf-8; x=y',
      'application/json,text/plain'
    ],
    ...['application/json; boundary=x', 'application/jsonp', 'application/problem+json', ' text/json'],
    ...['multipart/form-data; boundary=application/json', 'application/x-www-form-urlencoded', '*/*', 'json']
  ]
  for (const type of other) {
    const answer = await app.inject(post({ 'content-type': type }, '{"__proto__":1'))
    t.match(answer.json(), { status: 415, code: 'unsupported-media-type' }, JSON.stringify(type))
  }
})

t.test('bodies are bounded in depth', async (t) => {
  const { app } = await server(t)
  const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)
  const send = (payload: string) => app.inject(post({ 'content-type': 'application/json' }, payload))
  t.equal((await send(nested(32))).statusCode, 200)
  t.match((await send(nested(33))).json(), {
    status: 400,
    code: 'malformed',
    errors: [{ detail: /32 levels/ }]
  })
  t.equal((await send(nested(300_000))).statusCode, 400)
  t.equal((await send(`{"a":${'{"b":'.repeat(40)}1${'}'.repeat(41)}`)).statusCode, 400)
  t.notOk(
    isTooDeep(JSON.stringify({ a: `${'['.repeat(99)}"\\`, b: '{'.repeat(99) })),
    'in a string it is text'
  )
  t.notOk(isTooDeep('[],'.repeat(99)), 'beside is not below')
  t.ok(isTooDeep(`"\\\\"${'['.repeat(40)}`), 'an escaped escape does not keep a string open')
})

/** What is answered to raw bytes. */
async function raw(app: App, bytes: string): Promise<string> {
  if (!app.server.listening) await app.listen({ host: '127.0.0.1', port: 0 })
  const address = app.server.address()
  const port = address && typeof address === 'object' ? address.port : 0
  return new Promise((resolve, reject) => {
    let text = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes))
    socket.on('data', (data) => {
      text += data
    })
    socket.on('end', () => resolve(text))
    socket.on('error', reject)
  })
}

t.test('headers are bounded', async (t) => {
  const { app } = await server(t)
  const large = `GET /health/live HTTP/1.1\r\nHost: a\r\nX-Large: ${'x'.repeat(17_000)}\r\n\r\n`
  t.match(await raw(app, large), /^HTTP\/1\.1 431 [\s\S]*problem\+json[\s\S]*"code":"headers-too-large"/)
  t.ok(app.server.headersTimeout <= 10_000 && app.server.requestTimeout <= 30_000, 'and in time')
})

t.test('too much at once is sent away at once, and whoever waits too long is told', async (t) => {
  const gate = Promise.withResolvers<void>()
  const readRoutes = (app: App) => {
    app.get('/v1/slow', async () => {
      await gate.promise
      return { done: true }
    })
  }
  const load = { inFlightMax: 3, answerMs: 1_000 }
  const lines: string[] = []
  const log = createLog('info', { write: (line: string) => void lines.push(line) })
  const { app, bearer } = await server(t, { readRoutes, access: { 'GET /v1/slow': anyone }, load, log })
  // Without a socket nothing else keeps this process waiting.
  const alive = setInterval(() => {}, 1_000)
  t.teardown(() => clearInterval(alive))
  const headers = await bearer('viewer')
  const ask = () => app.inject({ url: '/v1/slow', headers })
  const waiting = [ask(), ask(), ask()]
  await new Promise((resolve) => setTimeout(resolve, 50))
  let isOver = false
  void Promise.race(waiting).then(() => (isOver = true))
  const refused = await ask()
  t.match(refused.json(), { status: 503, code: 'overloaded' })
  t.equal(refused.headers['retry-after'], '1')
  t.notOk(isOver, 'at once, while the others still wait')
  t.equal((await app.inject('/health/live')).statusCode, 200, 'whoever runs it is answered all the same')
  for (const late of await Promise.all(waiting)) t.match(late.json(), { status: 503, code: 'overloaded' })
  gate.resolve()
  t.equal((await ask()).statusCode, 200, 'afterwards there is room again')
  for (let i = 0; i < 5; i++) await app.inject({ url: '/v1/me' })
  t.equal((await ask()).statusCode, 200, 'what was refused takes no room')
  t.notMatch(lines.join(''), /not answered/, 'nor a line for each in the log')
})

t.test('who reads a stream, or went away, takes no room', async (t) => {
  const { app, bearer } = await server(t, { load: { inFlightMax: 1 }, access: { 'POST /v1/echo': anyone } })
  const { authorization } = await bearer('auditor')
  await app.listen({ host: '127.0.0.1', port: 0 })
  const address = app.server.address()
  const port = address && typeof address === 'object' ? address.port : 0
  const half = `POST /v1/echo HTTP/1.1\r\nHost: a\r\nAuthorization: ${authorization}\r\n`
  const gone = connect(port, '127.0.0.1', () => {
    gone.write(`${half}Content-Type: application/json\r\nContent-Length: 9\r\n\r\n{`)
  })
  const ask = async () => (await app.inject({ url: '/v1/me', headers: { authorization } })).statusCode
  const until = async (status: number) => {
    for (let i = 0; i < 500 && (await ask()) !== status; i++)
      await new Promise((resolve) => setTimeout(resolve, 10))
    return ask()
  }
  await new Promise((resolve) => app.server.once('request', resolve))
  t.equal(await until(503), 503, 'who is still sending takes it')
  gone.destroy()
  t.equal(await until(200), 200)
  const reader = connect(port, '127.0.0.1', () => {
    reader.write(`GET /v1/events/live HTTP/1.1\r\nHost: a\r\nAuthorization: ${authorization}\r\n\r\n`)
  })
  await new Promise((resolve) => reader.once('data', resolve))
  t.equal(await ask(), 200)
  reader.destroy()
})

t.test('who went away while it was looked up who they are takes no room', async (t) => {
  const gate = Promise.withResolvers<void>()
  const actor = { id: 'a-1', role: 'auditor', units: [] } as const
  const verify = async (authorization?: string) => {
    if (authorization === 'slow') await gate.promise
    return { actor: { ...actor, units: [] }, expiresAt: Date.now() + 60_000 }
  }
  const { app } = await server(t, {
    verify,
    load: { inFlightMax: 1 },
    access: { 'POST /v1/echo': anyone }
  })
  await app.listen({ host: '127.0.0.1', port: 0 })
  const address = app.server.address()
  const port = address && typeof address === 'object' ? address.port : 0
  const head =
    'POST /v1/echo HTTP/1.1\r\nHost: a\r\nAuthorization: slow\r\nContent-Type: application/json\r\n'
  const gone = connect(port, '127.0.0.1', () => gone.write(`${head}Content-Length: 9\r\n\r\n{`))
  await new Promise((resolve) => app.server.once('request', resolve))
  const ask = async () =>
    (await app.inject({ url: '/v1/me', headers: { authorization: 'quick' } })).statusCode
  t.equal(await ask(), 503)
  gone.destroy()
  await new Promise((resolve) => setTimeout(resolve, 100))
  t.equal(await ask(), 200)
  gate.resolve()
})

t.test('the word of a proxy counts only where it is named', async (t) => {
  const forwarded = { 'content-type': 'application/json', 'x-forwarded-for': '203.0.113.9' }
  const ipOf = async (trustProxy?: string[]) => {
    const { app } = await server(t, trustProxy ? { trustProxy } : {})
    return (await app.inject({ ...post(forwarded), remoteAddress: '10.1.2.3' })).json().ip
  }
  t.equal(await ipOf(), '10.1.2.3')
  t.equal(await ipOf(['10.9.9.9']), '10.1.2.3')
  t.equal(await ipOf(['10.0.0.0/8']), '203.0.113.9')
  const of = (text: string) => parseConfig({ KARNAMEH_TRUST_PROXY: text })
  t.match(of('10.0.0.0/8, ::1'), { ok: true, config: { trustProxy: ['10.0.0.0/8', '::1'] } })
  t.match(parseConfig({}), { ok: true, config: { trustProxy: [] } })
  for (const bad of [
    'true',
    '1',
    '*',
    'loopback',
    '10.0.0.0/0',
    '10.0.0.0/33',
    'proxy.example',
    '10.0.0.1,,'
  ])
    t.match(of(bad), { ok: false, problems: [/^KARNAMEH_TRUST_PROXY: /] }, bad)
})

t.test('nothing in the log tells a token, a name or somebody’s words', async (t) => {
  const lines: string[] = []
  const log = createLog('trace', { write: (line: string) => void lines.push(line) })
  const readRoutes = (app: App) => {
    app.post('/v1/echo', async (request) => {
      const { authorization } = request.headers
      request.log.info(
        { headers: request.headers, req: request, authorization, a: { token: 'secret' } },
        'odd'
      )
      throw Object.assign(new Error('it broke', { cause: new Error('deeper') }), { body: request.body })
    })
  }
  const { app, bearer } = await server(t, { log, readRoutes })
  const headers = { ...(await bearer('auditor', { id: 'secret' })), 'content-type': 'application/json' }
  await app.inject({ ...post(headers, '{"reason":"secret"}'), url: '/v1/echo?actor=secret&letter=secret' })
  await app.inject({ url: '/v1/units?secret=1', headers })
  const text = lines.join('')
  t.match(text, /"path":"\/v1\/echo".*"msg":"answered"/s)
  t.match(text, /it broke.*deeper/s)
  t.notMatch(text, /secret/)
  t.notMatch(text, /eyJ/, 'tokens begin so')
})
