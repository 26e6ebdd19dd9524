import t from 'tap'
import { type Headers, startTestApp } from '../support/app.ts'
import { refused } from '../support/refused.ts'
import { auditor, FRAMEWORK, openRehearsal, QAZVIN, registrar, YAZD } from '../support/rehearsal.ts'

/** Addresses that take `asOf`, one of each kind. */
const SCORES = [
  '/v1/evaluations',
  `/v1/evaluations/${QAZVIN}`,
  `/v1/evaluations/${QAZVIN}/nodes/G`,
  `/v1/evaluations/${QAZVIN}/trail`,
  `/v1/evaluations/${QAZVIN}/events`,
  `/v1/frameworks/${FRAMEWORK}`,
  `/v1/frameworks/${FRAMEWORK}/coverage`,
  `/v1/frameworks/${FRAMEWORK}/nodes/G/evaluations`,
  '/v1/league?period=1402',
  '/v1/units/qazvin/ranks',
  '/v1/units/qazvin/comparison',
  '/v1/discrepancies',
  '/v1/discrepancies/statistics',
  '/v1/events',
  '/v1/events?order=newest',
  '/v1/trail'
]

const UNKNOWN: [url: string, code: string][] = [
  ['/v1/units/nowhere', 'unknown-unit'],
  ['/v1/units/nowhere/ranks', 'unknown-unit'],
  ['/v1/units/constructor/comparison', 'unknown-unit'],
  ['/v1/frameworks/1399-x', 'unknown-framework'],
  ['/v1/frameworks/1399-x/coverage', 'unknown-framework'],
  ['/v1/frameworks/1399-x/nodes/G/evaluations', 'unknown-framework'],
  [`/v1/frameworks/${FRAMEWORK}/nodes/G.9/evaluations`, 'not-found'],
  ['/v1/evaluations/1402-rehearsal.qom', 'unknown-evaluation'],
  ['/v1/evaluations/1402-rehearsal.qom/trail', 'unknown-evaluation'],
  ['/v1/evaluations/1402-rehearsal.qom/changes', 'unknown-evaluation'],
  ['/v1/evaluations/1402-rehearsal.qom/nodes/G', 'unknown-evaluation'],
  ['/v1/evaluations/1402-rehearsal.qom/events', 'not-found'],
  [`/v1/evaluations/${QAZVIN}/nodes/G.9`, 'not-found'],
  [`/v1/evaluations/${QAZVIN}/nodes/__proto__`, 'not-found'],
  [`/v1/evaluations/${encodeURIComponent('a b/c')}`, 'unknown-evaluation'],
  ['/v1/events/x', 'not-found'],
  ['/v1/league?period=1399', 'unknown-framework'],
  ['/v1/league?period=1402&series=other', 'unknown-framework']
]

const MALFORMED = [
  '/v1/league',
  '/v1/league?period=1402&kind=palace',
  '/v1/league?period=1402&level=best',
  '/v1/league?period=1402&sort=rank',
  '/v1/league?period=1402&period=1401',
  '/v1/evaluations?stage=done',
  '/v1/evaluations?limit=0',
  '/v1/evaluations?limit=501',
  '/v1/evaluations?limit=-1',
  '/v1/evaluations?limit=ten',
  '/v1/evaluations?page=2',
  '/v1/evaluations?asOf=01',
  '/v1/evaluations?asOf=-1',
  '/v1/evaluations?asOf=yesterday',
  '/v1/evaluations?asOf=2024-01-01',
  '/v1/evaluations?asOf=2024-01-01T00:00:00',
  '/v1/evaluations?waitFor=soon',
  '/v1/discrepancies?minGap=1,5',
  '/v1/discrepancies?class=grave',
  '/v1/trail?from=1402',
  '/v1/trail?revised=yes',
  '/v1/trail?event=x',
  '/v1/events?order=best',
  '/v1/events?causedBy=x',
  '/v1/units?asOf=1',
  '/v1/units/qazvin/comparison?periods=1400;1401',
  '/v1/events?after=-1'
]

