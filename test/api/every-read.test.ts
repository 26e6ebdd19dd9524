import t from 'tap'
import { seedAllKinds } from '../support/all-kinds.ts'
import { type Answer, positionsOf, startTestApp } from '../support/app.ts'
import { everyRead } from '../support/every-read.ts'
import { auditor } from '../support/rehearsal.ts'

/** A unit that has no evaluation cannot be compared with itself. */
const NOT_THERE = '/v1/units/organisation/comparison'

const withQuery = (url: string, query: string) => `${url}${url.includes('?') ? '&' : '?'}${query}`

/** What an answer says, whichever request it answers, and whether or not others might still write before its moment. */
function said(answer: Answer): unknown {
  const { instance: _request, next: _cursor, ...body } = answer.json()
  const { settled: _settled, ...asOf } = body.asOf ?? {}
  return [answer.statusCode, { ...body, asOf }]
}

t.test('every read answers in its own form, now and of every stage that has been', async (t) => {
  const app = await startTestApp(t)
  const seen: { url: string; moment: { position: string; at: string }; answer: unknown }[] = []
  const look = async () => {
    const { asOf } = await app.read(auditor, '/v1/me')
    for (const { url, takesAsOf } of await everyRead(app)) {
      const answer = await app.get(auditor, url)
      const expected = url === NOT_THERE ? 404 : 200
      if (answer.statusCode !== expected) t.fail(`${url}: ${answer.payload}`)
      if (takesAsOf) seen.push({ url, moment: asOf, answer: said(answer) })
    }
  }
  await seedAllKinds(app, look)
  await app.settled()
  await look()
  t.ok(seen.length > 150, `${seen.length} answers`)
  for (const { url, moment, answer } of seen) {
    for (const asOf of [moment.position, moment.at]) {
      const later = await app.get(auditor, withQuery(url, `asOf=${asOf}`))
      t.strictSame(said(later), answer, `${url} as of ${asOf}`)
    }
  }
})

t.test('of any moment at all, and as a table', async (t) => {
  const app = await startTestApp(t)
  await seedAllKinds(app)
  await app.settled()
  const positions = await positionsOf(app)
  const fromEnd = (n: number): bigint => positions.at(-1 - n) ?? 0n
  for (const [i, { url, takesAsOf, offersCsv }] of (await everyRead(app)).entries()) {
    const middle = positions[positions.length >> 1] ?? 0n
    const moments = [0n, positions[i % 7] ?? 0n, middle, middle + 1n, fromEnd(i % 11), fromEnd(0) - 1n]
    for (const position of takesAsOf ? moments : []) {
      const answer = await app.get(auditor, withQuery(url, `asOf=${position}`))
      if (![200, 404].includes(answer.statusCode)) t.fail(`${url} as of ${position}: ${answer.payload}`)
    }
    if (!offersCsv || url === NOT_THERE) continue
    const csv = await app.get(auditor, url, { accept: 'text/csv' })
    t.ok(csv.statusCode === 200 && csv.payload.startsWith('\ufeff'), `${url} as a table`)
  }
})
