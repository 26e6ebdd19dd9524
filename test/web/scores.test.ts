import t from 'tap'
import { startTestApp } from '../support/app.ts'
import { textOf, visit } from '../support/pages.ts'
import { importSample } from '../support/qazvin.ts'
import { auditor, viewer } from '../support/rehearsal.ts'

/*
 * The pages about figures over three real years of one office: what was claimed, what stands, and that nothing is said
 * that the report does not say.
 */

const EVALUATION = '/evaluations/1402-behzisti-provincial.qazvin-behzisti'
const S6 = `${EVALUATION}/nodes/S6`

const app = await startTestApp(t)
await importSample(app.store)
await app.settled()

/** The text of the part of a page between two of its headings. */
const between = (markup: string, from: string, to: string): string =>
  textOf(markup.slice(markup.indexOf(`<h2>${from}<`), markup.indexOf(to, markup.indexOf(`<h2>${from}<`))))

t.test('why 150 became 75 is answered in one sentence, in both languages', async (t) => {
  const persian = await visit(app, auditor, S6)
  t.equal(persian.status, 200)
  t.match(persian.text, 'واحد ۱۵۰ از ۱۵۰ ادعا کرده است ( ۱۰۰٫۰۰٪ )؛ ۷۵ ملاک عمل است ( ۵۰٫۰۰٪ ).')
  t.match(persian.text, /یک اقدام آن را جابه‌جا کرد: ثبت امتیاز از منبع، مرحله نهایی، r-1 \(دبیرخانه\)/)
  t.match(persian.text, 'دلیل آن در منبع نیامده است.')
  const english = await visit(app, auditor, `${S6}?lang=en`)
  t.match(english.text, 'The unit claimed 150 of 150 ( 100.00% ); 75 stand ( 50.00% ).')
  t.match(english.text, 'One act moved it: Score recorded, level Final, r-1 (registrar)')
  t.match(english.text, '\u221275 points. The reason is not in the source.')
})

t.test('both acts are told with their source, and add up', async (t) => {
  const { main } = await visit(app, auditor, `${S6}?lang=en`)
  const steps = between(main, 'The steps', 'What it is judged by')
  t.match(steps, /no points → 150 .*150 → 75 \u221275/)
  t.match(steps, 'table 7 row 6')
  t.match(steps, 'ratio of 1,258 / 3,586 = 35.08% , against target 20')
  t.match(steps, 'سقف امتیاز ۱۵۰ کسب گردد', 'the unit is heard in its own words')
  t.match(steps, 'The steps add up: \u221275 = 75 − 150')
  const { steps: told } = await app.read(auditor, `/v1${S6}`)
  for (const { event } of told) t.match(main, `href="/events/${event}"`)
})

t.test('rule, target and measurement are said without taking a side', async (t) => {
  const { main, text } = await visit(app, auditor, `${S6}?lang=en`)
  const basis = between(main, 'What it is judged by', 'Discrepancies')
  t.match(basis, 'there is no rule that computes them')
  t.match(basis, 'the target of the node in the framework')
  t.match(basis, 'against a target of 20 : 175.40% of it')
  t.match(basis, 'against a target of 100 : 35.08% of it')
  t.match(text, /another target than the one in force material percent 100 20 \u221280/)
  t.match(text, 'This is the only unit judged by this framework.')
  t.match(text, 'No lineage ties this node to another year.')
})

t.test('the waterfall goes from the claim to what stands, and its table says the same', async (t) => {
  const { main } = await visit(app, auditor, `${S6}?lang=en`)
  const chart = /<figure class="plot">[\s\S]*?<\/figure>/.exec(main)?.[0] ?? ''
  t.match(chart, 'aria-label="From a claim of 150 to 75 that stand, step by step"')
  const bars = [
    ...chart.matchAll(/<rect class="(self|loss|standing)" x="([\d.]+)%" [^>]*width="([\d.]+)%" height="13"/g)
  ]
  t.strictSame(
    bars.map(([, kind, x, width]) => [kind, x, width]),
    [
      ['self', '0', '76'],
      ['loss', '38', '38'],
      ['standing', '0', '38']
    ]
  )
  t.match(
    textOf(/<details[\s\S]*/.exec(chart)?.[0] ?? ''),
    /Claim of the unit none 150 .* \u221275 75 What stands none 75/
  )
})

t.test('a sum is told by the nodes below it, and begins its axis where that is said', async (t) => {
  const { main, text } = await visit(app, auditor, `${EVALUATION}/nodes/total?lang=en`)
  t.match(text, '13 acts moved it, \u2212250.76 points in all; the largest: S6')
  t.match(text, 'The axis begins at 1,400, not at zero.')
  t.match(text, 'The steps add up: \u2212250.76 = 1,749.24 − 2,000')
  t.match(main, `href="${EVALUATION}/nodes/S6"`)
  t.match(text, 'Acts that moved nothing')
  t.match(between(main, 'Over the years', 'How the same was judged elsewhere'), /1400 .*1401 .*1402/)
})

