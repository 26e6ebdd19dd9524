import t from 'tap'
import { appeals } from '../../projections/appeals.ts'
import { ledger } from '../../projections/ledger.ts'
import type { Reader } from '../../projections/projection.ts'
import { registry } from '../../projections/registry.ts'
import { trail } from '../../projections/trail.ts'
import { readRoutes } from '../../src/http/read-routes.ts'
import { createReads } from '../../src/http/reads.ts'
import { fact } from '../support/given.ts'
import { eventsOf, type Happening } from '../support/history.ts'
import { projected } from '../support/projected.ts'
import { inReview, overridden, registered } from '../support/province.ts'
import { listStore, testServer } from '../support/server.ts'

const attached = (i: number): Happening =>
  fact('EvidenceAttached', {
    evidence: `01J0000000000000000000${1000 + i}`,
    nodes: ['G.b'],
    kind: 'letter',
    title: { fa: 'نامه' },
    afterSubmission: true
  })

/** Sixty judgements, and after each ten documents, which readers of figures are not told of. */
const history: Happening[] = [
  registered('yazd'),
  ...inReview(),
  ...Array.from({ length: 60 }, (_, i) => [
    overridden('G.a.1', String(i % 30)),
    ...Array.from({ length: 10 }, (_, j) => attached(i * 10 + j))
  ]).flat()
]

t.test('no acts are looked through that a reader is not told of', async (t) => {
  const events = eventsOf(history)
  const parts = [trail, ledger, registry, appeals].map((projection) => ({
    tables: projection.tables,
    reader: projected(t, projection, events)
  }))
  const of = (table: { name: string }): Reader => {
    const found = parts.find(({ tables }) => tables.some(({ name }) => name === table.name))
    if (!found) throw new Error(`nobody has ${table.name}`)
    return found.reader
  }
  let read = 0
  const reader: Reader = {
    ...of(trail.tables[0] ?? { name: '' }),
    get: (table, ...key) => of(table).get(table, ...key),
    all: (table, clause, parameters) => {
      const rows = of(table).all(table, clause, parameters)
      if (table.name === 'trail_acts') read += rows.length
      return rows
    }
  }
  const clock = { now: () => '2024-06-01T08:00:00.000Z', saw: () => {} }
  const reads = createReads(reader, listStore(events), clock, () => async () => [])
  const routes = readRoutes(reads)
  const { app, bearer } = await testServer({ data: t.testdir(), events, clock, readRoutes: routes })
  const viewer = await bearer('viewer')
  const ofYazd = await bearer('assessor', { units: ['yazd'] })
  const ofQazvin = await bearer('assessor', { units: ['qazvin'] })
  const page = async (headers: { authorization: string }, query: string) => {
    read = 0
    const answer = await app.inject({ url: `/v1/trail?${query}`, headers })
    return answer.json()
  }
  const withheld = ['reasonCode=calculation', 'actor=e-17', 'letter=1', 'type=EvidenceAttached']
  for (const query of withheld) {
    for (const headers of [viewer, await bearer('assessor'), await bearer('panelist'), ofYazd]) {
      t.match(await page(headers, query), { items: { length: 0 }, next: null })
      t.equal(read, 0, query)
    }
  }
  t.match(await page(ofQazvin, 'type=EvidenceAttached&limit=3'), { items: { length: 3 }, next: /./ })
  t.equal(read, 4)
  for (const headers of [viewer, ofYazd]) {
    const seen: string[] = []
    for (let more = ''; ; ) {
      const { items, next } = await page(headers, `order=newest&limit=25${more}`)
      seen.push(...items.map(({ type }: { type: string }) => type))
      t.ok(read <= 26, 'what is not shown is not read either')
      if (next === null) break
      more = `&cursor=${next}`
    }
    t.equal(seen.filter((type) => type === 'ScoreOverridden').length, 60)
    t.notOk(seen.includes('EvidenceAttached'))
  }
})
