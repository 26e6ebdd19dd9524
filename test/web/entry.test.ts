import t, { type Test } from 'tap'
import { seedAllKinds } from '../support/all-kinds.ts'
import { positionsOf, startTestApp, type TestApp, type Who } from '../support/app.ts'
import { send, visit } from '../support/pages.ts'
import {
  assessor,
  auditor,
  expert,
  openRehearsal,
  QAZVIN,
  registrar,
  viewer,
  yazdi
} from '../support/rehearsal.ts'

const SELF = `/evaluations/${QAZVIN}/self`
const REVIEW = `/evaluations/${QAZVIN}/review`

/** Sends a form and looks at the page that one is led to. */
async function write(
  t: Test,
  app: TestApp,
  who: Who,
  url: string,
  form: string,
  typed: Record<string, string>
) {
  const answer = await send(app, who, url, form, typed)
  if (answer.statusCode !== 303) t.fail(`${form} at ${url}: ${answer.statusCode} ${answer.payload}`)
  return visit(app, who, String(answer.headers.location))
}

t.test(
  'two people take an evaluation from the first entry to the end of its review, by forms alone',
  async (t) => {
    const app = await startTestApp(t)
    await openRehearsal(app)
    const target = { evaluation: QAZVIN, node: 'G.1.c', target: '20', baseline: '200' }
    await app.act(registrar, 'assign-target', target)
    const enter = (node: string, typed: Record<string, string>) =>
      write(t, app, assessor, `${SELF}?node=${node}`, 'score', typed)

    const start = await visit(app, assessor, SELF)
    t.equal(start.status, 200)
    t.match(start.text, '۵ شاخص هنوز خالی است')
    t.match(start.text, '۰ از ۳')

    const first = await visit(app, assessor, `${SELF}?axis=G.1`)
    t.match(first.html, 'value="G.1.a"', 'the first empty leaf stands open')
    const entered = await write(t, app, assessor, `${SELF}?axis=G.1`, 'score', {
      'points:number': '۱۷٫۵',
      note: 'شرح کار',
      'evidence.0.title.fa': 'فهرست',
      'evidence.0.uri': 'https://files.example/list',
      'evidence.1.title.fa': 'صورت‌جلسه',
      'evidence.1.sha256': 'a'.repeat(64)
    })
    t.match(entered.text, '۱ از ۳')
    t.match(entered.html, 'value="G.1.b"', 'and then the next')
    const again = await visit(app, assessor, `${SELF}?node=G.1.a`)
    t.match(again.text, 'امتیاز ثبت‌شده: ۱۷٫۵ از ۲۰')
    t.match(again.html, 'href="https://files.example/list"')
    await enter('G.1.a', { 'points:number': '۱۸', note: 'اصلاح' })
    t.match((await visit(app, assessor, `${SELF}?node=G.1.a`)).text, 'صورت‌جلسه', 'documents stay')

    const measured = await enter('G.1.b', {
      'measurement.numerator:number': '۱٬۲۵۸٫۵',
      'measurement.denominator:number': '۳۵۸۶'
    })
    t.match(measured.text, '۱٬۲۵۸٫۵ از ۳٬۵۸۶')
    const growth = await visit(app, assessor, `${SELF}?node=G.1.c`)
    t.match(growth.text, '۲۰ (تعیین‌شده برای این واحد)')
    t.match(growth.text, 'درصد رشد')
    const claimed = await write(t, app, assessor, `${SELF}?node=G.1.c`, 'claim', {
      reasonCode: 'no-subject',
      reason: 'پایه‌ای در کار نیست'
    })
    t.match(claimed.text, 'پایه‌ای در کار نیست')
    await write(t, app, assessor, `${SELF}?node=G.2.a`, 'attach', { kind: 'letter', 'title.fa': 'نامه' })
    await enter('G.2.a', { 'measurement.numerator:number': '80', 'measurement.denominator:number': '100' })

    const missing = await visit(app, assessor, SELF)
    t.match(missing.text, '۱ شاخص هنوز خالی است')
    const refused = await send(app, assessor, SELF, 'submit', { 'blank.0.reason': '' })
    t.equal(refused.statusCode, 400, 'a blank needs a reason')
    t.match(refused.payload, 'aria-invalid="true"', 'and the field says so')
    const submitted = await write(t, app, assessor, SELF, 'submit', { 'blank.0.reason': 'آمار نرسید' })
    t.match(submitted.text, 'مرحله کنونی: بررسی کارشناسی')
    t.notMatch(submitted.html, 'id="submit"')

    const judge = (node: string, form: string, typed: Record<string, string> = {}) =>
      write(t, app, expert, `${REVIEW}?node=${node}`, form, typed)
    const sheet = await visit(app, expert, REVIEW)
    t.match(sheet.text, '۰ شاخص از ۵ بررسی شده است')
    const why = 'مستند کافی نیست'
    const overridden = await judge('G.1.a', 'override', {
      'points:number': '۱۰',
      reasonCode: 'evidence-insufficient',
      reason: why,
      ruleReference: 'بند ۳',
      'evidence.0.title.fa': 'گزارش بازدید',
      'evidence.0.uri': 'archive/77'
    })
    t.match(overridden.text, 'اصلاح شده')
    const returned = await write(t, app, expert, REVIEW, 'return', {
      'nodes:list': 'G.1.c',
      reason: 'پایه را بنویسید'
    })
    t.match(returned.text, 'عودت‌شده برای رفع نقص')

    const correcting = await visit(app, assessor, SELF)
    t.match(correcting.text, 'دلیل عودت: پایه را بنویسید')
    await enter('G.1.c', { 'measurement.numerator:number': '230' })
    t.match((await visit(app, assessor, `${SELF}?node=G.1.a`)).text, 'امتیاز ثبت‌شده: ۱۸ از ۲۰')
    t.notMatch(
      (await visit(app, assessor, `${SELF}?node=G.1.a`)).html,
      'id="score"',
      'the rest is not the unit’s to write'
    )
    await write(t, app, assessor, SELF, 'submit', {})

    await judge('G.1.b', 'confirm')
    await judge('G.2.b', 'override', { 'points:number': '0', reasonCode: 'other', reason: 'خالی است' })
    await judge('G.2.a', 'grant', { reasonCode: 'not-in-mission', reason: 'مأموریت ندارد' })
    await judge('G.2.a', 'revoke', { reasonCode: 'definition', reason: 'دارد' })
    const last = await visit(app, expert, REVIEW)
    t.match(last.text, '۲ شاخص هنوز باز است')
    const rest = await write(t, app, expert, REVIEW, 'rest', {})
    t.match(rest.text, 'همه شاخص‌ها بررسی شده‌اند')
    const complete = await write(t, app, expert, REVIEW, 'complete', {})
    t.match(complete.text, 'مرحله کنونی: مهلت اعتراض')
    const card = await app.read(auditor, `/v1/evaluations/${QAZVIN}`)
    t.match(card, { stage: 'appeal', nodes: [{}, {}, { code: 'G.1.a', standing: { points: '10' } }] })
  }
)

