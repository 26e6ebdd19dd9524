import t from 'tap'
import type { DataOf } from '../../src/events/catalogue.ts'
import { broughtBack, unasked } from '../support/appealing.ts'
import { fact, given } from '../support/given.ts'
import { eventNumber, type Happening, node, recorded } from '../support/history.ts'
import {
  assessor,
  exempt,
  expert,
  imported,
  inAppeal,
  inReview,
  judged,
  live,
  overridden,
  registrar,
  reopened
} from '../support/province.ts'

const CLOSES = '2024-03-30T20:30:00.000Z'
const APPEAL = '01J00000000000000000000009'

const finalise = (facts: Happening[], at = CLOSES, who = registrar) =>
  given(...facts).when('finalise-evaluation', {}, who, at)

const dataOf = (facts: Happening[]): DataOf<'EvaluationFinalised'> =>
  finalise(facts).decide()[0]?.data as DataOf<'EvaluationFinalised'>

const waived = fact('AppealWaived', {}, assessor)

const filed = (): Happening =>
  fact(
    'AppealFiled',
    {
      appeal: APPEAL,
      node: 'G.a.1',
      claim: { points: '40' },
      disputed: { points: '30', applicable: true, event: eventNumber(11) },
      grounds: 'g',
      evidence: []
    },
    assessor
  )

const decided = (more: Partial<DataOf<'AppealDecided'>> = { outcome: 'upheld', points: '40' }): Happening =>
  fact('AppealDecided', {
    appeal: APPEAL,
    instance: 1,
    outcome: 'rejected',
    reasons: 'r',
    evidenceConsidered: [],
    present: ['p-2'],
    ...more
  })

const panel = fact('PanelAssigned', {
  appeal: APPEAL,
  instance: 1,
  members: [{ id: 'p-2', units: [] }],
  chair: 'p-2'
})
const escalated = fact('AppealEscalated', { appeal: APPEAL, grounds: 'g', evidence: [] }, assessor)
const withdrawn = fact('AppealWithdrawn', { appeal: APPEAL, reason: 'r' }, assessor)

t.test('what stands is made final, each node with the event it rests on', async (t) => {
  finalise(inAppeal()).expect(t, {
    type: 'EvaluationFinalised',
    data: {
      nodes: [
        { node: 'G.a.1', points: '30', applicable: true, event: eventNumber(11) },
        { node: 'G.a.2', points: '20', applicable: true, event: eventNumber(12) },
        { node: 'G.b', points: '40', applicable: true, event: eventNumber(13) }
      ],
      total: { points: '90', applicableCeiling: '100' },
      basis: 'lapsed',
      decidedAt: '8'
    }
  })
})

t.test('nodes that do not apply are named with the grant, also an ancestor’s', async (t) => {
  const review = fact('ReviewCompleted', { appealClosesAt: CLOSES }, expert)
  const facts = [...judged(), exempt('NotApplicableGranted', 'G.a'), review]
  t.match(dataOf(facts), {
    nodes: [
      { node: 'G.a', points: null, applicable: false, event: eventNumber(14) },
      { node: 'G.a.1', points: null, applicable: false, event: eventNumber(14) },
      { node: 'G.a.2', points: null, applicable: false },
      { node: 'G.b', points: '40', applicable: true }
    ],
    total: { points: '40', applicableCeiling: '40' }
  })
  const nothing = [...inReview(), exempt('NotApplicableGranted', 'G'), review]
  t.match(dataOf(nothing), { total: { points: '0', applicableCeiling: '0' } }, 'where nothing applies')
})

t.test('not while the window runs, unless the unit accepts the result', async (t) => {
  finalise(inAppeal(), '2024-03-30T20:29:59.999Z').refused(t, 'window-open', 14, { until: CLOSES })
  const [final] = finalise([...inAppeal(), waived], '2024-03-21T00:00:00.000Z').decide()
  t.match(final?.data, { basis: 'waived' })
})

t.test('not while an appeal is open or its decision can be taken further', async (t) => {
  finalise([...inAppeal(), filed()]).refused(t, 'appeal-open', 15, { node: 'G.a.1' })
  finalise([...inAppeal(), filed(), panel]).refused(t, 'appeal-open', 16)
  const later = '2024-04-09T20:30:00.000Z'
  const rejected = [...inAppeal(), filed(), panel, decided({ escalationClosesAt: later })]
  finalise(rejected).refused(t, 'window-open', 17, { until: later })
  t.match(finalise(rejected, later).decide(), [{ data: { basis: 'decided', total: { points: '90' } } }])
  finalise([...rejected, escalated], later).refused(t, 'appeal-open', 18)
})

t.test('the basis says how it came to be final', async (t) => {
  t.match(dataOf([...inAppeal(), filed(), decided()]), {
    basis: 'decided',
    nodes: [{ points: '40', event: eventNumber(16) }, {}, {}]
  })
  t.match(dataOf([...inAppeal(), filed(), withdrawn]), { basis: 'lapsed' })
  const rejected = [...inAppeal(), filed(), panel, decided({}), escalated, withdrawn]
  t.match(dataOf(rejected), { basis: 'decided' }, 'a withdrawn second instance leaves the first')
  t.match(dataOf([...imported([node('a', null, '1')]), recorded('a', 'self', '1')]), { basis: 'imported' })
})

