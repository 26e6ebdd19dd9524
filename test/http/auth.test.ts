import { createServer } from 'node:http'
import {
  exportJWK,
  generateKeyPair,
  generateSecret,
  type JWK,
  type JWTHeaderParameters,
  type JWTPayload,
  SignJWT
} from 'jose'
import t from 'tap'
import { Refusal } from '../../src/errors.ts'
import type { AccessTable } from '../../src/http/access-table.ts'
import { createVerify, fixedKeys } from '../../src/http/auth.ts'
import { openLocalIssuer } from '../../src/http/local-issuer.ts'
import { type RemoteKeysOptions, remoteKeys } from '../../src/http/remote-keys.ts'
import { testServer } from '../support/server.ts'

const ISSUER = 'https://id.example'
const AUDIENCE = 'karnameh'
const NOW_SECONDS = 1_800_000_000
const GOOD: JWTPayload = {
  sub: 'e-17',
  role: 'expert',
  units: ['behzisti-hq'],
  iss: ISSUER,
  aud: AUDIENCE,
  exp: NOW_SECONDS + 600
}

type Signer = Awaited<ReturnType<typeof signer>>

async function signer(alg: string, kid: string) {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true })
  const jwk: JWK = { ...(await exportJWK(publicKey)), alg, kid }
  const sign = (claims: JWTPayload, header: Partial<JWTHeaderParameters> = {}) =>
    new SignJWT(claims)
      .setProtectedHeader({ alg, kid, ...header })
      .sign(privateKey, { crit: { later: true } })
  return { jwk, sign }
}

const verifierOf = (keys: JWK[], now = () => NOW_SECONDS * 1000) =>
  createVerify({ keys: fixedKeys({ keys }), issuer: ISSUER, audience: AUDIENCE, now })

const without = (name: string): JWTPayload =>
  Object.fromEntries(Object.entries(GOOD).filter(([key]) => key !== name))

t.test('a good token says who calls', async (t) => {
  for (const alg of ['RS256', 'PS256', 'ES256', 'EdDSA']) {
    const { jwk, sign } = await signer(alg, alg)
    const verify = verifierOf([jwk])
    for (const typ of [undefined, 'JWT', 'at+jwt']) {
      const token = await sign(GOOD, typ === undefined ? {} : { typ })
      const { actor } = await verify(`Bearer ${token}`)
      t.strictSame(actor, { id: 'e-17', role: 'expert', units: ['behzisti-hq'] }, `${alg} ${typ}`)
    }
  }
  const { jwk, sign } = await signer('EdDSA', 'a')
  const { actor } = await verifierOf([jwk])(`bearer ${await sign(without('units'))}`)
  t.strictSame(actor.units, [], 'units may be missing')
  await verifierOf([jwk])(`Bearer ${await sign({ ...GOOD, exp: NOW_SECONDS - 59, nbf: NOW_SECONDS + 59 })}`)
  t.pass('clocks may differ by a minute')
})

