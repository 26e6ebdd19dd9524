import t from 'tap'
import { startTestApp } from '../support/app.ts'
import { auditor, openRehearsal, QAZVIN } from '../support/rehearsal.ts'
t.test('try', async (t) => {
  const app = await startTestApp(t)
  await openRehearsal(app)
  const big = '9999999999999999999'
  for (const url of [`/v1/events?after=${big}`, `/v1/events?after=9223372036854775807`, `/v1/evaluations?asOf=${big}`, `/v1/evaluations?asOf=${'9'.repeat(60)}`,
   `/v1/trail?from=2024-01-01T00:00:00Z&to=2023-01-01T00:00:00Z`, `/v1/trail?actor=${'x'.repeat(201)}`, `/v1/units/${'x'.repeat(201)}`, `/v1/units/${'x'.repeat(251)}`, '/v1/evaluations/%E0%A4%A', `/v1/discrepancies?minGap=999999999.9999`, '/v1/evaluations?asOf=0', '/v1/evaluations?asOf=1900-01-01T00:00:00Z', `/v1/evaluations/${QAZVIN}/changes?to=0`, '/v1/evaluations?limit=50&limit=20', '/v1/units/qazvin/comparison?periods=1500,1402','/v1/units/qazvin/comparison?series=zzz', '/v1/evaluations?asOf=2024-02-30T00:00:00Z', '/v1/evaluations?asOf=-000001-01-01T00:00:00Z', '/v1/evaluations?unit=%00', '/v1/trail?node=%00']) {
    const a = await app.get(auditor, url)
    console.log(url.slice(0,80), a.statusCode, a.payload.slice(0, 200))
  }
  const cur = (url: string, path: string, query: object, after: string) => app.store.identity().then(async (store) => {
    const c = Buffer.from(JSON.stringify({ store, path, query, position: String(await app.store.end()), after })).toString('base64url')
    const a = await app.get(auditor, `${url}?cursor=${c}`)
    console.log(url, after, a.statusCode, a.payload.slice(0, 200))
  })
  for (const after of ['x', '-5', '1.5', big, '9'.repeat(30), '']) for (const url of ['/v1/evaluations', '/v1/trail', '/v1/discrepancies', '/v1/events', `/v1/evaluations/${QAZVIN}/events`]) await cur(url, url, {}, after)
  await cur('/v1/evaluations', '/v1/evaluations', { asOf: 'nonsense' }, '1')
  await cur('/v1/evaluations', '/v1/evaluations', { zzz: 'nonsense' }, '1')
})
