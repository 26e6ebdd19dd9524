import t from 'tap'
import { formatFor } from '../../src/web/format.ts'
import { lastInstant } from '../../src/web/parts/appeal.ts'
import { startTestApp } from '../support/app.ts'
import { broughtBack, unasked } from '../support/appealing.ts'
import {
  assessor,
  auditor,
  EVALUATION,
  expert,
  registrar,
  reviewed,
  submitted
} from '../support/insurance.ts'
import { send, visit } from '../support/pages.ts'
import { EVALUATION as CASE } from '../support/province.ts'
import {
  enterClaims,
  expert as judging,
  openRehearsal,
  QAZVIN,
  assessor as rehearsing
} from '../support/rehearsal.ts'
import { seed } from '../support/seed.ts'

const PAGE = `/evaluations/${EVALUATION}/appeal`

t.test('which node an appeal is about, and what it asks for', async (t) => {
  const app = await startTestApp(t)
  await submitted(app)
  t.match((await visit(app, assessor, PAGE)).text, 'در مرحله اعتراض نیست')
  await reviewed(app)
  const tree = await visit(app, assessor, PAGE)
  t.match(tree.text, '۱۰ روز مانده')
  t.match(tree.main, `${PAGE}?node&#61;S7`)
  t.match(tree.main, 'id="waive-appeal"')
  t.equal((await visit(app, expert, PAGE)).status, 404)
  t.equal((await visit(app, auditor, PAGE)).status, 404)

  const less = await send(app, assessor, `${PAGE}?node=S7`, 'file-appeal', {
    'claim.applicable:flag': '',
    'claim.points:number': '۱۰۰',
    grounds: 'کم شمرده شده است'
  })
  t.equal(less.statusCode, 409)
  t.match(less.payload, /id="file-appeal-claim-points-error">/)
  t.match(less.payload, 'کم شمرده شده است')
  const nothing = await send(app, assessor, `${PAGE}?node=S7`, 'file-appeal', { grounds: '' })
  t.match(nothing.payload, /id="file-appeal-claim-points-error">این را باید پر کنید/)
  t.match(nothing.payload, /id="file-appeal-grounds-error">این را باید پر کنید/)

  const full = await visit(app, assessor, `${PAGE}?node=S5`)
  t.notMatch(full.main, 'claim.points', 'no more points are offered than there are')
  t.match(full.main, /value="false" checked/)

  await t.test('a registrar says whose appeal it is', async (t) => {
    const filed = await send(app, registrar, `${PAGE}?node=S7`, 'file-appeal', {
      'claim.applicable:flag': '',
      'claim.points:number': '۱۵۰',
      grounds: 'کم شمرده شده است',
      'onBehalf.person': 'a-3',
      'onBehalf.letter.number': '۵۰۱',
      'onBehalf.letter.date:day': '۱۴۰۳/۰۲/۰۱'
    })
    t.equal(filed.statusCode, 303, filed.payload)
    const page = await visit(app, registrar, String(filed.headers.location))
    t.match(page.text, 'به نمایندگی از a-3، نامه ۵۰۱ مورخ ۱ اردیبهشت ۱۴۰۳')
    const after = await visit(app, assessor, PAGE)
    t.notMatch(after.main, `${PAGE}?node&#61;S7"`, 'a node with an open appeal is not offered')
    t.notMatch(after.main, `${PAGE}?node&#61;S"`, 'nor what is above it')
    t.match((await visit(app, assessor, `${PAGE}?node=S7`)).text, 'اکنون نمی‌توان به این شاخص اعتراض کرد')
  })

  await t.test('several nodes of one letter', async (t) => {
    t.match((await visit(app, assessor, PAGE)).main, 'name="rows"')
    const rows = {
      case: 'letter-12',
      'appeals.0.node': 'S6',
      'appeals.0.claim.points:number': '۱۵۰',
      'appeals.0.grounds': 'نخست',
      'appeals.0.evidence.0.title.fa': 'سند نخست'
    }
    const bad = await send(app, assessor, `${PAGE}?rows=3`, 'file-case', {
      ...rows,
      'appeals.1.node': 'G1',
      'appeals.1.claim.points:number': '۵۰',
      'appeals.1.grounds': 'دوم'
    })
    t.equal(bad.statusCode, 409, 'one of them asks for nothing more')
    t.match(bad.payload, /value="۵۰"/)
    const good = await send(app, assessor, `${PAGE}?rows=3`, 'file-case', {
      ...rows,
      'appeals.1.node': 'G1',
      'appeals.1.claim.applicable:flag': 'false',
      'appeals.1.grounds': 'دوم'
    })
    t.equal(good.statusCode, 303, good.payload)
    await app.settled()
    const { items } = await app.read(auditor, '/v1/appeals')
    t.strictSame(
      items
        .filter((row: { case: string }) => row.case === 'letter-12')
        .map((row: { node: string }) => row.node),
      ['S6', 'G1']
    )
  })
})

