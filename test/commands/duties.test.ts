import t from 'tap'
import type { Actor } from '../../src/events/envelope.ts'
import { fact, given } from '../support/given.ts'
import { eventNumber, type Happening, node } from '../support/history.ts'
import {
  assessor,
  entered,
  expert,
  inReview,
  judged,
  live,
  overridden,
  registrar,
  submitted
} from '../support/province.ts'

const override = { node: 'G.b', points: '5', reasonCode: 'other', reason: 'r' }
const grant = { node: 'G.b', reasonCode: 'other', reason: 'r' }

/** Everything by which an expert judges. */
const judging: [string, object, Happening[]][] = [
  ['override-score', override, inReview()],
  ['confirm-scores', { nodes: ['G.b'] }, inReview()],
  ['return-for-correction', { nodes: ['G.b'], reason: 'r' }, inReview()],
  ['grant-not-applicable', grant, inReview()],
  ['complete-review', {}, judged()]
]

t.test('whoever is of the judged unit or below it does not judge it; its parent may', async (t) => {
  for (const [name, body, facts] of judging) {
    for (const unit of ['qazvin', 'qazvin-office']) {
      const own = { ...expert, units: ['organisation', unit] }
      given(...facts)
        .when(name, body, own)
        .refused(t, 'own-unit', undefined, { unit: 'qazvin' })
    }
    for (const units of [['organisation'], ['tehran'], []]) {
      t.equal(
        given(...facts)
          .when(name, body, { ...expert, units })
          .decide().length,
        1,
        name
      )
    }
  }
})

t.test('a person is known by earlier acts, whatever the token says today', async (t) => {
  const today: Actor = { id: assessor.id, role: 'expert', units: ['organisation'] }
  for (const [name, body, facts] of judging) {
    given(...facts)
      .when(name, body, today)
      .refused(t, 'own-unit')
  }
  // Somebody who once acted here for an office below the unit, in another role.
  const before = fact(
    'ResponsibilityAssigned',
    { node: 'G.b', domain: { fa: 'حوزه' }, part: 'main' },
    { id: 'e-17', role: 'registrar', units: ['qazvin-office'] }
  )
  const history = [...live(), before, ...inReview().slice(6)]
  given(...history)
    .when('override-score', override, expert)
    .refused(t, 'own-unit')
  given(...history)
    .when('override-score', override, { ...expert, id: 'e-18' })
    .decide()
})

t.test('whoever entered the score of a node does not judge that node', async (t) => {
  // The unit of the person is not known, only the act.
  const claim = { ...entered('G.b', '40'), by: { ...expert, units: [] } }
  const facts = [...live(), entered('G.a.1', '40'), entered('G.a.2', '20'), claim, submitted()]
  const known = given(...facts)
  known.when('override-score', override, expert).refused(t, 'own-score', 9)
  known.when('grant-not-applicable', grant, expert).refused(t, 'own-score', 9)
  known.when('confirm-scores', { nodes: ['G.b'] }, expert).refused(t, 'own-score', 9)
  known.when('override-score', { ...override, node: 'G.a.1' }, expert).decide()
  const rest = known.when('confirm-scores', { rest: true }, expert).decide()
  t.strictSame(
    rest.map(({ data }) => data),
    [
      { node: 'G.a.1', points: '40', confirms: eventNumber(7) },
      { node: 'G.a.2', points: '20', confirms: eventNumber(8) }
    ]
  )
})

t.test('a node is reviewed by the body that it, or the nearest above, names', async (t) => {
  const nodes = [
    node('G', null, '20', { reviewedBy: 'centre' }),
    node('G.a', 'G', '10'),
    node('G.b', 'G', '10', { reviewedBy: 'treasury' })
  ]
  const facts = [...live(nodes), entered('G.a', '10'), entered('G.b', '10'), submitted()]
  const ask = (code: string, units: string[]) =>
    given(...facts).when('override-score', { ...override, node: code }, { ...expert, units })
  ask('G.b', ['centre']).refused(t, 'not-reviewer', undefined, { body: 'treasury' })
  ask('G.a', ['organisation']).refused(t, 'not-reviewer', undefined, { body: 'centre' })
  t.equal(ask('G.b', ['treasury']).decide().length, 1)
  t.equal(ask('G.a', ['organisation', 'centre']).decide().length, 1)
  const done = [...facts, overridden('G.a', '1'), overridden('G.b', '1')]
  t.equal(
    given(...done)
      .when('complete-review', {}, expert)
      .decide().length,
    1,
    'the review is everybody’s'
  )
})

t.test('a registrar who filed on behalf of the unit does not make its result final', async (t) => {
  const filed = fact(
    'AppealFiled',
    {
      appeal: '01J00000000000000000000009',
      node: 'G.a.1',
      claim: { points: '40' },
      disputed: { points: '30', applicable: true, event: null },
      grounds: 'g',
      evidence: [],
      onBehalf: { person: 'a-3', letter: { number: '1', date: '2024-03-21' } }
    },
    registrar
  )
  const withdrawn = fact('AppealWithdrawn', { appeal: '01J00000000000000000000009', reason: 'r' }, assessor)
  const over = fact('ReviewCompleted', { appealClosesAt: '2024-03-20T07:00:00.000Z' }, expert)
  const known = given(...judged(), over, filed, withdrawn)
  const later = '2024-05-01T00:00:00.000Z'
  known.when('finalise-evaluation', {}, registrar, later).refused(t, 'filed-on-behalf', 15)
  const [final] = known.when('finalise-evaluation', {}, { ...registrar, id: 'r-6' }, later).decide()
  t.match(final?.data, { basis: 'lapsed' })
})

t.test('a person called like something every object has is a person like any other', async (t) => {
  for (const id of ['constructor', '__proto__', 'toString']) {
    const facts = [...inReview(), { ...overridden('G.b', '5'), by: { ...expert, id } }]
    t.equal(
      given(...facts)
        .when('override-score', { ...override, points: '6' }, { ...expert, id })
        .decide().length,
      1
    )
  }
})
