import t, { type Test } from 'tap'
import { SECRET, seedAllKinds } from '../support/all-kinds.ts'
import { positionsOf, startTestApp, type TestApp } from '../support/app.ts'
import { contextOf, textOf, visit, withoutTokens } from '../support/pages.ts'
import { assessor, auditor, FRAMEWORK, QAZVIN, viewer, yazdi } from '../support/rehearsal.ts'

t.test('pages of record', async (t) => {
  const app = await startTestApp(t)
  await seedAllKinds(app)
  await app.settled()
  await t.test('the trail of one evaluation', (t) => trailOfOne(t, app))
  await t.test('the trail of all', (t) => trailOfAll(t, app))
  await t.test('discrepancies', (t) => discrepancies(t, app))
  await t.test('the ledger', (t) => ledger(t, app))
  await t.test('one event', (t) => oneEvent(t, app))
  await t.test('duties and operations', (t) => others(t, app))
})

async function trailOfOne(t: Test, app: TestApp): Promise<void> {
  const url = `/evaluations/${QAZVIN}/trail`
  const page = await visit(app, auditor, url)
  t.equal(page.status, 200)
  t.match(page.text, 'سابقه اقدامات: قزوین، ۱۴۰۲')
  t.match(page.text, '−۷٫۵', 'twenty became twelve and a half')
  t.match(page.text, 'zxzx reason')
  t.match(page.text, 'zxzx-e کارشناس')
  t.match(page.text, 'در پاسخ به:')
  t.match(page.main, `/evaluations/${QAZVIN}/nodes/G.1.a`)
  const english = await visit(app, auditor, `${url}?lang=en&order=newest`)
  t.match(english.text, 'Answered by:')
  t.match(english.text, 'newest first')
  const shown = await visit(app, viewer, url)
  t.match(shown.text, 'نمایش داده نمی‌شود')
  t.notMatch(withoutTokens(shown.html), SECRET, 'a reader of figures sees no reason, person or letter')
  t.notMatch(shown.main, 'name="actor"', 'nor a field that finds nothing')
  t.equal((await visit(app, auditor, '/evaluations/1402-rehearsal.qom/trail')).status, 404)
}

async function trailOfAll(t: Test, app: TestApp): Promise<void> {
  const rows = async (query: string): Promise<number> =>
    [...(await visit(app, auditor, `/trail?${query}`)).main.matchAll(/<tr>/g)].length - 1
  const all = await rows('unit=qazvin&period=1402')
  const revised = await rows('unit=qazvin&period=1402&revised=true')
  t.ok(revised > 0 && revised < all)
  t.equal(await rows('letter=zxzx/77&unit=yazd'), 1)
  t.equal(await rows('unit=+qazvin+&period=۱۴۰۲'), all, 'codes as people type them')
  t.equal(await rows('node=+G.۱.a+'), await rows('node=G.1.a'))
  const page = await visit(app, auditor, '/trail?revised=true&actor=zxzx-e')
  t.match(page.main, 'class="badge"')
  t.match(page.main, '/duties')
  const today = await visit(app, auditor, '/trail?from=1404/1/1&to=1500/01/01&type=ScoreOverridden')
  t.match(today.text, 'اصلاح امتیاز')
  const before = await visit(app, auditor, '/trail?to=1390/12/29')
  t.match(before.text, 'چیزی یافت نشد')
  const wrong = await visit(app, auditor, '/trail?from=1403/13/40')
  t.match([wrong.status, wrong.text], [200, /1403\/13\/40 ?: این تاریخ شناخته نشد/])
  t.match(wrong.main, 'value="1403/13/40"', 'what was typed stays')
  t.notMatch(wrong.main, '<table', 'a list without that filter would say something else')
  const file = await app.get(auditor, '/trail?revised=true&unit=qazvin&export=json')
  const { filter, items } = file.json()
  t.match(filter, { revised: 'true', unit: 'qazvin' })
  t.ok(items.every(({ before, after }: Record<string, string>) => before !== after) && items.length > 0)
  for (const bad of ['from=1403/13/40', 'to=yesterday']) {
    const refused = await app.get(auditor, `/trail?${bad}&export=csv`)
    t.equal(refused.statusCode, 400, 'nor is there a file of it')
    const one = await app.get(auditor, `/evaluations/${QAZVIN}/trail?${bad}&export=csv`)
    t.equal(one.statusCode, 400)
  }
  const hostile = await visit(app, auditor, '/trail?node=%3Cscript%3E%22%27%26')
  t.notMatch(hostile.main, '<script')
}

async function discrepancies(t: Test, app: TestApp): Promise<void> {
  const page = await visit(app, auditor, '/discrepancies')
  t.equal(page.status, 200)
  t.match(page.text, 'هیچ یک را درست یا نادرست نمی‌شمارد')
  t.match(page.main, /aria-current="true">بااهمیت/)
  t.match(page.main, 'class&#61;rounding')
  t.match(page.main, /href="\/events\/[0-9a-f-]{36}"/)
  const { items } = await app.read(auditor, '/v1/discrepancies/statistics')
  const other = items.find((item: { class: string }) => item.class !== 'material')
  const kind = await visit(app, auditor, `/discrepancies?kind=${other.kind}&lang=en`)
  t.match(kind.main, /aria-current="true">(rounding|notice)/, 'the class that has something of that kind')
  const small = await visit(app, auditor, '/discrepancies?minGap=۵٫۵')
  t.equal(small.status, 200, 'a number as people write it')
  const file = await app.get(auditor, '/discrepancies?class=notice&export=json')
  t.ok(file.json().items.every((item: { class: string }) => item.class === 'notice'))
  t.notMatch(withoutTokens((await visit(app, viewer, '/discrepancies')).html), SECRET)
}

