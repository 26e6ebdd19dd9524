import t from 'tap'
import { SESSION_COOKIE } from '../../src/http/session-cookie.ts'
import { startTestApp } from '../support/app.ts'
import { assessor, expert, openRehearsal, QAZVIN } from '../support/rehearsal.ts'
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

t.test('a form of somebody else is not sent in the name of whoever has signed in meanwhile', async (t) => {
  const app = await startTestApp(t)
  await openRehearsal(app)
  const browser = createBrowser()
  const typed = { 'points:number': '12', note: 'written by a-3' }
  const signIn = async (person: string) =>
    browser.send(await browser.open(`${app.url}/sign-in`), '/sign-in', { person })
  await signIn('assessor a-3 qazvin')
  const page = await browser.open(app.url + PATH)
  await signIn('assessor a-33 qazvin')
  const refused = await browser.send(page, ACTION, typed)
  t.equal(refused.status, 409)
  t.match(refused.text, 'opened by a-3; you are signed in as a-33 now')
  t.match(refused.html, '>written by a-3</textarea>', 'it is theirs to read, and to send or not')
  await app.settled()
  t.match((await browser.open(app.url + PATH)).html, /id="score-points"[^>]*value=""/, 'nothing was entered')
  const taken = await browser.send(refused, ACTION, typed)
  t.match(taken.text, 'Recorded')

  await t.test('nor one that was held while the session had ended', async (t) => {
    const open = await browser.open(app.url + PATH)
    browser.drop(app.url, SESSION_COOKIE)
    const held = await browser.send(open, ACTION, { ...typed, note: 'written by a-33' })
    await signIn('assessor a-3 qazvin')
    const again = await browser.send(held, ACTION, {})
    t.equal(again.status, 409)
    t.match(again.html, '>written by a-33</textarea>')
  })

  await t.test('where they may not see the page, the words are shown nevertheless', async (t) => {
    const closing = `/evaluations/${QAZVIN}/close`
    await app.act(assessor, 'submit-self-assessment', {
      evaluation: QAZVIN,
      blank: ['G.1.b', 'G.1.c', 'G.2.a', 'G.2.b'].map((node) => ({ node, reason: 'late' }))
    })
    await app.act(expert, 'confirm-scores', { evaluation: QAZVIN, rest: true })
    for (const node of ['G.1.b', 'G.1.c', 'G.2.a', 'G.2.b']) {
      const zero = { evaluation: QAZVIN, node, points: '0', reasonCode: 'other', reason: 'blank' }
      await app.act(expert, 'override-score', zero)
    }
    await app.act(expert, 'complete-review', { evaluation: QAZVIN })
    await app.settled()
    await signIn('registrar r-5')
    const open = await browser.open(app.url + closing)
    await signIn('viewer v-2')
    const away = await browser.send(open, closing, { 'letter.signatory': 'name of whoever signs' })
    t.equal(away.status, 404)
    t.match(away.text, 'What you sent')
    t.match(away.text, 'name of whoever signs')
  })
})
