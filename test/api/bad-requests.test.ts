import { randomUUID } from 'node:crypto'
import { generateKeyPair, SignJWT } from 'jose'
import t, { type Test } from 'tap'
import { LOCAL_AUDIENCE, LOCAL_ISSUER } from '../../src/http/local-issuer.ts'
import { type Headers, startTestApp, type TestApp } from '../support/app.ts'
import { refused } from '../support/refused.ts'
import { auditor, openRehearsal, registrar, YAZD, yazdi } from '../support/rehearsal.ts'

const claim = { evaluation: YAZD, node: 'G.1.a', points: '1' }
const COMMAND = '/v1/commands/enter-self-score'
const JSON_TYPE = { 'content-type': 'application/json' }

t.test('requests that are none', async (t) => {
  const app = await startTestApp(t)
  await openRehearsal(app)
  await t.test('bodies', (t) => bodies(t, app))
  await t.test('headers of a command', (t) => headers(t, app))
  await t.test('tokens', (t) => tokens(t, app))
  await t.test('addresses', (t) => addresses(t, app))
})

async function bodies(t: Test, app: TestApp): Promise<void> {
  const send = (name: string, payload: string | undefined, type: Headers, status: number, code: string) => {
    const request = (language: Headers) => {
      const all = { ...type, 'idempotency-key': randomUUID(), ...language }
      return app.ask(yazdi, COMMAND, {
        method: 'POST',
        headers: all,
        ...(payload === undefined ? {} : { payload })
      })
    }
    return refused(t, app, name, request, status, code)
  }
  const whole = JSON.stringify(claim)
  await send('no JSON', 'points=1', JSON_TYPE, 400, 'malformed')
  await send('half of it', whole.slice(0, -1), JSON_TYPE, 400, 'malformed')
  await send('a list', '[]', JSON_TYPE, 400, 'malformed')
  await send('null', 'null', JSON_TYPE, 400, 'malformed')
  await send('a text', '"so"', JSON_TYPE, 400, 'malformed')
  await send('nothing', '', JSON_TYPE, 400, 'malformed')
  await send('no body', undefined, {}, 400, 'malformed')
  await send('a prototype', whole.replace('{', '{"__proto__":{"points":"20"},'), JSON_TYPE, 400, 'malformed')
  await send(
    'more than a mebibyte',
    JSON.stringify({ ...claim, note: 'x'.repeat(1 << 20) }),
    JSON_TYPE,
    413,
    'too-large'
  )
  for (const type of [
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/json; charset=latin1',
    'text/json'
  ])
    await send(`as ${type}`, whole, { 'content-type': type }, 415, 'unsupported-media-type')
  await send('of no type', whole, { 'content-type': '' }, 415, 'unsupported-media-type')
}

async function headers(t: Test, app: TestApp): Promise<void> {
  const send = (name: string, sent: Headers, status: number, code: string, query = '') => {
    const request = (language: Headers) =>
      app.ask(yazdi, COMMAND + query, {
        method: 'POST',
        headers: { ...JSON_TYPE, ...sent, ...language },
        payload: JSON.stringify(claim)
      })
    return refused(t, app, name, request, status, code)
  }
  await send('no key', {}, 400, 'missing-idempotency-key')
  await send('a key of 129 characters', { 'idempotency-key': 'k'.repeat(129) }, 400, 'malformed')
  await send('a key with a blank', { 'idempotency-key': 'a b' }, 400, 'malformed')
  await send('a revision without quotes', { 'idempotency-key': 'k', 'if-match': '0' }, 400, 'malformed')
  await send('a parameter too many', { 'idempotency-key': 'k' }, 400, 'malformed', '?force=true')
  const stale = await send('an old revision', { 'idempotency-key': 'k', 'if-match': '"7"' }, 412, 'stale')
  const { items } = await app.read(auditor, `/v1/evaluations/${YAZD}/events`)
  t.equal(stale.event, items[0].id, 'the newer event is named')

  const key = { 'idempotency-key': 'used-once' }
  await app.act(registrar, 'assign-target', { evaluation: YAZD, node: 'G.1.b', target: '90' }, key)
  const reuse =
    (body: object, command = 'assign-target') =>
    (language: Headers) =>
      app.command(registrar, command, body, { ...key, ...language })
  const target = { evaluation: YAZD, node: 'G.1.b', target: '91' }
  await refused(t, app, 'a key with another body', reuse(target), 422, 'key-reused')
  const elsewhere = { unit: 'qom', name: { fa: 'قم' }, kind: 'office' }
  await refused(t, app, 'a key of another stream', reuse(elsewhere, 'register-unit'), 422, 'key-reused')
}

