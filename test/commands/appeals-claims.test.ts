import t from 'tap'
import { decided, escalated, filed, panelled, withdrawn, withPanel } from '../support/appealing.ts'
import { fact, given, ulidNumber } from '../support/given.ts'
import { eventNumber, type Happening, node } from '../support/history.ts'
import {
  assessor,
  EVALUATION,
  entered,
  exempt,
  expert,
  FRAMEWORK,
  inAppeal,
  judged,
  live,
  overridden,
  registrar,
  reopened,
  returned,
  submitted
} from '../support/province.ts'

const CLOSES = '2024-03-30T20:30:00.000Z'
const review = (): Happening => fact('ReviewCompleted', { appealClosesAt: CLOSES }, expert)
const file = (facts: Happening[], body: object, who = assessor) =>
  given(...facts).when('file-appeal', { node: 'G.a.1', grounds: 'g', ...body }, who)

const half = { numerator: '40', target: '80' }
const full = { numerator: '80', target: '80' }

/** Events 1 to 10: a leaf `m` of 40 points by a ratio of 80, claimed in full and overridden to 10. */
const measured = (): Happening[] => [
  ...live([node('m', null, '40', { rule: { kind: 'ratio', target: '80' } })]),
  entered('m', '40', { measurement: full }),
  submitted(),
  overridden('m', '10'),
  review()
]

t.test('points and a measurement may both be claimed, where they say the same', async (t) => {
  const ask = (claim: object) => file(measured(), { node: 'm', claim })
  t.match(ask({ points: '20.0', measurement: { numerator: '40' } }).decide(), [
    { data: { claim: { points: '20', measurement: half } } }
  ])
  ask({ points: '21', measurement: { numerator: '40' } }).refused(t, 'points-differ', undefined, {
    derived: '20',
    points: '21'
  })
  ask({ measurement: { numerator: '20' } }).refused(t, 'asks-nothing', 9)
  ask({ measurement: { numerator: '1', denominator: '0' } }).malformed(t)
  t.match(
    ask({ measurement: { numerator: '900' } }).decide(),
    [{ data: { claim: { points: '40' } } }],
    'capped'
  )
})

t.test('on a node that applies, a claim that it does must ask for more points', async (t) => {
  const ask = (claim: object) => file(inAppeal(), { claim: { applicable: true, ...claim } })
  ask({ points: '30' }).refused(t, 'asks-nothing', 11)
  ask({}).refused(t, 'asks-nothing')
  t.match(ask({ points: '31' }).decide(), [
    { data: { claim: { applicable: true, points: '31' }, disputed: { points: '30', applicable: true } } }
  ])
})

t.test('what stood before comes back with its measurement', async (t) => {
  const facts = [
    ...measured().slice(0, 8),
    fact('ScoreConfirmed', { node: 'm', points: '40', confirms: eventNumber(7) }, expert),
    exempt('NotApplicableGranted', 'm'),
    review()
  ]
  t.match(file(facts, { node: 'm', claim: { applicable: true } }).decide(), [
    {
      data: {
        claim: { applicable: true, points: '40', measurement: full },
        disputed: { points: null, applicable: false, event: eventNumber(10) }
      },
      causedBy: eventNumber(10)
    }
  ])
})

t.test('what stood before comes back only where it holds under the tree in force', async (t) => {
  const under = (ceiling: string): Happening[] => [
    ...live([node('a', null, '40')]),
    entered('a', '30'),
    exempt('NotApplicableGranted', 'a'),
    {
      ...fact('FrameworkAmended', { put: [node('a', null, ceiling)], remove: [], reason: 'r' }),
      on: `framework-${FRAMEWORK}`
    },
    {
      ...fact('SelfAssessmentSubmitted', { frameworkRevision: '1', blank: [] }, assessor),
      on: `evaluation-${EVALUATION}`
    },
    review()
  ]
  const ask = (ceiling: string, more: object = {}) =>
    file(under(ceiling), { node: 'a', claim: { applicable: true, ...more } })
  t.match(ask('35').decide(), [{ data: { claim: { points: '30' } } }])
  ask('20').refused(t, 'points-needed', undefined, { node: 'a' })
  t.match(ask('20', { points: '20' }).decide(), [{ data: { claim: { points: '20' } } }])
})

