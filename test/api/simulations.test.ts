import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { sha256 } from '../../src/ids.ts'
import { type Answer, startTestApp, type TestApp, type Who } from '../support/app.ts'
import {
  assessor,
  auditor,
  claims,
  expert,
  FRAMEWORK,
  panelist,
  QAZVIN,
  registerUnits,
  registrar,
  rehearsalFramework,
  viewer,
  YAZD,
  yazdi
} from '../support/rehearsal.ts'

type Asked = [command: string, body: object, as: Who]

const listed = (commands: readonly Asked[]) =>
  commands.map(([command, body, { id: sub, role, units = [] }]) => ({
    command,
    body,
    as: { sub, role, units }
  }))

const post = (app: TestApp, who: Who | null, payload: object, path = '/v1/simulations', headers = {}) =>
  app.ask(who, path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    payload: JSON.stringify(payload)
  })

const simulate = (app: TestApp, who: Who, commands: readonly Asked[], more: object = {}) =>
  post(app, who, { commands: listed(commands), ...more })

/** The body of an answer that must be 200. */
async function simulated(app: TestApp, who: Who, commands: readonly Asked[], more: object = {}) {
  const answer = await simulate(app, who, commands, more)
  if (answer.statusCode !== 200) throw new Error(answer.payload)
  return answer.json()
}

/** Both directorates submitted: Qazvin with 86.25 points, Yazd with 80; the window for appeals has ten days. */
async function submitted(app: TestApp): Promise<void> {
  await registerUnits(app)
  const appeal = { ...rehearsalFramework.appeal, windowDays: 10, escalationDays: 10, decisionDays: 10 }
  await app.act(registrar, 'publish-framework', { ...rehearsalFramework, appeal })
  for (const [unit, evaluation, who, first] of [
    ['qazvin', QAZVIN, assessor, '20'],
    ['yazd', YAZD, yazdi, '15']
  ] as const) {
    await app.act(registrar, 'open-evaluation', { unit, framework: FRAMEWORK, origin: 'live' })
    const growth = { numerator: '230', ...(unit === 'qazvin' && { baseline: '200' }) }
    await app.act(registrar, 'assign-target', { evaluation, node: 'G.1.c', target: '20', baseline: '200' })
    const entered = { ...claims, 'G.1.a': { points: first }, 'G.1.c': { measurement: growth } }
    for (const [node, claim] of Object.entries(entered))
      await app.act(who, 'enter-self-score', { evaluation, node, ...claim })
    await app.act(who, 'submit-self-assessment', { evaluation })
  }
}

const override = (points: string, evaluation = QAZVIN): Asked => [
  'override-score',
  { evaluation, node: 'G.1.a', points, reasonCode: 'calculation', reason: 'a sum' },
  expert
]
const confirm = (evaluation = QAZVIN): Asked => ['confirm-scores', { evaluation, rest: true }, expert]
const complete = (evaluation = QAZVIN): Asked => ['complete-review', { evaluation }, expert]

/** Everything the server keeps, but for what SQLite uses to share memory. */
const kept = ({ data }: TestApp) =>
  readdirSync(data)
    .filter((file) => file.includes('.db') && !file.endsWith('-shm'))
    .map((file) => [file, sha256(readFileSync(join(data, file), 'latin1'))])

