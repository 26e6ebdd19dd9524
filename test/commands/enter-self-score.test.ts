import t from 'tap'
import type { Rule } from '../../src/events/forms.ts'
import { fact, given, ulidNumber } from '../support/given.ts'
import { type Happening, node } from '../support/history.ts'
import {
  assessor,
  entered,
  exempt,
  imported,
  inAppeal,
  inReview,
  live,
  returned
} from '../support/province.ts'

const score = (code: string, points: string) => ({
  type: 'SelfScoreEntered' as const,
  data: { node: code, points, evidence: [] }
})

/** One leaf `m` of 40 with a rule. */
const measured = (rule: Rule, ...facts: Happening[]) =>
  given(...live([node('m', null, '40', { rule })]), ...facts)

t.test('the unit enters points on a leaf, as often as it likes', async (t) => {
  given(...live())
    .when('enter-self-score', { node: 'G.b', points: '22.50', note: 'n' }, assessor)
    .expect(t, { type: 'SelfScoreEntered', data: { node: 'G.b', points: '22.5', note: 'n', evidence: [] } })
  given(...live(), entered('G.b', '22.5'))
    .when('enter-self-score', { node: 'G.b', points: '40' }, assessor)
    .expect(t, score('G.b', '40'))
})

t.test('only a leaf that applies, at most its ceiling, by the unit itself', async (t) => {
  const known = given(...live())
  const enter = (body: object, who = assessor) => known.when('enter-self-score', body, who)
  enter({ node: 'G.a', points: '1' }).refused(t, 'not-a-leaf')
  enter({ node: 'X', points: '1' }).refused(t, 'unknown-node')
  enter({ node: 'G.b', points: '40.0001' }).refused(t, 'above-ceiling', undefined, { ceiling: '40' })
  for (const units of [['organisation'], ['qazvin-office'], ['tehran'], []]) {
    enter({ node: 'G.b', points: '1' }, { ...assessor, units }).refused(t, 'not-your-unit')
  }
  enter({ node: 'G.b', points: '1' }, { ...assessor, units: ['tehran', 'qazvin'] }).expect(
    t,
    score('G.b', '1')
  )
  for (const wrong of [
    {},
    { points: '1', measurement: { numerator: '1' } },
    { points: '-1' },
    { points: 1 }
  ]) {
    enter({ node: 'G.b', ...wrong }).malformed(t)
  }
  for (const granted of ['G.a.1', 'G.a']) {
    given(...live(), exempt('NotApplicableGranted', granted))
      .when('enter-self-score', { node: 'G.a.1', points: '1' }, assessor)
      .refused(t, 'not-applicable', 7)
  }
})

t.test('in self-assessment, and later on what was returned', async (t) => {
  const body = { node: 'G.a.1', points: '12' }
  const enter = (...facts: Happening[]) => given(...facts).when('enter-self-score', body, assessor)
  enter(...imported()).refused(t, 'wrong-stage', 6)
  enter(...inReview()).refused(t, 'wrong-stage', 10)
  enter(...inAppeal()).refused(t, 'wrong-stage', 14)
  enter(...inReview(), returned('G.a.1')).expect(t, score('G.a.1', '12'))
  enter(...inReview(), returned('G.a')).expect(t, score('G.a.1', '12'))
  enter(...inReview(), returned('G.b')).refused(t, 'not-returned', 11)
})

t.test('a rule turns the measurement into points; measurement, target and points are kept', async (t) => {
  const derived = (rule: Rule, measurement: object, ...facts: Happening[]) =>
    measured(rule, ...facts)
      .when('enter-self-score', { node: 'm', measurement }, assessor)
      .decide()[0]?.data
  const ratio: Rule = { kind: 'ratio', target: '80' }
  t.match(derived(ratio, { numerator: '1', denominator: '2' }), {
    points: '25',
    measurement: { numerator: '1', denominator: '2', target: '80' }
  })
  t.match(derived(ratio, { numerator: '20', target: '1' }), { points: '10', measurement: { target: '1' } })
  const growth: Rule = { kind: 'growth', target: '20' }
  t.match(derived(growth, { numerator: '110', baseline: '100' }), {
    points: '20',
    measurement: { target: '20' }
  })
  const bands: Rule = { kind: 'bands', bands: [{ from: '3', points: '12' }] }
  t.strictSame(derived(bands, { numerator: '3' }), {
    node: 'm',
    points: '12',
    measurement: { numerator: '3' },
    evidence: []
  })
  const assigned = fact('TargetAssigned', { node: 'm', target: '40', baseline: '100' })
  t.match(derived(ratio, { numerator: '20' }, assigned), { points: '20', measurement: { target: '40' } })
  t.match(derived(growth, { numerator: '120' }, assigned), { points: '20' }, 'the baseline is assigned')
})

t.test('points where points are entered, a measurement where a rule reads one', async (t) => {
  const measurement = { numerator: '1' }
  given(...live())
    .when('enter-self-score', { node: 'G.b', measurement }, assessor)
    .refused(t, 'measurement-on-direct')
  const ratio: Rule = { kind: 'ratio', target: '80' }
  measured(ratio)
    .when('enter-self-score', { node: 'm', points: '1' }, assessor)
    .refused(t, 'measurement-needed')
  measured({ kind: 'growth', target: '20' })
    .when('enter-self-score', { node: 'm', measurement }, assessor)
    .refused(t, 'baseline-missing')
  for (const wrong of ['denominator', 'baseline', 'target']) {
    for (const value of ['0', '-1']) {
      measured(ratio)
        .when('enter-self-score', { node: 'm', measurement: { ...measurement, [wrong]: value } }, assessor)
        .malformed(t)
    }
  }
})

t.test('evidence is known by its id, or attached before the act in the same append', async (t) => {
  const sha256 = 'a'.repeat(64)
  const old = fact('EvidenceAttached', {
    evidence: ulidNumber(9),
    nodes: ['G.b'],
    kind: 'file',
    title: { fa: 'سند' },
    afterSubmission: false
  })
  const evidence = [
    { title: { fa: 'الف' }, sha256 },
    ulidNumber(9),
    { title: { fa: 'ب' }, uri: 'https://example.org/b' }
  ]
  const common = { nodes: ['G.b'], afterSubmission: false }
  given(...live(), old)
    .when('enter-self-score', { node: 'G.b', points: '1', evidence }, assessor)
    .expect(
      t,
      {
        type: 'EvidenceAttached',
        data: { evidence: ulidNumber(0), ...common, kind: 'file', title: { fa: 'الف' }, sha256 }
      },
      {
        type: 'EvidenceAttached',
        data: {
          evidence: ulidNumber(1),
          ...common,
          kind: 'link',
          title: { fa: 'ب' },
          uri: 'https://example.org/b'
        }
      },
      {
        type: 'SelfScoreEntered',
        data: { node: 'G.b', points: '1', evidence: [ulidNumber(0), ulidNumber(9), ulidNumber(1)] }
      }
    )
  given(...live())
    .when('enter-self-score', { node: 'G.b', points: '1', evidence: [ulidNumber(9)] }, assessor)
    .refused(t, 'unknown-evidence', undefined, { evidence: ulidNumber(9) })
})