async function badTokens(key: Signer): Promise<Record<string, string | undefined>> {
  const { sign, jwk } = key
  const bearer = async (claims: JWTPayload, header: Partial<JWTHeaderParameters> = {}) =>
    `Bearer ${await sign(claims, header)}`
  const good = await sign(GOOD)
  const [head = '', body = '', signature = ''] = good.split('.')
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const stranger = await signer('EdDSA', 'a')
  const p384 = await signer('ES384', 'a')
  const hmac = new SignJWT(GOOD).setProtectedHeader({ alg: 'HS256', kid: 'a' })
  const publicAsSecret = new SignJWT(GOOD).setProtectedHeader({ alg: 'HS256', kid: 'a' })
  return {
    'no header': undefined,
    'nothing in it': '',
    'another scheme': `Basic ${good}`,
    'no scheme': good,
    'two tokens': `Bearer ${good} ${good}`,
    'no token at all': 'Bearer something',
    'a key of a stranger': `Bearer ${await stranger.sign(GOOD)}`,
    'a key name nobody has': await bearer(GOOD, { kid: 'z' }),
    'an algorithm that is not taken': `Bearer ${await p384.sign(GOOD)}`,
    'a shared secret': `Bearer ${await hmac.sign(await generateSecret('HS256'))}`,
    'the public key as a secret': `Bearer ${await publicAsSecret.sign(Buffer.from(JSON.stringify(jwk).padEnd(32)))}`,
    'no signature': `Bearer ${part({ alg: 'none' })}.${body}.`,
    'other claims under the signature': `Bearer ${head}.${part({ ...GOOD, role: 'registrar' })}.${signature}`,
    'a cut signature': `Bearer ${good.slice(0, -4)}`,
    'another type': await bearer(GOOD, { typ: 'dpop+jwt' }),
    'an extension we do not know': await bearer(GOOD, { crit: ['later'], later: 1 }),
    'another issuer': await bearer({ ...GOOD, iss: `${ISSUER}/` }),
    'no issuer': await bearer(without('iss')),
    'another audience': await bearer({ ...GOOD, aud: ['other'] }),
    'no audience': await bearer(without('aud')),
    'no end': await bearer(without('exp')),
    'over by more than a minute': await bearer({ ...GOOD, exp: NOW_SECONDS - 61 }),
    'not begun': await bearer({ ...GOOD, nbf: NOW_SECONDS + 61 }),
    'no subject': await bearer(without('sub')),
    'an empty subject': await bearer({ ...GOOD, sub: '' }),
    'a long subject': await bearer({ ...GOOD, sub: 'x'.repeat(129) }),
    'half a character': await bearer({ ...GOOD, sub: 'x\ud800' }),
    'no role': await bearer(without('role')),
    'a role that is none': await bearer({ ...GOOD, role: 'admin' }),
    'several roles': await bearer({ ...GOOD, role: ['expert', 'registrar'] }),
    'a unit that is no list': await bearer({ ...GOOD, units: 'behzisti-hq' }),
    'a unit that is no slug': await bearer({ ...GOOD, units: ['Behzisti HQ'] }),
    'too many units': await bearer({ ...GOOD, units: Array.from({ length: 1_001 }, (_, i) => `u-${i}`) }),
    'signed in the future': await bearer({ ...GOOD, iat: NOW_SECONDS + 61 }),
    'over for long': await bearer({ ...GOOD, exp: 0 }),
    ...(await trickyTokens(key))
  }
}

/** Headers that try to choose the key or the algorithm, and tokens put together by hand. */
async function trickyTokens({ sign, jwk }: Signer): Promise<Record<string, string>> {
  const stranger = await signer('EdDSA', 'a')
  const forged = async (header: Partial<JWTHeaderParameters>) => `Bearer ${await stranger.sign(GOOD, header)}`
  const [head = '', body = '', signature = ''] = (await sign(GOOD)).split('.')
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const built = (header: object, claims: unknown = GOOD) =>
    `Bearer ${part(header)}.${part(claims)}.${signature}`
  const hmac = new SignJWT(GOOD).setProtectedHeader({ alg: 'HS512', kid: 'a' })
  const embedded = { ...stranger.jwk, kid: 'a' }
  return {
    'its own key in the header': await forged({ jwk: embedded }),
    'an address of its own keys': await forged({ jku: 'https://evil.example/jwks' }),
    'a certificate of its own': await forged({ x5c: ['MIIB'], x5u: 'https://evil.example/x' }),
    'a key name that is a path': await forged({ kid: '../../../../dev/null' }),
    'a key name that is a query': await forged({ kid: "a' OR '1'='1" }),
    'a key name with an end in it': await forged({ kid: 'a\u0000b' }),
    'the name of what every object has': await forged({ kid: '__proto__' }),
    'a key name that is a list': built({ alg: 'EdDSA', kid: ['a'] }),
    'none in capitals': built({ alg: 'None', kid: 'a' }),
    'none with a signature': built({ alg: 'none', kid: 'a' }),
    'no algorithm': built({ kid: 'a' }),
    'algorithms to choose from': built({ alg: ['EdDSA'], kid: 'a' }),
    'RS256 with a key for EdDSA': built({ alg: 'RS256', kid: 'a' }),
    'the point of the key as a secret': `Bearer ${await hmac.sign(Buffer.from(`${jwk.x}${jwk.x}`))}`,
    'an unencoded body': built({ alg: 'EdDSA', kid: 'a', b64: false, crit: ['b64'] }),
    'claims that are a list': built({ alg: 'EdDSA', kid: 'a' }, [GOOD]),
    'an encrypted form': `Bearer ${head}.${body}.${signature}.${body}.${signature}`,
    'a signature that is not there': `Bearer ${head}.${body}.`,
    'no claims': `Bearer ${head}..${signature}`,
    'an end that is a text': `Bearer ${await sign({ ...GOOD, exp: '1900000000' as never })}`,
    'a beginning that is a text': `Bearer ${await sign({ ...GOOD, nbf: '1' as never })}`,
    'a subject that is a number': `Bearer ${await sign({ ...GOOD, sub: 17 as never })}`
  }
}

