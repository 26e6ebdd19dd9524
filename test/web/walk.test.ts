import type { Page } from 'playwright-core'
import t from 'tap'
import { readSampleFiles } from '../../scripts/import/files.ts'
import { readSample } from '../../scripts/import/plan.ts'
import { positionsOf, startTestApp, type TestApp } from '../support/app.ts'
import { browserOf, noBrowser, openBrowser } from '../support/browser.ts'
import { contextOf } from '../support/pages.ts'
import {
  assessor,
  auditor,
  expert,
  openRehearsal,
  QAZVIN,
  registrar,
  rehearsalFramework,
  submitRehearsal
} from '../support/rehearsal.ts'

/* The ways that people take through the pages, in a real browser, on the sample and on a live evaluation. */

const E = '1402-behzisti-provincial.qazvin-behzisti'

/** The sample, through the commands, as the demo imports it. */
async function importSample(app: TestApp): Promise<void> {
  const plan = readSample(await readSampleFiles())
  for (const { command, body } of plan.commands) {
    const answer = await app.command({ id: 'r-1', role: 'registrar' }, command, body)
    if (answer.statusCode !== 201) throw new Error(`${command}: ${answer.payload}`)
  }
  await app.settled()
}

const textOf = async (page: Page, selector = 'main'): Promise<string> =>
  ((await page.locator(selector).first().textContent()) ?? '').replace(/\s+/g, ' ')

t.test('from the league to why 100 % became 50 %, and back in time', { skip: noBrowser }, async (t) => {
  const app = await startTestApp(t)
  await importSample(app)
  const browser = await openBrowser(t)
  const context = await browserOf(t, browser, app, auditor)
  const page = await context.newPage()
  await page.goto('/')
  t.match(await textOf(page), '۸۷٫۴۶')
  await page.locator(`a[href^="/evaluations/${E}"]`).first().click()
  await page.waitForURL(new RegExp(`/evaluations/${E}`))
  await page.goto(`/evaluations/${E}`)
  t.match(await textOf(page), '۱٬۷۴۹٫۲۴', 'the sum of the parts')
  t.match(await textOf(page), '۱٬۷۵۰٫۳۲', 'beside what was announced')
  await page.goto(`/evaluations/${E}/nodes/S6`)
  const why = await textOf(page)
  for (const part of ['۱۵۰', '۷۵', '۵۰٫۰۰', '۱٬۲۵۸', '۳٬۵۸۶', 'در منبع نیامده است', 'table 7 row 6']) {
    t.match(why, part, `the page of S6 says ${part}`)
  }
  t.match(await page.locator('svg').first().getAttribute('class'), /./)

  await page.locator('.moment summary').click()
  const moment = (await positionsOf(app))[537]
  const { digits, number } = contextOf('fa').format
  await page.locator('.moment input[name=position]').fill(digits(String(moment)))
  await page.locator('.moment button').click()
  await page.waitForURL(new RegExp(`asOf=${moment}`))
  t.match(await textOf(page, '.moment'), number(String(moment)))
  t.notMatch(await textOf(page, '.moment'), 'دفتر تا رویداد')
  await page.locator('.moment .back').click()
  t.notMatch(page.url(), 'asOf')

  const english = await browserOf(t, browser, app, auditor, { language: 'en' })
  const other = await english.newPage()
  await other.goto(`/evaluations/${E}/nodes/S6`)
  for (const part of ['150', '75', '50.00', '1,258', '3,586', 'not in the source'])
    t.match(await textOf(other), part)

  const still = await browserOf(t, browser, app, auditor, { script: false })
  const plain = await still.newPage()
  await plain.goto(`/evaluations/${E}/nodes/S6`)
  t.match(await textOf(plain), 'در منبع نیامده است', 'without a script too')

  const pdf = await page.pdf({ format: 'A4', tagged: true })
  t.equal(pdf.subarray(0, 5).toString(), '%PDF-')
  await page.emulateMedia({ media: 'print' })
  t.notOk(await page.locator('header.top').isVisible(), 'no menu on paper')
  t.ok(await page.locator('.moment').isVisible(), 'the position on the sheet')
  t.ok(await page.locator('.print-only').isVisible(), 'and when it was printed')
})

