import t from 'tap'
import { fact, given } from '../support/given.ts'
import { eventNumber, type Happening, recorded } from '../support/history.ts'
import {
  assessor,
  entered,
  exempt,
  expert,
  imported,
  inAppeal,
  inReview,
  live,
  nodes,
  overridden,
  registrar,
  reopened,
  returned,
  submitted
} from '../support/province.ts'

const claim = { node: 'G.b', reasonCode: 'no-subject', reason: 'none here' } as const
const grant = { node: 'G.b', reasonCode: 'not-in-mission', reason: 'law' } as const
const against = { node: 'G.b', reasonCode: 'definition', reason: 'it does apply' } as const
const source = { document: 'report', place: 'table 1' }

/** Events 1 to 10: G.b is claimed not applicable, the rest in full, and submitted. */
const claimed = (): Happening[] => [
  ...live(),
  entered('G.a.1', '40'),
  entered('G.a.2', '20'),
  exempt('NotApplicableClaimed', 'G.b'),
  submitted()
]

t.test('the unit claims that a leaf does not apply, where it could enter points', async (t) => {
  const said = { type: 'NotApplicableClaimed' as const, data: { ...claim, evidence: [] } }
  const ask = (facts: Happening[], more = {}, who = assessor) =>
    given(...facts).when('claim-not-applicable', { ...claim, ...more }, who)
  ask(live()).expect(t, said)
  ask([...inReview(), returned('G.b')]).expect(t, said)
  ask([...inReview(), returned('G.a')]).refused(t, 'not-returned', 11)
  ask(inReview()).refused(t, 'wrong-stage', 10)
  ask(inAppeal()).refused(t, 'wrong-stage', 14)
  ask(live(), { node: 'G.a' }).refused(t, 'not-a-leaf')
  ask(live(), { node: 'X' }).refused(t, 'unknown-node')
  ask([...live(), exempt('NotApplicableGranted', 'G.b')]).refused(t, 'not-applicable', 7)
  ask([...live(), exempt('NotApplicableGranted', 'G')]).refused(t, 'not-applicable', 7)
  ask(live(), {}, { ...assessor, units: ['tehran'] }).refused(t, 'not-your-unit')
  ask(live(), { reasonCode: 'definition' }).malformed(t)
  ask(live(), { reason: ' ' }).malformed(t)
})

t.test('entering points withdraws the claim', async (t) => {
  const both = given(...live(), exempt('NotApplicableClaimed', 'G.b'), entered('G.b', '3'), submitted())
  both.when('refuse-not-applicable', against, expert).refused(t, 'no-claim')
})

t.test('an expert grants, with or without a claim, until the review is over', async (t) => {
  const granted = { type: 'NotApplicableGranted' as const, data: grant }
  const ask = (facts: Happening[], more: object = {}) =>
    given(...facts).when('grant-not-applicable', { ...grant, ...more }, expert)
  ask(live()).expect(t, { ...granted, causedBy: undefined })
  ask(claimed()).expect(t, { ...granted, causedBy: eventNumber(9) })
  ask(inReview(), { node: 'G.a' }).expect(t, { ...granted, data: { ...grant, node: 'G.a' } })
  ask(inAppeal()).refused(t, 'wrong-stage', 14)
  ask([...inReview(), exempt('NotApplicableGranted', 'G')]).refused(t, 'not-applicable', 11)
  const oneByOne = [exempt('NotApplicableGranted', 'G.a.2'), exempt('NotApplicableGranted', 'G.a.1')]
  ask([...inReview(), ...oneByOne, overridden('G.b', '1')], { node: 'G.a' }).refused(t, 'not-applicable', 12)
  ask([...inReview(), returned('G.b')]).refused(t, 'returned', 11)
  ask(inReview(), { reason: undefined }).refused(t, 'reason-needed')
  ask(inReview(), { reasonCode: 'definition' }).malformed(t)
})

t.test('a claim is refused once', async (t) => {
  const ask = (facts: Happening[], more: object = {}) =>
    given(...facts).when('refuse-not-applicable', { ...against, ...more }, expert)
  ask(claimed()).expect(t, { type: 'NotApplicableRefused', data: against, causedBy: eventNumber(9) })
  ask([...claimed(), exempt('NotApplicableRefused', 'G.b')]).refused(t, 'no-claim')
  ask([...claimed(), exempt('NotApplicableGranted', 'G.b')]).refused(t, 'no-claim')
  ask(inReview()).refused(t, 'no-claim')
  ask([...live(), exempt('NotApplicableClaimed', 'G.b')]).refused(t, 'wrong-stage', 6)
  ask(claimed(), { reason: undefined }).refused(t, 'reason-needed')
  ask(claimed(), { reasonCode: 'no-subject' }).malformed(t)
  ask([...claimed(), returned('G.b')]).refused(t, 'returned', 11)
})

t.test('a grant is revoked, and what was claimed or judged before stands again', async (t) => {
  const ask = (facts: Happening[], more: object = {}) =>
    given(...facts).when('revoke-not-applicable', { ...against, ...more }, expert)
  const granted = [...inReview(), overridden('G.b', '5'), exempt('NotApplicableGranted', 'G.b')]
  ask(granted).expect(t, { type: 'NotApplicableRevoked', data: against, causedBy: eventNumber(12) })
  const confirm = (facts: Happening[]) => given(...facts).when('confirm-scores', { nodes: ['G.b'] }, expert)
  confirm(granted).refused(t, 'not-applicable', 12)
  confirm([...granted, exempt('NotApplicableRevoked', 'G.b')]).expect(t, {
    type: 'ScoreConfirmed',
    data: { node: 'G.b', points: '40', confirms: eventNumber(9) }
  })
  ask(inReview()).refused(t, 'no-grant')
  ask([...inReview(), exempt('NotApplicableGranted', 'G')]).refused(t, 'no-grant')
  ask([...live(), exempt('NotApplicableGranted', 'G.b')]).refused(t, 'wrong-stage', 6)
  ask(granted, { reason: undefined }).refused(t, 'reason-needed')
})