t.test('whatever does not fit is one and the same 401', async (t) => {
  const key = await signer('EdDSA', 'a')
  const { app } = await testServer({ data: t.testdir(), verify: verifierOf([key.jwk]) })
  t.teardown(() => app.close())
  const ask = async (authorization: string | undefined) => {
    const headers = { 'x-request-id': 'same', ...(authorization !== undefined && { authorization }) }
    const { statusCode, payload, headers: got } = await app.inject({ url: '/v1/me', headers })
    return { statusCode, payload, challenge: got['www-authenticate'] }
  }
  const bad = Object.entries(await badTokens(key))
  t.ok(bad.length >= 50, `${bad.length} bad tokens`)
  const first = await ask(undefined)
  t.match(first, { statusCode: 401, challenge: 'Bearer', payload: /"code":"unauthenticated"/ })
  for (const [name, authorization] of bad) t.strictSame(await ask(authorization), first, name)
  t.equal((await ask(`Bearer ${await key.sign(GOOD)}`)).statusCode, 200, 'a good one passes')
})

t.test('a role that may not is told so before anything else', async (t) => {
  const readRoutes = (app: Parameters<NonNullable<Parameters<typeof testServer>[0]['readRoutes']>>[0]) =>
    void app.post('/v1/only', async () => 'done')
  const access: AccessTable = {
    'POST /v1/only': { who: ['registrar'], others: 'forbidden', figures: 'nothing' }
  }
  const { app, bearer } = await testServer({ data: t.testdir(), readRoutes, access })
  t.teardown(() => app.close())
  const payload = '{"broken'
  const asked = { method: 'POST', url: '/v1/only', payload } as const
  t.equal((await app.inject(asked)).statusCode, 401, 'not even a type is looked at')
  const viewer = await app.inject({ ...asked, headers: await bearer('viewer') })
  t.match(viewer.json(), { status: 403, code: 'forbidden-role', detail: /viewer.*registrar/ })
})