t.test('what cannot be read is refused', async (t) => {
  const app = await startTestApp(t)
  await openRehearsal(app)
  const at = (name: string, url: string, status: number, code: string) =>
    refused(t, app, name, (language) => app.get(auditor, url, language), status, code)
  for (const [url, code] of UNKNOWN) await at(url, url, 404, code)
  for (const url of MALFORMED) {
    const { errors } = await at(url, url, 400, 'malformed')
    t.match(errors, [{ pointer: /^\//, detail: /./ }], `${url}: the parameter is named`)
  }
  const end = await app.store.end()
  const backwards = `/v1/evaluations/${QAZVIN}/changes?from=${end}&to=${end - 1n}`
  const { errors } = await at('changes backwards', backwards, 400, 'malformed')
  t.match(errors, [{ pointer: '/from' }])
  for (const url of SCORES) {
    const and = url.includes('?') ? '&' : '?'
    await at(`${url}, in the future`, `${url}${and}asOf=${end + 1n}`, 400, 'future')
    await at(`${url}, years ahead`, `${url}${and}asOf=2100-01-01T00:00:00Z`, 400, 'future')
  }
  await at('changes up to the future', `/v1/evaluations/${QAZVIN}/changes?to=${end + 1n}`, 400, 'future')
  for (const after of [String(end + 1n), '9'.repeat(19)])
    await at(`events after ${after}`, `/v1/events?after=${after}`, 400, 'future')
  const picture = (language: Headers) =>
    app.get(auditor, '/v1/league?period=1402', { accept: 'image/png', ...language })
  await refused(t, app, 'a form that is not offered', picture, 406, 'not-acceptable')
})

t.test('a cursor fits its own list in its own store, and nothing else', async (t) => {
  const folders = t.testdir({ one: {}, other: {} })
  const [app, other] = [await startTestApp(t, `${folders}/one`), await startTestApp(t, `${folders}/other`)]
  for (const each of [app, other]) await openRehearsal(each)
  const at = (name: string, url: string) =>
    refused(t, app, name, (language) => app.get(auditor, url, language), 400, 'bad-cursor')
  const cursorOf = async ({ read } = app, url = '/v1/evaluations?limit=1&period=1402'): Promise<string> =>
    (await read(auditor, url)).next
  const cursor = await cursorOf()
  t.ok(cursor, 'there is a next page')
  t.match((await app.read(auditor, `/v1/evaluations?cursor=${cursor}`)).items, [{ evaluation: YAZD }])
  await at('of another store', `/v1/evaluations?cursor=${await cursorOf(other)}`)
  await at('of another address', `/v1/units?cursor=${cursor}`)
  await at('with another filter', `/v1/evaluations?period=1401&cursor=${cursor}`)
  await at('with one more filter', `/v1/evaluations?stage=review&cursor=${cursor}`)
  await at('with another moment', `/v1/evaluations?asOf=3&cursor=${cursor}`)
  await at('of nobody', '/v1/evaluations?cursor=so')
  const content = JSON.parse(Buffer.from(cursor, 'base64url').toString())
  const changed = (more: object) => Buffer.from(JSON.stringify({ ...content, ...more })).toString('base64url')
  await at('with more in it', `/v1/evaluations?cursor=${changed({ more: 1 })}`)
  const later = String((await app.store.end()) + 5n)
  const future = await app.get(auditor, `/v1/evaluations?cursor=${changed({ position: later })}`)
  t.match(future.json(), { status: 400 }, 'of a moment that has not been')
  for (const after of ['x', '-1', '1.5', '', '9'.repeat(30)])
    await at(`of no place in the list: ${after}`, `/v1/evaluations?cursor=${changed({ after })}`)
  await app.act(registrar, 'register-unit', { unit: 'qom', name: { fa: 'قم' }, kind: 'office' })
  t.match(
    (await app.read(auditor, `/v1/evaluations?cursor=${cursor}`)).items,
    [{ evaluation: YAZD }],
    'it stays good'
  )
})
