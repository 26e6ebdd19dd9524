import t, { type Test } from 'tap'
import { member, ofQazvin, ofYazd, seedAllKinds } from '../support/all-kinds.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { visit } from '../support/pages.ts'
import { auditor, expert, QAZVIN, registrar, viewer } from '../support/rehearsal.ts'

/* The register, its statistics, one case and its letter over a ledger with something of everything. */

interface Row {
  appeal: string
  node: string
}

t.test('appeals on pages', async (t) => {
  const app = await startTestApp(t)
  await seedAllKinds(app)
  await app.settled()
  const { items } = await app.read(auditor, '/v1/appeals')
  const of = (node: string): string => items.find((row: Row) => row.node === node)?.appeal
  const [decided, withdrawn, open] = [of('G.1.a'), of('G.1.b'), of('G.2.b')]

  await t.test('the register', (t) => register(t, app))
  await t.test('statistics', (t) => statistics(t, app))
  await t.test('one case', (t) => oneCase(t, app, { decided, withdrawn, open }))
  await t.test('the decision as a letter', (t) => letter(t, app, { decided, open }))
  await t.test('if it were upheld', (t) => hypothesis(t, app, open))
  await t.test('who sees none of it', (t) => hidden(t, app, decided))
  await t.test('as of the past', (t) => past(t, app, decided))
})

async function register(t: Test, app: TestApp): Promise<void> {
  const page = await visit(app, auditor, '/appeals')
  t.equal(page.status, 200)
  t.match(page.text, 'گره G.۱.a')
  t.match(page.text, '۲۰ امتیاز به جای ۱۲٫۵')
  t.match(page.text, 'عدم مصداق به جای ۳ امتیاز')
  t.match(page.text, 'قزوین')
  t.match(page.text, '۱۵ روز مانده')
  t.match(page.text, 'رئیس zxzx-p')
  t.match(page.text, /(شنبه|جمعه) \S+ \S+ ۱۴[۰-۹]{2} ۱۵ روز مانده/, 'the deadline has its weekday')
  const english = await visit(app, auditor, '/appeals?lang=en&status=decided')
  t.match(english.text, 'partly upheld')
  t.match(english.text, 'was due by')
  t.notMatch(english.main, 'Node G.2.b', 'what does not fit the filter is not there')
  t.match((await visit(app, auditor, '/appeals?unit=yazd')).text, 'هیچ اعتراضی با این صافی')
  const mine = await visit(app, member, '/appeals')
  t.match(mine.main, `/appeals?panelist&#61;${member.id}`)
  t.match((await visit(app, member, `/appeals?panelist=${member.id}`)).text, 'گره G.۱.a')
  t.match((await visit(app, ofQazvin, '/appeals')).main, `/evaluations/${QAZVIN}/appeal`)
  t.notMatch((await visit(app, expert, '/appeals')).main, '/appeal"')
  const file = await visit(app, auditor, '/appeals?status=withdrawn&export=csv')
  t.match(file.html, /filter status,withdrawn/)
  t.match(file.html, 'G.1.b')
  t.notMatch(file.html, 'G.2.b')
}

async function statistics(t: Test, app: TestApp): Promise<void> {
  const byUnit = await visit(app, auditor, '/appeals/statistics')
  t.match(byUnit.text, /قزوین qazvin ۳ ۱ ۰ ۱ ۱ ۱ ۱۰۰٫۰۰٪ \+۲٫۵/)
  const byNode = await visit(app, auditor, '/appeals/statistics?by=node&lang=en')
  t.match(byNode.text, 'Node G.1.a G.1.a 1402-rehearsal')
  const byExpert = await visit(app, auditor, '/appeals/statistics?by=expert')
  t.match(byExpert.text, 'zxzx-e')
  const file = JSON.parse((await visit(app, auditor, '/appeals/statistics?by=node&export=json')).html)
  t.equal(file.items.length, 3)
  t.match(file.filter, { by: 'node' })
}

interface Cases {
  decided: string
  withdrawn: string
  open: string
}

