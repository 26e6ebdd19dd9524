import t from 'tap'
import { told } from '../../src/web/parts/refusal.ts'
import { startTestApp } from '../support/app.ts'
import { browserOf, noBrowser, openBrowser } from '../support/browser.ts'
import { appealed, EVALUATION, reviewed, submitted, assessor as unit } from '../support/insurance.ts'
import { contextOf, formIn, mainOf, openForm, post, send, textOf, visit } from '../support/pages.ts'
import { assessor, enterClaims, openRehearsal, QAZVIN } from '../support/rehearsal.ts'

/* Forms that are refused: nothing that was typed is lost, and nothing of it is taken for something else. */

const SELF = `/evaluations/${QAZVIN}/self`

t.test('a refusal is told even where the page has no such form any more', async (t) => {
  const app = await startTestApp(t)
  await openRehearsal(app)
  await enterClaims(app)
  const url = `${SELF}?node=G.1.a`
  const open = await openForm(app, assessor, url, 'score')
  await app.act(assessor, 'submit-self-assessment', { evaluation: QAZVIN })
  await app.settled()
  const late = await post(app, assessor, open, { 'points:number': '12', note: 'a <b>long</b> note' })
  t.equal(late.statusCode, 409)
  const main = mainOf(late.payload)
  t.notMatch(main, 'id="score"')
  t.match(main, /id="refusal"[^>]*role="alert"/)
  t.match(textOf(main), 'آنچه فرستادید ثبت نشد')
  t.match(main, 'a &#60;b&#62;long&#60;/b&#62; note', 'what was typed stands there')
  t.ok(main.indexOf('id="refusal"') < main.indexOf('<h2>محورها'), 'before all else')
  t.equal(main.match(/id="refusal"/g)?.length, 1)
})

t.test('a page that holds what was refused is not exchanged for a newer one', async (t) => {
  const app = await startTestApp(t)
  await submitted(app)
  await reviewed(app)
  const appeal = await appealed(app)
  const open = await openForm(app, unit, `/appeals/${appeal}`, 'withdraw-appeal')
  await app.act(unit, 'withdraw-appeal', { evaluation: EVALUATION, appeal, reason: 'settled' })
  await app.settled()
  t.match(
    (await visit(app, unit, `/appeals/${appeal}`)).html,
    'data-typed="false"',
    'there is nothing to type'
  )
  const late = await post(app, unit, open, { reason: 'written at length' })
  t.equal(late.statusCode, 409)
  t.match(late.payload, 'data-typed="true"')
})

t.test('nor is what is half typed, wherever the cursor is', { skip: noBrowser }, async (t) => {
  const app = await startTestApp(t)
  await openRehearsal(app)
  const page = await (await browserOf(t, await openBrowser(t), app, assessor)).newPage()
  await page.goto(`/evaluations/${QAZVIN}/trail`)
  await page.click('.moment summary')
  await page.fill('.moment input[name=date]', '1405/09/')
  await enterClaims(app)
  await page.locator('#fresh', { hasText: /\S/ }).waitFor()
  t.equal(await page.inputValue('.moment input[name=date]'), '1405/09/')
  await page.fill('.moment input[name=date]', '')
  await page.fill('main input[name=node]', 'G.1')
  await page.click('h1')
  await page.evaluate("document.getElementById('fresh').textContent = ''")
  await app.act(assessor, 'submit-self-assessment', { evaluation: QAZVIN })
  await page.locator('#fresh', { hasText: /\S/ }).waitFor()
  t.equal(await page.inputValue('main input[name=node]'), 'G.1')
})