/** Events 1 to 10 with `centre` to review G.a.1, which lies below G.a. */
const reviewedElsewhere = (): Happening[] => [
  ...live(nodes.map((each) => (each.code === 'G.a.1' ? { ...each, reviewedBy: 'centre' } : each))),
  ...inReview().slice(6)
]

t.test('nobody gets round the body that reviews a part by acting on the whole', async (t) => {
  const both = { ...expert, units: ['organisation', 'centre'] }
  const grantAbove = (who = expert, of = 'G.a') =>
    given(...reviewedElsewhere()).when('grant-not-applicable', { ...grant, node: of }, who)
  grantAbove().refused(t, 'not-reviewer', undefined, { node: 'G.a.1', body: 'centre' })
  grantAbove(expert, 'G').refused(t, 'not-reviewer')
  t.equal(grantAbove(both).decide().length, 1)
  t.equal(grantAbove(expert, 'G.a.2').decide().length, 1, 'beside it nothing is in the way')
  const granted = [...reviewedElsewhere(), exempt('NotApplicableGranted', 'G.a')]
  const revoke = (who = expert) =>
    given(...granted).when('revoke-not-applicable', { ...against, node: 'G.a' }, who)
  revoke().refused(t, 'not-reviewer', undefined, { node: 'G.a.1' })
  t.equal(revoke(both).decide().length, 1)
})

t.test('whoever entered the score of a part does not judge whether the whole applies', async (t) => {
  const facts = inReview().map((each) => (each.type === 'SelfScoreEntered' ? { ...each, by: expert } : each))
  given(...facts)
    .when('grant-not-applicable', { ...grant, node: 'G.a' }, expert)
    .refused(t, 'own-score', 7, { node: 'G.a.1' })
})

t.test('while a part is with the unit the whole is neither granted nor brought back', async (t) => {
  const about = (type: string, code: string) =>
    given(...inReview(), exempt('NotApplicableGranted', 'G.b'), returned('G.a.1')).when(
      type,
      { ...(type === 'grant-not-applicable' ? grant : against), node: code },
      expert
    )
  for (const code of ['G', 'G.a', 'G.a.1']) {
    about('grant-not-applicable', code).refused(t, 'returned', 12, { node: 'G.a.1' })
  }
  t.equal(about('grant-not-applicable', 'G.a.2').decide().length, 1)
  t.equal(about('revoke-not-applicable', 'G.b').decide().length, 1)
  const above = [...inReview(), returned('G.a.1'), exempt('NotApplicableGranted', 'G.a')]
  given(...above)
    .when('revoke-not-applicable', { ...against, node: 'G.a' }, expert)
    .refused(t, 'returned', 11, { node: 'G.a.1' })
})

t.test('what a panel took out can be brought back after a reopening, not before', async (t) => {
  const appeal = '01J00000000000000000000009'
  const decided = [
    ...inAppeal(),
    fact('AppealFiled', {
      appeal,
      node: 'G.b',
      claim: { applicable: false },
      disputed: { points: '40', applicable: true, event: eventNumber(13) },
      grounds: 'g',
      evidence: []
    }),
    fact('AppealDecided', {
      appeal,
      instance: 1,
      outcome: 'upheld',
      applicable: false,
      reasons: 'r',
      evidenceConsidered: [],
      present: []
    })
  ]
  given(...decided)
    .when('revoke-not-applicable', against, expert)
    .refused(t, 'wrong-stage', 14)
  given(...decided, reopened())
    .when('revoke-not-applicable', against, expert)
    .expect(t, { type: 'NotApplicableRevoked', data: against, causedBy: eventNumber(16) })
})

t.test('imported: a registrar grants and revokes with the source, which may give no reason', async (t) => {
  const known = given(...imported(), recorded('G.b', 'self', '40'))
  const stated = { node: 'G.b', reasonCode: 'not-stated', source } as const
  known
    .when('grant-not-applicable', stated, registrar)
    .expect(t, { type: 'NotApplicableGranted', data: stated })
  known.when('grant-not-applicable', { ...stated, source: undefined }, registrar).refused(t, 'source-needed')
  known
    .when('grant-not-applicable', { ...stated, reasonCode: 'other' }, registrar)
    .refused(t, 'reason-needed')
  known.when('grant-not-applicable', { ...stated, node: 'X' }, registrar).refused(t, 'unknown-node')
  known.when('grant-not-applicable', grant, expert).refused(t, 'wrong-stage')
  const granted = given(...imported(), exempt('NotApplicableGranted', 'G.b'))
  granted.when('grant-not-applicable', stated, registrar).refused(t, 'not-applicable', 7)
  granted
    .when('revoke-not-applicable', { ...against, source }, registrar)
    .expect(t, { type: 'NotApplicableRevoked', data: { ...against, source }, causedBy: eventNumber(7) })
  granted
    .when('revoke-not-applicable', { ...against, reason: undefined, source }, registrar)
    .refused(t, 'reason-needed')
  given(...inReview())
    .when('grant-not-applicable', stated, registrar)
    .refused(t, 'wrong-origin', 6)
})
