import t from 'tap'
import type { Query } from '../../src/web/ask.ts'
import { readsOver } from '../../src/web/reads.ts'
import { deskOf, deskSection } from '../../src/web/views/evaluations-desk.ts'
import { startTestApp } from '../support/app.ts'
import { history } from '../support/league-history.ts'
import { manyUnits } from '../support/many-units.ts'
import { contextOf, visit } from '../support/pages.ts'
import {
  assessor,
  auditor,
  expert,
  FRAMEWORK,
  openRehearsal,
  QAZVIN,
  submitRehearsal,
  viewer,
  YAZD,
  yazdi
} from '../support/rehearsal.ts'
import { seed } from '../support/seed.ts'

/** Evaluations in the order of the rows that name them. */
const rowsOf = (main: string): string[] =>
  [...main.matchAll(/<th scope="row"><a href="\/evaluations\/([^"/?]+)/g)].map(([, id = '']) => id)

t.test('the list, its filters and its search', async (t) => {
  const app = await startTestApp(t)
  t.match((await visit(app, auditor, '/evaluations')).text, 'هنوز ارزیابی‌ای گشوده نشده است')
  await seed(app, history)
  const newest = await visit(app, viewer, '/evaluations')
  t.equal(rowsOf(newest.main).length, 6)
  t.ok(rowsOf(newest.main).every((id) => id.startsWith('1402-x.')))
  t.match(newest.main, '<option value="1402" selected>')
  t.match(newest.text, 'ناکامل')
  const all = await visit(app, auditor, '/evaluations?period=all')
  t.equal(rowsOf(all.main).length, 12)
  t.match(all.main, '<option value="all" selected>')
  t.strictSame(rowsOf((await visit(app, auditor, '/evaluations?unit=qazvin&sort=-period')).main), [
    '1402-x.qazvin',
    '1401-x.qazvin',
    '1400-x.qazvin'
  ])
  t.equal(rowsOf((await visit(app, auditor, '/evaluations?framework=1401-x')).main).length, 4)
  t.strictSame(rowsOf((await visit(app, auditor, '/evaluations?stage=review')).main), [])
  t.strictSame(rowsOf((await visit(app, auditor, '/evaluations?q=QOM')).main), ['1402-x.qom'])
  const file = (await app.get(auditor, '/evaluations?q=qom&period=all&export=json')).json()
  t.strictSame(
    file.items.map(({ evaluation }: { evaluation: string }) => evaluation),
    ['1401-x.qom', '1402-x.qom']
  )
  t.match((await visit(app, auditor, '/evaluations?asOf=0')).text, 'چیزی یافت نشد')
})