t.test('what would come of commands, and that nothing of it is kept', async (t) => {
  const app = await startTestApp(t)
  await submitted(app)
  const [files, end] = [kept(app), await app.store.end()]
  const commands = [override('12.5'), confirm(), complete()]
  const answer = await simulate(app, auditor, commands)
  t.equal(answer.statusCode, 200)
  const said = answer.json()

  t.match(said, { hypothetical: true, refused: null, withheldRanks: 0, asOf: { position: String(end) } })
  t.equal(answer.headers['ledger-position'], String(end))
  t.match(said.events[0], {
    hypothetical: true,
    index: 0,
    id: 'hypothetical-1',
    type: 'ScoreOverridden',
    data: { points: '12.5' }
  })
  const indexes = said.events.map(({ index }: { index: number }) => index)
  t.strictSame(indexes, [0, 1, 1, 1, 1, 2])
  t.equal(said.evaluations.length, 1)
  t.match(said.evaluations[0], {
    hypothetical: true,
    evaluation: QAZVIN,
    unit: 'qazvin',
    before: { stage: 'review', total: { points: '86.25', percent: '86.25', grade: { fa: 'خوب' }, rank: 1 } },
    after: { hypothetical: true, stage: 'appeal', total: { points: '78.75', percent: '78.75', rank: 2 } }
  })
  const [{ before, after }] = said.evaluations
  const codes = (side: { nodes: { code: string }[] }) => side.nodes.map(({ code }) => code)
  t.strictSame(codes(before), codes(after))
  t.ok(codes(after).includes('G.1.a'))
  const moved = after.nodes.find(({ code }: { code: string }) => code === 'G.1.a')
  t.match(moved, { standing: { points: '12.5', by: 'e-17', event: 'hypothetical-1' } })
  const place = (unit: string, before: number, after: number) => ({ hypothetical: true, unit, before, after })
  t.match(said.ranks, [place('yazd', 2, 1), place('qazvin', 1, 2)])
  t.match(said.ranks[0], { population: { size: 2 }, points: '81.25', name: { fa: 'یزد' } })
  t.match(after.ranks, [
    { by: 'all', rank: 2 },
    { by: 'group', value: 'rehearsal', rank: 2, of: 2 },
    { by: 'kind' },
    { by: 'province', rank: 1 }
  ])

  const asked = { asOf: String(end) }
  const first = await simulated(app, registrar, commands, asked)
  t.strictSame(
    await simulated(app, auditor, commands, asked),
    first,
    'and again the same, ids and instants too'
  )
  t.strictSame(first.ranks, said.ranks)
  t.strictSame(kept(app), files)
  t.equal(await app.store.end(), end)
  await t.test('committed, it comes as was said', async (t) => {
    for (const [command, body, who] of commands) await app.act(who, command, body)
    const card = await app.read(auditor, `/v1/evaluations/${QAZVIN}`)
    t.match(card, { stage: 'appeal', total: { standing: { points: '78.75', percent: '78.75' } } })
    const { items } = await app.read(viewer, '/v1/league?period=1402')
    t.match(items, [
      { unit: 'yazd', rank: 1 },
      { unit: 'qazvin', rank: 2, grade: after.total.grade }
    ])
  })
  await t.test('and it can still be asked what would have come of something else', async (t) => {
    const other = await simulated(app, auditor, [override('19')], { asOf: String(end) })
    t.match(other, { asOf: { position: String(end) }, ranks: [] })
    t.match(other.evaluations[0], {
      before: { total: { points: '86.25' } },
      after: { total: { points: '85.25' } }
    })
  })
})

const upheld = (appeal: string): Asked[] => {
  const about = { evaluation: QAZVIN, appeal }
  const chair: Who = { id: 'p-6', role: 'panelist' }
  return [
    [
      'file-appeal',
      { evaluation: QAZVIN, node: 'G.1.a', claim: { points: '18' }, grounds: 'a list' },
      assessor
    ],
    ['assign-panel', { ...about, members: ['p-6'], chair: 'p-6' }, registrar],
    ['decide-appeal', { ...about, outcome: 'upheld', reasons: 'the list is there' }, chair]
  ]
}

t.test('an appeal that nobody has filed, by the id it would have', async (t) => {
  const app = await startTestApp(t)
  await submitted(app)
  for (const [command, body, who] of [override('12.5'), confirm(), complete()])
    await app.act(who, command, body)
  const said = await simulated(app, assessor, upheld('00000000000000000000000001'))
  t.match(said, { refused: null, events: [{ data: { appeal: '00000000000000000000000001' } }, {}, {}] })
  t.match(said.evaluations[0].after, { total: { points: '84.25', rank: 1 } })
  t.match(said.ranks, [{ unit: 'qazvin', before: 2, after: 1 }], 'an assessor learns its own rank')
  t.equal(said.withheldRanks, 1)
  t.notMatch(JSON.stringify(said), 'یزد')

  const late = await simulated(app, auditor, [confirm(YAZD), ...upheld('00000000000000000000000001')])
  t.match(late.refused, { hypothetical: true, index: 2, code: 'unknown-appeal', status: 404 })
  t.equal(late.events.length, 6, 'what came before it is told')
  const fa = { 'accept-language': 'fa' }
  const again = await post(app, auditor, { commands: listed([complete()]) }, undefined, fa)
  t.match(again.json(), { refused: { code: 'wrong-stage', detail: /مرحله/ }, evaluations: [], ranks: [] })
  const event = (await app.command(expert, 'complete-review', { evaluation: QAZVIN })).json().event
  t.equal(again.json().refused.event, event, 'refused as it would be')
  await t.test('who may, and how far', (t) => whoMay(t, app))
  await t.test('what is not a simulation', (t) => malformed(t, app))
})

const codeOf = (answer: Answer) => `${answer.statusCode} ${answer.json().code ?? ''}`.trim()

