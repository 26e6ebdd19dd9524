import t from 'tap'
import { registry } from '../../projections/registry.ts'
import { readRoutes } from '../../src/http/read-routes.ts'
import { createReads } from '../../src/http/reads.ts'
import { eventsOf, node, opened, published } from '../support/history.ts'
import { projected } from '../support/projected.ts'
import { registered } from '../support/province.ts'
import { listStore, testServer } from '../support/server.ts'

t.test('who is late is asked of the moment, not of the day on which something happened last', async (t) => {
  const at = '2024-01-10T08:00:00.000Z'
  // The period ends on 2024-03-19, and by now it is long over.
  const events = eventsOf(
    [
      registered('qazvin'),
      published('1402-x', [node('G', null, '10')]),
      opened('1402-x', 'qazvin', { origin: 'live' })
    ].map((happening) => ({ ...happening, at }))
  )
  const now = () => '2024-06-01T08:00:00.000Z'
  const clock = { now, saw: () => {} }
  const reads = createReads(projected(t, registry, events), listStore(events), clock, () => async () => [])
  const { app, bearer } = await testServer({
    data: t.testdir(),
    events,
    clock,
    readRoutes: readRoutes(reads)
  })
  const headers = await bearer('auditor')
  const late = async (query: string) => {
    const answer = await app.inject({ url: `/v1/frameworks/1402-x/coverage${query}`, headers })
    return answer.json().counts.late
  }
  t.equal(await late(''), 1)
  t.equal(await late('?asOf=3'), 0, 'when that happened')
  t.equal(await late('?asOf=2024-03-19T20:29:59.999Z'), 0, 'on the last day in Tehran')
  t.equal(await late('?asOf=2024-03-19T20:30:00Z'), 1, 'from the next on, though nothing has happened since')
})
