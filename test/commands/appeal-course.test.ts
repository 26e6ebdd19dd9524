import t from 'tap'
import {
  APPEAL,
  appealed,
  asked,
  chair,
  decided,
  escalated,
  filed,
  panelled,
  REQUEST,
  withdrawn,
  withPanel
} from '../support/appealing.ts'
import { fact, given, ulidNumber } from '../support/given.ts'
import { eventNumber, type Happening, node } from '../support/history.ts'
import { assessor, entered, expert, inAppeal, live, overridden, submitted } from '../support/province.ts'

const at =
  (name: string, common: object, facts: Happening[]) => (more: object, who: typeof chair, now?: string) =>
    given(...facts).when(name, { appeal: APPEAL, ...common, ...more }, who, now)

const over = [...withPanel(), decided('rejected')]

t.test('an expert answers while the appeal is open', async (t) => {
  const answer = { position: 'concede', text: 'right' } as const
  const ask = (facts: Happening[], who = expert) => at('answer-appeal', answer, facts)({}, who)
  ask(appealed()).expect(t, {
    type: 'AppealAnswered',
    data: { appeal: APPEAL, ...answer, evidence: [] },
    causedBy: eventNumber(15)
  })
  ask(over).refused(t, 'appeal-not-open', 17)
  ask([...appealed(), withdrawn()]).refused(t, 'appeal-not-open', 16)
  ask(inAppeal()).refused(t, 'unknown-appeal')
  ask(appealed(), { ...expert, units: ['qazvin'] }).refused(t, 'own-unit')
})

t.test('the chair asks, the side asked answers', async (t) => {
  const question = { of: 'unit', question: 'which?' } as const
  const ask = at('request-appeal-information', question, withPanel())
  ask({}, chair).expect(t, {
    type: 'AppealInformationRequested',
    data: { appeal: APPEAL, request: ulidNumber(0), ...question, evidence: [] },
    causedBy: eventNumber(16)
  })
  ask({}, { ...chair, id: 'p-4' }).refused(t, 'unknown-appeal')
  at(
    'request-appeal-information',
    question,
    withPanel('p-4')
  )({}, { ...chair, id: 'p-4' }).refused(t, 'not-chair')
  const elsewhere = filed({ appeal: ulidNumber(4), node: 'G.b' })
  at('request-appeal-information', { ...question, appeal: ulidNumber(4) }, [...withPanel(), elsewhere])(
    {},
    chair
  ).refused(t, 'no-panel', 17)
  at('request-appeal-information', question, appealed())({}, chair).refused(t, 'unknown-appeal')
  at('request-appeal-information', question, over)({}, chair).refused(t, 'appeal-not-open', 17)

  const told = (facts: Happening[]) => at('provide-appeal-information', { answer: 'this' }, facts)
  const provided = (request: string) => ({
    type: 'AppealInformationProvided' as const,
    data: { appeal: APPEAL, request, answer: 'this', evidence: [] },
    causedBy: eventNumber(17)
  })
  const one = [...withPanel(), asked()]
  told(one)({}, assessor).expect(t, provided(REQUEST))
  told(one)({ request: REQUEST }, assessor).expect(t, provided(REQUEST))
  told(one)({ request: ulidNumber(5) }, assessor).refused(t, 'no-question')
  told(one)({}, expert).refused(t, 'no-question')
  told(one)({}, { ...assessor, units: ['tehran'] }).refused(t, 'unknown-appeal')
  told(one)({}, { ...assessor, units: ['organisation'] }).refused(t, 'not-your-unit')
  told(withPanel())({}, assessor).refused(t, 'no-question')
  const two = [...one, asked('unit', ulidNumber(5)), asked('headquarters', ulidNumber(6))]
  told(two)({}, assessor).refused(t, 'which-question')
  told(two)({ request: REQUEST }, assessor).expect(t, provided(REQUEST))
  told(two)({}, expert).expect(t, { ...provided(ulidNumber(6)), causedBy: eventNumber(19) })
  told([...one, decided('rejected')])({}, assessor).refused(t, 'appeal-not-open', 18)
})

const ruling =
  (facts: Happening[]) =>
  (more: object, who = chair, now = '2024-03-22T08:00:00.000Z') =>
    at('decide-appeal', { reasons: 'reasons' }, facts)(more, who, now)

