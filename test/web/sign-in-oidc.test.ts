import { once } from 'node:events'
import { createServer } from 'node:net'
import t, { type Test } from 'tap'
import { SESSION_COOKIE } from '../../src/http/session-cookie.ts'
import { startTestApp } from '../support/app.ts'
import { AUDIENCE, CLIENT, type Provider, startProvider } from '../support/identity-provider.ts'
import { createBrowser } from '../support/visitor.ts'

const RENEWAL = 'karnameh_renewal'

/** A port that nobody listens on: the server has to know its own address before it starts. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return address !== null && typeof address === 'object' ? address.port : 0
}

/** A server whose people sign in at a provider, and a browser that has never been there. */
async function start(t: Test, { secret, client = true }: { secret?: string; client?: boolean } = {}) {
  const provider = await startProvider(t, secret === undefined ? {} : { secret })
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  await startTestApp(t, t.testdir(), {
    KARNAMEH_PORT: String(port),
    KARNAMEH_ISSUER: provider.issuer,
    KARNAMEH_JWKS_URL: `${provider.issuer}/jwks`,
    KARNAMEH_AUDIENCE: AUDIENCE,
    ...(client && { KARNAMEH_OIDC_CLIENT_ID: CLIENT, KARNAMEH_PUBLIC_URL: url }),
    ...(secret !== undefined && { KARNAMEH_OIDC_CLIENT_SECRET: secret })
  })
  return { provider, url, browser: createBrowser() }
}

/** Begins to sign in and gets as far as the answer of the provider, which is not handed on. */
async function answered({ url, browser }: Awaited<ReturnType<typeof start>>, next = '/'): Promise<URL> {
  const page = await browser.ask(`${url}/sign-in?next=${encodeURIComponent(next)}`)
  const there = /^0; url=(.*)$/.exec(page.headers.get('refresh') ?? '')?.[1] ?? ''
  const answer = await browser.ask(there)
  return new URL(answer.headers.get('location') ?? '')
}

t.test('one signs in at the provider and is led back', async (t) => {
  for (const secret of [undefined, 'a secret & its + signs']) {
    const { provider, url, browser } = await start(t, secret === undefined ? {} : { secret })
    const page = await browser.open(`${url}/?kind=office`)
    t.equal(page.url, `${url}/?kind=office`)
    t.equal(page.status, 200)
    t.match(page.text, 'e-17')
    t.strictSame(provider.granted, ['authorization_code'])
    const marks = browser.cookie(url, SESSION_COOKIE)?.marks
    t.strictSame(marks?.slice(1), ['Path=/', 'HttpOnly', 'SameSite=Lax'])
    t.match(marks?.[0], /^Max-Age=6[56]\d$/, 'for as long as the token holds')
    const renewal = browser.cookie(url, RENEWAL)
    t.ok(renewal?.marks.includes('HttpOnly'))
    t.equal(renewal?.path, '/sign-in', 'what renews a session goes nowhere else')
    t.notOk(
      browser.names(url).some((name) => name.startsWith('karnameh_sign_in_')),
      'what was begun is over'
    )
    t.equal((await browser.ask(`${url}/v1/me`)).status, 401, 'the API takes no cookies')
  }
})

t.test('a session that has run out is renewed without asking anybody', async (t) => {
  const { provider, url, browser } = await start(t)
  await browser.open(url)
  for (const round of [1, 2]) {
    browser.drop(url, SESSION_COOKIE)
    const page = await browser.open(`${url}/?kind=office`)
    t.equal(page.url, `${url}/?kind=office`, `round ${round}`)
    t.equal(page.status, 200)
  }
  t.strictSame(provider.granted, ['authorization_code', 'refresh_token', 'refresh_token'])

  provider.mood.access = { role: 'nobody' }
  browser.drop(url, SESSION_COOKIE)
  t.equal(
    (await browser.open(url)).status,
    403,
    'a renewed token that is not taken ends in a page, not in a circle'
  )
  t.notOk(browser.cookie(url, RENEWAL))
})

