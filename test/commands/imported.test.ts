import t from 'tap'
import { fact, given } from '../support/given.ts'
import { figure, type Happening, node, recorded, report } from '../support/history.ts'
import { exempt, FRAMEWORK, imported, inReview, live, registrar, reopened } from '../support/province.ts'

const score = { node: 'G.a', level: 'final', points: '12.50', source: report } as const

const final = fact('EvaluationFinalised', {
  nodes: [],
  total: { points: '1', applicableCeiling: '1' },
  basis: 'imported',
  decidedAt: '1'
})

t.test('a score is recorded for any node and level, with its source', async (t) => {
  const ask = (facts: Happening[], more: object = {}) =>
    given(...facts).when('record-score', { ...score, ...more }, registrar)
  ask(imported()).expect(t, { type: 'ScoreRecorded', data: { ...score, points: '12.5' } })
  const note = { level: 'expert', note: 'n' }
  ask(imported(), note).expect(t, {
    type: 'ScoreRecorded',
    data: { ...score, level: 'expert', note: 'n', points: '12.5' }
  })
  ask([...imported(), recorded('G.a', 'final', '1')]).decide()
  ask([...imported(), final, reopened()]).decide()
  ask(imported(), { node: 'X' }).refused(t, 'unknown-node')
  ask(imported(), { points: '60.0001' }).refused(t, 'above-ceiling', undefined, { node: 'G.a' })
  ask([...imported(), final]).refused(t, 'wrong-stage', 7)
  ask(live()).refused(t, 'wrong-origin', 6)
  ask(inReview()).refused(t, 'wrong-origin', 6)
  ask(imported(), { source: undefined }).malformed(t)
})

t.test('what the source says of a node that does not apply is kept all the same', async (t) => {
  const [decided] = given(...imported(), exempt('NotApplicableGranted', 'G.a'))
    .when('record-score', score, registrar)
    .decide()
  t.equal(decided?.type, 'ScoreRecorded')
})

t.test('a measurement may be stated on any node; it moves no points', async (t) => {
  const nodes = [
    node('m', null, '40', { rule: { kind: 'ratio', target: '80' }, target: '70' }),
    node('d', null, '40')
  ]
  const ask = (code: string, measurement: object, ...facts: Happening[]) =>
    given(...imported(nodes), ...facts)
      .when('record-score', { ...score, node: code, measurement }, registrar)
      .decide()[0]?.data
  t.match(ask('m', { numerator: '1' }), { points: '12.5', measurement: { numerator: '1', target: '70' } })
  t.match(ask('m', { numerator: '1', target: '3' }), { measurement: { target: '3' } })
  const assigned = fact('TargetAssigned', { node: 'm', target: '60' })
  t.match(ask('m', { numerator: '1' }, assigned), { measurement: { target: '60' } })
  t.strictSame(ask('d', { numerator: '1' }), {
    ...score,
    node: 'd',
    points: '12.5',
    measurement: { numerator: '1' }
  })
})

t.test('a figure is kept as it was printed, errors included', async (t) => {
  const printed = {
    about: { node: 'X' },
    level: 'final',
    points: '1012.50',
    percent: '-3.10',
    ceiling: '007',
    rank: { place: '4', of: '31', population: 'استان‌ها' },
    grade: 'خوب',
    printed: '۱۰۱۲٫۵۰ | ۳٫۱۰-',
    source: report
  } as const
  const known = given(...imported(), final)
  known.when('publish-figure', printed, registrar).expect(t, { type: 'FigurePublished', data: printed })
  const label = { about: { label: 'میانگین' }, printed: '-', source: report }
  known.when('publish-figure', label, registrar).expect(t, { type: 'FigurePublished', data: label })
  const total = { ...figure('total', 'self', { points: '1' }).data }
  given(...live())
    .when('publish-figure', total, registrar)
    .expect(t, { type: 'FigurePublished', data: total })
  for (const points of ['۱۲', '1,5', '', 12]) {
    known.when('publish-figure', { ...printed, points }, registrar).malformed(t)
  }
  known.when('publish-figure', { ...printed, page: 3 }, registrar).malformed(t)
  given()
    .when('publish-figure', { ...label, evaluation: `${FRAMEWORK}.yazd` }, registrar)
    .refused(t, 'unknown-evaluation')
})