t.test('a claim of not applicable is answered on the sheet', async (t) => {
  const app = await startTestApp(t)
  await openRehearsal(app)
  for (const node of ['G.1.a', 'G.1.b', 'G.1.c', 'G.2.a', 'G.2.b']) {
    const typed = { reasonCode: 'other', reason: `<script>"'&${node}` }
    await write(t, app, assessor, `${SELF}?node=${node}`, 'claim', typed)
  }
  await write(t, app, assessor, SELF, 'submit', {})
  const page = await visit(app, expert, `${REVIEW}?node=G.1.a`)
  t.match(page.html, '&#60;script&#62;&#34;&#39;&#38;G.1.a')
  t.notMatch(page.html, '<script>"')
  const yes = { reasonCode: 'other', reason: 'درست است' }
  t.match((await write(t, app, expert, `${REVIEW}?node=G.1.a`, 'grant', yes)).text, 'عدم مصداق')
  const no = { reasonCode: 'definition', reason: 'نادرست است' }
  const after = await write(t, app, expert, `${REVIEW}?node=G.1.b`, 'refuse', no)
  t.match(after.html, 'id="override"', 'and then there are points to give')
})

t.test('what is refused is still there, with the reason', async (t) => {
  const app = await startTestApp(t)
  await openRehearsal(app)
  const url = `${SELF}?lang=en&node=G.1.a`
  const typed = { 'points:number': '۲۱', note: 'a <b>long</b> note', 'evidence.0.title.fa': 'list "1"' }
  const answer = await send(app, assessor, url, 'score', typed)
  t.equal(answer.statusCode, 409)
  for (const kept of ['value="۲۱"', 'a &#60;b&#62;long&#60;/b&#62; note', 'value="list &#34;1&#34;"']) {
    t.match(answer.payload, kept)
  }
  t.match(answer.payload, 'class="refusal"')
  t.match(answer.payload, 'id="score-points-error">', 'beside the field')
  await app.act(assessor, 'enter-self-score', { evaluation: QAZVIN, node: 'G.1.a', points: '20' })
  const wrong = await send(app, assessor, `${SELF}?node=G.1.b`, 'score', {
    'measurement.numerator:number': 'many'
  })
  t.match(wrong.payload, 'value="many"')
  t.match(wrong.payload, 'aria-invalid="true"')
})