async function oneCase(t: Test, app: TestApp, { decided, withdrawn, open }: Cases): Promise<void> {
  const page = await visit(app, auditor, `/appeals/${decided}`)
  t.match(page.text, 'اعتراض قزوین به «گره G.۱.a»')
  t.match(page.text, 'zxzx-signatory')
  t.match(page.text, 'کافی نبودن مستندات', 'the act that is disputed says its reason')
  t.match(page.text, 'پیش از تصمیم')
  t.match(page.text, '+۲٫۵')
  t.match(page.text, 'واحد می‌تواند تا پایان روز')
  t.match(page.main, /href="\/events\/[0-9a-f-]{36}"/)
  t.match(page.main, `/evaluations/${QAZVIN}/nodes/G.1.a`)
  t.match(page.text, 'در این مرحله اقدامی برای شما باز نیست')
  t.notMatch(page.main, '<form method="post"')
  const own = await visit(app, ofQazvin, `/appeals/${decided}?lang=en`)
  t.match(own.text, 'Ask for the second instance')
  t.notMatch(own.main, 'href="/events/', 'whoever does not read the ledger is led to no page of it')
  t.match((await visit(app, auditor, `/appeals/${withdrawn}`)).text, 'مسترد')
  const forms = async (who: typeof auditor) =>
    [...(await visit(app, who, `/appeals/${open}`)).main.matchAll(/<form[^>]*id="([^"]*)"/g)].map(
      ([, id]) => id
    )
  t.strictSame(await forms(expert), ['answer-appeal'])
  t.strictSame(await forms(registrar), ['assign-panel'])
  t.strictSame(await forms(ofQazvin), ['withdraw-appeal'])
  t.strictSame(await forms(auditor), [])
}

async function letter(t: Test, app: TestApp, { decided, open }: Omit<Cases, 'withdrawn'>): Promise<void> {
  const page = await visit(app, auditor, `/appeals/${decided}/letter`)
  for (const part of [
    'باسمه تعالی',
    'شماره zxzx/۷۷',
    'ترکیب هیئت',
    'zxzx-q عضو غایب',
    'zxzx-p رئیس حاضر',
    '۲۰ امتیاز به جای ۱۲٫۵، از سقف ۲۰',
    'دلایل معترض',
    'پاسخ طرف ارزیاب',
    'مقررات حاکم',
    'مستندات بررسی‌شده',
    'بخشی از اعتراض پذیرفته می‌شود.',
    'نظر اقلیت',
    'اثر رأی بر ارقام',
    'واحد می‌تواند تا پایان روز'
  ])
    t.match(page.text, part)
  const english = await visit(app, ofQazvin, `/appeals/${decided}/letter?instance=1&lang=en`)
  t.match(english.text, 'The appeal is partly upheld.')
  t.match(english.text, 'The unit may ask for the second instance until the end of')
  t.match((await visit(app, auditor, `/appeals/${open}/letter`)).text, 'هنوز تصمیمی گرفته نشده است')
}

async function hypothesis(t: Test, app: TestApp, open: string): Promise<void> {
  const before = (await app.read(auditor, '/v1/events?limit=500')).asOf.position
  t.notMatch(
    (await visit(app, auditor, `/appeals/${open}`)).text,
    'محاسبه‌ای فرضی',
    'only where it is asked for'
  )
  for (const who of [auditor, registrar, ofQazvin]) {
    const page = await visit(app, who, `/appeals/${open}?ifUpheld=yes`)
    t.match(page.text, 'این تنها محاسبه‌ای فرضی است')
    t.match(page.text, /گره G\.۲\.b ۳ عدم مصداق/)
  }
  t.notMatch((await visit(app, expert, `/appeals/${open}?ifUpheld=yes`)).text, 'اگر پذیرفته شود')
  await app.settled()
  t.equal((await app.read(auditor, '/v1/events?limit=500')).asOf.position, before, 'nothing of it is kept')
}

async function hidden(t: Test, app: TestApp, appeal: string): Promise<void> {
  for (const path of ['/appeals', '/appeals/statistics', `/appeals/${appeal}`, `/appeals/${appeal}/letter`]) {
    t.equal((await visit(app, viewer, path)).status, 404, path)
    t.equal((await visit(app, null, path)).status, 303, 'whoever has not signed in is led there')
  }
  for (const who of [ofYazd, { id: 'p-77', role: 'panelist' as const }]) {
    t.equal((await visit(app, who, `/appeals/${appeal}`)).status, 404)
    t.equal((await visit(app, who, `/appeals/${appeal}/letter`)).status, 404)
  }
  t.equal((await visit(app, auditor, '/appeals/01J00000000000000000000009')).status, 404)
}

async function past(t: Test, app: TestApp, appeal: string): Promise<void> {
  const { thread } = await app.read(auditor, `/v1/appeals/${appeal}`)
  const at = thread.find(({ type }: { type: string }) => type === 'PanelAssigned').position
  const page = await visit(app, registrar, `/appeals/${appeal}?asOf=${at}`)
  t.match(page.text, 'در دست رسیدگی')
  t.notMatch(page.text, 'پذیرش بخشی')
  t.match(page.text, 'این صفحه وضعیت گذشته را نشان می‌دهد')
  t.notMatch(page.main, '<form method="post"')
  t.match(page.main, `/evaluations/${QAZVIN}?asOf&#61;${at}`, 'links stay in the past')
  t.match((await visit(app, auditor, `/appeals?asOf=${at}`)).text, 'در دست رسیدگی')
}
