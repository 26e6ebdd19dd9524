import t from 'tap'
import { groupedBars } from '../../src/web/charts/grouped.ts'
import { splitChart } from '../../src/web/charts/split.ts'
import { comparability, whyNot } from '../../src/web/views/unit-cells.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { textOf, visit } from '../support/pages.ts'
import { auditor, viewer } from '../support/rehearsal.ts'
import { seed } from '../support/seed.ts'
import { threeYears, YEARS_UNIT } from '../support/three-years.ts'

const HOSTILE = `<script>"'&`
const ESCAPED = '&#60;script&#62;&#34;&#39;&#38;'

async function startYears(t: Parameters<typeof startTestApp>[0]): Promise<TestApp> {
  const app = await startTestApp(t)
  await seed(app, threeYears)
  return app
}

t.test('three years of a unit: what it is, how it did, and what cannot be compared', async (t) => {
  const app = await startYears(t)
  const { text, main } = await visit(app, viewer, `/units/${YEARS_UNIT}`)
  t.match(text, 'اداره کل قزوین نوع اداره کل زیر مجموعه سازمان استان قزوین گروه‌ها north')
  t.match(main, 'href="/units/organisation"')
  t.match(text, 'مقایسه سال به سال تنها جنبه توضیحی دارد', 'the caution')
  t.match(text, 'سال ۱۴۰۰ × سال ۱۴۰۱ × سال ۱۴۰۲ ×')
  t.match(text, 'از سال ۱۴۰۱ تا سال ۱۴۰۲ درصد تحقق از ۷۹٫۴۱٪ به ۷۳٫۲۵٪ رسید: −۶٫۱۶ واحد درصد، رشد −۷٫۷۶٪')
  t.match(text, 'این تغییر به عملکرد، مصداق و شیوه‌نامه تفکیک‌پذیر نیست')
  t.match(text, 'همان شاخص، قابل مقایسه')
  t.match(text, 'ادغام‌شده، قابل مقایسه نیست')
  t.match(text, 'شاخص‌هایی که در سال ۱۴۰۲ ادامه ندارد (۱)')
  t.equal([...main.matchAll(/<figure class="chart grouped"/g)].length, 1)
  t.match(main, '<rect class="hollow"', 'the total is to be compared with caution')
})

t.test('the change of a node is split, and the parts are those of the API', async (t) => {
  const app = await startYears(t)
  const { text, main } = await visit(app, auditor, `/units/${YEARS_UNIT}?node=G&lang=en`)
  const { items } = await app.read(auditor, `/v1/units/${YEARS_UNIT}/comparison`)
  const { change } = items.find(({ node }: { node: string }) => node === 'G').periods['1402']
  t.strictSame(change, {
    percent: '-27.50',
    performance: '-9.71',
    applicability: '2.91',
    framework: '-20.70',
    notSeparable: false
  })
  t.match(text, 'From Year 1401 to Year 1402 the percent went from 100.00% to 72.50% : −27.50 percent points')
  t.match(
    text,
    'Of this, −9.71 comes from performance, +2.91 from what applies and −20.70 from the framework.'
  )
  t.match(main, /<figure class="chart split">[\s\S]*−20\.70[\s\S]*?<\/figure>/)
  t.match(main, `href="/evaluations/1402-x.${YEARS_UNIT}/nodes/G"`, 'each year leads to why')
  const deep = await visit(app, auditor, `/units/${YEARS_UNIT}?node=G.c&depth=all&lang=en`)
  t.match(deep.text, 'there is no common basis to compare: it does not apply in one of the two')
  t.match(deep.text, 'G.b G.b', 'every level is in the table')
  const measured = await visit(app, auditor, `/units/${YEARS_UNIT}?node=G.b&lang=en`)
  t.match(measured.text, '1,808 of 2,260', 'the measurement where it is known')
  t.match(measured.text, 'the same but changed, not comparable')
})

t.test('periods are put in and taken out by links', async (t) => {
  const app = await startYears(t)
  const two = await visit(app, auditor, `/units/${YEARS_UNIT}?periods=1401,1402&lang=en`)
  t.match(two.text, 'Year 1400 + Year 1401 × Year 1402 ×')
  t.match(two.text, 'all periods')
  t.notMatch(two.text, 'From Year 1400')
  t.match(two.main, 'periods&#61;1400%2C1401%2C1402" aria-label="add Year 1400"')
  const one = await visit(app, auditor, `/units/${YEARS_UNIT}?periods=1402&lang=en`)
  t.match(one.text, 'Only one period is chosen')
  t.notMatch(one.main, 'leave out', 'the last one stays')
})

