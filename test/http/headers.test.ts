import { Writable } from 'node:stream'
import helmet from '@fastify/helmet'
import Fastify, { type FastifyBaseLogger } from 'fastify'
import t from 'tap'
import { createLog } from '../../src/log.ts'
import { eventsOf } from '../support/history.ts'
import { testServer } from '../support/server.ts'

const events = eventsOf([
  { type: 'UnitRegistered', data: { unit: 'a', name: { fa: 'الف' }, kind: 'office' } }
])

const BARE = ['content-type', 'content-length', 'date', 'connection']

t.test('every answer carries what helmet says, and what pages may load', async (t) => {
  const plain = Fastify()
  t.teardown(() => plain.close())
  await plain.register(helmet, { contentSecurityPolicy: false })
  plain.get('/', async () => '')
  const { headers } = await plain.inject('/')
  const wanted = Object.fromEntries(Object.entries(headers).filter(([name]) => !BARE.includes(name)))
  t.ok(Object.keys(wanted).length > 8)
  const { app, bearer } = await testServer({ data: t.testdir(), events })
  t.teardown(() => app.close())
  const asked = {
    'no route': { url: '/v1/nowhere' },
    'nobody asks': { url: '/v1/me' },
    'an answer': { url: '/v1/me', headers: await bearer('auditor') }
  }
  for (const [what, request] of Object.entries(asked)) {
    const answer = await app.inject(request)
    t.match(answer.headers, wanted, what)
    t.match(answer.headers['content-security-policy'], /^default-src 'self';.*object-src 'none'$/, what)
    t.ok(answer.headers['x-request-id'], what)
  }
})

t.test('one line for each answer, without what the address asks for', async (t) => {
  const lines: Record<string, unknown>[] = []
  const into = new Writable({
    write(chunk, _encoding, done) {
      lines.push(JSON.parse(String(chunk)))
      done()
    }
  })
  const log = createLog('info', into) as FastifyBaseLogger
  const { app } = await testServer({ data: t.testdir(), events, log })
  t.teardown(() => app.close())
  const headers = { 'x-request-id': 'mine-1', authorization: 'Bearer nothing' }
  t.equal((await app.inject({ url: '/v1/me?actor=e-17', headers })).statusCode, 401)
  const { time, ms, ...line } = lines.at(-1) ?? {}
  t.strictSame(line, {
    level: 30,
    reqId: 'mine-1',
    method: 'GET',
    path: '/v1/me',
    status: 401,
    msg: 'answered'
  })
  t.type(ms, 'number')
  t.equal(lines.length, 1)
})
