import t, { type Test } from 'tap'
import { CITY, EARLIER, SECRET, seedAllKinds } from '../support/all-kinds.ts'
import { positionsOf, startTestApp, type TestApp } from '../support/app.ts'
import { auditor, expert, FRAMEWORK, QAZVIN, YAZD } from '../support/rehearsal.ts'

const LAST_YEAR = `${EARLIER}.qazvin`

t.test('the registers, lists and leagues of a ledger with something of everything', async (t) => {
  const app = await startTestApp(t)
  await seedAllKinds(app)
  const subjects = { persons, registers, frameworks, evaluations, leagues, ledger }
  for (const [name, check] of Object.entries(subjects)) await t.test(name, (t) => check(t, app))
})

async function persons(t: Test, { read }: TestApp): Promise<void> {
  const me = await read(expert, '/v1/me')
  t.match(me, { sub: 'e-17', role: 'expert', units: ['organisation'], reads: 'everything' })
  t.ok(me.commands.includes('override-score') && !me.commands.includes('finalise-evaluation'))
}

async function registers(t: Test, { read, get }: TestApp): Promise<void> {
  const units = (query: string) => read(auditor, `/v1/units?${query}`).then(({ items }) => items.map(unitOf))
  t.strictSame(await units(''), ['organisation', 'qazvin', 'qazvin-city', 'yazd'])
  t.strictSame(await units('kind=directorate'), ['qazvin', 'yazd'])
  t.strictSame(await units('group=east'), ['yazd'], 'as reclassified')
  t.strictSame(await units('parent=qazvin'), ['qazvin-city'])
  t.strictSame(await units('province=yazd&kind=office'), [])
  const one = await get(auditor, '/v1/units/qazvin')
  t.match(one.json(), {
    unit: 'qazvin',
    name: { fa: 'قزوین' },
    kind: 'directorate',
    parent: 'organisation',
    province: 'qazvin',
    groups: ['rehearsal'],
    above: ['organisation'],
    below: ['qazvin-city']
  })
  t.equal(one.headers.etag, '"0"')
}

async function frameworks(t: Test, { read }: TestApp): Promise<void> {
  const { items } = await read(auditor, '/v1/frameworks?series=rehearsal')
  t.match(items, [
    { framework: EARLIER, nodes: 7, revision: '1' },
    { framework: FRAMEWORK, nodes: 8, revision: '8' }
  ])
  const one = await read(auditor, `/v1/frameworks/${FRAMEWORK}`)
  t.match(one.nodes[3], { code: 'G.1.b', rule: { kind: 'ratio', target: '80' } })
  const predecessors = [{ framework: EARLIER, node: 'H.1.b' }]
  t.match(one.lineage.find(nodeIs('G.1.c')), { relation: 'split', predecessors, comparable: false })
  t.match((await read(auditor, `/v1/frameworks/${EARLIER}`)).lineage, [
    { node: 'H.2.b', relation: 'retired' }
  ])

  const coverage = await read(auditor, `/v1/frameworks/${FRAMEWORK}/coverage`)
  t.match(coverage.counts, { units: 3, evaluations: 2, submitted: 2, late: 1 })
  t.match(coverage.items[1], {
    unit: 'qazvin-city',
    evaluation: null,
    stage: null,
    submitted: false,
    late: true
  })
  const across = await read(auditor, `/v1/frameworks/${FRAMEWORK}/nodes/G.1.a/evaluations`)
  t.match(across.items, [
    {
      unit: 'qazvin',
      self: '20',
      standing: '15',
      percent: '75.00',
      gap: { points: '5', percent: '25.00' },
      reason: SECRET
    },
    {
      unit: 'yazd',
      self: '8',
      standing: '8',
      percent: '40.00',
      gap: { points: '0', percent: '0.00' },
      reason: null
    }
  ])
}

async function evaluations(t: Test, { read }: TestApp): Promise<void> {
  const list = async (query: string) =>
    (await read(auditor, `/v1/evaluations?${query}`)).items.map(
      ({ evaluation, total }: { evaluation: string; total: Record<string, string> }) =>
        `${evaluation} ${total.self} ${total.standing} ${total.ceiling} ${total.percent} ${total.partial}`
    )
  t.strictSame(await list('period=1401'), [
    `${LAST_YEAR} 55 80 85 94.12 false`,
    `${CITY} null 73.2 100 73.20 false`,
    `${EARLIER}.yazd null 20 100 20.00 true`
  ])
  t.strictSame(await list('unit=qazvin&stage=appeal'), [`${QAZVIN} 75 73 100 73.00 false`])
  t.strictSame(await list(`framework=${FRAMEWORK}&stage=review`), [`${YAZD} 8 8 100 8.00 true`])
}

async function leagues(t: Test, { read }: TestApp): Promise<void> {
  const league = await read(auditor, '/v1/league?period=1402')
  t.match(league, {
    series: 'rehearsal',
    framework: FRAMEWORK,
    population: { size: 2, title: { en: 'all units, Rehearsal' } }
  })
  t.match(league.items, [
    {
      rank: 1,
      unit: 'qazvin',
      points: '73',
      self: '75',
      percent: '73.00',
      grade: { fa: 'ضعیف' },
      previous: { period: '1401', points: '80', percent: '94.12', rank: 1 },
      growthPercent: '-22.44',
      changePoints: '-21.12',
      rankChange: 0
    },
    {
      rank: null,
      unit: 'yazd',
      partial: true,
      grade: null,
      previous: { points: null, rank: null },
      rankChange: null
    }
  ])
  const ranks = (await read(auditor, '/v1/units/qazvin/ranks?period=1401')).items
  t.match(ranks, [
    { by: 'all', rank: 1, of: 2 },
    { by: 'group', value: 'rehearsal' },
    { by: 'kind' },
    { by: 'province' }
  ])
  const years = await read(auditor, '/v1/units/qazvin/comparison?series=rehearsal&periods=1401,1402')
  t.match(years, { periods: ['1401', '1402'], evaluations: { 1401: LAST_YEAR, 1402: QAZVIN } })
  t.match(years.items.find(nodeIs('G.1.a')).periods, {
    1401: { nodes: ['H.1.a'], percent: '91.00' },
    1402: { percent: '75.00', relation: 'same', comparable: true, changePoints: '-16.00' }
  })
}

async function ledger(t: Test, app: TestApp): Promise<void> {
  const { read, get, ask } = app
  const { items, next } = await read(auditor, '/v1/events?limit=500')
  t.equal(next, null)
  t.strictSame(items.map(positionIn), await positionsOf(app), 'in order, none left out')
  t.match(items[0], {
    type: 'UnitRegistered',
    stream: 'unit-organisation',
    revision: '0',
    metadata: { actor: { id: 'r-5' } }
  })
  const own = await read(auditor, `/v1/evaluations/${QAZVIN}/events?limit=500`)
  t.strictSame(
    own.items,
    items.filter(({ stream }: { stream: string }) => stream === `evaluation-${QAZVIN}`)
  )
  for (const url of ['/health/live', '/health/ready', '/metrics', '/openapi.json', '/.well-known/jwks.json'])
    t.equal((await ask(null, url)).statusCode, 200, `${url}, to anybody`)
  t.match((await get(auditor, '/docs/')).payload, /swagger/i)
}

const positionIn = ({ position }: { position: string }) => BigInt(position)
const unitOf = ({ unit }: { unit: string }) => unit
const nodeIs = (code: string) => (item: { node: string }) => item.node === code
