import t from 'tap'
import { type Explanation, explain } from '../../projections/explanation.ts'
import { play } from '../../projections/history.ts'
import { parsePoints } from '../../src/points.ts'
import { fact } from '../support/given.ts'
import { eventsOf, figure, type Happening, node, opened, published, recorded } from '../support/history.ts'
import {
  assessor,
  entered,
  exempt,
  inReview,
  live,
  overridden,
  registrar,
  reopened,
  returned,
  submitted
} from '../support/province.ts'

function why(history: Happening[], code: string): Explanation {
  const found = explain(play(eventsOf(history)), code)
  if (!found) throw new Error(`there is no ${code}`)
  return found
}

const lines = ({ steps }: Explanation) =>
  steps.map(({ type, before, after, delta }) => `${type} ${before} → ${after}: ${delta}`)

/** In units of 1/10 000 point; a loss is negative. */
const units = (text: string) => (text.startsWith('-') ? -parsePoints(text.slice(1)) : parsePoints(text))
const sumOf = ({ steps }: Explanation) =>
  steps.reduce((sum, { delta }) => sum + (delta ? units(delta) : 0), 0)

const appeal = '01J00000000000000000000000'

/** `G.a.1` is claimed, judged, exempted, returned, judged again, disputed and decided. */
const dispute: Happening[] = [
  ...live(),
  entered('G.a.1', '40'),
  entered('G.a.1', '30'),
  entered('G.a.2', '20'),
  entered('G.b', '39.5'),
  submitted(),
  overridden('G.a.1', '25.5'),
  exempt('NotApplicableGranted', 'G.a.1'),
  exempt('NotApplicableRevoked', 'G.a.1'),
  returned('G.a.1'),
  entered('G.a.1', '35'),
  submitted(),
  overridden('G.a.1', '20'),
  fact(
    'AppealFiled',
    {
      appeal,
      node: 'G.a.1',
      claim: { points: '35' },
      disputed: { points: '20', applicable: true, event: null },
      grounds: 'all of it was done',
      evidence: []
    },
    assessor
  ),
  fact(
    'AppealDecided',
    {
      appeal,
      instance: 1,
      outcome: 'partly-upheld',
      points: '28',
      reasons: 'most of it was',
      evidenceConsidered: [],
      present: ['p-4']
    },
    { id: 'p-4', role: 'panelist', units: [] }
  )
]

t.test('a leaf: every step between what was claimed and what stands', async (t) => {
  const found = why(dispute, 'G.a.1')
  t.strictSame(lines(found), [
    'SelfScoreEntered null → 40: 0',
    'SelfScoreEntered 40 → 30: 0',
    'ScoreOverridden 30 → 25.5: -4.5',
    'NotApplicableGranted 25.5 → null: 4.5',
    'NotApplicableRevoked null → 25.5: -4.5',
    'ReturnedForCorrection 25.5 → 30: 4.5',
    'SelfScoreEntered 30 → 35: 0',
    'ScoreOverridden 35 → 20: -15',
    'AppealFiled 20 → 20: null',
    'AppealDecided 20 → 28: 8'
  ])
  t.equal(sumOf(found), units('-7'), '28 stand, 35 were claimed')
  t.match(found, {
    self: { points: '35' },
    standing: { points: '28' },
    gap: { points: '7', percent: '17.50' }
  })
  t.match(found.steps[2], {
    reasonCode: 'calculation',
    reason: 'sum',
    by: 'e-17',
    role: 'expert',
    level: 'expert'
  })
  t.match(found.steps[9], { reason: 'most of it was', by: 'p-4', node: 'G.a.1' })
})

t.test('a sum and the total are moved by what is below them', async (t) => {
  const total = why(dispute, 'total')
  t.strictSame(lines(total).slice(0, 5), [
    'SelfScoreEntered null → 40: 0',
    'SelfScoreEntered 40 → 30: 0',
    'SelfScoreEntered 30 → 50: 0',
    'SelfScoreEntered 50 → 89.5: 0',
    'ScoreOverridden 89.5 → 85: -4.5'
  ])
  t.strictSame(lines(total).at(-1), 'AppealDecided 79.5 → 87.5: 8')
  t.equal(sumOf(total), units('-7'))
  const sum = why(dispute, 'G.a')
  t.match([sum.self?.points, sum.standing?.points, sumOf(sum)], ['55', '48', units('-7')])
  t.strictSame(
    lines(why(dispute, 'G.b')),
    ['SelfScoreEntered null → 39.5: 0'],
    'the other leaf was left alone'
  )
})