t.test('a grant above must be lifted there', async (t) => {
  const both = [
    ...judged(),
    exempt('NotApplicableGranted', 'G.a.1'),
    exempt('NotApplicableGranted', 'G.a'),
    review()
  ]
  file(both, { claim: { applicable: true } }).refused(t, 'not-applicable', 15)
  const parts = [
    ...judged(),
    exempt('NotApplicableGranted', 'G.a.1'),
    exempt('NotApplicableGranted', 'G.a.2'),
    review()
  ]
  file(parts, { node: 'G.a', claim: { applicable: true } }).refused(t, 'not-applicable', 15)
  file(parts, { node: 'G.a', claim: { applicable: false } }).refused(t, 'asks-nothing', 15)
  t.equal(file(parts, { claim: { applicable: true } }).decide().length, 1)
})

t.test('a decision above the leaves binds until something below moved after a reopening', async (t) => {
  const about = { node: 'G.a', claim: { applicable: false } } as const
  const rejected = [...inAppeal(), filed(about), panelled(), decided('rejected')]
  file(rejected, about).refused(t, 'decided', 17)
  file([...rejected, reopened(), overridden('G.b', '1'), review()], about).refused(t, 'decided', 17)
  t.equal(file([...rejected, reopened(), overridden('G.a.2', '1'), review()], about).decide().length, 1)
  file([...rejected, reopened(), returned('G.a.2'), submitted(), review()], about).refused(t, 'decided', 17)
  const part = [exempt('NotApplicableGranted', 'G.a.2'), exempt('NotApplicableRevoked', 'G.a.2')]
  t.equal(file([...rejected, reopened(), ...part, review()], about).decide().length, 1, 'a part was out')
})

t.test('what another panel gave a part moves the whole, where it came after the reopening', async (t) => {
  const about = { node: 'G.a', claim: { applicable: false } } as const
  const rejected = [...inAppeal(), filed(about), panelled(), decided('rejected')]
  const appeal = '01J00000000000000000000007'
  const upheld = [filed({ appeal }), { ...decided('upheld', { appeal, points: '40' }) }]
  file([...rejected, ...upheld, reopened(), review()], about).refused(t, 'decided', 17)
  t.equal(file([...rejected, reopened(), review(), ...upheld], about).decide().length, 1)
})

t.test('a letter of several appeals on behalf of the unit keeps both names in each', async (t) => {
  const onBehalf = { person: 'a-3', letter: { number: '12', date: '2024-03-21', signatory: 'a-1' } }
  const appeals = [
    { node: 'G.a.1', claim: { points: '40' }, grounds: 'g' },
    { node: 'G.b', claim: { applicable: false }, grounds: 'h' }
  ]
  const ask = (more: object, who = registrar) =>
    given(...inAppeal()).when('file-case', { case: 'letter-12', appeals, ...more }, who)
  t.match(ask({ onBehalf }).decide(), [
    { data: { appeal: ulidNumber(0), case: 'letter-12', onBehalf } },
    { data: { appeal: ulidNumber(1), case: 'letter-12', onBehalf } }
  ])
  ask({}).refused(t, 'filing-role')
  ask({ onBehalf }, assessor).refused(t, 'filing-role')
  ask({ onBehalf }, expert).refused(t, 'filing-role')
  ask({ onBehalf: { person: 'a-3' } }).malformed(t)
  ask({ case: 'Letter 12', onBehalf }).malformed(t)
})

t.test('a waiver comes too late once a panel has decided, whatever became of the appeal', async (t) => {
  const waive = (facts: Happening[]) => given(...facts).when('waive-appeal', {}, assessor)
  const over = [...withPanel(), decided('rejected'), escalated(), withdrawn()]
  waive(over).refused(t, 'already-appealed', 15)
  t.equal(waive([...over, reopened(), review()]).decide().length, 1, 'a later window is another one')
})