t.test('an answer is taken once, whole, in time and in the browser where it was asked for', async (t) => {
  const running = await start(t)
  const { url, browser, provider } = running
  const refused = async (address: URL, why: string, from = browser) => {
    const page = await from.open(address)
    t.equal(page.status, 400, why)
    t.match(page.html, '<a href="/sign-in">', why)
    t.notOk(from.cookie(url, SESSION_COOKIE), why)
  }
  const otherState = await answered(running)
  otherState.searchParams.set('state', 'x'.repeat(43))
  await refused(otherState, 'another state')

  const halfState = await answered(running)
  const state = halfState.searchParams.get('state') ?? ''
  halfState.searchParams.set('state', `${state.slice(0, 12)}${'x'.repeat(31)}`)
  await refused(halfState, 'a state that only begins like ours')

  await refused(await answered(running), 'another browser', createBrowser())

  const noCode = await answered(running)
  noCode.searchParams.set('code', 'guessed')
  await refused(noCode, 'a code that nobody gave')

  provider.mood.id = { nonce: 'another' }
  await refused(await answered(running), 'another nonce')
  provider.mood.id = { exp: Math.floor(Date.now() / 1000) - 600 }
  await refused(await answered(running), 'an id token that has expired')
  provider.mood.id = { aud: 'somebody-else' }
  await refused(await answered(running), 'an id token for somebody else')
  provider.mood.id = { iss: 'http://127.0.0.1:9' }
  await refused(await answered(running), 'an id token of another issuer')
  provider.mood.id = {}

  const good = await answered(running)
  t.equal((await browser.open(good)).status, 200)
  browser.drop(url, SESSION_COOKIE)
  await refused(good, 'the same answer again')
})

t.test('who is not let in is told why', async (t) => {
  const { url, browser, provider } = await start(t)
  const told = async (status: number, words: string) => {
    const page = await browser.open(`${url}/?lang=en`)
    t.equal(page.status, status, words)
    t.match(page.text, words)
    t.notOk(browser.cookie(url, SESSION_COOKIE))
  }
  provider.mood.refusal = 'access_denied'
  await told(403, 'refused (access_denied)')
  provider.mood.refusal = '<script>alert(1)</script>'
  await told(403, 'refused (?)')
  provider.mood.refusal = null

  provider.mood.opaque = 'not-a-jwt'
  await told(403, 'the token that the identity provider gave is not taken here')
  provider.mood.opaque = 'x'.repeat(5_000)
  await told(502, 'longer than browsers keep (5000 bytes)')
  provider.mood.opaque = null
  for (const access of [
    { role: 'nobody' },
    { aud: 'elsewhere' },
    { exp: 1 },
    { iss: 'https://other.example' }
  ]) {
    provider.mood.access = access
    await told(403, 'not taken here')
  }
  provider.mood.access = {}
  provider.mood.broken = 502
  await told(503, 'does not answer now')
})

t.test('a provider that is away is asked again when it is back', async (t) => {
  const { url, browser, provider } = await start(t)
  provider.stop()
  const page = await browser.open(`${url}/?lang=en`)
  t.equal(page.status, 503)
  t.match(page.text, 'does not answer now')
  t.equal(page.headers.get('retry-after'), '60')
})

t.test('the way back is an address of ours, whatever was asked for', async (t) => {
  const running = await start(t)
  for (const next of ['https://x.example/', '//x.example', '/.//x.example', '/\\x.example', '/sign-in']) {
    const fresh = { ...running, browser: createBrowser() }
    const page = await fresh.browser.open(await answered(fresh, next))
    t.equal(page.url, `${running.url}/`, next)
  }
  const page = await running.browser.open(await answered(running, '/?kind=office'))
  t.equal(page.url, `${running.url}/?kind=office`)
})

t.test('signing out ends the session here, and shows the way to end it there', async (t) => {
  const { url, browser, provider } = await start(t)
  const home = await browser.open(url)
  const out = await browser.send(home, '/sign-out', {})
  t.equal(out.status, 200)
  t.match(out.html, `<a href="${provider.issuer}/logout?client_id&#61;${CLIENT}">`)
  t.notOk(browser.cookie(url, SESSION_COOKIE))
  t.notOk(browser.cookie(url, RENEWAL))
})

t.test('without a client people are told who gives tokens', async (t) => {
  const { url, browser, provider } = await start(t, { client: false })
  const page = await browser.open(`${url}/?lang=en`)
  t.equal(page.status, 200)
  t.match(page.text, 'Signing in with a browser is not set up')
  t.match(page.text, provider.issuer)
  t.equal((await browser.ask(`${url}/sign-in/callback?code=1&state=2`)).status, 404)
})

/** Behind https in front of us, cookies never travel without it. */
t.test('cookies are kept to https where browsers come by it', async (t) => {
  const provider: Provider = await startProvider(t)
  const { ask } = await startTestApp(t, t.testdir(), {
    KARNAMEH_ISSUER: provider.issuer,
    KARNAMEH_JWKS_URL: `${provider.issuer}/jwks`,
    KARNAMEH_AUDIENCE: AUDIENCE,
    KARNAMEH_OIDC_CLIENT_ID: CLIENT,
    KARNAMEH_PUBLIC_URL: 'https://karnameh.example'
  })
  const answer = await ask(null, '/sign-in', { headers: { accept: 'text/html' } })
  t.match(String(answer.headers['set-cookie']), /^karnameh_sign_in_.*; Secure/)
  t.match(answer.headers.refresh, encodeURIComponent('https://karnameh.example/sign-in/callback'))
})