t.test('a grant above a node, and one below it, are steps of it', async (t) => {
  const history: Happening[] = [
    ...inReview(),
    exempt('NotApplicableGranted', 'G.a'),
    exempt('NotApplicableRevoked', 'G.a'),
    overridden('G.a.2', '5')
  ]
  t.strictSame(lines(why(history, 'G.a.2')), [
    'SelfScoreEntered null → 20: 0',
    'NotApplicableGranted 20 → null: 0',
    'NotApplicableRevoked null → 20: 0',
    'ScoreOverridden 20 → 5: -15'
  ])
  const total = why(history, 'total')
  t.strictSame(lines(total).slice(3), [
    'NotApplicableGranted 100 → 40: 0',
    'NotApplicableRevoked 40 → 100: 0',
    'ScoreOverridden 100 → 85: -15'
  ])
})

t.test('where a sum is scaled, each step is what it did to the rounded sum', async (t) => {
  const nodes = [node('P', null, '50', { scaled: true }), node('P.a', 'P', '30'), node('P.b', 'P', '70')]
  // (10 + 33.3333) × 50 / 100 = 21.66665, which is shown as 21.6667.
  const history: Happening[] = [
    published('1402-x', nodes),
    opened('1402-x', 'qazvin', { origin: 'live' }),
    entered('P.a', '10'),
    entered('P.b', '33.3333'),
    submitted(),
    overridden('P.a', '9.9999')
  ]
  t.strictSame(lines(why(history, 'P')), [
    'SelfScoreEntered null → 5: 0',
    'SelfScoreEntered 5 → 21.6667: 0',
    'ScoreOverridden 21.6667 → 21.6666: -0.0001'
  ])
  t.strictSame(lines(why(history, 'P.a')).at(-1), 'ScoreOverridden 10 → 9.9999: -0.0001')
})

t.test('an amendment is a step, and the rule is the one of the tree in force', async (t) => {
  const target = (to: string) => node('G.b', 'G', '40', { rule: { kind: 'ratio', target: to }, target: to })
  const amended = (to: string): Happening => ({
    ...fact('FrameworkAmended', { put: [target(to)], remove: ['G.a.1', 'G.a.2'], reason: 'so' }),
    on: 'framework-1402-x'
  })
  const submission = fact('SelfAssessmentSubmitted', { frameworkRevision: '1', blank: [] })
  const before = [...live(), entered('G.a.1', '30'), entered('G.b', '40')]
  const found = why([...before, amended('80'), entered('G.a', '50'), submission, amended('90')], 'total')
  t.strictSame(lines(found), [
    'SelfScoreEntered null → 30: 0',
    'SelfScoreEntered 30 → 70: 0',
    'FrameworkAmended 70 → 40: 0',
    'SelfScoreEntered 40 → 90: 0'
  ])
  const leaf = why([...before, amended('80')], 'G.b')
  t.match(leaf, { rule: { kind: 'ratio', target: '80' }, target: '80', revision: '1' })
  t.equal(
    explain(play(eventsOf([...before, amended('80')])), 'G.a.1'),
    null,
    'a node that is no longer there'
  )
})

t.test('an imported node says what was recorded, printed and assigned', async (t) => {
  const history: Happening[] = [
    published('1402-x', [node('G', null, '100'), node('G.a', 'G', '60'), node('G.b', 'G', '40')]),
    opened('1402-x', 'qazvin'),
    fact('TargetAssigned', { node: 'G.a', target: '12' }),
    {
      ...fact('ResponsibilityAssigned', { node: 'G.a', domain: { fa: 'توسعه' }, part: 'main' }),
      by: registrar
    },
    recorded('G.a', 'self', '60'),
    recorded('G.a', 'final', '48.2'),
    figure('G.a', 'final', { points: '84.2' }),
    recorded('G', 'final', '90'),
    reopened()
  ]
  const leaf = why(history, 'G.a')
  t.strictSame(lines(leaf), ['ScoreRecorded null → 60: 0', 'ScoreRecorded 60 → 48.2: -11.8'])
  t.match(leaf, {
    target: '12',
    assigned: { target: '12' },
    responsibilities: [{ domain: { fa: 'توسعه' }, part: 'main' }],
    published: [{ printed: '84.2' }]
  })
  const sum = why(history, 'G')
  t.strictSame(lines(sum).at(-1), 'ScoreRecorded 48.2 → 90: 41.8', 'own points stand before the sum')
  t.match(sum, {
    standing: { points: '90', own: true },
    rollUp: { points: '48.2', partial: true, atMost: '88.2' }
  })
})
