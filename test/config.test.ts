import { linkSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { parseConfig } from '../src/config.ts'

const JWKS = {
  KARNAMEH_JWKS_URL: 'https://id.example/keys',
  KARNAMEH_ISSUER: 'https://id.example',
  KARNAMEH_AUDIENCE: 'karnameh'
}

t.test('without any variable there is a server for this machine', async (t) => {
  t.strictSame(parseConfig({ PATH: '/bin', KARNAMEH_PORT: '' }), {
    ok: true,
    config: {
      host: '127.0.0.1',
      port: 8080,
      data: './data',
      store: { kind: 'file', path: 'data/ledger.db' },
      readModel: 'data/read-model.db',
      streamPrefix: 'karnameh_',
      logLevel: 'info',
      rateLimit: 3000,
      trustProxy: [],
      identity: { kind: 'local' },
      publicUrl: null
    }
  })
})

t.test('every variable is read', async (t) => {
  t.match(
    parseConfig({
      ...JWKS,
      KARNAMEH_HOST: '0.0.0.0',
      KARNAMEH_PORT: '0',
      KARNAMEH_DATA: '/var/lib/karnameh',
      KARNAMEH_STORE: 'esdb+discover://cluster:2113?tls=true',
      KARNAMEH_READ_MODEL: '/fast/rows.db',
      KARNAMEH_STREAM_PREFIX: 'behzisti-',
      KARNAMEH_LOG_LEVEL: 'warn',
      KARNAMEH_RATE_LIMIT: '0'
    }),
    {
      ok: true,
      config: {
        host: '0.0.0.0',
        port: 0,
        store: { kind: 'eventstoredb', url: 'esdb+discover://cluster:2113?tls=true' },
        readModel: '/fast/rows.db',
        streamPrefix: 'behzisti-',
        logLevel: 'warn',
        rateLimit: 0,
        identity: { kind: 'remote', jwksUrl: 'https://id.example/keys', issuer: 'https://id.example' }
      }
    }
  )
  const data = parseConfig({ KARNAMEH_DATA: '/srv/k' })
  t.match(data, { config: { store: { path: '/srv/k/ledger.db' }, readModel: '/srv/k/read-model.db' } })
})

const SIGN_IN = {
  ...JWKS,
  KARNAMEH_OIDC_CLIENT_ID: 'karnameh-pages',
  KARNAMEH_PUBLIC_URL: 'https://karnameh.example/'
}

t.test('signing in with a browser', async (t) => {
  const client = { clientId: 'karnameh-pages', clientSecret: null, scope: 'openid' }
  t.match(parseConfig(SIGN_IN), {
    config: { publicUrl: 'https://karnameh.example', identity: { kind: 'remote', client } }
  })
  const more = { KARNAMEH_OIDC_CLIENT_SECRET: 's', KARNAMEH_OIDC_SCOPE: 'openid karnameh' }
  t.match(parseConfig({ ...SIGN_IN, ...more }), {
    config: { identity: { client: { clientSecret: 's', scope: 'openid karnameh' } } }
  })
  t.match(parseConfig(JWKS), { config: { publicUrl: null, identity: { client: null } } })
  const publicUrl = { KARNAMEH_PUBLIC_URL: 'http://localhost:8080' }
  t.match(parseConfig(publicUrl), { config: { publicUrl: 'http://localhost:8080' } })
})

t.test('half a way to sign in is none', async (t) => {
  const problemsOf = (env: Record<string, string>) => {
    const parsed = parseConfig(env)
    return parsed.ok ? [] : parsed.problems.map((problem) => problem.split(':')[0])
  }
  const client = { KARNAMEH_OIDC_CLIENT_ID: 'karnameh-pages' }
  const all = ['KARNAMEH_PUBLIC_URL', 'KARNAMEH_JWKS_URL', 'KARNAMEH_ISSUER', 'KARNAMEH_AUDIENCE']
  t.strictSame(problemsOf(client), all)
  t.strictSame(problemsOf({ ...JWKS, ...client }), ['KARNAMEH_PUBLIC_URL'])
  t.strictSame(problemsOf({ ...JWKS, KARNAMEH_OIDC_CLIENT_SECRET: 's' }), ['KARNAMEH_OIDC_CLIENT_ID'])
  t.strictSame(problemsOf({ ...SIGN_IN, KARNAMEH_ISSUER: 'http://id.example' }), ['KARNAMEH_ISSUER'])
  t.strictSame(problemsOf({ ...SIGN_IN, KARNAMEH_OIDC_SCOPE: 'profile' }), ['KARNAMEH_OIDC_SCOPE'])
  for (const url of ['karnameh.example', 'http://karnameh.example', 'https://karnameh.example/pages']) {
    t.strictSame(problemsOf({ ...SIGN_IN, KARNAMEH_PUBLIC_URL: url }), ['KARNAMEH_PUBLIC_URL'], url)
  }
})

t.test('every bad variable is named, all at once', async (t) => {
  const bad = {
    KARNAMEH_PORT: '65536',
    KARNAMEH_STORE: 'postgres://db',
    KARNAMEH_STREAM_PREFIX: '$all',
    KARNAMEH_LOG_LEVEL: 'loud',
    KARNAMEH_RATE_LIMIT: '-1',
    KARNAMEH_JWKS_URL: 'http://id.example/keys',
    KARNAMEH_ISSUER: 'x'
  }
  const parsed = parseConfig(bad)
  const problems = parsed.ok ? [] : parsed.problems
  const named = problems.map((problem) => problem.split(':')[0]).sort()
  t.strictSame(
    named,
    [...Object.keys(bad).filter((name) => name !== 'KARNAMEH_ISSUER'), 'KARNAMEH_AUDIENCE'].sort()
  )
})

t.test('one thing wrong', async (t) => {
  const isRefused = (env: Record<string, string>) => !parseConfig(env).ok
  for (const KARNAMEH_PORT of ['x', '80.5', '1e3', ' 80', '-1'])
    t.ok(isRefused({ KARNAMEH_PORT }), KARNAMEH_PORT)
  for (const host of ['0.0.0.0', '::', '192.168.1.4', 'karnameh.example']) {
    t.ok(isRefused({ KARNAMEH_HOST: host }), `${host} with tokens of our own`)
    t.notOk(isRefused({ ...JWKS, KARNAMEH_HOST: host }), `${host} with somebody else's`)
  }
  for (const KARNAMEH_HOST of ['localhost', '127.0.0.2', '::1'])
    t.notOk(isRefused({ KARNAMEH_HOST }), KARNAMEH_HOST)
  for (const name of Object.keys(JWKS)) t.ok(isRefused({ ...JWKS, [name]: '' }), `without ${name}`)
  t.notOk(isRefused({ ...JWKS, KARNAMEH_JWKS_URL: 'http://127.0.0.1:9000/keys' }))
  t.ok(isRefused({ ...JWKS, KARNAMEH_JWKS_URL: 'http://127.0.0.1.example/keys' }))
  t.ok(isRefused({ ...JWKS, KARNAMEH_JWKS_URL: 'ftp://127.0.0.1/keys' }))
})

t.test('the read model is never the file of the ledger, by whatever name', async (t) => {
  const data = t.testdir({ other: {} })
  const ledger = join(data, 'ledger.db')
  const refused = (readModel: string, store?: string) =>
    parseConfig({ KARNAMEH_DATA: data, KARNAMEH_READ_MODEL: readModel, KARNAMEH_STORE: store })
  const same = { ok: false, problems: [/^KARNAMEH_READ_MODEL: .*KARNAMEH_STORE/] }
  symlinkSync(join(data, 'other', '..', 'ledger.db'), join(data, 'link.db'))
  symlinkSync(data, join(data, 'here'))
  const names = [ledger, join(data, 'link.db'), join(data, 'here', 'ledger.db')]
  for (const name of names) t.match(refused(name), same, `${name}, before it is made`)
  writeFileSync(ledger, '')
  linkSync(ledger, join(data, 'hard.db'))
  for (const name of [...names, join(data, 'hard.db')]) t.match(refused(name), same, name)
  const missing = join(data, 'missing', 'a.db')
  t.match(refused(missing, `file:${missing}`), same)
  t.match(refused(join(data, 'other.db')), { ok: true })
  t.match(refused(ledger, 'esdb://localhost:2113'), { ok: true })
})