t.test('what came of a form is in sight', async (t) => {
  const app = await startTestApp(t)
  await submitted(app)
  await reviewed(app)
  const filing = `/evaluations/${EVALUATION}/appeal?node=S7`
  const { action } = await openForm(app, unit, filing, 'file-appeal')
  t.match(action, /#refusal$/)
  const claim = { 'claim.applicable:flag': '', 'claim.points:number': '100', grounds: 'too few' }
  const refused = mainOf((await send(app, unit, filing, 'file-appeal', claim)).payload)
  t.equal(refused.match(/id="refusal"/g)?.length, 1, 'the box stands in the form, and nowhere else')
  t.notMatch(textOf(refused), 'آنچه فرستادید')
  const taken = await send(app, unit, filing, 'file-appeal', { ...claim, 'claim.points:number': '150' })
  t.equal(taken.statusCode, 303)
  const location = String(taken.headers.location)
  t.match(location, /#done$/)
  t.match((await visit(app, unit, location)).main, /<p class="done" id="done"/)
})

t.test('words about one leaf never come back in a form about another', async (t) => {
  const app = await startTestApp(t)
  await openRehearsal(app)
  const axis = `${SELF}?axis=G.1`
  const open = await openForm(app, assessor, axis, 'score')
  t.match(open.action, /node=G\.1\.a#/, 'the form leads to its own leaf')
  await app.act(assessor, 'enter-self-score', { evaluation: QAZVIN, node: 'G.1.a', points: '5' })
  await app.settled()
  const refused = await post(app, assessor, open, { 'points:number': '21', note: 'about the first leaf' })
  t.equal(refused.statusCode, 409)
  const again = formIn(mainOf(refused.payload), 'score')
  t.match(Object.fromEntries(again.hidden).node, 'G.1.a', 'it stands open still')
  t.match(refused.payload, '>about the first leaf</textarea>')
  const taken = await post(app, assessor, again, { 'points:number': '20' })
  const next = await visit(app, assessor, String(taken.headers.location))
  t.match(next.main, 'value="G.1.b"', 'and once it is taken the next empty leaf does')

  const elsewhere = await post(
    app,
    assessor,
    { ...open, action: `${SELF}?node=G.2.a` },
    { 'points:number': '21', note: 'about the first leaf' }
  )
  const main = mainOf(elsewhere.payload)
  t.match(main, /id="score-note"[^>]*><\/textarea>/, 'what was typed for one is not offered for the other')
  t.match(main, '<li dir="auto">about the first leaf</li>', 'and is not lost either')
})

t.test('documents that were kept do not make a form another one', async (t) => {
  const app = await startTestApp(t)
  await openRehearsal(app)
  const entry = { evaluation: QAZVIN, node: 'G.1.a', points: '5', evidence: [{ title: { fa: 'سند' } }] }
  const open = await openForm(app, assessor, `${SELF}?node=G.1.a`, 'score')
  await app.act(assessor, 'enter-self-score', entry)
  await app.settled()
  const refused = await post(app, assessor, open, { 'points:number': '21', note: 'mine' })
  t.match(refused.payload, '>mine</textarea>')
})

t.test('reasons for blanks stay with their leaves when one of them is filled in meanwhile', async (t) => {
  const app = await startTestApp(t)
  await openRehearsal(app)
  const open = await openForm(app, assessor, SELF, 'submit')
  await app.act(assessor, 'enter-self-score', { evaluation: QAZVIN, node: 'G.1.a', points: '5' })
  await app.settled()
  const codes = ['G.1.a', 'G.1.b', 'G.1.c', 'G.2.a', 'G.2.b']
  const typed = codes.map((code, index) => [`blank.${index}.reason`, `why ${code}`] as const)
  const refused = await post(app, assessor, open, Object.fromEntries(typed))
  t.equal(refused.statusCode, 409)
  const main = mainOf(refused.payload)
  for (const [index, code] of codes.slice(1).entries()) {
    t.match(main, `value="${code}"`)
    t.match(main, new RegExp(`id="submit-blank-${index}-reason"[^>]*value="why ${code}"`))
  }
  t.match(main, '<li dir="auto">why G.1.a</li>')
  t.match(main, /<details class="act" open><summary>[^<]*<\/summary><form[^>]*id="submit"/)
})

t.test('instants in sentences are days and times of the reader', async (t) => {
  const midnight = 'until 2026-12-07T20:30:00.000Z.'
  t.equal(
    told(contextOf('en'), midnight),
    'until Monday 16 Azar 1405.',
    'what ends at midnight ends the day before'
  )
  t.equal(told(contextOf('fa'), '2026-12-07T09:05:00.123Z'), '۱۶ آذر ۱۴۰۵، ۱۲:۳۵')
  t.equal(told(contextOf('en'), 'no day'), 'no day')
})

t.test('a form that is refused says why in words for people', async (t) => {
  const app = await startTestApp(t)
  await openRehearsal(app)
  const enter = async (numerator: string, denominator: string) => {
    const typed = { 'measurement.numerator:number': numerator, 'measurement.denominator:number': denominator }
    return (await send(app, assessor, `${SELF}?node=G.1.b`, 'score', typed)).payload
  }
  const comma = await enter('1258,500', '3586')
  t.match(comma, /numerator-error">عدد را مانند ۱۲۵۸٫۵ یا 1258\.5 بنویسید/)
  t.match(comma, 'برخی پاسخ‌ها پذیرفتنی نیست')
  t.notMatch(comma, 'errors را ببینید')
  t.match(await enter('1258', '0'), /denominator-error">باید بیش از صفر باشد/, 'but a bound is named')
})

t.test('a letter about many nodes is not too long for its form', async (t) => {
  const app = await startTestApp(t)
  await submitted(app)
  await reviewed(app)
  const rows = Array.from({ length: 20 }, (_, index) => [
    [`appeals.${index}.node`, 'S7'],
    [`appeals.${index}.claim.points:number`, '150'],
    [`appeals.${index}.grounds`, 'ب'.repeat(2_300)]
  ])
  const several = `/evaluations/${EVALUATION}/appeal?rows=20`
  const sent = await send(
    app,
    unit,
    several,
    'file-case',
    Object.fromEntries([['case', 'l-1'], ...rows.flat()])
  )
  t.equal(sent.statusCode, 409, 'it is read, and refused for what it says')
  t.match(sent.payload, 'ب'.repeat(2_300))
})

t.test('a browser that goes back fills in no other form', { skip: noBrowser }, async (t) => {
  const app = await startTestApp(t)
  await openRehearsal(app)
  const browser = await openBrowser(t)
  const page = await (await browserOf(t, browser, app, assessor)).newPage()
  await page.goto(`${SELF}?axis=G.1`)
  await page.fill('#score-points', '11')
  await page.fill('#score-note', 'about the first leaf')
  await page.click('#score button')
  await page.waitForURL(/#done$/)
  await page.goBack()
  t.match(await page.textContent('#leaf h2'), 'G.1.b')
  t.equal(await page.inputValue('#score-note'), '')
  await page.goto(`${SELF}?node=G.1.b`)
  await page.fill('#score-note', 'not sent yet')
  await page.goto('/')
  await page.goBack()
  t.equal(await page.inputValue('#score-note'), 'not sent yet', 'but the same one it does')
})

t.test('a reason stands beside the field that it is about', async (t) => {
  const app = await startTestApp(t)
  await submitted(app)
  await reviewed(app)
  const several = `/evaluations/${EVALUATION}/appeal?rows=3`
  const row = { case: 'letter-12', 'appeals.1.node': 'S7', 'appeals.1.grounds': 'too few' }
  const many = await send(app, unit, several, 'file-case', {
    ...row,
    'appeals.1.claim.points:number': 'many'
  })
  t.match(many.payload, 'id="file-case-appeals-1-claim-points-error"', 'the first row was left empty')
  t.notMatch(many.payload, /id="file-case-appeals-0[\w-]*-error"/)
  const none = await send(app, unit, several, 'file-case', { ...row, 'appeals.1.claim.applicable:flag': '' })
  t.match(none.payload, /id="file-case-appeals-1-claim-points-error">این را باید پر کنید/)

  const one = `/evaluations/${EVALUATION}/appeal?node=S7`
  const claim = { 'claim.points:number': '150', grounds: 'too few' }
  const untitled = await send(app, unit, one, 'file-appeal', { ...claim, 'evidence.1.uri': 'archive/7' })
  t.match(untitled.payload, /id="file-appeal-evidence-1-title-fa-error">این را باید پر کنید/)
  const document = { 'evidence.1.title.fa': 'list' }
  const short = await send(app, unit, one, 'file-appeal', {
    ...claim,
    ...document,
    'evidence.1.sha256:hash': 'AB'
  })
  t.match(short.payload, /id="file-appeal-evidence-1-sha256-error">این SHA-256 نیست/)
  const copied = { ...document, 'evidence.1.sha256:hash': ` ${'AB'.repeat(32)}` }
  t.equal((await send(app, unit, one, 'file-appeal', { ...claim, ...copied })).statusCode, 303)
})
