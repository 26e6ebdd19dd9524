import t from 'tap'
import { SESSION_COOKIE } from '../../src/http/session-cookie.ts'
import { peopleOf } from '../../src/web/sign-in/local.ts'
import { ownAddress } from '../../src/web/sign-in/own-address.ts'
import { startTestApp } from '../support/app.ts'
import { registerUnits } from '../support/rehearsal.ts'
import { createBrowser } from '../support/visitor.ts'

t.test('whoever comes without a session chooses somebody and is led back', async (t) => {
  const app = await startTestApp(t)
  await registerUnits(app)
  const browser = createBrowser()
  const page = await browser.open(`${app.url}/?kind=directorate`)
  t.equal(page.url, `${app.url}/sign-in?next=%2F%3Fkind%3Ddirectorate`)
  t.equal(page.status, 200)
  t.match(page.text, 'قزوین')
  t.match(page.html, 'value="assessor a-1 qazvin"')
  t.match(page.html, 'value="expert e-17 organisation"')

  const home = await browser.send(page, '/sign-in', { person: 'assessor a-1 qazvin' })
  t.equal(home.url, `${app.url}/?kind=directorate`)
  t.match(home.text, 'a-1')
  const cookie = browser.cookie(app.url, SESSION_COOKIE)
  t.strictSame(
    cookie?.marks.filter((mark) => !mark.startsWith('Max-Age')),
    ['Path=/', 'HttpOnly', 'SameSite=Lax'],
    'scripts and other sites have no use of it'
  )
  t.match(cookie?.marks[0], /^Max-Age=(86400|8639\d)$/, 'for a day')

  const api = await browser.ask(`${app.url}/v1/me`)
  t.equal(api.status, 401, 'the API takes no cookies')
  const command = await browser.ask(`${app.url}/v1/commands/register-unit`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': 'k' },
    body: '{}'
  })
  t.equal(command.status, 401)

  const out = await browser.send(home, '/sign-out', {})
  t.equal(out.url, `${app.url}/sign-in`)
  t.notOk(browser.cookie(app.url, SESSION_COOKIE))
})

t.test('anybody else can be typed', async (t) => {
  const app = await startTestApp(t)
  const browser = createBrowser()
  const page = await browser.open(`${app.url}/sign-in?lang=en`)
  const bad = await browser.send(page, '/sign-in', { id: '<b>"', role: 'expert', units: 'A B' })
  t.equal(bad.status, 422)
  t.match(bad.text, 'An id (1 to 128 characters) and a role are needed')
  t.match(bad.html, 'value="&#60;b&#62;&#34;"', 'and what was typed is still there')
  const home = await browser.send(bad, '/sign-in', { id: 'e-3', role: 'expert', units: 'behzisti, yazd' })
  t.equal(home.url, `${app.url}/`)
  t.match(home.text, 'e-3')
})

t.test('no other site signs anybody in or out, or takes a name of its own for this machine', async (t) => {
  const { ask } = await startTestApp(t)
  const form = { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' }
  for (const url of ['/sign-in', '/sign-out']) {
    const answer = await ask(null, url, { method: 'POST', headers: form, payload: 'person=auditor+m-1+' })
    t.equal(answer.statusCode, 403, url)
    t.notMatch(String(answer.headers['set-cookie']), SESSION_COOKIE)
  }
  for (const host of ['rebound.example', 'localhost.example', '192.0.2.7:8080']) {
    t.equal((await ask(null, '/sign-in', { headers: { ...form, host } })).statusCode, 404, host)
    const post = { method: 'POST', headers: { ...form, host }, payload: 'person=auditor+m-1+' } as const
    t.equal((await ask(null, '/sign-in', post)).statusCode, 404, host)
  }
  for (const host of ['localhost:8080', '127.0.0.1', '[::1]:8080']) {
    t.equal((await ask(null, '/sign-in', { headers: { ...form, host } })).statusCode, 200, host)
  }
})

t.test('one goes on to an address of ours alone', async (t) => {
  for (const own of ['/', '/evaluations/1402.qazvin/self?axis=G.1&node=a', '/units/%D9%82?q=//x']) {
    t.equal(ownAddress(own), own)
  }
  const others = [
    ...[
      'https://x.example/',
      '//x.example',
      '/\\x.example',
      '\\/x.example',
      '/\t/x.example',
      '/\n/x.example'
    ],
    ...['/.//x.example', '/..//x.example', '/a/..//x.example', '/%2e//x.example', 'javascript:alert(1)', ''],
    ...['/sign-in', '/sign-in/callback?code=1', '/sign-out', `/${'x'.repeat(2_000)}`, undefined, ['/a']]
  ]
  for (const other of others) t.equal(ownAddress(other), '/', String(other).slice(0, 40))
})

t.test('a person in every role is offered, and not everybody of a whole country', async (t) => {
  const unit = (unit: string, parent: string | null) => ({
    unit,
    parent,
    name: { fa: unit },
    kind: 'office' as const,
    province: null,
    groups: []
  })
  t.strictSame(
    peopleOf([]).map(({ role }) => role),
    ['auditor', 'registrar', 'panelist', 'viewer']
  )
  const many = [unit('hq', null), ...Array.from({ length: 200 }, (_, index) => unit(`u-${index}`, 'hq'))]
  const people = peopleOf(many)
  t.ok(people.length < 25)
  t.match(people, [{}, {}, { id: 'e-17', units: ['hq'] }, { id: 'a-1', units: ['u-0'] }])
})