t.test('the unit accepts, the office makes it final, and a named body opens it again', async (t) => {
  const app = await startTestApp(t)
  await openRehearsal(app)
  await enterClaims(app)
  const close = `/evaluations/${QAZVIN}/close`
  await app.act(rehearsing, 'submit-self-assessment', { evaluation: QAZVIN })
  t.match((await visit(app, registrar, close)).text, 'بررسی کارشناسی')
  await app.act(judging, 'confirm-scores', { evaluation: QAZVIN, rest: true })
  await app.act(judging, 'complete-review', { evaluation: QAZVIN })
  t.equal((await visit(app, auditor, close)).status, 404)

  const waived = await send(app, rehearsing, `/evaluations/${QAZVIN}/appeal`, 'waive-appeal', {})
  t.equal(waived.statusCode, 303, waived.payload)
  const told = await visit(app, rehearsing, String(waived.headers.location))
  t.match(told.text, 'پذیرش نتیجه')
  t.match(told.text, 'واحد نتیجه را پذیرفته است')
  t.notMatch(told.text, 'روز مانده')
  t.match((await visit(app, rehearsing, `/evaluations/${QAZVIN}`)).text, 'واحد نتیجه را پذیرفته است')
  t.notMatch((await visit(app, registrar, `/evaluations/${QAZVIN}/close`)).text, 'مهلت اعتراض تا پایان')
  const final = await send(app, registrar, close, 'finalise-evaluation', {
    'letter.number': '۷',
    'letter.date:day': '۱۴۰۳/۰۳/۰۱'
  })
  t.equal(final.statusCode, 303, final.payload)
  const page = await visit(app, registrar, String(final.headers.location))
  t.match(page.text, 'بازگشایی به اینها می‌رسد')
  t.match(page.text, '۸۶٫۲۵')
  t.match(page.text, 'G.1.a')
  const incomplete = await send(app, registrar, close, 'reopen-evaluation', {
    reason: 'رأی دیوان',
    'authority.body': '',
    'authority.number': '۹',
    'authority.date:day': '1403/13/01'
  })
  t.equal(incomplete.statusCode, 400)
  t.match(incomplete.payload, /id="reopen-evaluation-authority-body-error">این را باید پر کنید/)
  t.match(incomplete.payload, /id="reopen-evaluation-authority-date-error">این تاریخ شناخته نشد/)
  t.match(incomplete.payload, 'رأی دیوان')
  const reopened = await send(app, registrar, close, 'reopen-evaluation', {
    reason: 'رأی دیوان',
    'authority.body': 'دیوان عدالت اداری',
    'authority.number': '۹',
    'authority.date:day': '۱۴۰۳/۰۴/۱۲'
  })
  t.equal(reopened.statusCode, 303, reopened.payload)
  const { items } = await app.read(
    auditor,
    `/v1/evaluations/${QAZVIN}/events?limit=500&waitFor=${reopened.headers['ledger-position'] ?? '0'}`
  )
  t.match(items.at(-1), { type: 'EvaluationReopened', data: { authority: { date: '2024-07-02' } } })
})

t.test('what stands in the way of the end is said, with the event', async (t) => {
  const app = await startTestApp(t)
  await submitted(app)
  await reviewed(app)
  const close = `/evaluations/${EVALUATION}/close`
  const page = await visit(app, registrar, close)
  t.match(page.text, 'مهلت اعتراض تا پایان')
  t.match(page.main, /آنچه در راه است[\s\S]*href="\/events\//)
  t.notMatch(page.main, 'id="finalise-evaluation"')
  const { appealClosesAt } = await app.read(registrar, `/v1/evaluations/${EVALUATION}`)
  const lastDay = formatFor('fa').weekday(lastInstant(appealClosesAt))
  t.match(page.text, `واحد تا ${lastDay} حق اعتراض دارد`, 'days in sentences are those of the reader too')
  t.notMatch(page.text, /\dT\d/)
  const body = { evaluation: EVALUATION, node: 'S6', claim: { points: '150' }, grounds: '…' }
  const filed = await app.act(assessor, 'file-appeal', body)
  const open = await visit(app, registrar, `${close}?lang=en`)
  t.match(open.text, 'Open appeals')
  t.match(open.main, `/appeals/${filed.json().created.appeals[0]}`)
})

t.test('an evaluation that cannot become final is opened again on the same page', async (t) => {
  const app = await startTestApp(t)
  const close = `/evaluations/${CASE}/close`
  await seed(app, [...unasked(), ...broughtBack()])
  const page = await visit(app, registrar, close)
  t.match(page.text, 'G.a.1, G.a.2', 'what has no points is named')
  t.match(page.main, 'id="reopen-evaluation"')
  t.notMatch(page.main, 'id="finalise-evaluation"')
  const reopened = await send(app, registrar, close, 'reopen-evaluation', {
    reason: 'رأی هیئت',
    'authority.body': 'هیئت',
    'authority.number': '۹',
    'authority.date:day': '۱۴۰۳/۰۴/۱۲'
  })
  t.equal(reopened.statusCode, 303, reopened.payload)
  await app.settled()
  const card = await app.read(auditor, `/v1/evaluations/${CASE}`)
  t.match(card, { stage: 'review', status: 'provisional', total: { partial: true } })
  t.match(await app.read(auditor, '/v1/evaluations?stage=review'), { items: [{ evaluation: CASE }] })
})