t.test('whoever has something to do finds it first', async (t) => {
  const app = await startTestApp(t)
  await openRehearsal(app)
  const filling = await visit(app, assessor, '/evaluations')
  t.match(filling.main, `href="/evaluations/${QAZVIN}/self"`)
  t.notMatch(filling.main, `href="/evaluations/${YAZD}/self"`, 'that of another unit is not filled in')
  t.match(filling.text, 'ارزیابی‌های شما')
  t.match((await visit(app, expert, '/evaluations')).text, 'اکنون ارزیابی‌ای در مرحله بررسی نیست')
  for (const who of [auditor, viewer]) {
    const { main } = await visit(app, who, '/evaluations')
    t.notMatch(main, /\/(self|review)"/, who.role)
  }
})

t.test('what was submitted waits for the expert, and what is returned for the unit', async (t) => {
  const app = await startTestApp(t)
  await submitRehearsal(app)
  const submitted = await visit(app, assessor, '/evaluations')
  t.notMatch(submitted.main, `href="/evaluations/${QAZVIN}/self"`, 'nothing to fill in any more')
  const review = await visit(app, expert, '/evaluations?lang=en')
  t.match(review.text, 'Waiting for review')
  t.match(review.main, `href="/evaluations/${QAZVIN}/review"`)
  t.notMatch(review.main, `href="/evaluations/${YAZD}/review"`)
  const reason = 'سند پیوست خوانا نیست'
  await app.act(expert, 'return-for-correction', { evaluation: QAZVIN, nodes: ['G.1.a'], reason })
  const returned = await visit(app, assessor, '/evaluations?lang=en')
  t.match(returned.text, 'returned for correction')
  t.match(returned.main, `href="/evaluations/${QAZVIN}/self"`)
  t.match((await visit(app, yazdi, '/evaluations')).main, `href="/evaluations/${YAZD}/self"`)
})

t.test('who has submitted by a framework, and who is late', async (t) => {
  const app = await startTestApp(t)
  await submitRehearsal(app)
  const path = `/frameworks/${FRAMEWORK}/coverage`
  const { main, text } = await visit(app, viewer, `${path}?lang=en`)
  t.match(text, 'Of 2 units concerned, 2 have an evaluation, 1 have submitted and 1 are late.')
  t.strictSame(rowsOf(main), [YAZD, QAZVIN], 'the late one first')
  t.match(text, 'late')
  t.match(main, '<time datetime="', 'when it was submitted')
  t.strictSame(rowsOf((await visit(app, auditor, `${path}?state=late`)).main), [YAZD])
  t.strictSame(rowsOf((await visit(app, auditor, `${path}?q=%D9%82%D8%B2%D9%88%D9%8A%D9%86`)).main), [QAZVIN])
  const file = (await app.get(auditor, `${path}?state=late&export=json`)).json()
  t.match(file.items, [{ unit: 'yazd', late: true }])
  t.equal(file.items.length, 1)
  t.match((await visit(app, auditor, '/evaluations')).main, `href="${path}"`)
  t.equal((await visit(app, auditor, '/frameworks/1399-none/coverage')).status, 404)
})

/** Reads of so many evaluations of each unit, oldest first as the API lists them, in pages of 40. */
const deskReads = (count: number) =>
  readsOver({
    simulate: async () => t.fail(),
    tryOut: async () => t.fail(),
    get: async (_path: string, query: Query = {}) => {
      const from = Number(query.cursor ?? 0)
      const items = Array.from({ length: count }, (_, index) => {
        const [period, unit] = [String(1300 + index), query.unit ?? `unit-${index}`]
        return { evaluation: `${period}-x.${unit}`, period, unit, stage: 'review', origin: 'imported' }
      })
      const next = from + 40 < count ? String(from + 40) : null
      return { items: items.slice(from, from + 40), next, asOf: { position: '1' } }
    }
  } as unknown as Parameters<typeof readsOver>[0])

t.test('the newest that waits is never left out, and what is left out is said', async (t) => {
  const actors = [
    { id: 'a-3', role: 'assessor', units: ['qazvin'] },
    { id: 'e-17', role: 'expert', units: ['organisation'] }
  ] as const
  for (const each of actors) {
    const actor = { ...each, units: [...each.units] }
    const few = await deskOf(deskReads(50), actor, {})
    t.equal(few?.rows.length, 50, actor.role)
    t.match(few, { rest: null, rows: [{ period: '1349' }] })
    const many = await deskOf(deskReads(101), actor, {})
    t.equal(many?.rows.length, 100)
    t.match(many, { rest: { period: 'all' }, rows: [{ period: '1400' }] })
  }
  const desk = {
    kind: 'review',
    rows: [],
    rest: { stage: 'review', period: 'all' },
    returned: new Set<string>()
  }
  const shown = deskSection(contextOf('en'), { frameworks: [], units: new Map() } as never, desk as never)
  t.match(shown, 'href="/evaluations?stage&#61;review&#38;period&#61;all"')
  const units = Array.from({ length: 21 }, (_, index) => `unit-${index}`)
  t.match(await deskOf(deskReads(1), { id: 'a-4', role: 'assessor', units }, {}), { rest: { period: 'all' } })
})

t.test('long lists come in parts', async (t) => {
  const app = await startTestApp(t)
  await seed(app, manyUnits(201))
  const first = await visit(app, auditor, '/evaluations')
  t.equal(rowsOf(first.main).length, 200)
  const [, next = ''] = /<a rel="next" href="([^"]*)"/.exec(first.main) ?? []
  t.strictSame(rowsOf((await visit(app, auditor, next.replaceAll('&#61;', '='))).main), [
    '1402-country.unit-0201'
  ])
  const coverage = await visit(app, auditor, '/frameworks/1402-country/coverage')
  t.equal(rowsOf(coverage.main).length, 200)
  t.match(coverage.main, 'rel="next"')
})

t.test('names that would break out stay words', async (t) => {
  const app = await startTestApp(t)
  const name = { fa: `<script>"'&` }
  const hostile = history.map((each) =>
    each.type === 'UnitRegistered' ? { ...each, data: { ...each.data, name } } : each
  )
  await seed(app, hostile as typeof history)
  for (const path of ['/evaluations', '/frameworks/1402-x/coverage']) {
    const { main } = await visit(app, auditor, path)
    t.match(main, '&#60;script&#62;&#34;&#39;&#38;')
    t.notMatch(main, '<script')
  }
})
