import t from 'tap'
import { rowsChart } from '../../src/web/charts/rows.ts'
import { waterfall } from '../../src/web/charts/waterfall.ts'
import { measurementWords, shareOfTarget } from '../../src/web/parts/measurement.ts'
import { sentence } from '../../src/web/parts/sentence.ts'
import { typedMoment } from '../../src/web/views/changes.ts'
import { judgedIn, quantile } from '../../src/web/views/node/elsewhere.ts'
import { sortSteps, sumOf } from '../../src/web/views/node/steps-of.ts'
import { ofQazvin, SECRET, seedAllKinds } from '../support/all-kinds.ts'
import { positionsOf, startTestApp } from '../support/app.ts'
import { contextOf, textOf, visit, withoutTokens } from '../support/pages.ts'
import { auditor, expert, QAZVIN, viewer } from '../support/rehearsal.ts'

/* The pages about figures over a live evaluation with appeals, and their parts alone. */

const PAGE = `/evaluations/${QAZVIN}`
const HOSTILE = `</td><script>alert(1)</script>"'&`

const app = await startTestApp(t)
await seedAllKinds(app)
await app.act(expert, 'override-score', {
  evaluation: '1402-rehearsal.yazd',
  node: 'G.1.a',
  points: '2',
  reasonCode: 'other',
  reason: HOSTILE
})
const positions = await positionsOf(app)

t.test('an override, an appeal and a decision are steps that add up', async (t) => {
  const { text, main } = await visit(app, auditor, `${PAGE}/nodes/G.1.a?lang=en`)
  t.match(
    text,
    'The unit claimed 20 of 20 ( 100.00% ); 15 stand ( 75.00% ). 2 acts moved it, \u22125 points in all'
  )
  t.match(text, 'the largest: Score overridden, zxzx-e (expert)')
  t.match(text, 'evidence does not suffice: zxzx reason')
  t.match(text, /12\.5 → 15 \+2\.5/)
  t.match(text, 'The steps add up: \u22125 = 15 − 20')
  t.match(text, 'no. zxzx/77, 13 Farvardin 1403, signed by zxzx-signatory')
  t.match(text, /Responsible معاونت توسعه \( ?main ?\) zxzx-dr/)
  t.match(
    main,
    /<ol class="thread">[\s\S]*class="of-unit"[\s\S]*class="of-headquarters"[\s\S]*class="of-panel"/
  )
  t.match(text, 'partly upheld')
  t.match(text, 'Acts that moved nothing')
})

t.test('the rule is spelled out with the measurement that it was given', async (t) => {
  const ratio = await visit(app, auditor, `${PAGE}/nodes/G.1.b?lang=en`)
  t.match(ratio.text, 'Ratio against target 80 :')
  t.match(ratio.text, 'against a target of 80 : 75% of it')
  t.match(ratio.text, 'By the rule this measurement earns 18.75 of 25 points.')
  const growth = await visit(app, auditor, `${PAGE}/nodes/G.1.c?lang=en`)
  t.match(growth.text, 'assigned to this unit')
  t.match(growth.text, 'By the rule this measurement earns 11.25 of 15 points.')
  const bands = await visit(app, auditor, `${PAGE}/nodes/G.2.a`)
  t.match(bands.text, /پله‌ای: از ۵۰ : ۱۰ امتیاز؛ از ۸۰ : ۲۵ امتیاز/)
})

t.test('other units are told apart by nothing but figures', async (t) => {
  const { text, main } = await visit(app, auditor, `${PAGE}/nodes/G.1.a?lang=en`)
  t.match(text, 'Of 2 units 2 have complete points: least 10.00% , lower quartile 10.00% , median 10.00%')
  t.match(text, 'With 75.00% this unit is in place 1 ; 0 have more and 1 have less.')
  t.notMatch(main, /yazd|یزد/)
})

t.test('three years follow the lineage and say what can be compared', async (t) => {
  const { text } = await visit(app, auditor, `${PAGE}/nodes/G.1.a?lang=en`)
  t.match(
    text,
    /1401 H\.1\.a 20 18\.2 91\.00% .* 1402 G\.1\.a 20 15 75\.00% the same; comparable \u221216\.00/
  )
})

t.test('what does not apply is said to be no zero', async (t) => {
  const { text } = await visit(app, auditor, '/evaluations/1402-rehearsal.yazd/nodes/G.2.b?lang=en')
  t.match(text, 'This does not apply to the unit: its ceiling of 15 points is left out')
  const card = await visit(app, auditor, '/evaluations/1402-rehearsal.yazd?lang=en')
  t.match(card.text, 'there is no subject')
  t.match(card.text, 'Returned for correction')
  t.match(card.text, 'left blank')
})

t.test(
  'readers of figures find no name, reason, letter or document, and no words of an appeal',
  async (t) => {
    for (const path of ['', '/nodes/G.1.a', '/nodes/G', '/nodes/total', '/changes']) {
      const page = await visit(app, viewer, `${PAGE}${path}?lang=en`)
      t.equal(page.status, 200, path)
      t.notMatch(withoutTokens(page.html), SECRET, path)
    }
    const { text } = await visit(app, viewer, `${PAGE}/nodes/G.1.a?lang=en`)
    t.match(text, 'its words are not shown to you')
    t.match(text, 'name not shown to you')
    t.match((await visit(app, ofQazvin, `${PAGE}/nodes/G.1.a?lang=en`)).text, 'The whole case')
  }
)

