import t from 'tap'
import { SESSION_COOKIE } from '../../src/http/session-cookie.ts'
import { startTestApp } from '../support/app.ts'
import { openRehearsal, QAZVIN } from '../support/rehearsal.ts'
import { createBrowser } from '../support/visitor.ts'

const PERSON = { person: 'assessor a-3 qazvin' }
const PATH = `/evaluations/${QAZVIN}/self?node=G.1.a&lang=en`
/** As the action of a form says it. */
const ACTION = `/evaluations/${QAZVIN}/self?node=G.1.a`
const NOTE = 'written for an <hour> & "more"'

t.test('a form that was sent after the session had ended loses nothing', async (t) => {
  const app = await startTestApp(t)
  await openRehearsal(app)
  const browser = createBrowser()
  const page = await browser.send(await browser.open(app.url + PATH), '/sign-in', PERSON)
  browser.drop(app.url, SESSION_COOKIE)
  const held = await browser.send(page, ACTION, { 'points:number': '12', note: NOTE })
  t.equal(held.status, 401)
  t.match(held.text, 'Your session has ended')
  t.ok(held.text.includes('written for an <hour> & "more"'), 'all that was typed is shown')
  t.notMatch(held.html, '<hour>')

  const otherTab = await browser.open(`${app.url}/sign-in`)
  await browser.send(otherTab, '/sign-in', PERSON)
  const done = await browser.send(held, ACTION, {})
  t.equal(done.status, 200)
  t.match(done.text, 'Recorded')
  t.ok(done.text.includes('Entered: 12 of 20 points'))
  t.match(done.html, '&#60;hour&#62;', 'with every word of it')
})

t.test('words that another site puts there are not offered for sending', async (t) => {
  const { ask } = await startTestApp(t)
  const headers = { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' }
  for (const more of [{}, { cookie: '_csrf=planted' }]) {
    const payload = '_csrf=forged&_command=enter-self-score&note=not+mine'
    const answer = await ask(null, ACTION, { method: 'POST', headers: { ...headers, ...more }, payload })
    t.equal(answer.statusCode, 401)
    t.notMatch(answer.payload, 'not mine')
  }
})
