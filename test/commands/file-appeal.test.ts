import t from 'tap'
import { appealed, decided, escalated, filed, withdrawn, withPanel } from '../support/appealing.ts'
import { fact, given, ulidNumber } from '../support/given.ts'
import { eventNumber, type Happening, node } from '../support/history.ts'
import {
  assessor,
  confirmed,
  entered as entry,
  exempt,
  expert,
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
const body = { node: 'G.a.1', claim: { points: '40' }, grounds: 'g' }
const review = (): Happening => fact('ReviewCompleted', { appealClosesAt: CLOSES }, expert)

const file = (facts: Happening[], more: object = {}, who = assessor, at?: string) =>
  given(...facts).when('file-appeal', { ...body, ...more }, who, at)

/** G.b was made not applicable in review, after it had been judged at 40. */
const without = (code: string): Happening[] => [...judged(), exempt('NotApplicableGranted', code), review()]

t.test('the unit disputes what stands', async (t) => {
  const disputed = { points: '30', applicable: true, event: eventNumber(11) }
  const data = { ...body, appeal: ulidNumber(0), disputed, evidence: [] }
  const causedBy = eventNumber(11)
  file(inAppeal()).expect(t, { type: 'AppealFiled', data, causedBy })
  file(inAppeal(), { case: 'letter-12' }).expect(t, {
    type: 'AppealFiled',
    data: { ...data, case: 'letter-12' },
    causedBy
  })
  const evidence = [{ title: { fa: 'سند' } }]
  t.match(file(inAppeal(), { evidence }).decide(), [
    { type: 'EvidenceAttached', data: { evidence: ulidNumber(0), nodes: ['G.a.1'], afterSubmission: true } },
    { type: 'AppealFiled', data: { appeal: ulidNumber(1), evidence: [ulidNumber(0)] } }
  ])
})

t.test('in stage appeal, while the window is open', async (t) => {
  file(judged()).refused(t, 'wrong-stage', 10)
  file(inAppeal(), {}, assessor, '2024-03-30T20:29:59.999Z').decide()
  file(inAppeal(), {}, assessor, CLOSES).refused(t, 'window-closed', 14)
  file([...inAppeal(), fact('AppealWaived', {}, assessor)]).refused(t, 'waived', 15)
  file([...inAppeal(), reopened()]).refused(t, 'wrong-stage', 15)
})

t.test('by the unit, or by a registrar on its letter', async (t) => {
  const onBehalf = { person: 'a-3', letter: { number: '12', date: '2024-03-21' } }
  t.match(file(inAppeal(), { onBehalf }, registrar).decide(), [{ data: { onBehalf } }])
  file(inAppeal(), {}, registrar).refused(t, 'filing-role')
  file(inAppeal(), { onBehalf }).refused(t, 'filing-role')
  file(inAppeal(), {}, { ...assessor, units: ['qazvin-office'] }).refused(t, 'not-your-unit')
})

t.test('an appeal asks for more than stands, at most the ceiling', async (t) => {
  for (const points of ['30', '12.5', '0']) {
    file(inAppeal(), { claim: { points } }).refused(t, 'asks-nothing', 11)
  }
  file(inAppeal(), { claim: { points: '40.0001' } }).refused(t, 'above-ceiling')
  file(inAppeal(), { node: 'X' }).refused(t, 'unknown-node')
  file(inAppeal(), { claim: { applicable: true } }).refused(t, 'asks-nothing')
  file(without('G.a.1'), { claim: { applicable: false } }).refused(t, 'asks-nothing', 14)
  file(inAppeal(), { claim: { measurement: { numerator: '1' } } }).refused(t, 'measurement-on-direct')
  for (const claim of [{}, { applicable: false, points: '1' }]) file(inAppeal(), { claim }).malformed(t)
})

t.test('points only on a leaf; whether it applies on any node', async (t) => {
  file(inAppeal(), { node: 'G.a' }).refused(t, 'not-a-leaf')
  file(without('G.a'), { node: 'G.a', claim: { applicable: true, points: '1' } }).refused(t, 'not-a-leaf')
  t.match(file(inAppeal(), { node: 'G.a', claim: { applicable: false } }).decide(), [
    { data: { claim: { applicable: false }, disputed: { points: '50', applicable: true, event: null } } }
  ])
  t.match(file(without('G.a'), { node: 'G.a', claim: { applicable: true } }).decide(), [
    {
      data: {
        claim: { applicable: true },
        disputed: { points: null, applicable: false, event: eventNumber(14) }
      }
    }
  ])
})

t.test('a claim that a leaf applies always has its points written', async (t) => {
  const claimed = (claim: object) => file(without('G.a.1'), { claim }).decide()[0]?.data
  t.match(claimed({ applicable: true }), { claim: { applicable: true, points: '30' } }, 'as it stood')
  t.match(claimed({ applicable: true, points: '25' }), { claim: { applicable: true, points: '25' } })
  file(without('G.a.1')).refused(t, 'not-applicable', 14)
  file(without('G.a'), { claim: { applicable: true } }).refused(t, 'not-applicable', 14)
  const blank = [
    ...live([node('a', null, '10')]),
    submitted([{ node: 'a', reason: 'r' }]),
    exempt('NotApplicableGranted', 'a'),
    review()
  ]
  file(blank, { node: 'a', claim: { applicable: true } }).refused(t, 'points-needed')
})

t.test('a claim by measurement has its points written as well', async (t) => {
  const facts = [
    ...live([node('m', null, '40', { rule: { kind: 'ratio', target: '80' } })]),
    entry('m', '40', { measurement: { numerator: '80', target: '80' } }),
    submitted(),
    overridden('m', '10'),
    review()
  ]
  const [appeal] = file(facts, { node: 'm', claim: { measurement: { numerator: '40' } } }).decide()
  t.match(appeal?.data, { claim: { points: '20', measurement: { numerator: '40', target: '80' } } })
  file(facts, { node: 'm', claim: { points: '15' } }).decide()
})

t.test('one appeal at a time, up and down the tree', async (t) => {
  file(appealed()).refused(t, 'appeal-open', 15)
  file(appealed(), { node: 'G.a', claim: { applicable: false } }).refused(t, 'appeal-open', 15)
  const above = [...inAppeal(), filed({ node: 'G', claim: { applicable: false } })]
  file(above).refused(t, 'appeal-open', 15, { node: 'G' })
  file([...above, withdrawn()]).decide()
  file(appealed(), { node: 'G.a.2', claim: { applicable: false } }).decide()
})

t.test('what was decided stays decided until something moves it after a reopening', async (t) => {
  const rejected = [...withPanel(), decided('rejected')]
  file(rejected).refused(t, 'decided', 17)
  file([...rejected, escalated(), withdrawn()]).refused(t, 'decided', 19)
  const again = [...rejected, reopened(), review()]
  file(again).refused(t, 'decided', 17)
  const moved = [...rejected, reopened(), overridden('G.a.1', '20'), review()]
  t.match(file(moved).decide(), [{ data: { disputed: { points: '20' } } }])
})

t.test('a return, or a claim that is refused, leaves what was decided', async (t) => {
  const partly = [...withPanel(), decided('partly-upheld', { points: '35' }), reopened()]
  const back = [...partly, returned('G.a.1'), submitted()]
  file([...back, review()]).refused(t, 'decided', 17)
  const entered = [...partly, returned('G.a.1'), entry('G.a.1', '38'), submitted(), review()]
  file(entered).refused(t, 'decided', 17)
  const claim = [
    exempt('NotApplicableClaimed', 'G.a.1'),
    submitted(),
    exempt('NotApplicableRefused', 'G.a.1')
  ]
  file([...partly, returned('G.a.1'), ...claim, review()]).refused(t, 'decided', 17)
  const confirmation = confirmed('G.a.1', '38', eventNumber(20))
  t.match(
    file([...entered.slice(0, -1), confirmation, review()], { claim: { points: '40' } }).decide(),
    [{ data: { disputed: { points: '38', event: eventNumber(22) } } }],
    'a confirmation after it stands instead'
  )
})

t.test('what was taken out or brought back with what is above it has moved', async (t) => {
  const rejected = [...withPanel(), decided('rejected'), reopened()]
  const out = [...rejected, exempt('NotApplicableGranted', 'G.a')]
  const back = exempt('NotApplicableRevoked', 'G.a')
  t.equal(file([...out, back, review()]).decide().length, 1)
  t.equal(file([...out, review(), reopened(), back, review()]).decide().length, 1, 'over two reopenings')
  const beside = [exempt('NotApplicableGranted', 'G.b'), exempt('NotApplicableRevoked', 'G.b')]
  file([...rejected, ...beside, review()]).refused(t, 'decided', 17)
  const moved = [...rejected, overridden('G.a.1', '20'), review(), reopened(), review()]
  t.match(
    file(moved).decide(),
    [{ data: { disputed: { points: '20' } } }],
    'nobody has decided about what came after the decision, however often it was opened again since'
  )
})

t.test('a case files the appeals of one letter, all or none', async (t) => {
  const one = { node: 'G.a.1', claim: { points: '40' }, grounds: 'g', evidence: [{ title: { fa: 'سند' } }] }
  const two = { node: 'G.b', claim: { applicable: false }, grounds: 'h', evidence: [] }
  const ask = (appeals: object[], facts = inAppeal()) =>
    given(...facts).when('file-case', { case: 'letter-12', appeals }, assessor)
  t.match(ask([one, two]).decide(), [
    { type: 'EvidenceAttached', data: { evidence: ulidNumber(0), nodes: ['G.a.1'] } },
    { type: 'AppealFiled', data: { appeal: ulidNumber(1), case: 'letter-12', evidence: [ulidNumber(0)] } },
    { type: 'AppealFiled', data: { appeal: ulidNumber(2), case: 'letter-12', node: 'G.b' } }
  ])
  ask([one, { ...two, claim: { points: '40' } }]).refused(t, 'asks-nothing')
  ask([one, one]).refused(t, 'appeal-open')
  ask([one, { ...two, node: 'G' }]).refused(t, 'appeal-open')
  ask([one, two], appealed()).refused(t, 'appeal-open', 15)
  ask([one], judged()).refused(t, 'wrong-stage', 10)
  ask([]).malformed(t)
})
