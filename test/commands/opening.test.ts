import t from 'tap'
import { fact, given } from '../support/given.ts'
import { node, opened, published } from '../support/history.ts'
import {
  EVALUATION,
  entered,
  FRAMEWORK,
  imported,
  inReview,
  live,
  nodes,
  registrar,
  submitted,
  units
} from '../support/province.ts'

const body = { unit: 'qazvin', framework: FRAMEWORK, origin: 'live' }

t.test(
  'an evaluation is opened once, for a known unit and framework, under the newest revision',
  async (t) => {
    const amended = fact('FrameworkAmended', { put: [node('N', null, '1')], remove: [], reason: 'r' })
    given(...units, published(FRAMEWORK, nodes), amended)
      .when('open-evaluation', body, registrar)
      .expect(t, {
        type: 'EvaluationOpened',
        data: { ...body, origin: 'live', evaluation: EVALUATION, frameworkRevision: '1' }
      })
    const known = given(...units, published(FRAMEWORK, nodes))
    known.when('open-evaluation', { ...body, unit: 'yazd' }, registrar).refused(t, 'unknown-unit')
    known.when('open-evaluation', { ...body, framework: '1401-x' }, registrar).refused(t, 'unknown-framework')
    given(...live())
      .when('open-evaluation', body, registrar)
      .refused(t, 'evaluation-exists', 6)
  }
)

t.test('nobody is judged live without a way to object', async (t) => {
  const { appeal: _, ...silent } = published(FRAMEWORK, nodes).data
  const known = given(...units, { type: 'FrameworkPublished', data: silent })
  known.when('open-evaluation', body, registrar).refused(t, 'no-appeal-rules')
  const source = { document: 'report', place: 'table 1' }
  known.when('open-evaluation', { ...body, origin: 'imported', source }, registrar).expect(t, {
    type: 'EvaluationOpened',
    data: { ...body, origin: 'imported', evaluation: EVALUATION, frameworkRevision: '0', source }
  })
})

t.test('targets and responsibilities are set before submission', async (t) => {
  const target = { node: 'G.b', target: '12.5', baseline: '3', issuedOn: '2023-05-01' }
  const duty = { node: 'G.a', domain: { fa: 'حوزه' }, part: 'main' as const, person: 'a-3' }
  for (const open of [live(), imported(), [...live(), entered('G.b', '1')]]) {
    given(...open)
      .when('assign-target', target, registrar)
      .expect(t, { type: 'TargetAssigned', data: target })
    given(...open)
      .when('assign-responsibility', duty, registrar)
      .expect(t, { type: 'ResponsibilityAssigned', data: duty })
  }
  given(...inReview())
    .when('assign-target', target, registrar)
    .refused(t, 'wrong-stage', 10)
  given(...inReview())
    .when('assign-responsibility', duty, registrar)
    .refused(t, 'wrong-stage', 10)
  given(...live())
    .when('assign-target', { ...target, node: 'X' }, registrar)
    .refused(t, 'unknown-node')
  given(...live())
    .when('assign-target', { ...target, node: 'total' }, registrar)
    .malformed(t)
  given(...live())
    .when('assign-target', { ...target, target: '0.000' }, registrar)
    .malformed(t)
  given(...live())
    .when('assign-responsibility', { ...duty, node: 'X' }, registrar)
    .refused(t, 'unknown-node')
})

t.test('a live evaluation follows the framework until it is submitted, an imported one never', async (t) => {
  const amended = {
    ...fact('FrameworkAmended', { put: [node('N', null, '1')], remove: [], reason: 'r' }),
    on: `framework-${FRAMEWORK}`
  }
  const target = { evaluation: EVALUATION, node: 'N', target: '1' }
  given(...live(), amended)
    .when('assign-target', target, registrar)
    .decide()
  given(...imported(), amended)
    .when('assign-target', target, registrar)
    .refused(t, 'unknown-node')
  const later = given(...inReview(), amended)
  later
    .when('return-for-correction', { nodes: ['N'], reason: 'r' }, { ...registrar, role: 'expert' })
    .refused(t, 'unknown-node')
  given(opened(FRAMEWORK, 'qazvin'), submitted())
    .when('assign-target', target, registrar)
    .refused(t, 'unknown-evaluation')
})