async function whoMay(t: Test, app: TestApp): Promise<void> {
  const mine = upheld('00000000000000000000000001')
  const of = async (who: Who, commands: readonly Asked[]) => codeOf(await simulate(app, who, commands))
  t.equal(await of(expert, mine), '403 forbidden-role')
  t.equal(await of(viewer, mine), '403 forbidden-role')
  t.equal(codeOf(await post(app, null, { commands: listed(mine) })), '401 unauthenticated')
  t.equal(await of(panelist, mine), '403 forbidden-role')
  t.equal(await of(yazdi, mine), '403 not-your-unit')
  t.equal(await of(yazdi, [confirm(YAZD), ...mine]), '403 not-your-unit', 'one of another unit is enough')
  t.equal(await of({ id: 'a-1', role: 'assessor', units: ['organisation'] }, mine), '403 not-your-unit')
  const open: Asked = ['open-evaluation', { unit: 'qazvin', framework: FRAMEWORK, origin: 'live' }, registrar]
  t.match(await simulated(app, assessor, [open]), { refused: { code: 'evaluation-exists' } })
  const rename: Asked = ['reclassify-unit', { unit: 'qazvin', groups: ['b'], reason: 'moved' }, registrar]
  t.equal(await of(assessor, [rename]), '403 forbidden-role')

  const moved = await simulated(app, registrar, [rename])
  t.match(moved, { ranks: [], evaluations: [{ evaluation: QAZVIN, after: { stage: 'appeal', nodes: [] } }] })
  t.match(moved.evaluations[0].before.ranks[1], { by: 'group', value: 'rehearsal', rank: 2 })
  t.match(moved.evaluations[0].after.ranks[1], { by: 'group', value: 'b', rank: 1 })
}

t.test('a panel tries what it may on its own case, and learns of no other who acted there', async (t) => {
  const app = await startTestApp(t)
  await submitted(app)
  const appealed: string[] = []
  for (const [evaluation, who] of [
    [QAZVIN, assessor],
    [YAZD, yazdi]
  ] as const) {
    for (const [command, body, by] of [
      override('12.5', evaluation),
      confirm(evaluation),
      complete(evaluation)
    ])
      await app.act(by, command, body)
    const claim = { evaluation, node: 'G.1.a', claim: { points: '14' }, grounds: 'a list' }
    appealed.push(...(await app.act(who, 'file-appeal', claim)).json().created.appeals)
  }
  const [appeal, other] = appealed
  const panel = { members: ['p-4'], chair: 'p-4' }
  await app.act(registrar, 'assign-panel', { evaluation: QAZVIN, appeal, ...panel })

  const decide: Asked = [
    'decide-appeal',
    { evaluation: QAZVIN, appeal, outcome: 'upheld', reasons: 'the list is there' },
    panelist
  ]
  const said = await simulated(app, panelist, [decide])
  t.match(said, { refused: null, withheldRanks: 0 })
  t.match(said.events, [{ data: { reasons: 'the list is there' } }])

  const of = async (commands: readonly Asked[]) => codeOf(await simulate(app, panelist, commands))
  const asPanel = (id: string): Asked => [
    'assign-panel',
    { evaluation: YAZD, appeal: other, members: [id], chair: id },
    registrar
  ]
  const asked = await Promise.all(['e-17', 'a-8', 'nobody'].map((id) => of([asPanel(id)])))
  t.strictSame([...new Set(asked)], ['403 forbidden-role'], 'whoever it is, nothing is told of them')
  t.equal(await of([decide, asPanel('nobody')]), '403 forbidden-role', 'one of another case is enough')
  t.equal(
    await of([['complete-review', { evaluation: `${FRAMEWORK}.atlantis` }, expert]]),
    '403 forbidden-role'
  )
  t.equal(
    await of([['reclassify-unit', { unit: 'qazvin', groups: [], reason: 'moved' }, registrar]]),
    '403 forbidden-role'
  )
})

async function malformed(t: Test, app: TestApp): Promise<void> {
  const [command] = listed([confirm(YAZD)])
  const commands = [command]
  const at = (pointer: string) => ({ code: 'malformed', errors: [{ pointer }] })
  const of = async (payload: object, path?: string) => {
    const answer = await post(app, auditor, payload, path)
    t.equal(answer.statusCode, 400)
    return answer.json()
  }
  t.match(await of({ commands: [] }), at('/commands'))
  t.match(await of({ commands: Array(51).fill(command) }), at('/commands'))
  t.match(await of({ commands: [{ ...command, body: 'x' }] }), at('/commands/0/body'))
  t.match(await of({ commands: [{ ...command, as: { sub: '', role: 'expert' } }] }), at('/commands/0/as/sub'))
  t.match(await of({ commands, more: 1 }), at('/more'))
  t.match(await of({ commands, asOf: 'yesterday' }), at('/asOf'))
  t.match(await of({ commands, asOf: String((await app.store.end()) + 1n) }), { code: 'future' })
  t.match(await of({ commands }, '/v1/simulations?asOf=3'), at('/asOf'))
  const unknown = await simulated(app, auditor, [['fly', {}, expert]])
  t.match(unknown, { refused: { index: 0, code: 'no-route' }, events: [] })
  const wrong = await simulated(app, auditor, [['complete-review', { evaluation: 1 }, expert]])
  t.match(wrong.refused, { ...at('/evaluation'), status: 400 })
  t.match(await simulated(app, auditor, [['complete-review', { evaluation: QAZVIN }, viewer]]), {
    refused: { code: 'forbidden-role' }
  })
  t.equal(codeOf(await app.get(auditor, '/v1/simulations')), '405 method-not-allowed')
}
