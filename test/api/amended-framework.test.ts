import t, { type Test } from 'tap'
import { positionOf, startTestApp, type TestApp } from '../support/app.ts'
import {
  assessor,
  auditor,
  expert,
  FRAMEWORK,
  openRehearsal,
  QAZVIN,
  registrar,
  rehearsalFramework,
  YAZD,
  yazdi
} from '../support/rehearsal.ts'

/*
 * What is read of a framework that was amended after one of two units had submitted: Qazvin is judged by the tree that
 * was, Yazd by the one that is.
 */

const root = (code: string, fa = code, ceiling = '10') => ({
  ...{ code, parent: null, kind: 'indicator', title: { fa }, ceiling }
})

async function amended(app: TestApp): Promise<{ before: string }> {
  await openRehearsal(app, { ...rehearsalFramework, nodes: [root('A'), root('B')] })
  for (const [evaluation, who] of [
    [QAZVIN, assessor],
    [YAZD, yazdi]
  ] as const)
    for (const node of ['A', 'B']) await app.act(who, 'enter-self-score', { evaluation, node, points: '7' })
  await app.act(assessor, 'submit-self-assessment', { evaluation: QAZVIN })
  const judge = { evaluation: QAZVIN, reasonCode: 'other', reason: 'so' }
  for (const node of ['A', 'B']) await app.act(expert, 'override-score', { ...judge, node, points: '5' })
  const before = positionOf(await app.get(auditor, '/v1/units?limit=1'))
  const amend = { framework: FRAMEWORK, reason: 'another question' }
  await app.act(registrar, 'amend-framework', { ...amend, put: [root('A', 'الف')], remove: ['B'] })
  await app.act(registrar, 'amend-framework', { ...amend, put: [root('C')], remove: [] })
  return { before }
}

t.test('of a framework that was amended meanwhile', async (t) => {
  const app = await startTestApp(t)
  const { before } = await amended(app)
  await t.test('a node that an evaluation is judged by is known', (t) => across(t, app, before))
  await t.test('nodes have the titles by which the evaluation is judged', (t) => titles(t, app, before))
  await t.test('it is shown as it was at a moment', (t) => asItWas(t, app, before))
})

async function across(t: Test, { get, read }: TestApp, before: string): Promise<void> {
  const url = (node: string) => `/v1/frameworks/${FRAMEWORK}/nodes/${node}/evaluations`
  const units = async (path: string) =>
    (await read(auditor, path)).items.map(({ unit }: { unit: string }) => unit)
  t.strictSame(await units(url('B')), ['qazvin'], 'of which alone the node still is')
  t.strictSame(await units(`${url('B')}?asOf=${before}`), ['qazvin', 'yazd'])
  t.strictSame(await units(url('C')), ['yazd'])
  t.equal((await get(auditor, `${url('C')}?asOf=${before}`)).statusCode, 404, 'nobody had thought of it')
  t.equal((await get(auditor, url('D'))).statusCode, 404)
}

async function titles(t: Test, { read }: TestApp, before: string): Promise<void> {
  interface Act {
    node: string
    nodeTitle: { fa: string } | null
  }
  const of = async (url: string) =>
    (await read(auditor, url)).items.map(({ node, nodeTitle }: Act) => `${node} ${nodeTitle?.fa}`)
  const entered = (evaluation: string, more = '') =>
    of(`/v1/evaluations/${evaluation}/trail?type=SelfScoreEntered${more}`)
  t.strictSame(await entered(QAZVIN), ['A A', 'B B'])
  t.strictSame(await entered(YAZD), ['A الف', 'B B'], 'a node that is no more, as it was last')
  t.strictSame(await entered(YAZD, `&asOf=${before}`), ['A A', 'B B'])
  const { nodes } = await read(auditor, `/v1/evaluations/${QAZVIN}`)
  t.match(nodes, [{ code: 'A', title: { fa: 'A' } }, { code: 'B' }], 'as on its scorecard')
  const found = await of('/v1/discrepancies?kind=override-without-evidence')
  t.strictSame(found.sort(), ['A A', 'B B'])
}

async function asItWas(t: Test, { act, get, read }: TestApp, before: string): Promise<void> {
  const url = `/v1/frameworks/${FRAMEWORK}`
  const codes = ({ nodes }: { nodes: { code: string }[] }) => nodes.map(({ code }) => code)
  const then = await get(auditor, `${url}?asOf=${before}`)
  t.match(then.json(), { revision: '0', lineage: [], asOf: { position: before } })
  t.equal(then.headers.etag, '"0"')
  t.strictSame(codes(then.json()), ['A', 'B'])
  const now = await read(auditor, url)
  t.match(now, { revision: '2' })
  t.strictSame(codes(now), ['A', 'C'])
  t.strictSame(await read(auditor, `${url}?asOf=${now.asOf.position}`), now)
  t.equal((await get(auditor, `${url}?asOf=1`)).statusCode, 404, 'not published yet')

  const period = { ...rehearsalFramework.period, id: '1401', startsOn: '2022-03-21' }
  const earlier = { ...rehearsalFramework, framework: '1401-rehearsal', period, nodes: [root('A')] }
  await act(registrar, 'publish-framework', earlier)
  const first = await read(auditor, '/v1/frameworks?limit=1')
  const second = () => read(auditor, `/v1/frameworks?cursor=${first.next}`)
  const page = await second()
  t.match(page.items, [{ framework: FRAMEWORK, revision: '2', nodes: 2 }])
  const link = { node: 'A', predecessors: [{ framework: '1401-rehearsal', node: 'A' }], relation: 'same' }
  await act(registrar, 'link-lineage', { framework: FRAMEWORK, ...link })
  const put = [root('D')]
  await act(registrar, 'amend-framework', { framework: FRAMEWORK, put, remove: [], reason: 'one more' })
  t.match(await read(auditor, url), { revision: '4', lineage: [{ node: 'A' }], nodes: { length: 3 } })
  t.match(await read(auditor, `${url}?asOf=${first.asOf.position}`), { revision: '2', lineage: [] })
  t.strictSame(await second(), page, 'pages behind the first are of its moment')
}
