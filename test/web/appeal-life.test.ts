import t, { type Test } from 'tap'
import { type Answer, startTestApp, type TestApp, type Who } from '../support/app.ts'
import {
  appealed,
  argument,
  assessor,
  auditor,
  chair,
  EVALUATION,
  expert,
  measurement,
  registrar,
  reviewed,
  submitted
} from '../support/insurance.ts'
import { send, textOf, visit } from '../support/pages.ts'

/* The whole life of a dispute by forms alone, as people with a browser live it. */

const second: Who = { id: 'p-9', role: 'panelist' }
const FILING = `/evaluations/${EVALUATION}/appeal?node=S6`

/** Where a form that was taken leads to; the page there waits for what was just recorded. */
function taken(t: Test, answer: Answer): string {
  if (answer.statusCode !== 303)
    t.fail(textOf(/<main[\s\S]*<\/main>/.exec(answer.payload)?.[0] ?? answer.payload))
  return String(answer.headers.location)
}

/** The page of the case after a form of it was taken. */
async function done(
  t: Test,
  app: TestApp,
  who: Who,
  url: string,
  form: string,
  typed: Record<string, string>
) {
  return visit(app, who, taken(t, await send(app, who, url, form, typed)))
}

const countOf = async ({ read }: TestApp): Promise<number> =>
  (await read(auditor, `/v1/evaluations/${EVALUATION}/events?limit=500`)).items.length