t.test('the rank in every population, each leading to its table', async (t) => {
  const app = await startYears(t)
  const { text, main } = await visit(app, auditor, `/units/${YEARS_UNIT}?lang=en`)
  t.match(text, 'Population Year 1400 Year 1401 Year 1402 All units 1 of 1 1 of 1 1 of 1 Group: north')
  t.match(text, 'Kind: directorate')
  t.match(text, 'Province: Qazvin')
  t.match(main, 'href="/?period&#61;1402&#38;series&#61;x&#38;province&#61;qazvin"')
})

t.test('looking back, taking away, and a unit without evaluations', async (t) => {
  const app = await startYears(t)
  const { items } = await app.read(auditor, '/v1/events?limit=500')
  const last = items.findLast(({ type }: { type: string }) => type === 'EvaluationOpened')
  // Which one that is depends on the store, which was given all of them at once.
  const [, latest = ''] = /^evaluation-(\d+)/.exec(last.stream) ?? []
  const [first, second] = ['1400', '1401', '1402'].filter((year) => year !== latest)
  const past = await visit(app, auditor, `/units/${YEARS_UNIT}?asOf=${BigInt(last.position) - 1n}&lang=en`)
  t.equal(past.status, 200)
  t.match(past.text, `Year ${first} × Year ${second} ×`)
  t.notMatch(past.text, `Year ${latest}`, 'its evaluation was not there yet')
  const file = (await app.get(auditor, `/units/${YEARS_UNIT}?export=json`)).json()
  const row = file.items.find(
    ({ node, period }: { node: string; period: string }) => node === 'G' && period === '1402'
  )
  t.match(row, { percent: '72.50', changePercent: '-27.50', performance: '-9.71', relation: 'same' })
  const parent = await visit(app, auditor, '/units/organisation')
  t.match(parent.text, 'این واحد در این زمان ارزیابی‌ای ندارد')
  t.match(parent.main, `href="/units/${YEARS_UNIT}"`)
  t.equal((await visit(app, auditor, '/units/nobody')).status, 404)
})

t.test('what is said of a cell', async (t) => {
  const row = { node: 'A', title: { fa: 'A' }, period: '1402', periods: {} }
  const cell = {
    ...{ nodes: ['A'], parent: null, ceiling: '10', applicableCeiling: '10', applicable: true },
    ...{ points: '5', percent: '50.00', partial: false, measurement: null, relation: 'split' },
    ...{ comparable: false, change: null, growthPercent: null, changePoints: null }
  }
  t.match(comparability(row, cell, false).en, 'split off, not comparable')
  t.match(comparability(row, { ...cell, comparable: true }, false).en, 'split off, comparable')
  t.match(comparability(row, { ...cell, relation: 'new' }, false).en, 'new')
  t.match(comparability(row, { ...cell, relation: null }, false).en, 'no lineage')
  t.match(comparability(row, null, false).en, 'not there')
  t.match(comparability(row, cell, true).en, 'first period')
  t.match(comparability({ ...row, node: 'total' }, cell, false).en, 'no common basis')
  t.match(whyNot(cell, { ...cell, partial: true }).en, 'partial')
  t.match(whyNot(cell, cell).en, 'lineage')
})

t.test('charts say beside each bar what they draw, from either side, and nothing breaks out', async (t) => {
  const bars = [
    { label: '1401', value: 50, text: '50%' },
    { label: HOSTILE, value: null, text: HOSTILE, isHollow: true }
  ]
  for (const language of ['fa', 'en'] as const) {
    const drawn = groupedBars(language, HOSTILE, [{ heading: 'x', bars }])
    t.match(textOf(drawn), '1401 50%')
    t.match(drawn, ESCAPED)
    t.notMatch(drawn, '<script')
    t.equal([...drawn.matchAll(/<rect/g)].length, 1, 'nothing is drawn where there is no figure')
  }
  const split = splitChart('en', 'x', [
    { label: 'a', value: -5, text: '−5' },
    { label: HOSTILE, value: 10, text: '+10' },
    { label: 'sum', value: 5, text: '+5', isSum: true }
  ])
  t.match(split, '<rect class="loss"')
  t.match(split, '<rect class="gain sum"')
  t.notMatch(split, '<script')
  const widths = [...split.matchAll(/<rect[^>]* width="([\d.]+)"/g)].map(([, width]) => Number(width))
  t.equal((widths[0] ?? 0) * 2, widths[1], 'bars are as long as their figures')
})

t.test('names that would break out stay words', async (t) => {
  const app = await startTestApp(t)
  const hostile = threeYears.map((each) =>
    each.type === 'UnitRegistered' ? { ...each, data: { ...each.data, name: { fa: HOSTILE } } } : each
  )
  await seed(app, hostile as typeof threeYears)
  const { main } = await visit(app, auditor, `/units/${YEARS_UNIT}?node=${encodeURIComponent(HOSTILE)}`)
  t.match(main, ESCAPED)
  t.notMatch(main, '<script')
})