t.test('the announced total stands beside the sum of its parts', async (t) => {
  const { main, text } = await visit(app, auditor, `${EVALUATION}?lang=en`)
  const announced = between(
    main,
    'Announced figures beside the sum of their parts',
    'The charts of the annual report'
  )
  t.match(announced, /Total 1,750\.32 1,749\.24 \+1\.08 material 87\.6% table 6 row 3/)
  t.match(announced, 'calls neither correct')
  t.match(main, '/discrepancies?unit&#61;qazvin-behzisti&#38;period&#61;1402&#38;node&#61;total"')
  t.match(
    text,
    'The unit claims 2,000 of 2,000 ( 100.00% ); 1,749.24 stand ( 87.46% ): a gap of 250.76 points.'
  )
  t.match(
    text,
    /G3\.3\.1 Agency's public transparency[^G]* none none Public relations Public relations Secretariat/
  )
  t.match(between(main, 'Published figures that have no place in the tree', 'This list'), 'G3.1.2.c')
})

t.test('points lost come largest first', async (t) => {
  const { main } = await visit(app, auditor, `${EVALUATION}?lang=en`)
  const losses = main.slice(main.indexOf('id="losses"'), main.indexOf('id="announced"'))
  const rows = [
    ...losses.matchAll(
      /<tr[^>]*><th scope="row"><a[^>]*><bdi class="code">([\w.]+)<[\s\S]*?<td class="figure"><bdi dir="ltr">([\d.]+)/g
    )
  ]
  t.strictSame(
    rows.slice(0, 3).map(([, code, lost]) => [code, lost]),
    [
      ['S6', '75.00'],
      ['G2.2.2', '40.00'],
      ['G1.1.3', '36.00']
    ]
  )
})

t.test('the tree folds by depth and by branch without a script, and finds what is looked for', async (t) => {
  const rowsOf = (markup: string) =>
    [
      ...markup
        .slice(markup.indexOf('id="tree"'), markup.indexOf('id="losses"'))
        .matchAll(/class="code">([\w.]+)</g)
    ].map(([, code]) => code)
  t.strictSame(rowsOf((await visit(app, auditor, `${EVALUATION}?depth=1`)).main), ['G', 'S'])
  const branch = await visit(app, auditor, `${EVALUATION}?under=G3.3.1`)
  t.strictSame(
    rowsOf(branch.main),
    ['G3.3.1', ...'abcdef'].map((code) => (code.length > 1 ? code : `G3.3.1.${code}`))
  )
  t.match(branch.main, /<tr class="not-applicable">/)
  t.equal(rowsOf((await visit(app, auditor, `${EVALUATION}?depth=9`)).main).length, 90)
  // Typed with the Arabic letters and digits that some keyboards have.
  const found = await visit(app, auditor, `${EVALUATION}?q=${encodeURIComponent('بيمه')}`)
  t.match(found.text, '۱ یافته برای «بيمه»')
})

t.test('a reader of figures sees every figure, and is told what is not shown', async (t) => {
  const { text } = await visit(app, viewer, `${S6}?lang=en`)
  t.match(text, 'The unit claimed 150 of 150')
  t.match(text, 'The reason is not shown to you.')
  t.notMatch(text, 'r-1')
  t.notMatch(text, 'not in the source')
  const card = await visit(app, viewer, `${EVALUATION}?lang=en`)
  t.match(card.text, '1,750.32')
  t.notMatch(card.text, 'r-1')
})

t.test('the past is shown as it was: before the final score the claim stood', async (t) => {
  const { steps } = await app.read(auditor, `/v1${S6}`)
  const before = String(BigInt(steps[1].position) - 1n)
  const { text } = await visit(app, auditor, `${S6}?lang=en&asOf=${before}`)
  t.match(text, '150 stand ( 100.00% ). Nothing has moved it.')
  const changes = await visit(
    app,
    auditor,
    `${EVALUATION}/changes?lang=en&from=${before}&to=${steps[1].position}`
  )
  t.match(
    changes.text,
    /S6 .* 150\.00 75\.00 \u221275 150 none Score recorded, level Final , r-1 \(registrar\): not in the source/
  )
  t.match(changes.text, /The total went from .*: \u221275 points\./)
})

t.test('files hold what the pages show', async (t) => {
  const nodes = await visit(app, auditor, `${EVALUATION}?export=json`)
  t.equal(JSON.parse(nodes.html).items.length, 91)
  const steps = await visit(app, auditor, `${S6}?export=csv`)
  t.match(steps.html, /-75/)
  const changes = await visit(app, auditor, `${EVALUATION}/changes?export=json`)
  t.equal(JSON.parse(changes.html).items[0].node, 'total')
})