t.test('a dispute from its filing to the second instance, by forms', async (t) => {
  const app = await startTestApp(t)
  await submitted(app)
  await reviewed(app)

  const form = await visit(app, assessor, FILING)
  t.match(form.text, 'امتیاز ملاک عمل ۷۵')
  const filed = await send(app, assessor, FILING, 'file-appeal', {
    'claim.applicable:flag': '',
    'claim.measurement.numerator:number': measurement.numerator,
    'claim.measurement.denominator:number': measurement.denominator,
    grounds: argument,
    'evidence.0.title.fa': 'آمار بیمه‌شدگان',
    'evidence.0.sha256': 'ab'.repeat(32),
    'letter.number': '۳۷۱',
    'letter.date:day': '۱۴۰۳/۰۱/۱۴'
  })
  const location = taken(t, filed)
  const [path = ''] = location.split('?')
  t.match(path, /^\/appeals\/[0-9A-Z]{26}$/)
  t.notMatch(location, 'node=', 'what was asked of the form is not asked of the case')
  const filedPage = await visit(app, assessor, location)
  t.match(filedPage.text, 'ثبت شد: ثبت اعتراض')
  t.match(filedPage.text, '۱۵۰ امتیاز به جای ۷۵، از سقف ۱۵۰')
  t.match(filedPage.text, 'نامه ۳۷۱ مورخ ۱۴ فروردین ۱۴۰۳')
  t.match(filedPage.text, argument)
  t.match(filedPage.main, 'ab'.repeat(32))
  const { may, dueAt } = await app.read(assessor, `/v1${path}`)
  t.strictSame(may, ['withdraw-appeal'])
  t.match(filedPage.main, dueAt, 'the deadline says itself to machines too')
  t.match(filedPage.text, '۳۰ روز مانده')

  const answered = await done(t, app, expert, path, 'answer-appeal', {
    position: 'contest',
    text: 'سطح نسبت نشان داده شده، نه رشد آن'
  })
  t.match(answered.text, 'پاسخ: رد اعتراض')

  await done(t, app, registrar, path, 'assign-panel', { 'members:list': 'p-4، p-6', chair: 'p-4' })
  await done(t, app, chair, path, 'request-appeal-information', {
    of: 'unit',
    question: 'آمار از کدام سامانه است؟'
  })
  t.match((await visit(app, assessor, path)).text, 'هنوز پاسخ داده نشده است')
  const told = await done(t, app, assessor, path, 'provide-appeal-information', {
    answer: 'از سامانه بیمه',
    'evidence.0.title.fa': 'فهرست بیمه‌شدگان',
    'evidence.0.uri': 'https://example.org/list'
  })
  t.match(told.main, /<a href="https:\/\/example\.org\/list" rel="noopener/)

  await t.test('a refusal keeps what was typed, the reason beside the field', (t) => refused(t, app, path))
  const decided = await done(t, app, chair, path, 'decide-appeal', {
    outcome: 'partly-upheld',
    'points:number': '۱۰۰٫۵',
    reasons: 'بخشی از رشد پذیرفته است',
    dissent: 'همه خواسته باید پذیرفته می‌شد',
    'present:list': 'p-4'
  })
  t.match(decided.text, 'پذیرش بخشی')
  t.match(decided.text, '۱۰۰٫۵')
  t.match(decided.text, 'واحد می‌تواند تا پایان روز')

  await done(t, app, assessor, path, 'escalate-appeal', { grounds: 'رشد کامل بوده است' })
  t.match((await visit(app, assessor, path)).text, 'می‌توانست تجدیدنظر بخواهد', 'which it has done')
  await done(t, app, registrar, path, 'assign-panel', { 'members:list': 'p-9', chair: 'p-9' })
  const last = await done(t, app, second, path, 'decide-appeal', {
    outcome: 'upheld',
    reasons: 'رشد کامل است'
  })
  t.match(last.text, 'خواسته به‌تمامی پذیرفته شده است')
  const file = await app.read(auditor, `/v1${path}`)
  t.match(file, { status: 'decided', outcome: 'upheld', instance: 2, moved: '75' })
  t.equal(file.decisions.length, 2)
})

async function refused(t: Test, app: TestApp, path: string): Promise<void> {
  const before = await countOf(app)
  const answer = await send(app, chair, path, 'decide-appeal', {
    outcome: 'partly-upheld',
    'points:number': '۲۰۰',
    reasons: 'دلایل <b>من</b>',
    'present:list': 'p-6',
    'letter.date:day': 'دیروز',
    'letter.number': '۱'
  })
  t.equal(answer.statusCode, 400)
  t.match(answer.payload, 'دلایل &#60;b&#62;من&#60;/b&#62;', 'what was typed stands in its field')
  t.match(answer.payload, /name="points:number"[^>]*value="۲۰۰"/)
  t.match(answer.payload, /value="p-6" checked/)
  t.match(answer.payload, /value="partly-upheld" checked/)
  t.match(answer.payload, /id="decide-appeal-letter-date-error">این تاریخ شناخته نشد/)
  t.match(answer.payload, /<details class="more" open><summary>نامه/, 'what is wrong is not folded away')
  const between = await send(app, chair, path, 'decide-appeal', {
    outcome: 'partly-upheld',
    'points:number': '۷۵',
    reasons: 'دلایل'
  })
  t.equal(between.statusCode, 409)
  t.match(
    between.payload,
    /id="decide-appeal-points-error">/,
    'a rule that was broken names its field as well'
  )
  t.match(between.payload, /<details class="act" open><summary>تصمیم</, 'nor is the form itself')
  t.equal(await countOf(app), before, 'nothing happened')
}

t.test('sending a form twice acts once; a form of nobody does nothing', async (t) => {
  const app = await startTestApp(t)
  await submitted(app)
  await reviewed(app)
  const appeal = await appealed(app)
  const path = `/appeals/${appeal}`
  const headers = { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' }
  const page = await visit(app, expert, path)
  const form = /<form[^>]*id="answer-appeal"[\s\S]*?<\/form>/.exec(page.main)?.[0] ?? ''
  const fields = new URLSearchParams({ position: 'contest', text: 'نه' })
  for (const [, name = '', value = ''] of form.matchAll(/type="hidden" name="([^"]*)" value="([^"]*)"/g))
    fields.append(name, textOf(value))
  const payload = fields.toString()
  const before = await countOf(app)
  const post = () => app.ask(expert, path, { method: 'POST', headers, payload })
  const [first, again] = [await post(), await post()]
  t.equal(first.statusCode, 303)
  t.equal(again.headers.location, first.headers.location)
  await app.settled()
  t.equal(await countOf(app), before + 1)

  const { authorization = '' } = await app.bearer(assessor)
  const cookie = `karnameh_session=${authorization.slice('Bearer '.length)}`
  const forged = new URLSearchParams({
    _command: 'withdraw-appeal',
    _key: 'forged',
    _form: 'withdraw-appeal',
    evaluation: EVALUATION,
    appeal,
    reason: 'forged'
  })
  const answer = await app.ask(null, path, {
    method: 'POST',
    headers: { ...headers, cookie },
    payload: forged.toString()
  })
  t.equal(answer.statusCode, 403)
  await app.settled()
  t.equal((await app.read(auditor, `/v1${path}`)).status, 'open', 'nothing was withdrawn')

  const open = await visit(app, null, path, { cookie })
  const token = textOf(/name="_csrf" value="([^"]*)"/.exec(open.main)?.[1] ?? '')
  const secret = [open.headers['set-cookie']].flat().map((line) => String(line).split(';')[0])
  forged.set('_csrf', token)
  const own = await app.ask(null, path, {
    method: 'POST',
    headers: { ...headers, cookie: [cookie, ...secret].join('; ') },
    payload: forged.toString()
  })
  t.equal(own.statusCode, 303, own.payload.slice(0, 300))
  await app.settled()
  t.equal((await app.read(auditor, `/v1${path}`)).status, 'withdrawn', 'the same form with its mark is taken')

  const other = await app.ask(assessor, path, {
    method: 'POST',
    headers,
    payload: new URLSearchParams({ _command: 'waive-appeal', _key: 'k', evaluation: EVALUATION }).toString()
  })
  t.equal(other.statusCode, 405, 'a page sends its own forms alone')
})
