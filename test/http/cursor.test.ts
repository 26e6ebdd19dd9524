import t from 'tap'
import { z } from 'zod'
import type { App } from '../../src/http/app-type.ts'
import { decodeCursor, encodeCursor } from '../../src/http/cursor.ts'
import { listOf, listQuery, tableRoute } from '../../src/http/describe.ts'
import type { Reading } from '../../src/http/reading.ts'
import { eventsOf } from '../support/history.ts'
import { openToAll, testServer } from '../support/server.ts'

const office = (unit: string) => ({
  type: 'UnitRegistered' as const,
  data: { unit, name: { fa: unit }, kind: 'office' as const }
})
const events = eventsOf([office('a'), office('b')])

const access = openToAll('GET /v1/numbers')

/** `/v1/numbers?parity=` lists 1 … 1205, and more once a further event has come. */
const numbers = (grown: { by: number }) => (app: App, reading: Reading) => {
  const query = z.strictObject({ ...listQuery, parity: z.enum(['even', 'odd']).optional() })
  const options = tableRoute({
    summary: { fa: 'اعداد' },
    tag: 'test',
    query,
    answer: listOf(z.strictObject({ number: z.int() }))
  })
  app.get('/v1/numbers', options, async (request, reply) => {
    const moment = await reading.moments.of(request.query)
    const count = 1205 + (moment.at === null ? grown.by : 0)
    const { parity } = request.query
    const items = Array.from({ length: count }, (_, i) => ({ number: i + 1 })).filter(
      ({ number }) => parity === undefined || (number % 2 === 0) === (parity === 'even')
    )
    return reading.list(request, reply, moment, items)
  })
}

t.test('pages of one moment, with or without the filter beside the cursor', async (t) => {
  const grown = { by: 0 }
  const { app } = await testServer({ data: t.testdir(), events, readRoutes: numbers(grown), access })
  t.teardown(() => app.close())
  for (const beside of ['', '&parity=odd']) {
    grown.by = 0
    const seen: number[] = []
    let page = (await app.inject('/v1/numbers?parity=odd&limit=100')).json()
    grown.by = 100
    for (let pages = 1; ; pages++) {
      seen.push(...page.items.map(({ number }: { number: number }) => number))
      t.equal(page.asOf.position, '2')
      if (page.next === null || pages > 10) break
      page = (await app.inject(`/v1/numbers?cursor=${page.next}&limit=100${beside}`)).json()
    }
    t.strictSame(
      seen,
      Array.from({ length: 603 }, (_, i) => 2 * i + 1),
      'each once, none that came later'
    )
  }
})

t.test('limits', async (t) => {
  const { app } = await testServer({ data: t.testdir(), events, readRoutes: numbers({ by: 0 }), access })
  t.teardown(() => app.close())
  const count = async (query: string) => (await app.inject(`/v1/numbers${query}`)).json().items?.length
  t.equal(await count(''), 50)
  t.equal(await count('?limit=1'), 1)
  t.equal(await count('?limit=500'), 500)
  for (const limit of ['0', '501', '-1', '1e2', ' 5', '5.0', '']) {
    t.equal((await app.inject(`/v1/numbers?limit=${limit}`)).json().code, 'malformed', `limit=${limit}`)
  }
})

t.test('a cursor that does not fit is refused', async (t) => {
  const readRoutes = numbers({ by: 0 })
  const { app } = await testServer({ data: t.testdir(), events, readRoutes, access })
  const other = await testServer({ data: t.testdir(), events: events.slice(1), readRoutes, access })
  t.teardown(() => Promise.all([app.close(), other.app.close()]))
  const { next } = (await app.inject('/v1/numbers?parity=odd&limit=2')).json()
  const good = decodeCursor(next)
  const cases: [string, string][] = [
    ['another filter', `parity=even&cursor=${next}`],
    ['a filter more', `parity=odd&asOf=1&cursor=${next}`],
    ['another address', `cursor=${encodeCursor({ ...good, path: '/v1/units' })}`],
    ['a position beyond the end', `cursor=${encodeCursor({ ...good, position: '99' })}`],
    ['no cursor at all', 'cursor=abc'],
    ['nothing', 'cursor=']
  ]
  for (const [name, query] of cases) {
    const { statusCode } = await app.inject(`/v1/numbers?${query}`)
    t.equal(statusCode, 400, name)
  }
  t.equal((await app.inject(`/v1/numbers?parity=even&cursor=${next}`)).json().code, 'bad-cursor')
  t.equal((await other.app.inject(`/v1/numbers?cursor=${next}`)).json().code, 'bad-cursor', 'another store')
})

t.test('a page as CSV leads to the next one', async (t) => {
  const { app } = await testServer({ data: t.testdir(), events, readRoutes: numbers({ by: 0 }), access })
  t.teardown(() => app.close())
  const answer = await app.inject({ url: '/v1/numbers?limit=2', headers: { accept: 'text/csv' } })
  t.equal(answer.payload, '\ufeffnumber\n1\n2\n')
  t.equal(answer.headers['ledger-position'], '2')
  const [, next = ''] = /<(.+)>; rel="next"/.exec(String(answer.headers.link)) ?? []
  t.equal((await app.inject(next)).json().items[0].number, 3)
})
