import t, { type Test } from 'tap'
import { EARLIER, SECRET, seedAllKinds } from '../support/all-kinds.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { auditor, QAZVIN } from '../support/rehearsal.ts'

const LAST_YEAR = `${EARLIER}.qazvin`

t.test('one evaluation: what it says, how it came about, and what does not agree', async (t) => {
  const app = await startTestApp(t)
  await seedAllKinds(app)
  const subjects = { card, trails, why, changed, apart }
  for (const [name, check] of Object.entries(subjects)) await t.test(name, (t) => check(t, app))
})

async function card(t: Test, { read, get }: TestApp): Promise<void> {
  const printed = await read(auditor, `/v1/evaluations/${LAST_YEAR}`)
  t.match(printed, {
    evaluation: LAST_YEAR,
    period: '1401',
    series: 'rehearsal',
    origin: 'imported',
    stage: 'final',
    total: {
      self: { points: '55' },
      final: { points: '73.2', percent: '86.12' },
      standing: { points: '80' }
    },
    unplaced: [
      { about: { node: 'X.9' }, points: '10' },
      { about: { label: 'table 29' }, percent: '91' }
    ]
  })
  const [figure] = printed.total.published
  t.match(figure, {
    points: '73.20',
    percent: '86.21',
    rank: { place: '2', of: '31', population: 'all provinces' }
  })
  const sum = printed.nodes.find(codeIs('H.1'))
  t.match(sum, {
    self: { points: '55', own: true, by: SECRET },
    rollUp: { points: '48.2' },
    published: [{ printed: '84.2 | 60' }]
  })
  const gone = printed.nodes.find(codeIs('H.2.b'))
  t.match(gone, {
    applicable: false,
    applicableCeiling: '0',
    standing: null,
    gap: null,
    exemption: { reasonCode: 'not-stated' }
  })

  const live = await get(auditor, `/v1/evaluations/${QAZVIN}`)
  const { nodes, revision } = live.json()
  t.equal(live.headers.etag, `"${revision}"`)
  t.match(nodes.find(codeIs('G.1.a')), {
    self: { points: '20' },
    expert: { points: '12.5' },
    standing: { points: '15', own: true },
    gap: { points: '5', percent: '25.00' },
    appeal: { status: 'decided', outcome: 'partly-upheld' }
  })
  t.match(nodes.find(codeIs('G.1.c')), { target: '20', measurement: { numerator: '230', target: '20' } })
  t.match(nodes.find(codeIs('G.2.b')), {
    self: null,
    standing: { points: '3' },
    gap: null,
    appeal: { status: 'open' }
  })
}

async function trails(t: Test, { read }: TestApp): Promise<void> {
  const path = async (url: string) =>
    (await read(auditor, url)).items.map(
      ({ type, before, after }: Record<string, string>) => `${type} ${before} ${after}`
    )
  t.strictSame(await path(`/v1/evaluations/${QAZVIN}/trail?node=G.2.b`), [
    'NotApplicableClaimed null null',
    'NotApplicableRefused null null',
    'ScoreOverridden null 3',
    'AppealFiled null null'
  ])
  t.strictSame(await path(`/v1/evaluations/${QAZVIN}/trail?level=expert&node=G.1.a`), [
    'ScoreOverridden 20 12.5'
  ])
  t.strictSame(await path('/v1/trail?type=AppealDecided'), ['AppealDecided 12.5 15'])
  t.strictSame(await path('/v1/trail?reasonCode=not-stated'), ['NotApplicableGranted null null'])
  const letters = (await read(auditor, '/v1/trail?letter=zxzx/77&unit=yazd')).items
  t.match(letters, [
    { type: 'ReturnedForCorrection', letter: { number: 'zxzx/77', date: '2024-04-01' }, by: 'zxzx-e' }
  ])
  const [, , third] = (await read(auditor, `/v1/evaluations/${QAZVIN}/trail`)).items
  const between = await read(auditor, `/v1/trail?period=1402&from=${third.at}&unit=qazvin`)
  t.ok(
    between.items.every(({ at, period }: Record<string, string>) => at && at >= third.at && period === '1402')
  )
  const second = `${third.at.slice(0, 19)}Z`
  const inTehran = `${new Date(Date.parse(second) + 12_600_000).toISOString().slice(0, 19)}%2B03:30`
  for (const url of [`/v1/evaluations/${QAZVIN}/trail`, '/v1/trail']) {
    for (const instant of [second, inTehran]) {
      const isIn = async (query: string) =>
        (await read(auditor, `${url}?limit=500&${query}`)).items.some(
          ({ event }: { event: string }) => event === third.event
        )
      t.ok(await isIn(`from=${instant}`), `${url} from the second of an act: ${instant}`)
      t.notOk(await isIn(`to=${instant}`), `${url} up to the second of an act: ${instant}`)
    }
  }
}

