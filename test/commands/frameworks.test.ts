import t from 'tap'
import type { FrameworkNode } from '../../src/events/forms.ts'
import { fact, given } from '../support/given.ts'
import { type Happening, node, published } from '../support/history.ts'
import { FRAMEWORK, nodes, registrar } from '../support/province.ts'

const data = published(FRAMEWORK, nodes).data

t.test('a framework is published once, under its period and series', async (t) => {
  given().when('publish-framework', data, registrar).expect(t, { type: 'FrameworkPublished', data })
  given(published(FRAMEWORK, nodes)).when('publish-framework', data, registrar).refused(t, 'framework-exists')
  for (const framework of ['1402x', '1401-x', '1402-', '1402--x']) {
    given()
      .when('publish-framework', { ...data, framework }, registrar)
      .refused(t, 'bad-framework-id')
  }
  const long = { ...data, period: { ...data.period, id: 'p'.repeat(64) } }
  given()
    .when('publish-framework', { ...long, framework: `${'p'.repeat(64)}-${'s'.repeat(64)}` }, registrar)
    .decide()
  const period = { ...data.period, startsOn: '2024-03-20' }
  given()
    .when('publish-framework', { ...data, period }, registrar)
    .refused(t, 'bad-period')
})

t.test('a tree that does not add up is refused with all its bad nodes', async (t) => {
  const bad = [...nodes, node('G.a.3', 'G.a', '1'), node('X', 'nowhere', '1')]
  const asked = given().when('publish-framework', { ...data, nodes: bad }, registrar)
  asked.refused(t, 'bad-tree')
  t.throws(asked.decide, { errors: [{ pointer: '/nodes/1' }, { pointer: '/nodes/6' }] })
  const grades = [
    { from: '60', title: { fa: 'خوب' } },
    { from: '60.0', title: { fa: 'عالی' } }
  ]
  given()
    .when('publish-framework', { ...data, grades }, registrar)
    .refused(t, 'bad-tree')
  for (const target of ['0', '-1']) {
    const none = [...nodes, node('X', null, '1', { target })]
    given()
      .when('publish-framework', { ...data, nodes: none }, registrar)
      .malformed(t)
  }
  given()
    .when('publish-framework', { ...data, nodes: [node('total', null, '1')] }, registrar)
    .malformed(t)
})

t.test('an amendment gives a tree that passes the same checks', async (t) => {
  const known = given(published(FRAMEWORK, nodes))
  const amend = (put: FrameworkNode[], remove: string[] = []) =>
    known.when('amend-framework', { framework: FRAMEWORK, put, remove, reason: 'r' }, registrar)
  const put = [node('G.b', 'G', '30'), node('G.c', 'G', '10')]
  amend(put).expect(t, { type: 'FrameworkAmended', data: { put, remove: [], reason: 'r' } })
  amend([node('G.b', 'G', '30')]).refused(t, 'bad-tree')
  amend([], ['G.a']).refused(t, 'bad-tree')
  amend([], ['nowhere']).refused(t, 'unknown-node', undefined, { node: 'nowhere' })
  amend(
    [],
    nodes.map(({ code }) => code)
  ).refused(t, 'bad-tree')
  amend([node('G.b', 'G', '30'), node('G.b', 'G', '40')]).refused(t, 'bad-tree')
  amend([]).refused(t, 'nothing-changes')
  amend([node('G.b', 'G', '40')]).refused(t, 'nothing-changes')
  given()
    .when('amend-framework', { framework: FRAMEWORK, put: [], reason: 'r' }, registrar)
    .refused(t, 'unknown-framework')
})

const rule = { kind: 'ratio', target: '5' } as const
const years = (before: Partial<FrameworkNode>, now: Partial<FrameworkNode>): Happening[] => [
  published('1401-x', [node('A', null, '10', before)]),
  published('1402-x', [node('B', null, '10', now)])
]
const before = [{ framework: '1401-x', node: 'A' }]

t.test('a link says what changed and whether two years may be compared', async (t) => {
  const link = (earlier: Partial<FrameworkNode>, now: Partial<FrameworkNode>, relation = 'same') =>
    given(...years(earlier, now))
      .when('link-lineage', { framework: '1402-x', node: 'B', predecessors: before, relation }, registrar)
      .decide()[0]?.data
  const titled = { title: { fa: 'یک' } }
  t.match(link(titled, titled), { changes: [], comparable: true })
  t.match(link(titled, { title: { fa: 'دو' }, ceiling: '20' }), {
    changes: [
      { what: 'title', from: 'یک', to: 'دو' },
      { what: 'ceiling', from: '10', to: '20' }
    ],
    comparable: true
  })
  const disturbing: [string, Partial<FrameworkNode>][] = [
    ['rule', { rule }],
    ['target', { target: '7' }],
    ['unit', { unitOfMeasure: 'نفر' }]
  ]
  for (const [what, now] of disturbing) {
    t.match(link(titled, { ...titled, ...now }), { changes: [{ what }], comparable: false }, what)
  }
  t.match(
    link(titled, { ...titled, rule: { kind: 'direct' } }),
    { comparable: true },
    'direct is the default'
  )
  t.match(link(titled, titled, 'merged'), { comparable: false }, 'only the same node')
})

t.test('a link of a kind takes so many predecessors, and known ones', async (t) => {
  const known = given(...years({}, {}))
  const body = { framework: '1402-x', node: 'B', predecessors: before, relation: 'same' }
  const link = (more: object) => known.when('link-lineage', { ...body, ...more }, registrar)
  const nobody = { predecessors: [] }
  for (const relation of ['new', 'retired']) {
    const fact = { node: 'B', relation, changes: [], comparable: false, ...nobody }
    link({ relation, ...nobody }).expect(t, { type: 'LineageLinked', data: fact as never })
    link({ relation }).refused(t, 'bad-lineage')
  }
  for (const relation of ['same', 'split', 'merged']) link({ relation, ...nobody }).refused(t, 'bad-lineage')
  link({ predecessors: [...before, ...before] }).refused(t, 'bad-lineage')
  link({ node: 'A' }).refused(t, 'unknown-node', undefined, { framework: '1402-x', node: 'A' })
  link({ predecessors: [{ framework: '1401-x', node: 'B' }] }).refused(t, 'unknown-node')
  link({ predecessors: [{ framework: '1400-x', node: 'A' }] }).refused(t, 'unknown-framework')
  link({ predecessors: [{ framework: '1402-x', node: 'B' }] }).refused(t, 'unknown-framework')
  link({ framework: '1403-x' }).refused(t, 'unknown-framework')
})

t.test('the latest link stands, and the same one again changes nothing', async (t) => {
  const first = fact('LineageLinked', {
    node: 'B',
    predecessors: [],
    relation: 'new',
    changes: [],
    comparable: false
  })
  const known = given(...years({}, {}), first)
  const body = { framework: '1402-x', node: 'B', predecessors: [], relation: 'new' }
  known.when('link-lineage', body, registrar).refused(t, 'nothing-changes', 3)
  t.match(known.when('link-lineage', { ...body, note: 'n' }, registrar).decide(), [{ type: 'LineageLinked' }])
})