/** A place in the ledger as English pages write it. */
const written = (position: bigint | string): string => contextOf('en').format.number(String(position))

async function ledger(t: Test, app: TestApp): Promise<void> {
  const positions = (await positionsOf(app)).map(written)
  const numbers = (main: string) =>
    [...main.matchAll(/<th scope="row" class="figure"><a[^>]*>(.*?)<\/a>/g)].map(([, shown = '']) =>
      textOf(shown)
    )
  const first = await visit(app, auditor, '/events?lang=en')
  const shown = numbers(first.main)
  t.strictSame([shown.length, shown[0]], [50, positions.at(-1)], 'the newest first')
  t.notMatch(first.main, '>Newer<')
  const older = textOf(/href="([^"]*)">Older</.exec(first.main)?.[1] ?? '')
  const second = await visit(app, auditor, `${older}&lang=en`)
  t.equal(numbers(second.main)[0], positions.at(-51), 'goes on where the first ended')
  const newer = textOf(/href="([^"]*)">Newer</.exec(second.main)?.[1] ?? '')
  t.strictSame(numbers((await visit(app, auditor, `${newer}&lang=en`)).main), shown, 'and back')
  const start = await visit(app, auditor, '/events?order=oldest&lang=en')
  t.equal(numbers(start.main)[0], positions[0])
  t.match(first.html, 'data-live=""')
  const paused = await visit(app, auditor, '/events?live=off&lang=en')
  t.notMatch(paused.html, 'data-live', 'paused')
  t.match(paused.main, '>Resume<')
  const stream = await visit(app, auditor, `/events?stream=framework-${FRAMEWORK}&lang=en`)
  t.ok(numbers(stream.main).length < 10)
  const inner = await visit(app, auditor, `${older}&stream=framework-${FRAMEWORK}&lang=en`)
  const form = /<form[^>]*role="search"[\s\S]*?<\/ul>/.exec(inner.main)?.[0] ?? ''
  t.match(form, 'class="badge"')
  t.notMatch(form, /before/, 'another filter begins at the head of its list')
  const third = (await positionsOf(app))[2]
  const past = await visit(app, auditor, `/events?asOf=${third}&lang=en`)
  t.strictSame(numbers(past.main), positions.slice(0, 3).reverse())
  t.notMatch(past.main, 'Pause')
  for (const who of [viewer, assessor]) t.equal((await visit(app, who, '/events')).status, 404)
}

async function oneEvent(t: Test, app: TestApp): Promise<void> {
  const { items } = await app.read(auditor, `/v1/evaluations/${QAZVIN}/trail?limit=500`)
  const act = items.find((item: { cause: unknown; by: string }) => item.cause !== null)
  const page = await visit(app, auditor, `/events/${act.event}?lang=en`)
  t.match(page.text, `Event ${written(act.position)}:`)
  t.match(page.main, `/events/${act.cause.event}`, 'what it answers')
  t.match(page.text, 'recordedAt')
  const parent = await visit(app, auditor, `/events/${act.cause.event}`)
  t.match(parent.main, `/events/${act.event}`, 'and what answers it')
  const { items: all } = await app.read(auditor, '/v1/events?limit=5')
  t.equal((await visit(app, auditor, `/events/${all[0].id}`)).status, 200, 'of a unit too')
  t.equal((await visit(app, assessor, `/events/${all[0].id}`)).status, 404)
  t.match((await visit(app, assessor, `/events/${act.event}`)).text, 'فراداده', 'of its own case')
  const ofTrail = await visit(app, yazdi, `/events/${act.event}`)
  t.match([ofTrail.status, ofTrail.text], [200, /متن خام این رویداد به شما نشان داده نمی‌شود/])
  t.notMatch(withoutTokens((await visit(app, viewer, `/events/${act.event}`)).html), SECRET)
  t.equal((await visit(app, auditor, '/events/x')).status, 404)
}

async function others(t: Test, app: TestApp): Promise<void> {
  const status = await visit(app, auditor, '/operations?lang=en')
  t.match(status.text, /Status ready Event store answers/)
  t.match(status.text, /Runs on Node \d/)
  for (const name of ['journal', 'ledger', 'trail', 'duties']) t.match(status.text, name)
  t.equal((await visit(app, viewer, '/operations')).status, 404)
  const duties = await visit(app, auditor, '/duties?lang=en')
  const { items } = await app.read(auditor, '/v1/duties')
  t.match(duties.text, items.length > 0 ? items[0].person : 'Nothing was found')
  t.equal((await visit(app, assessor, '/duties')).status, 404)
}