t.test('an open page hears of a decision in another session', { skip: noBrowser }, async (t) => {
  const app = await startTestApp(t)
  await submitWithWindow(app)
  const act = (who: typeof expert, name: string, body: object) =>
    app.act(who, name, { evaluation: QAZVIN, ...body })
  const reason = { reasonCode: 'definition', reason: 'A level was shown' }
  await act(expert, 'override-score', { node: 'G.1.a', points: '5', ...reason })
  await act(expert, 'confirm-scores', { rest: true })
  await act(expert, 'complete-review', {})
  const filed = await act(assessor, 'file-appeal', {
    node: 'G.1.a',
    claim: { points: '20' },
    grounds: 'It was shown',
    evidence: []
  })
  const [appeal] = filed.json().created.appeals
  await act(registrar, 'assign-panel', { appeal, members: ['p-4'], chair: 'p-4' })

  const browser = await openBrowser(t)
  const context = await browserOf(t, browser, app, auditor)
  const page = await context.newPage()
  await page.goto(`/evaluations/${QAZVIN}/nodes/G.1.a`)
  t.notMatch(await textOf(page), 'تصمیم هیئت')
  await app.act({ id: 'p-4', role: 'panelist' }, 'decide-appeal', {
    evaluation: QAZVIN,
    appeal,
    outcome: 'upheld',
    reasons: 'Both readings hold'
  })
  await page.locator('main', { hasText: 'تصمیم هیئت' }).waitFor({ timeout: 20_000 })
  t.match(await textOf(page), 'Both readings hold', 'the page shows it without being asked again')
})

/** As the rehearsal, with windows that stay open. */
async function submitWithWindow(app: TestApp): Promise<void> {
  const windows = { windowDays: 10, escalationDays: 5, decisionDays: 15, instances: 2 }
  await submitRehearsal(app, { ...rehearsalFramework, appeal: windows })
}

/** Fills in a form of a page and sends it; resolves once the page says that it was recorded. */
async function fill(page: Page, address: string, form: string, typed: Record<string, string>): Promise<void> {
  await page.goto(address)
  const opened = page.locator(`form#${form}`)
  // Some forms are folded away until somebody wants them.
  await page.evaluate(`for (const each of document.querySelectorAll('main details')) each.open = true`)
  for (const [name, value] of Object.entries(typed)) {
    const field = opened.locator(`[name="${name}"]`).first()
    if (name === 'reasonCode') await field.selectOption(value)
    else await field.fill(value)
  }
  await opened.locator('button').last().click()
  await page.locator('p.done').waitFor({ timeout: 20_000 })
}

/** What the unit types, in Persian digits where it likes. */
const asTyped: Record<string, Record<string, string>> = {
  'G.1.a': { 'points:number': '۱۷٫۵' },
  'G.1.b': { 'measurement.numerator:number': '۶۰', 'measurement.denominator:number': '100' },
  'G.1.c': { 'measurement.numerator:number': '230', 'measurement.baseline:number': '200' },
  'G.2.a': { 'measurement.numerator:number': '80', 'measurement.denominator:number': '100' },
  'G.2.b': { 'measurement.numerator:number': '40' }
}

t.test(
  'two people, one evaluation: assessed by one, reviewed by the other',
  { skip: noBrowser },
  async (t) => {
    const app = await startTestApp(t)
    await openRehearsal(app)
    const browser = await openBrowser(t)
    const unit = await (await browserOf(t, browser, app, assessor)).newPage()
    const self = `/evaluations/${QAZVIN}/self`
    for (const [node, typed] of Object.entries(asTyped))
      await fill(unit, `${self}?node=${node}`, 'score', typed)
    await fill(unit, self, 'submit', {})

    const reviewer = await (await browserOf(t, browser, app, expert, { language: 'en' })).newPage()
    const review = `/evaluations/${QAZVIN}/review`
    await fill(reviewer, `${review}?node=G.1.a`, 'override', {
      'points:number': '10',
      reasonCode: 'evidence-missing',
      reason: 'No list was attached'
    })
    await fill(reviewer, review, 'rest', {})
    await fill(reviewer, review, 'complete', {})

    await unit.goto(`/evaluations/${QAZVIN}/nodes/G.1.a`)
    const why = await textOf(unit)
    for (const part of ['۱۷٫۵', '۱۰', 'No list was attached', 'نبود مستندات']) t.match(why, part)
  }
)
