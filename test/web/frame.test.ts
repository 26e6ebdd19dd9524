import t from 'tap'
import { chooseLanguage } from '../../src/web/language.ts'
import { positionsOf, startTestApp } from '../support/app.ts'
import { contextOf, textOf, visit } from '../support/pages.ts'
import { auditor, submitRehearsal, viewer } from '../support/rehearsal.ts'

t.test(
  'the language is that of the address, else of the cookie, else of the browser, else Persian',
  async (t) => {
    const none = { asked: undefined, cookie: undefined, accept: undefined }
    t.equal(chooseLanguage(none), 'fa')
    t.equal(chooseLanguage({ ...none, accept: 'en-GB, fa;q=0.8' }), 'en')
    t.equal(chooseLanguage({ ...none, accept: 'en', cookie: 'fa' }), 'fa')
    t.equal(chooseLanguage({ asked: 'en', cookie: 'fa', accept: 'fa' }), 'en')
    t.equal(chooseLanguage({ asked: 'de', cookie: 'xx', accept: undefined }), 'fa')
  }
)

t.test('what stands around every page', async (t) => {
  const app = await startTestApp(t)
  await submitRehearsal(app)

  await t.test('who has no session is led to sign in, and back', async (t) => {
    const answer = await app.ask(null, '/?period=1402', { headers: { accept: 'text/html' } })
    t.equal(answer.statusCode, 303)
    t.equal(answer.headers.location, '/sign-in?next=%2F%3Fperiod%3D1402')
  })

  await t.test('the session of a page is a cookie that the API does not take', async (t) => {
    const { authorization = '' } = await app.bearer(auditor)
    const cookie = `karnameh_session=${authorization.slice('Bearer '.length)}`
    t.equal((await app.ask(null, '/', { headers: { cookie } })).statusCode, 200)
    t.equal((await app.ask(null, '/v1/me', { headers: { cookie } })).statusCode, 401)
  })

  await t.test('the language is kept once it was chosen', async (t) => {
    const { headers, html } = await visit(app, auditor, '/?lang=en')
    t.match(html, '<html lang="en" dir="ltr">')
    t.match(String(headers['set-cookie']), 'karnameh_lang=en')
    const next = await visit(app, auditor, '/', { cookie: 'karnameh_lang=en' })
    t.match(next.html, '<html lang="en"')
    t.match((await visit(app, auditor, '/')).html, '<html lang="fa" dir="rtl">')
  })

  await t.test('a typed date or position is the address of that moment', async (t) => {
    const to = async (query: string) => (await visit(app, auditor, `/?period=1402&${query}`)).headers.location
    t.equal(await to('position=۳'), '/?period=1402&asOf=3')
    t.equal(
      await to('date=1403/04/12'),
      `/?period=1402&asOf=${encodeURIComponent('2024-07-02T20:29:59.999Z')}`
    )
    const eighth = String((await positionsOf(app))[7])
    const past = await visit(app, auditor, `/?period=1402&asOf=${eighth}`)
    t.match(textOf(past.html), `وضعیت در رویداد ${contextOf('fa').format.number(eighth)}`)
    t.match(past.html, 'بازگشت به اکنون')
    t.equal(past.headers['ledger-position'], eighth)
    t.match(past.html, `href="/evaluations?asOf&#61;${eighth}"`, 'the way to other pages stays in the past')
    const wrong = await visit(app, auditor, '/?period=1402&asOf=yesterday')
    t.equal(wrong.status, 400)
    t.match(wrong.html, 'malformed')
  })

  await t.test('files say what they hold, of which moment, and when they were taken', async (t) => {
    const csv = await visit(app, auditor, '/?period=1402&export=csv')
    t.match(
      String(csv.headers['content-disposition']),
      /attachment; filename="league-1402-rehearsal-\d+\.csv"/
    )
    t.notOk('content-length' in csv.headers, 'how long it is nobody knows: it is written as it is read')
    const [about = '', table = ''] = csv.html.split('\n\n')
    t.ok(about.startsWith('\ufefflist,/\n'))
    t.match(about, /\nposition,\d+\nat,2\d{3}-.*\nexportedAt,2.*\nfilter period,1402/)
    t.match(table.split('\n')[0], 'rank,unit,name.fa')
    t.match(table, /^1,qazvin,/m)
    const head = await app.ask(auditor, '/?period=1402&export=csv', { method: 'HEAD' })
    t.match(
      head,
      { statusCode: 200, payload: '', headers: { 'content-length': '0' } },
      'nothing is read for it'
    )
    t.match(head.headers['content-type'], 'text/csv')
    const json = JSON.parse((await visit(app, auditor, '/?period=1402&export=json')).html)
    t.match(json, { list: '/', filter: { period: '1402' }, position: /^\d+$/, items: [{ unit: 'qazvin' }] })
  })

  await t.test('an address that is not there, and a page that is not for one', async (t) => {
    const nowhere = await visit(app, auditor, '/nowhere')
    t.equal(nowhere.status, 404)
    t.match(nowhere.headers['content-type'], 'text/html')
    const program = await app.ask(null, '/nowhere', { headers: { accept: 'application/json' } })
    t.match(program.headers['content-type'], 'application/problem+json')
    t.notMatch((await visit(app, viewer, '/')).html, 'href="/events"')
  })

  await t.test('nothing is fetched from elsewhere, nothing is written into the page', async (t) => {
    const { html, headers } = await visit(app, auditor, '/')
    t.match(headers['content-security-policy'], "default-src 'self'")
    t.notMatch(html, / style="|<style|<script>|onclick|https?:\/\//)
    for (const [, address = ''] of html.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)) {
      const asset = await app.ask(null, address)
      t.equal(asset.statusCode, 200, address)
      const fonts = [...asset.payload.matchAll(/url\(([^)]+)\)/g)].map(([, url = '']) => url)
      for (const font of fonts) t.equal((await app.ask(null, font)).statusCode, 200, font)
    }
  })
})
