import t from 'tap'
import { APPEAL, asked, chair, decided, escalated, filed, panelled, withPanel } from '../support/appealing.ts'
import { fact, given, ulidNumber } from '../support/given.ts'
import { type Happening, node } from '../support/history.ts'
import {
  assessor,
  confirmed,
  entered,
  expert,
  inAppeal,
  inReview,
  live,
  overridden,
  registrar,
  returned,
  submitted
} from '../support/province.ts'

const CLOSES = '2024-03-30T20:30:00.000Z'
const review = (): Happening => fact('ReviewCompleted', { appealClosesAt: CLOSES }, expert)

const name = (facts: Happening[], member: string, who = registrar) =>
  given(...facts).when('assign-panel', { appeal: APPEAL, members: [member], chair: member }, who)
const decide = (facts: Happening[], body: object, who = chair, at = '2024-03-22T08:00:00.000Z') =>
  given(...facts).when('decide-appeal', { appeal: APPEAL, reasons: 'r', ...body }, who, at)

const seats = (member: string) => ({
  appeal: APPEAL,
  instance: 1,
  members: [{ id: member, units: [] }],
  chair: member
})

t.test('the second instance has another panel, also where the first was silent', async (t) => {
  for (const facts of [
    [...withPanel('p-4'), escalated()],
    [...withPanel('p-4'), decided('rejected'), escalated()]
  ]) {
    name(facts, 'p-2').refused(t, 'member-acted', facts.length)
    name(facts, 'p-4').refused(t, 'member-acted', facts.length)
    t.equal(name(facts, 'p-9').decide().length, 1)
  }
  const replaced = [...withPanel('p-4'), fact('PanelAssigned', { ...seats('p-9') }, registrar)]
  t.equal(name(replaced, 'p-4').decide().length, 1, 'whoever was replaced may be named again')
  t.equal(name([...replaced, escalated()], 'p-4').decide().length, 1, 'and was no member of the first panel')
})

t.test('whoever decided the node once does not decide it again in a later appeal', async (t) => {
  const again = filed({ appeal: ulidNumber(5) })
  const later = [...withPanel('p-4'), decided('rejected'), again]
  given(...later)
    .when('assign-panel', { appeal: ulidNumber(5), members: ['p-4'], chair: 'p-4' }, registrar)
    .refused(t, 'member-acted', 17)
})

t.test('every act on the node counts: targets, owners, returns, confirmations', async (t) => {
  const by = (id: string) => ({ ...expert, id })
  const acts: [string, Happening][] = [
    ['r-8', fact('TargetAssigned', { node: 'G.a.1', target: '3' }, { id: 'r-8' })],
    [
      'r-9',
      fact('ResponsibilityAssigned', { node: 'G.a.1', domain: { fa: 'ح' }, part: 'main' }, { id: 'r-9' })
    ]
  ]
  for (const [person, act] of acts) {
    const facts = [...live(), act, ...inReview().slice(6), overridden('G.a.1', '30'), review(), filed()]
    name(facts, person).refused(t, 'member-acted', 7)
  }
  const back = { ...returned('G.a'), by: by('e-21') }
  const good = { ...confirmed('G.a.1', '40', ulidToEvent), by: by('e-22') }
  const facts = [...inReview(), back, submitted(), good, overridden('G.a.1', '30'), review(), filed()]
  name(facts, 'e-21').refused(t, 'member-acted', 11)
  name(facts, 'e-22').refused(t, 'member-acted', 13)
})

const ulidToEvent = '00000000-0000-4000-8000-000000000007'

t.test('a registrar chooses the judges of an appeal that somebody else filed', async (t) => {
  const onBehalf = { person: 'a-4', letter: { number: '1', date: '2024-03-21' } }
  const other = filed(
    { appeal: ulidNumber(5), node: 'G.b', claim: { applicable: false }, onBehalf },
    registrar
  )
  t.equal(name([...inAppeal(), filed(), other], 'p-2').decide().length, 1)
  given(...inAppeal(), filed(), other)
    .when('assign-panel', { appeal: ulidNumber(5), members: ['p-2'], chair: 'p-2' }, registrar)
    .refused(t, 'filed-on-behalf', 16)
})