async function why(t: Test, { read }: TestApp): Promise<void> {
  const grown = await read(auditor, `/v1/evaluations/${QAZVIN}/nodes/G.1.c`)
  t.match(grown, {
    rule: { kind: 'growth', target: '10' },
    target: '20',
    assigned: { target: '20', baseline: '200' }
  })
  t.match(grown.steps, [
    { type: 'SelfScoreEntered', delta: '0', measurement: { numerator: '230' } },
    { type: 'ScoreConfirmed' }
  ])
  const disputed = await read(auditor, `/v1/evaluations/${QAZVIN}/nodes/G.1.a`)
  t.match(disputed.responsibilities, [{ domain: { fa: 'معاونت توسعه' }, part: 'main', person: SECRET }])
  t.strictSame(
    disputed.steps.map(({ type, delta }: Record<string, string>) => `${type} ${delta}`),
    [
      'SelfScoreEntered 0',
      'ScoreOverridden -7.5',
      'AppealFiled null',
      'AppealAnswered null',
      'AppealDecided 2.5'
    ]
  )
  const total = await read(auditor, `/v1/evaluations/${QAZVIN}/nodes/total`)
  const moved = total.steps.flatMap(({ delta }: { delta: string | null }) => delta ?? []).map(Number)
  t.equal(
    moved.reduce((sum: number, delta: number) => sum + delta, 0),
    -2,
    '73 standing, 75 claimed'
  )
}

async function changed(t: Test, { read }: TestApp): Promise<void> {
  const trail = (await read(auditor, `/v1/evaluations/${QAZVIN}/trail?node=G.1.a`)).items
  const decision = trail.at(-1)
  const url = `/v1/evaluations/${QAZVIN}/changes?from=${BigInt(decision.position) - 1n}&to=${decision.position}`
  const changes = await read(auditor, url)
  t.match(changes.stage, { before: 'appeal', after: 'appeal' })
  t.strictSame(
    changes.items.map(({ node, difference, events }: Record<string, unknown>) => [node, difference, events]),
    ['total', 'G', 'G.1', 'G.1.a'].map((node) => [node, '2.5', [decision.event]])
  )
  t.match(changes.items[3], {
    before: { self: '20', standing: '12.5' },
    after: { self: '20', standing: '15' }
  })
}

async function apart(t: Test, { read }: TestApp): Promise<void> {
  const lines = async (query: string) =>
    (await read(auditor, `/v1/discrepancies?${query}`)).items.map(
      (row: Record<string, string>) =>
        `${row.kind} ${row.node} ${row.expected} ${row.found} ${row.difference}`
    )
  t.strictSame(await lines('period=1401&unit=qazvin&minGap=5&class=material'), [
    'published-mismatch H.1 48.2 84.2 36',
    'published-mismatch H.1 140.33 84.20 -56.13',
    'rollup-mismatch H.1 50 55 5'
  ])
  const [swapped] = (await read(auditor, '/v1/discrepancies?node=H.1')).items
  t.match(swapped.hints[0], { hint: 'swap', printed: '84.2', swapped: '48.2' })
  t.strictSame(await lines('kind=not-applicable'), [
    'not-applicable H.2.b 15 0 -15',
    'not-applicable G.2.b 15 0 -15'
  ])
  t.strictSame(await lines('unit=yazd&kind=unknown-node'), [])
}

const codeIs = (code: string) => (item: { code: string }) => item.code === code
