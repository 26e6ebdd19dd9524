import { brotliCompressSync, gzipSync } from 'node:zlib'
import t from 'tap'
import { startTestApp } from '../support/app.ts'
import { history } from '../support/league-history.ts'
import { manyUnits } from '../support/many-units.ts'
import { visit } from '../support/pages.ts'
import { auditor, registrar, submitRehearsal, viewer } from '../support/rehearsal.ts'
import { seed } from '../support/seed.ts'

const HOSTILE = `<script>"'&`
const ESCAPED = '&#60;script&#62;&#34;&#39;&#38;'

/** Units in the order of the rows of a league. */
const unitsOf = (main: string): string[] =>
  [...main.matchAll(/<th scope="row"><a href="\/evaluations\/[\w-]+\.([\w-]+)/g)].map(([, unit = '']) => unit)

t.test('the league names its population and every unit in it', async (t) => {
  const app = await startTestApp(t)
  t.match((await visit(app, auditor, '/')).text, 'هنوز شیوه‌نامه‌ای ابلاغ نشده است')
  await submitRehearsal(app)
  const page = await visit(app, auditor, '/')
  t.equal(page.status, 200)
  t.match(page.text, '۲ واحد')
  t.match(page.text, 'قزوین')
  t.match(page.text, '۸۶٫۲۵')
  t.match(page.text, 'از این واحدها: ۲ غیرقطعی، ۱ ناکامل و بی‌رتبه')
  const english = await visit(app, auditor, '/?lang=en')
  t.match(english.text, '2 units')
  t.match(english.html, 'dir="ltr"')
  t.match(english.text, 'Of these: 2 provisional, 1 partial, not ranked')
})

t.test('ranks, ties, growth, and whoever has no rank', async (t) => {
  const app = await startTestApp(t)
  await seed(app, history)
  const { main, text } = await visit(app, viewer, '/')
  const { items } = await app.read(auditor, '/v1/league?period=1402')
  t.strictSame(
    unitsOf(main),
    items.map(({ unit }: { unit: string }) => unit)
  )
  t.match(text, '۶ واحد')
  t.match(text, 'ناکامل و بی‌رتبه')
  t.match(text, '۱ عدم مصداق و بی‌رتبه')
  t.match(text, 'عالی', 'the grade')
  t.match(main, 'href="/units/qazvin"', 'the last period leads to the unit over the years')
  const tie = await visit(app, auditor, '/?period=1401&level=final&lang=en')
  t.equal(tie.text.match(/\btied\b/g)?.length, 2, 'qazvin and qom share a rank')
  t.match(tie.main, /<th scope="col" class="figure"><a href="[^"]*sort&#61;-points[^"]*">Final/)
})

t.test('what is in force is chosen in the form, and one chooses from what there is', async (t) => {
  const app = await startTestApp(t)
  await seed(app, history)
  const { main } = await visit(app, auditor, '/')
  t.match(main, '<option value="1402" selected>')
  t.match(main, '<option value="x" selected>')
  t.match(main, '<option value="standing" selected>')
  t.match(main, '<option value="C">C C</option>', 'nodes of the tree')
  t.match(main, /id="filter-group"[\s\S]*?<option value="a">a<\/option>/)
  t.match(main, '<option value="qazvin">قزوین</option>', 'provinces by name')
  const node = await visit(app, auditor, '/?node=C&group=a')
  t.match(node.text, 'جدول رتبه‌بندی -: C C')
  t.match(node.main, 'href="/evaluations/1402-x.yazd/nodes/C"', 'a league of a node leads to the node')
  t.strictSame([...unitsOf(node.main)].sort(), ['qazvin', 'semnan', 'yazd'])
  const none = await visit(app, auditor, '/?period=1402&series=other')
  t.equal(none.status, 200)
  t.match(none.text, 'این سری در این دوره شیوه‌نامه‌ای ندارد')
})

t.test('sorting and searching are of the whole population, whatever part of it is shown', async (t) => {
  const app = await startTestApp(t)
  await seed(app, manyUnits(210))
  const first = await visit(app, auditor, '/?sort=unit')
  t.equal(unitsOf(first.main).length, 200)
  const [, next = ''] = /<a rel="next" href="([^"]*)"/.exec(first.main) ?? []
  t.ok(next, 'there is a next page')
  await app.act(registrar, 'register-unit', { unit: 'other', name: { fa: 'دیگر' }, kind: 'office' })
  const second = await visit(app, auditor, next.replace(/&#38;/g, '&'))
  const all = [...unitsOf(first.main), ...unitsOf(second.main)]
  t.equal(new Set(all).size, 210, 'every unit once')
  const { items } = await app.read(auditor, '/v1/league?period=1402&limit=500')
  const percents = new Map<string, number>(
    items.map(({ unit, percent }: { unit: string; percent: string }) => [unit, Number(percent)])
  )
  const lowest = unitsOf((await visit(app, auditor, '/?sort=percent')).main)[0] ?? ''
  t.equal(percents.get(lowest), Math.min(...percents.values()))
  const found = await visit(app, auditor, '/?q=%D8%B4%D9%85%D8%A7%D8%B1%D9%87+%DB%B1%DB%B7')
  t.strictSame(
    [...unitsOf(found.main)].sort(),
    ['unit-0017', 'unit-0170', ...Array.from({ length: 9 }, (_, i) => `unit-017${i + 1}`)].sort()
  )
  t.match(found.text, '۱۱ واحد با این نام')
  const kaf = await visit(app, auditor, `/?q=${encodeURIComponent('اداره كل')}&lang=fa`)
  t.equal(unitsOf(kaf.main).length, 200, 'Arabic kaf is kaf')
  const file = await app.get(auditor, '/?q=%D8%B4%D9%85%D8%A7%D8%B1%D9%87+17&export=json')
  t.equal(file.json().items.length, 11, 'the file holds what is found')
})

t.test('two hundred rows are a small page', async (t) => {
  const app = await startTestApp(t)
  await seed(app, manyUnits(200))
  const { html, main } = await visit(app, auditor, '/')
  t.equal(unitsOf(main).length, 200)
  const [gzip, brotli] = [gzipSync(html).length, brotliCompressSync(html).length]
  t.comment(`league of 200: ${html.length} bytes, gzip ${gzip}, brotli ${brotli}`)
  t.ok(gzip < 40_000)
  t.ok(brotli < 40_000)
})

t.test('at a moment of the past the newest period is that of then', async (t) => {
  const app = await startTestApp(t)
  await seed(app, history)
  const before = await visit(app, auditor, '/?asOf=0')
  t.equal(before.status, 200)
  t.match(before.text, 'در این زمان هنوز شیوه‌نامه‌ای ابلاغ نشده بود')
  const { items } = await app.read(auditor, '/v1/events?limit=500')
  const published = items.filter(({ type }: { type: string }) => type === 'FrameworkPublished')
  const past = await visit(app, auditor, `/?asOf=${published.at(-2).position}`)
  t.match(past.main, '<option value="1401" selected>')
})

t.test('names that would break out stay words', async (t) => {
  const app = await startTestApp(t)
  await seed(app, [
    { type: 'UnitRegistered', data: { unit: 'hostile', name: { fa: HOSTILE }, kind: 'office' } },
    ...history.filter(({ type }) => type === 'FrameworkPublished').slice(0, 1),
    {
      type: 'EvaluationOpened',
      data: {
        evaluation: '1400-x.hostile',
        unit: 'hostile',
        framework: '1400-x',
        frameworkRevision: '0',
        origin: 'imported'
      }
    }
  ])
  for (const lang of ['fa', 'en']) {
    const { main } = await visit(app, auditor, `/?lang=${lang}&q=${encodeURIComponent(HOSTILE)}`)
    t.match(main, ESCAPED)
    t.notMatch(main, '<script')
  }
})
