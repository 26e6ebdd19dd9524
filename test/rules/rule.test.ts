import t, { type Test } from 'tap'
import type { FrameworkNode, Rule } from '../../src/events/forms.ts'
import { formatMinimal, formatPoints } from '../../src/points.ts'
import { type Assigned, achieved, pointsFor, targetInForce } from '../../src/rules/rule.ts'
import { node } from '../support/history.ts'

const under = (rule: Rule, ceiling = '40', more: Partial<FrameworkNode> = {}): FrameworkNode =>
  node('m', null, ceiling, { rule, ...more })

interface Measured {
  numerator: string
  denominator?: string
  baseline?: string
  target?: string
}

/** `[measurement, points]` under a rule. */
function table(t: Test, rule: Rule, rows: [Measured, string][], assigned: Assigned | null = null) {
  for (const [measurement, points] of rows) {
    const said = JSON.stringify(measurement)
    t.equal(formatPoints(pointsFor(under(rule), measurement, assigned)), points, `${said} earns ${points}`)
  }
}

t.test('what was achieved is a quotient times the factor, or the numerator alone', async (t) => {
  t.equal(formatMinimal(achieved({ numerator: '1', denominator: '3' }), 4), '33.3333', 'in percent')
  t.equal(formatMinimal(achieved({ numerator: '1', denominator: '4' }, '1000'), 4), '250')
  t.equal(formatMinimal(achieved({ numerator: '7.5' }, '1000'), 4), '7.5', 'no factor without a denominator')
})

t.test('ratio: min(1, achieved / target) × ceiling', async (t) => {
  table(t, { kind: 'ratio', target: '80' }, [
    [{ numerator: '40', denominator: '100' }, '20'],
    [{ numerator: '40' }, '20'],
    [{ numerator: '1', denominator: '3' }, '16.6667'],
    [{ numerator: '175', denominator: '100' }, '40'],
    [{ numerator: '0' }, '0'],
    [{ numerator: '-5' }, '0']
  ])
  table(t, { kind: 'ratio', target: '0.5', factor: '1' }, [[{ numerator: '1', denominator: '4' }, '20']])
})

t.test('ratio, lower is better: target / achieved, in full where nothing is left', async (t) => {
  table(t, { kind: 'ratio', target: '10', direction: 'lower' }, [
    [{ numerator: '20' }, '20'],
    [{ numerator: '5' }, '40'],
    [{ numerator: '30' }, '13.3333'],
    [{ numerator: '0' }, '40'],
    [{ numerator: '-1' }, '40']
  ])
})

t.test('growth: over the baseline, against the target in percent', async (t) => {
  table(t, { kind: 'growth', target: '20' }, [
    [{ numerator: '110', baseline: '100' }, '20'],
    [{ numerator: '130', baseline: '100' }, '40'],
    [{ numerator: '90', baseline: '100' }, '0'],
    [{ numerator: '1', denominator: '2', baseline: '45' }, '22.2222']
  ])
  const bare = { numerator: '110' }
  t.throws(() => pointsFor(under({ kind: 'growth', target: '20' }), bare, null), { code: 'baseline-missing' })
})

t.test('bands: by the value achieved, from inclusive, below all nothing', async (t) => {
  const bands = [
    { from: '90', points: '50' },
    { from: '50', points: '12.5' },
    { from: '-5', points: '1' }
  ]
  table(t, { kind: 'bands', bands }, [
    [{ numerator: '50' }, '12.5'],
    [{ numerator: '49.999999' }, '1'],
    [{ numerator: '9', denominator: '10' }, '40'],
    [{ numerator: '-5.000001' }, '0']
  ])
})

t.test('an assigned target and baseline override; a stated target is never computed with', async (t) => {
  const assigned = { target: '40', baseline: '200' }
  table(t, { kind: 'ratio', target: '80' }, [[{ numerator: '20', target: '1' }, '20']], assigned)
  table(t, { kind: 'growth', target: '20' }, [[{ numerator: '220', baseline: '100' }, '10']], assigned)
  const both = under({ kind: 'ratio', target: '80' }, '40', { target: '70' })
  t.equal(targetInForce(both, assigned), '40')
  t.equal(targetInForce(both, null), '70')
  t.equal(targetInForce(under({ kind: 'ratio', target: '80' }), null), '80')
  t.equal(targetInForce(under({ kind: 'direct' }), null), undefined)
})

t.test('points are not derived where they are entered', async (t) => {
  t.throws(() => pointsFor(node('m', null, '40'), { numerator: '1' }, null), {
    code: 'measurement-on-direct',
    status: 409
  })
})