t.test('upheld gives the claim, and nothing else', async (t) => {
  const attached = fact('EvidenceAttached', {
    evidence: ulidNumber(7),
    nodes: ['G.a.1'],
    kind: 'file',
    title: { fa: 'سند' },
    afterSubmission: true
  })
  const ask = ruling([...inAppeal(), attached, filed(), panelled(1, 'p-4')])
  const upheld = {
    type: 'AppealDecided' as const,
    data: {
      appeal: APPEAL,
      instance: 1,
      outcome: 'upheld' as const,
      points: '40',
      reasons: 'reasons',
      evidenceConsidered: [ulidNumber(7)],
      present: ['p-2', 'p-4']
    },
    causedBy: eventNumber(17)
  }
  ask({ outcome: 'upheld' }).expect(t, upheld)
  ask({ outcome: 'upheld', points: '40.0' }).expect(t, upheld)
  const said = { evidenceConsidered: [], present: ['p-4'], dissent: 'd', ruleReference: '§ 4' }
  ask({ outcome: 'upheld', ...said }).expect(t, { ...upheld, data: { ...upheld.data, ...said } })
  ask({ outcome: 'upheld', points: '39' }).refused(t, 'not-the-claim', 16)
  ask({ outcome: 'upheld', applicable: true }).refused(t, 'not-the-claim', 16)
  ask({ outcome: 'upheld', present: ['p-9'] }).refused(t, 'not-present')
  ask({ outcome: 'upheld', evidenceConsidered: [ulidNumber(8)] }).refused(t, 'unknown-evidence')
  ask({ outcome: 'upheld', reasons: ' ' }).malformed(t)
  ask({ outcome: 'upheld', reasons: undefined }).malformed(t)
})

t.test('partly upheld lies strictly between what stands and what was claimed', async (t) => {
  const ask = ruling(withPanel())
  const partly = { outcome: 'partly-upheld' }
  t.match(ask({ ...partly, points: '35' }).decide(), [
    { data: { points: '35', escalationClosesAt: '2024-03-27T20:30:00.000Z' } }
  ])
  for (const points of ['30', '40', '12']) ask({ ...partly, points }).refused(t, 'not-between')
  ask(partly).refused(t, 'not-between')
  ask({ ...partly, points: '41' }).refused(t, 'above-ceiling')
  const whether = ruling([...inAppeal(), filed({ claim: { applicable: false } }), panelled()])
  whether({ ...partly, points: '35' }).refused(t, 'cannot-be-partly', 15)
  const grant = fact('NotApplicableGranted', { node: 'G.a.1', reasonCode: 'other', reason: 'r' }, expert)
  const out = [...inAppeal().slice(0, 13), grant, inAppeal().at(-1) as Happening]
  const back = ruling([...out, filed({ claim: { applicable: true, points: '20' } }), panelled()])
  t.match(back({ ...partly, points: '0.5' }).decide(), [{ data: { points: '0.5', applicable: true } }])
  back({ ...partly, points: '0' }).refused(t, 'not-between')
  t.match(back({ outcome: 'upheld' }).decide(), [{ data: { points: '20', applicable: true } }])
})

t.test('a rejection changes nothing, and can be taken further once', async (t) => {
  const ask = ruling(withPanel())
  for (const outcome of ['rejected', 'inadmissible']) {
    const [decision] = ask({ outcome }).decide()
    t.match(decision?.data, { outcome, escalationClosesAt: '2024-03-27T20:30:00.000Z' })
    t.notOk(decision && 'points' in decision.data)
    ask({ outcome, points: '40' }).refused(t, 'no-result')
  }
  const members = [{ id: 'p-6', units: [] }]
  const other = fact('PanelAssigned', { appeal: APPEAL, instance: 2, members, chair: 'p-6' })
  const last = ruling([...over, escalated(), other])
  const second = last({ outcome: 'rejected' }, { ...chair, id: 'p-6' }).decide()
  t.notOk(second[0] && 'escalationClosesAt' in second[0].data)
})