t.test('a token is remembered no longer than it holds, nor longer than a minute', async (t) => {
  let now = NOW_SECONDS * 1000
  const { jwk, sign } = await signer('EdDSA', 'a')
  let asked = 0
  const keys = fixedKeys({ keys: [jwk] })
  const verify = createVerify({
    issuer: ISSUER,
    audience: AUDIENCE,
    now: () => now,
    keys: (header, token) => {
      asked++
      return keys(header, token)
    }
  })
  const header = `Bearer ${await sign(GOOD)}`
  await verify(header)
  await verify(header)
  t.equal(asked, 1)
  now += 61_000
  await verify(header)
  t.equal(asked, 2, 'a key may have been withdrawn meanwhile')
  const long = `Bearer ${await sign({ ...GOOD, units: Array.from({ length: 500 }, (_, i) => `unit-${i}`) })}`
  for (const _ of [1, 2]) t.equal((await verify(long)).actor.units.length, 500)
  t.equal(asked, 3, 'a long one too')
  const short = `Bearer ${await sign({ ...GOOD, exp: now / 1000 - 50 })}`
  await verify(short)
  now += 11_000
  await t.rejects(verify(short), { code: 'unauthenticated' })
})

const COOLDOWN_MS = 400

t.test('published keys: rotation, floods and failures', async (t) => {
  const [a, b] = [await signer('EdDSA', 'a'), await signer('EdDSA', 'b')]
  const issuer = { keys: [a.jwk], status: 200, requests: 0 }
  const server = createServer((_request, response) => {
    issuer.requests++
    response.writeHead(issuer.status, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ keys: issuer.keys }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => server.close())
  const address = server.address()
  const url = `http://127.0.0.1:${address && typeof address === 'object' ? address.port : 0}/jwks`
  const verifier = (patience: RemoteKeysOptions) =>
    createVerify({
      keys: remoteKeys(url, { maxAgeMs: 600, cooldownMs: COOLDOWN_MS, ...patience }),
      issuer: ISSUER,
      audience: AUDIENCE,
      now: () => NOW_SECONDS * 1000
    })
  const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
  const verify = verifier({ pauseMs: 20, staleMs: 10_000 })
  let serial = 0
  // Every token is another one, so that none is remembered.
  const token = async ({ sign }: Signer, header = {}) =>
    `Bearer ${await sign({ ...GOOD, jti: String(serial++) }, header)}`

  await verify(await token(a))
  issuer.keys = [a.jwk, b.jwk]
  await t.rejects(verify(await token(b)), { code: 'unauthenticated' }, 'too soon to ask again')
  await later(COOLDOWN_MS + 10)
  await verify(await token(b))
  t.pass('the new key is taken up')
  await verify(await token(b, { kid: undefined }))
  t.pass('a token need not name its key')

  const [before, began] = [issuer.requests, Date.now()]
  for (let i = 0; i < 50; i++) await verify(await token(a, { kid: `no-${i}` })).catch(() => {})
  const due = 1 + (Date.now() - began) / COOLDOWN_MS
  t.ok(issuer.requests - before <= due, 'unknown key names make no flood')

  issuer.status = 500
  await later(610)
  await verify(await token(a))
  t.pass('while the issuer is away its last keys serve')
  const impatient = verifier({ pauseMs: 10_000, staleMs: 0 })
  await t.rejects(impatient(await token(a)), new Refusal('unavailable'), 'nobody can say that it is bad')
  const failed = issuer.requests
  await impatient(await token(a)).catch(() => {})
  t.equal(issuer.requests, failed, 'an issuer that is away is not pressed')
})

t.test('two processes that start at once agree on the local key', async (t) => {
  const data = t.testdir()
  const issuers = await Promise.all([openLocalIssuer(data), openLocalIssuer(data), openLocalIssuer(data)])
  const [first] = issuers
  for (const { keys } of issuers) t.strictSame(keys, first.keys)
  t.notOk('d' in (first.keys.keys[0] ?? {}), 'the private half is not published')
  const { app, bearer } = await testServer({ data })
  t.teardown(() => app.close())
  t.strictSame((await app.inject('/.well-known/jwks.json')).json(), first.keys)
  const me = await app.inject({
    url: '/v1/me',
    headers: await bearer('assessor', { units: ['qazvin-behzisti'] })
  })
  t.match(me.json(), {
    sub: 'e-17',
    role: 'assessor',
    units: ['qazvin-behzisti'],
    reads: 'own',
    commands: []
  })
})