t.test('only in its stage, and only a whole total', async (t) => {
  finalise(judged()).refused(t, 'wrong-stage', 10)
  finalise(live()).refused(t, 'wrong-stage', 6)
  finalise(imported()).refused(t, 'partial', undefined, { nodes: 'G.a.1, G.a.2, G.b' })
  const part = [...imported(), recorded('G.a', 'final', '50')]
  finalise(part).refused(t, 'partial', undefined, { nodes: 'G.a.1, G.a.2, G.b' })
  t.match(dataOf([...part, recorded('G.b', 'self', '3')]), {
    nodes: [
      { node: 'G.a', points: '50' },
      { node: 'G.b', points: '3' }
    ],
    total: { points: '53', applicableCeiling: '100' }
  })
})

t.test('an evaluation whose parts do not apply one by one rests on the last of these grants', async (t) => {
  const facts = [
    ...imported([node('P', null, '2'), node('x', 'P', '1'), node('y', 'P', '1'), node('z', null, '5')]),
    recorded('P', 'final', '2'),
    exempt('NotApplicableGranted', 'y'),
    exempt('NotApplicableGranted', 'x'),
    recorded('z', 'final', '5')
  ]
  t.match(dataOf(facts).nodes[0], { node: 'P', points: null, applicable: false, event: eventNumber(9) })
})

t.test('a waiver: once, in its stage, by the unit, and not after an appeal', async (t) => {
  const waive = (facts: Happening[], who = assessor) => given(...facts).when('waive-appeal', {}, who)
  waive(inAppeal()).expect(t, { type: 'AppealWaived', data: {} })
  waive(inAppeal(), { ...assessor, units: ['tehran'] }).refused(t, 'not-your-unit')
  waive(judged()).refused(t, 'wrong-stage', 10)
  waive([...inAppeal(), waived]).refused(t, 'already-waived', 15)
  waive([...inAppeal(), filed()]).refused(t, 'already-appealed', 15)
  waive([...inAppeal(), filed(), decided()]).refused(t, 'already-appealed', 15)
  t.equal(waive([...inAppeal(), filed(), withdrawn]).decide().length, 1)
  const next = [reopened(), fact('ReviewCompleted', { appealClosesAt: CLOSES }, expert)]
  t.equal(waive([...inAppeal(), filed(), decided(), ...next]).decide().length, 1, 'a new window')
  t.equal(waive([...inAppeal(), waived, ...next]).decide().length, 1, 'a reopening cancels the waiver')
})

t.test('a final evaluation is reopened on authority, and goes on from review', async (t) => {
  const final: Happening = fact('EvaluationFinalised', dataOf(inAppeal()), registrar)
  const authority = { body: 'شورا', number: '12', date: '2024-05-01' }
  const reopen = (facts: Happening[], more: object = {}) =>
    given(...facts).when('reopen-evaluation', { reason: 'r', authority, ...more }, registrar)
  reopen([...inAppeal(), final]).expect(t, {
    type: 'EvaluationReopened',
    data: { reason: 'r', authority },
    causedBy: eventNumber(15)
  })
  for (const facts of [live(), inAppeal(), imported(), [...inAppeal(), final, reopened()]]) {
    reopen(facts).refused(t, 'wrong-stage')
  }
  reopen([...inAppeal(), final], { authority: undefined }).malformed(t)
  const open = [...inAppeal(), final, reopened(), overridden('G.b', '1')]
  t.match(
    given(...open)
      .when('complete-review', {}, expert)
      .decide(),
    [{ type: 'ReviewCompleted' }]
  )
  const again = [...open, fact('ReviewCompleted', { appealClosesAt: CLOSES }, expert)]
  t.match(dataOf(again), { total: { points: '51' }, decidedAt: '12' })
})

t.test('a decided node may be overridden again after a reopening', async (t) => {
  const final = fact('EvaluationFinalised', dataOf([...inAppeal(), filed(), decided()]), registrar)
  const body = { node: 'G.a.1', points: '35', reasonCode: 'data-corrected', reason: 'r' }
  given(...inAppeal(), filed(), decided(), final, reopened())
    .when('override-score', body, expert)
    .expect(t, {
      type: 'ScoreOverridden',
      data: {
        node: 'G.a.1',
        points: '35',
        previous: { points: '40', event: eventNumber(16) },
        reasonCode: 'data-corrected',
        reason: 'r',
        evidence: []
      },
      causedBy: eventNumber(16)
    })
})

t.test('what a panel brought back without points is opened again for experts to judge', async (t) => {
  const authority = { body: 'شورا', number: '12', date: '2024-05-01' }
  const reopen = (facts: Happening[], at = CLOSES) =>
    given(...facts).when('reopen-evaluation', { reason: 'r', authority }, registrar, at)
  const stuck = [...unasked(), ...broughtBack()]
  finalise(stuck).refused(t, 'partial', undefined, { nodes: 'G.a.1, G.a.2' })
  reopen(stuck).expect(t, {
    type: 'EvaluationReopened',
    data: { reason: 'r', authority },
    causedBy: eventNumber(11)
  })
  reopen(stuck, '2024-03-30T20:29:59.999Z').refused(t, 'wrong-stage', 11, { needed: 'final' })
  reopen(unasked()).refused(t, 'wrong-stage', 11)
  reopen([...unasked(), ...broughtBack().slice(0, 2)]).refused(t, 'wrong-stage', 11)

  const again = given(...stuck, reopened())
  again.when('complete-review', {}, expert).refused(t, 'unjudged', undefined, { nodes: 'G.a.1, G.a.2' })
  const judged = [...stuck, reopened(), overridden('G.a.1', '10'), overridden('G.a.2', '5')]
  const completed = fact('ReviewCompleted', { appealClosesAt: CLOSES }, expert)
  t.match(dataOf([...judged, completed]), { total: { points: '50', applicableCeiling: '100' } })
})