t.test('only the chair decides, once, and not for its own unit', async (t) => {
  const ask = (facts: Happening[], who = chair) => ruling(facts)({ outcome: 'rejected' }, who)
  ask(withPanel('p-4'), { ...chair, id: 'p-4' }).refused(t, 'not-chair')
  ask(appealed()).refused(t, 'unknown-appeal')
  ask(withPanel(), { ...chair, id: 'p-4' }).refused(t, 'unknown-appeal')
  ask(over).refused(t, 'appeal-not-open', 17)
  ask([...withPanel(), asked()]).decide()
  ask(withPanel(), { ...chair, units: ['qazvin-office'] }).refused(t, 'member-of-unit')
})

t.test('a decision by measurement is worked out by the rule', async (t) => {
  const measured = (numerator: string) => ({ measurement: { numerator, target: '80' } })
  const facts = [
    ...live([node('m', null, '40', { rule: { kind: 'ratio', target: '80' } })]),
    entered('m', '40', measured('80')),
    submitted(),
    overridden('m', '10'),
    fact('ReviewCompleted', { appealClosesAt: '2024-03-30T20:30:00.000Z' }, expert),
    filed({ node: 'm', claim: { points: '40', ...measured('80') } }),
    panelled()
  ]
  const ask = ruling(facts)
  t.match(ask({ outcome: 'partly-upheld', measurement: { numerator: '40' } }).decide(), [
    { data: { points: '20', measurement: { numerator: '40', target: '80' } } }
  ])
  t.match(ask({ outcome: 'upheld' }).decide(), [{ data: { points: '40', ...measured('80') } }])
  ask({ outcome: 'upheld', measurement: { numerator: '79' } }).refused(t, 'not-the-claim')
  ask({ outcome: 'upheld', points: '40', measurement: { numerator: '80' } }).malformed(t)
})

t.test('the unit goes on to the second instance: after a decision, or when none comes', async (t) => {
  const grounds = { grounds: 'still' }
  const ask = (facts: Happening[], now?: string, who = assessor) =>
    at('escalate-appeal', grounds, facts)({}, who, now)
  const until = '2024-03-27T20:30:00.000Z'
  const rejected = [...withPanel(), decided('rejected', { escalationClosesAt: until })]
  ask(rejected).expect(t, {
    type: 'AppealEscalated',
    data: { appeal: APPEAL, ...grounds, evidence: [] },
    causedBy: eventNumber(17)
  })
  ask(rejected, until).refused(t, 'window-closed', 17)
  ask([...withPanel(), decided('upheld', { points: '40' })]).refused(t, 'already-upheld', 17)
  ask(rejected, undefined, { ...assessor, units: [] }).refused(t, 'unknown-appeal')
  ask(rejected, undefined, { ...assessor, units: ['organisation'] }).refused(t, 'not-your-unit')
  ask([...rejected, escalated()]).refused(t, 'last-instance', 18)
  ask([...appealed(), withdrawn()]).refused(t, 'appeal-not-open', 16)
  // Filed on 20 March, 15 days: due when 5 April begins in Tehran.
  const due = '2024-04-04T20:30:00.000Z'
  ask(appealed(), '2024-04-04T20:29:59.999Z').refused(t, 'not-escalable', 15, { due })
  ask(appealed(), due).decide()
  const questioned = [...withPanel(), asked()]
  ask(questioned, due).refused(t, 'not-escalable', 17)
  // An open question stops the clock, but for no more than the five days of an escalation.
  ask(questioned, '2024-04-09T20:29:59.999Z').refused(t, 'not-escalable')
  ask(questioned, '2024-04-09T20:30:00.000Z').decide()
})

t.test('the unit takes its appeal back while it is open', async (t) => {
  const ask = (facts: Happening[], who = assessor) =>
    at('withdraw-appeal', { reason: 'settled' }, facts)({}, who)
  ask(appealed()).expect(t, {
    type: 'AppealWithdrawn',
    data: { appeal: APPEAL, reason: 'settled' },
    causedBy: eventNumber(15)
  })
  ask(over).refused(t, 'appeal-not-open', 17)
  ask([...appealed(), withdrawn()]).refused(t, 'appeal-not-open', 16)
  ask(appealed(), { ...assessor, units: ['organisation'] }).refused(t, 'not-your-unit')
  ask(appealed(), { ...assessor, units: ['qazvin-office'] }).refused(t, 'unknown-appeal')
})