t.test('a document that the panel attaches to its question does not make it a party', async (t) => {
  const evidence = [{ title: { fa: 'جدول' } }]
  const ask = { appeal: APPEAL, of: 'headquarters', question: 'which?', evidence }
  const [attached, question] = given(...withPanel())
    .when('request-appeal-information', ask, chair)
    .decide()
  t.match([attached, question], [{ type: 'EvidenceAttached' }, { data: { evidence: [ulidNumber(0)] } }])
  const document = fact(
    'EvidenceAttached',
    { evidence: ulidNumber(0), nodes: ['G.a.1'], kind: 'file', title: { fa: 'جدول' }, afterSubmission: true },
    chair
  )
  t.match(decide([...withPanel(), document, asked('headquarters')], { outcome: 'rejected' }).decide(), [
    { data: { evidenceConsidered: [ulidNumber(0)] } }
  ])
  const mine = { ...document, by: { ...expert, id: 'p-2' } }
  decide([...withPanel(), mine], { outcome: 'rejected' }).refused(t, 'member-acted', 17)
})

t.test('the evidence on file: on the node, above and below it, and what either side cited', async (t) => {
  const attach = (n: number, at: string) =>
    fact(
      'EvidenceAttached',
      { evidence: ulidNumber(n), nodes: [at], kind: 'file', title: { fa: 'س' }, afterSubmission: false },
      assessor
    )
  const files = [attach(1, 'G.a.1'), attach(2, 'G'), attach(3, 'G.b'), attach(4, 'G.a.2')]
  const facts = [...inAppeal(), ...files, filed({ evidence: [ulidNumber(3)] }), panelled()]
  const considered = [ulidNumber(1), ulidNumber(2), ulidNumber(3)]
  t.match(decide(facts, { outcome: 'rejected' }).decide(), [{ data: { evidenceConsidered: considered } }])
  const wide = [...inAppeal(), ...files, filed({ node: 'G.a', claim: { applicable: false } }), panelled()]
  const below = [ulidNumber(1), ulidNumber(2), ulidNumber(4)]
  t.match(decide(wide, { outcome: 'rejected' }).decide(), [{ data: { evidenceConsidered: below } }])
})

t.test('a result is what was claimed in its figures; where they were read does not matter', async (t) => {
  const source = { document: 'd', place: 'p' }
  const measurement = { numerator: '80', target: '80', source }
  const facts = [
    ...live([node('m', null, '40', { rule: { kind: 'ratio', target: '80' } })]),
    entered('m', '40', { measurement }),
    submitted(),
    overridden('m', '10'),
    review(),
    filed({ node: 'm', claim: { points: '40', measurement } }),
    panelled()
  ]
  const upheld = { data: { points: '40', measurement } }
  t.match(decide(facts, { outcome: 'upheld', measurement: { numerator: '80' } }).decide(), [upheld])
  decide(facts, { outcome: 'upheld', measurement: { numerator: '80', target: '79' } }).refused(
    t,
    'not-the-claim',
    11
  )
  const bare = [...facts.slice(0, 10), filed({ node: 'm', claim: { points: '40' } }), panelled()]
  decide(bare, { outcome: 'upheld', measurement: { numerator: '80' } }).refused(t, 'not-the-claim')
})

t.test('partly upheld never takes away that a node applies, nor speaks of it unasked', async (t) => {
  const grant = fact('NotApplicableGranted', { node: 'G.a.1', reasonCode: 'other', reason: 'r' }, expert)
  const out = [...inAppeal().slice(0, 13), grant, review()]
  const back = [...out, filed({ claim: { applicable: true, points: '20' } }), panelled()]
  const partly = { outcome: 'partly-upheld', points: '10' }
  decide(back, { ...partly, applicable: false }).refused(t, 'cannot-be-partly', 16)
  t.match(decide(back, { ...partly, applicable: true }).decide(), [
    { data: { applicable: true, points: '10' } }
  ])
  decide(withPanel(), { ...partly, points: '35', applicable: true }).refused(t, 'cannot-be-partly', 15)
  const whole = [...out.slice(0, 13), exemptAbove, review(), filed(aboveTheLeaves), panelled()]
  decide(whole, partly).refused(t, 'cannot-be-partly')
  t.match(decide(whole, { outcome: 'upheld' }).decide(), [{ data: { applicable: true } }])
})

const exemptAbove = fact('NotApplicableGranted', { node: 'G.a', reasonCode: 'other', reason: 'r' }, expert)
const aboveTheLeaves = { node: 'G.a', claim: { applicable: true } } as const

t.test('a question of the first instance is none of the second', async (t) => {
  const facts = [...withPanel(), asked(), decided('rejected'), escalated()]
  given(...facts)
    .when('provide-appeal-information', { appeal: APPEAL, answer: 'this' }, assessor)
    .refused(t, 'no-question', 19)
})

t.test('a late decision is a decision', async (t) => {
  const late = '2024-12-01T08:00:00.000Z'
  t.match(decide(withPanel(), { outcome: 'upheld' }, chair, late).decide(), [{ data: { points: '40' } }])
})