/** A token signed by somebody, or by the server's own issuer with claims that do not fit. */
async function forged(claims: object, { alg = 'EdDSA', typ = 'JWT' } = {}): Promise<string> {
  const { privateKey } = await generateKeyPair(alg)
  return new SignJWT({ role: 'registrar', units: [], ...claims })
    .setProtectedHeader({ alg, typ })
    .setSubject('r-5')
    .setIssuer(LOCAL_ISSUER)
    .setAudience(LOCAL_AUDIENCE)
    .setExpirationTime('1h')
    .sign(privateKey)
}

async function tokens(t: Test, app: TestApp): Promise<void> {
  const { authorization = '' } = await app.bearer(registrar)
  const [head, body, signature = ''] = authorization.replace('Bearer ', '').split('.')
  const none = Buffer.from(JSON.stringify({ alg: 'none', typ: 'JWT' })).toString('base64url')
  const grown = Buffer.from(
    JSON.stringify({ ...JSON.parse(Buffer.from(body ?? '', 'base64url').toString()), sub: 'e-1' })
  )
  const wrong: Record<string, string | undefined> = {
    'no token': undefined,
    'another scheme': authorization.replace('Bearer', 'Basic'),
    'no token at all': 'Bearer ',
    'a word': 'Bearer so',
    'a signature of somebody else': `Bearer ${await forged({})}`,
    'another algorithm': `Bearer ${await forged({}, { alg: 'ES256' })}`,
    'no signature': `Bearer ${none}.${body}.`,
    'another subject': `Bearer ${head}.${grown.toString('base64url')}.${signature}`,
    'a letter changed': `Bearer ${head}.${body}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`
  }
  const answers = new Set<string>()
  for (const [name, value] of Object.entries(wrong)) {
    const request = (language: Headers) =>
      app.ask(null, '/v1/units', {
        headers: { ...(value === undefined ? {} : { authorization: value }), ...language }
      })
    const { instance: _request, ...problem } = await refused(t, app, name, request, 401, 'unauthenticated')
    answers.add(JSON.stringify(problem))
  }
  t.equal(answers.size, 1, 'one and the same answer')
  const answer = await app.ask(null, COMMAND, { method: 'POST', headers: JSON_TYPE, payload: 'no JSON' })
  t.match([answer.statusCode, answer.headers['www-authenticate']], [401, 'Bearer'], 'before anything is read')
}

async function addresses(t: Test, app: TestApp): Promise<void> {
  const at = (name: string, url: string, status: number, code: string, method: 'GET' | 'POST' = 'GET') =>
    refused(t, app, name, (language) => app.ask(auditor, url, { method, headers: language }), status, code)
  await at('no such route', '/v1/scores', 404, 'no-route')
  await at('no such command', '/v1/commands/delete-unit', 404, 'no-route', 'POST')
  await at('a command that is read', COMMAND, 405, 'method-not-allowed')
  await at('a read that is sent', '/v1/league', 405, 'method-not-allowed', 'POST')
  const garbled = await app.get(auditor, '/v1/units/%E0%A4%A')
  t.match(garbled.json(), { status: 400, code: 'malformed' }, 'an address that is no text')
  for (const method of ['PUT', 'PATCH', 'DELETE'] as const) {
    const { statusCode } = await app.ask(registrar, `/v1/evaluations/${YAZD}`, { method })
    t.equal(statusCode, 405, `nothing takes ${method}`)
  }
}