t.test('whoever may not write looks, and sees no more than is theirs', async (t) => {
  const app = await startTestApp(t)
  await openRehearsal(app)
  const body = { evaluation: QAZVIN, node: 'G.1.c', reasonCode: 'other', reason: 'a secret reason' }
  await app.act(assessor, 'claim-not-applicable', body)
  for (const who of [auditor, viewer, yazdi, expert, registrar]) {
    const page = await visit(app, who, `${SELF}?lang=en&node=G.1.c`)
    t.equal(page.status, 200, who.id)
    t.match(page.text, 'You can look but not write here', who.id)
    t.notMatch(page.main, /<form[^>]*id="(score|claim|submit)"/, who.id)
    const isWhole = !['v-2', 'a-8'].includes(who.id)
    t.equal(page.text.includes('a secret reason'), isWhole, who.id)
    t.equal(page.text.includes('not shown to you'), !isWhole, who.id)
  }
  for (const who of [assessor, auditor, viewer]) {
    const page = await visit(app, who, `${REVIEW}?lang=en&node=G.1.a`)
    t.match(page.text, 'You can look but not write here', who.id)
    t.notMatch(page.main, /<form[^>]*method="post"/, who.id)
  }
  const sixth = (await positionsOf(app))[5]
  const past = await visit(app, assessor, `${SELF}?lang=en&asOf=${sixth}&node=G.1.a`)
  t.match(past.text, 'This is the past')
  t.notMatch(past.main, '<form method="post"')
  t.match((await visit(app, assessor, `${SELF}?lang=en&node=nothing&axis=G.1`)).text, 'no such leaf')
  t.equal((await visit(app, assessor, '/evaluations/none.qazvin/self')).status, 404)
})

t.test('beside each leaf stands what its counterparts got in the last period', async (t) => {
  const app = await startTestApp(t)
  await seedAllKinds(app)
  const page = await visit(app, auditor, `${SELF}?lang=en&node=G.2.a`)
  t.match(page.text, /Last period \(1401\) H\.2\.a: self \S+, standing \S+؛ H\.2\.b: self/)
  t.match(page.text, 'Self 1401')
  t.match(page.text, 'Final 1401')
  t.match(
    (await visit(app, auditor, `${SELF}?lang=en&node=G.2.b`)).text,
    'has no counterpart in the last period'
  )
})