t.test('words of people are shown as they are, once escaped', async (t) => {
  const place = '/evaluations/1402-rehearsal.yazd'
  for (const path of ['/nodes/G.1.a', '/changes']) {
    const { html, text } = await visit(app, auditor, `${place}${path}?lang=en`)
    t.notMatch(html, '<script>alert', path)
    t.match(text, HOSTILE, path)
  }
  const typed = await visit(
    app,
    auditor,
    `${place}?q=${encodeURIComponent(HOSTILE)}&under=${encodeURIComponent(HOSTILE)}`
  )
  t.notMatch(typed.html, '<script>alert')
})

t.test('what one may do next is named, with the way to it', async (t) => {
  const { main } = await visit(app, ofQazvin, `${PAGE}?lang=en`)
  t.match(main, 'What you may do now')
  t.match(main, 'href="/appeals?unit&#61;qazvin&#38;period&#61;1402"')
  const past = await visit(app, ofQazvin, `${PAGE}?lang=en&asOf=${positions[39]}`)
  t.match(past.text, 'go back to now to act')
})

t.test('two moments: what cannot be one is said beside its field', async (t) => {
  const bad = await visit(app, auditor, `${PAGE}/changes?lang=en&from=soon&to=99999999`)
  t.equal(bad.status, 200)
  t.match(bad.main, /id="from-error">This is neither a date nor an event number/)
  const future = await visit(app, auditor, `${PAGE}/changes?lang=en&to=99999999`)
  t.match(future.main, 'id="to-error"')
  const [to, from] = [positions[49], positions[59]]
  const turned = await visit(app, auditor, `${PAGE}/changes?lang=en&from=${from}&to=${to}`)
  t.match(turned.main, 'id="from-error"')
  t.match(turned.text, 'This moment is later than the second one.')
  t.notMatch(turned.text, 'see errors')
  const early = await visit(app, auditor, `${PAGE}/changes?lang=en&to=${positions[0]}`)
  t.match([early.status, early.text], [200, 'The evaluation was not open yet at this moment.'])
  t.match(early.main, 'aria-invalid="true"')
  t.equal((await visit(app, auditor, `/evaluations/none.none/changes?to=${positions[0]}`)).status, 404)
  const { text } = await visit(app, auditor, `${PAGE}/changes?lang=en`)
  t.match(text, 'The total went from 0 to')
  t.match(text, 'The stage went from “not open yet” to “appeal”.')
})

t.test('a moment is typed as a position, an instant or a day, never later than now', (t) => {
  const now = '2024-07-02T08:30:00.000Z'
  t.equal(typedMoment('۴۸٬۲۱۱', now), '48211')
  t.equal(typedMoment('1403/04/11', now), '2024-07-01T20:29:59.999Z')
  t.equal(typedMoment('1403/04/12', now), now)
  t.equal(typedMoment('2024-01-01T00:00:00Z', now), '2024-01-01T00:00:00Z')
  t.equal(typedMoment('1403/13/01', now), null)
  t.equal(typedMoment('yesterday', now), null)
  t.end()
})

t.test('steps are sorted by what they moved and summed exactly', (t) => {
  t.equal(sumOf(['0.1', '0.2', '-0.3001', null]), '-0.0001')
  t.equal(sumOf([]), '0')
  const { moving, alike, still } = sortSteps([
    { delta: '-75' },
    { delta: '0' },
    { delta: null }
  ] as unknown as Parameters<typeof sortSteps>[0])
  t.strictSame([moving.length, alike.length, still.length], [1, 1, 1])
  t.end()
})

t.test('quantiles are figures that somebody got', (t) => {
  const rows = ['90.00', '10.00', null, '50.00', '70.00'].map((percent, rank) => ({
    percent,
    rank,
    applicable: true,
    partial: false
  })) as unknown as Parameters<typeof judgedIn>[0]
  const judged = judgedIn(rows)
  t.strictSame(
    [0, 0.25, 0.5, 0.75, 1].map((share) => quantile(judged, share)),
    ['10.00', '10.00', '50.00', '70.00', '90.00']
  )
  t.end()
})

t.test('charts run from the right in Persian, and hostile labels stay labels', (t) => {
  const parts = {
    label: HOSTILE,
    rows: [{ label: HOSTILE, bars: [{ from: 0, to: 5, kind: 'loss' as const, figure: '5' }] }],
    from: 0,
    to: 10
  }
  const [persian, english] = [rowsChart(contextOf('fa'), parts), rowsChart(contextOf('en'), parts)]
  t.match(english, '<rect class="loss" x="0%"')
  t.match(persian, '<rect class="loss" x="62%"')
  t.notMatch(persian + english, '<script')
  t.match(textOf(english), HOSTILE)
  const ends = { claim: { label: 'a', points: '10' }, standing: { label: 'b', points: '14' } }
  const { chart, from } = waterfall(contextOf('en'), {
    label: 'c',
    ...ends,
    steps: [{ label: 'd', delta: '4' }]
  })
  t.match(chart, 'class="gain"')
  t.equal(from, 0, 'what moved is large enough to be seen from zero')
  t.end()
})

t.test('measurements are exact, and sentences hold markup between escaped words', (t) => {
  const context = contextOf('fa')
  const measurement = { numerator: '1258', denominator: '3586', target: '20' }
  t.equal(textOf(measurementWords(context, measurement)), 'نسبت ۱٬۲۵۸ به ۳٬۵۸۶ = ۳۵٫۰۸٪ ، در برابر هدف ۲۰')
  t.equal(shareOfTarget(measurement, '20'), '175.40')
  t.equal(sentence(context, { fa: '<b> {x}', en: '' }, { x: '<i>1</i>' }), '&#60;b&#62; <i>1</i>')
  t.end()
})
