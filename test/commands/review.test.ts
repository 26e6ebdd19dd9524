import t from 'tap'
import type { FrameworkNode } from '../../src/events/forms.ts'
import { fact, given } from '../support/given.ts'
import { eventNumber, type Happening, node } from '../support/history.ts'
import {
  assessor,
  confirmed,
  EVALUATION,
  entered,
  exempt,
  expert,
  FRAMEWORK,
  imported,
  inAppeal,
  inReview,
  judged,
  live,
  nodes,
  overridden,
  reopened,
  returned,
  submitted
} from '../support/province.ts'

const confirmation = (code: string, points: string, event: number) => ({
  type: 'ScoreConfirmed' as const,
  data: { node: code, points, confirms: eventNumber(event) },
  causedBy: eventNumber(event)
})

const at =
  (facts: Happening[], name: string) =>
  (body: object, who = expert) =>
    given(...facts).when(name, body, who)

t.test('an expert returns nodes; the stage stays', async (t) => {
  const ask = at(inReview(), 'return-for-correction')
  ask({ nodes: ['G.a', 'G.b', 'G.a'], reason: 'r' }).expect(t, {
    type: 'ReturnedForCorrection',
    data: { nodes: ['G.a', 'G.b'], reason: 'r' }
  })
  ask({ nodes: ['X'], reason: 'r' }).refused(t, 'unknown-node')
  ask({ nodes: ['G.b'] }).malformed(t)
  ask({ nodes: ['total'], reason: 'r' }).malformed(t)
  for (const facts of [live(), inAppeal(), imported()]) {
    at(facts, 'return-for-correction')({ nodes: ['G.b'], reason: 'r' }).refused(t, 'wrong-stage')
  }
  const open = at([...inReview(), returned('G.a')], 'return-for-correction')
  open({ nodes: ['G.a.1'], reason: 'r' }).refused(t, 'returned', 11)
  t.equal(open({ nodes: ['G.b'], reason: 'r' }).decide().length, 1, 'another node may join')
})

t.test('what another body reviews is not returned with what is above it', async (t) => {
  const facts = [
    ...live(nodes.map((each) => (each.code === 'G.a.1' ? { ...each, reviewedBy: 'centre' } : each))),
    ...inReview().slice(6)
  ]
  const ask = at(facts, 'return-for-correction')
  ask({ nodes: ['G.b', 'G.a'], reason: 'r' }).refused(t, 'not-reviewer', undefined, { node: 'G.a.1' })
  t.equal(ask({ nodes: ['G.b', 'G.a.2'], reason: 'r' }).decide().length, 1)
  const both = { ...expert, units: ['organisation', 'centre'] }
  t.equal(ask({ nodes: ['G.a'], reason: 'r' }, both).decide().length, 1)
})

t.test('until resubmission experts act on the other nodes only', async (t) => {
  const facts = [...inReview(), returned('G.a')]
  at(facts, 'confirm-scores')({ nodes: ['G.a.1'] }).refused(t, 'returned', 11)
  at(facts, 'confirm-scores')({ rest: true }).expect(t, confirmation('G.b', '40', 9))
  const override = { node: 'G.a.1', points: '1', reasonCode: 'other', reason: 'r' }
  at(facts, 'override-score')(override).refused(t, 'returned', 11)
  at(
    [...facts, submitted()],
    'confirm-scores'
  )({ nodes: ['G.a.1'] }).expect(t, confirmation('G.a.1', '40', 7))
  const joined = [...facts, returned('G.b')]
  at(joined, 'confirm-scores')({ nodes: ['G.a.1'] }).refused(t, 'returned', 12)
})

t.test('a confirmation gives what was claimed, node by node', async (t) => {
  const ask = at(inReview(), 'confirm-scores')
  ask({ nodes: ['G.b', 'G.a.1', 'G.b'] }).expect(
    t,
    confirmation('G.b', '40', 9),
    confirmation('G.a.1', '40', 7)
  )
  ask({ nodes: ['G.a'] }).refused(t, 'not-a-leaf')
  ask({ nodes: ['X'] }).refused(t, 'unknown-node')
  for (const wrong of [{}, { rest: true, nodes: ['G.b'] }, { rest: false }, { nodes: [] }])
    ask(wrong).malformed(t)
  at([...live(), entered('G.b', '1')], 'confirm-scores')({ nodes: ['G.b'] }).refused(t, 'wrong-stage', 6)
  at(inAppeal(), 'confirm-scores')({ rest: true }).refused(t, 'wrong-stage', 14)
  const again = [...inReview(), confirmed('G.b', '40', eventNumber(9))]
  at(again, 'confirm-scores')({ nodes: ['G.b'] }).refused(t, 'already-judged', 11)
  const lowered = [...inReview(), overridden('G.b', '5')]
  at(lowered, 'confirm-scores')({ nodes: ['G.b'] }).expect(t, confirmation('G.b', '40', 9))
})

t.test('what is blank, claimed not applicable or granted so is not confirmed', async (t) => {
  const facts = [
    ...live(),
    entered('G.a.1', '40'),
    entered('G.a.2', '20'),
    exempt('NotApplicableClaimed', 'G.a.2'),
    submitted([{ node: 'G.b', reason: 'r' }])
  ]
  const ask = at(facts, 'confirm-scores')
  ask({ nodes: ['G.b'] }).refused(t, 'nothing-claimed')
  ask({ nodes: ['G.a.2'] }).refused(t, 'claim-open', 9)
  at(
    [...facts, exempt('NotApplicableGranted', 'G.a')],
    'confirm-scores'
  )({ nodes: ['G.a.1'] }).refused(t, 'not-applicable', 11)
  at(
    [...facts, exempt('NotApplicableRefused', 'G.a.2')],
    'confirm-scores'
  )({ nodes: ['G.a.2'] }).expect(t, confirmation('G.a.2', '20', 8))
})

t.test('the rest: leaves with a claim and without an expert’s act, that this expert may judge', async (t) => {
  const facts = [
    ...live([
      node('a', null, '10'),
      node('b', null, '10'),
      node('c', null, '10', { reviewedBy: 'centre' }),
      node('d', null, '10'),
      node('e', null, '10'),
      node('f', null, '10')
    ]),
    ...['a', 'b', 'c', 'e', 'f'].map((code) => entered(code, '10')),
    exempt('NotApplicableClaimed', 'e'),
    submitted([{ node: 'd', reason: 'r' }]),
    overridden('b', '1'),
    exempt('NotApplicableGranted', 'f')
  ]
  at(facts, 'confirm-scores')({ rest: true }).expect(t, confirmation('a', '10', 7))
  const rest = at([...facts, confirmed('a', '10', eventNumber(7))], 'confirm-scores')
  rest({ rest: true }).refused(t, 'nothing-left')
  rest({ rest: true }, { ...expert, units: ['centre'] }).expect(t, confirmation('c', '10', 9))
})

/**
 * Events 1 to 12: G.a.1 was entered in full and claimed not to apply, then its ceiling was lowered; the claim was refused
 * after submission. G.b holds.
 */
const lowered = (): Happening[] => [
  ...live(),
  entered('G.a.1', '40'),
  exempt('NotApplicableClaimed', 'G.a.1'),
  entered('G.b', '40'),
  {
    ...fact('FrameworkAmended', {
      put: [node('G.a.1', 'G.a', '15'), node('G.a.2', 'G.a', '45')],
      remove: [],
      reason: 'r'
    }),
    on: `framework-${FRAMEWORK}`
  },
  {
    ...fact(
      'SelfAssessmentSubmitted',
      { frameworkRevision: '1', blank: [{ node: 'G.a.2', reason: 'r' }] },
      assessor
    ),
    on: `evaluation-${EVALUATION}`
  },
  exempt('NotApplicableRefused', 'G.a.1')
]

t.test('what was entered under an earlier tree is not confirmed where it does not hold', async (t) => {
  const ask = at(lowered(), 'confirm-scores')
  ask({ nodes: ['G.b', 'G.a.1'] }).refused(t, 'entries-outdated', undefined, { nodes: 'G.a.1' })
  t.throws(ask({ nodes: ['G.a.1'] }).decide, {
    errors: [{ detail: 'G.a.1: the points are above the ceiling', fa: 'G.a.1: امتیاز بیش از سقف است' }]
  })
  ask({ rest: true }).expect(t, confirmation('G.b', '40', 9))
  const judged = [...lowered(), overridden('G.b', '1')]
  at(judged, 'confirm-scores')({ rest: true }).refused(t, 'nothing-left')
  const override = { node: 'G.a.1', points: '15', reasonCode: 'definition', reason: 'r' }
  t.equal(at(lowered(), 'override-score')(override).decide().length, 1, 'an expert may give other points')
  const again = [...lowered(), returned('G.a.1'), entered('G.a.1', '15'), submitted()]
  at(again, 'confirm-scores')({ nodes: ['G.a.1'] }).expect(t, confirmation('G.a.1', '15', 14))
})

t.test('what a rule made of a measurement is confirmed while the rule in force makes the same', async (t) => {
  const ruled = (rule: FrameworkNode['rule']) => node('m', null, '40', rule ? { rule } : {})
  const under = (rule: FrameworkNode['rule']): Happening[] => [
    ...live([ruled({ kind: 'ratio', target: '80' })]),
    entered('m', '20', { measurement: { numerator: '40', target: '80' } }),
    exempt('NotApplicableGranted', 'm'),
    {
      ...fact('FrameworkAmended', { put: [ruled(rule)], remove: [], reason: 'r' }),
      on: `framework-${FRAMEWORK}`
    },
    {
      ...fact('SelfAssessmentSubmitted', { frameworkRevision: '1', blank: [] }, assessor),
      on: `evaluation-${EVALUATION}`
    },
    exempt('NotApplicableRevoked', 'm')
  ]
  const confirm = (rule: FrameworkNode['rule'], body: object = { nodes: ['m'] }) =>
    at(under(rule), 'confirm-scores')(body)
  confirm({ kind: 'ratio', target: '80' }).expect(t, confirmation('m', '20', 7))
  confirm({ kind: 'ratio', target: '40' }).refused(t, 'entries-outdated', undefined, { nodes: 'm' })
  confirm(undefined).refused(t, 'entries-outdated', undefined, { nodes: 'm' })
  const growth = { kind: 'growth', target: '80' } as const
  confirm(growth).refused(t, 'entries-outdated', undefined, { nodes: 'm' })
  confirm(growth, { rest: true }).refused(t, 'nothing-left')
})

t.test('an override names what stood before and why it changes', async (t) => {
  const body = { node: 'G.b', points: '12.50', reasonCode: 'definition', reason: 'r' } as const
  const overriding = (previous: { points: string; event: string } | null, more = {}) => ({
    type: 'ScoreOverridden' as const,
    data: { ...body, points: '12.5', previous, evidence: [], ...more },
    causedBy: previous?.event
  })
  const ask = at(inReview(), 'override-score')
  ask(body).expect(t, overriding({ points: '40', event: eventNumber(9) }))
  ask({ ...body, ruleReference: '§ 4' }).expect(
    t,
    overriding({ points: '40', event: eventNumber(9) }, { ruleReference: '§ 4' })
  )
  at(
    [...inReview(), overridden('G.b', '5')],
    'override-score'
  )(body).expect(t, overriding({ points: '5', event: eventNumber(11) }))
  const blank = [...live([node('G.b', null, '40')]), submitted([{ node: 'G.b', reason: 'r' }])]
  at(blank, 'override-score')(body).expect(t, overriding(null))
  t.equal(
    ask({ ...body, points: '40' }).decide().length,
    1,
    'the same points for another reason are a change'
  )
  const [first, second] = ask({ ...body, evidence: [{ title: { fa: 'سند' } }] }).decide()
  t.match(
    [first, second],
    [
      { type: 'EvidenceAttached', data: { kind: 'file', afterSubmission: true } },
      { type: 'ScoreOverridden', data: { evidence: [/^01J/] } }
    ]
  )
})

t.test('an override is refused where it could not stand', async (t) => {
  const body = { node: 'G.b', points: '5', reasonCode: 'calculation', reason: 'sum' } as const
  const ask = at(inReview(), 'override-score')
  ask({ ...body, points: '40.1' }).refused(t, 'above-ceiling')
  ask({ ...body, node: 'G.a' }).refused(t, 'not-a-leaf')
  ask({ ...body, node: 'X' }).refused(t, 'unknown-node')
  ask({ ...body, reason: undefined }).malformed(t)
  ask({ ...body, reasonCode: 'no-subject' }).malformed(t)
  ask({ ...body, measurement: { numerator: '1' } }).malformed(t)
  ask({ ...body, points: undefined, measurement: { numerator: '1' } }).refused(t, 'measurement-on-direct')
  for (const [facts, event] of [
    [live(), 6],
    [inAppeal(), 14],
    [imported(), 6]
  ] as const) {
    at(facts, 'override-score')(body).refused(t, 'wrong-stage', event)
  }
  const granted = [...inReview(), exempt('NotApplicableGranted', 'G')]
  at(granted, 'override-score')(body).refused(t, 'not-applicable', 11)
  const same = [...inReview(), overridden('G.b', '5')]
  at(same, 'override-score')(body).refused(t, 'nothing-changes', 11)
  at(same, 'override-score')({ ...body, ruleReference: '§ 4' }).refused(t, 'nothing-changes', 11)
  t.equal(at(same, 'override-score')({ ...body, reason: 'another' }).decide().length, 1)
  const claimed = [...live([node('G.b', null, '40')]), exempt('NotApplicableClaimed', 'G.b'), submitted()]
  at(claimed, 'override-score')(body).refused(t, 'claim-open', 7)
})

t.test('an expert may give points or a measurement where a rule reads one', async (t) => {
  const facts = [
    ...live([node('m', null, '40', { rule: { kind: 'ratio', target: '80' } })]),
    entered('m', '40', { measurement: { numerator: '80', target: '80' } }),
    submitted()
  ]
  const ask = at(facts, 'override-score')
  const body = { node: 'm', reasonCode: 'data-corrected', reason: 'r' }
  t.match(ask({ ...body, measurement: { numerator: '40' } }).decide(), [
    { data: { points: '20', measurement: { numerator: '40', target: '80' } } }
  ])
  const [given] = ask({ ...body, points: '7' }).decide()
  t.strictSame(given && 'measurement' in given.data, false, 'no measurement is made up')
})

t.test('the review is complete when every leaf that applies was judged', async (t) => {
  const complete = (facts: Happening[], when?: string) =>
    given(...facts).when('complete-review', {}, expert, when)
  const window = { type: 'ReviewCompleted' as const, data: { appealClosesAt: '2024-03-30T20:30:00.000Z' } }
  complete(judged(), '2024-03-20T20:29:59.999Z').expect(t, window)
  complete(inReview()).refused(t, 'unjudged', undefined, { nodes: 'G.a.1, G.a.2, G.b' })
  complete([...judged(), returned('G.b')]).refused(t, 'return-open', 14)
  const claimed = [...judged(), returned('G.b'), exempt('NotApplicableClaimed', 'G.b'), submitted()]
  complete([...claimed, overridden('G.b', '1')]).refused(t, 'unjudged', undefined, { nodes: 'G.b' })
  t.equal(complete([...claimed, exempt('NotApplicableGranted', 'G.b')]).decide().length, 1)
  complete([...claimed, exempt('NotApplicableRefused', 'G.b')]).refused(t, 'unjudged')
  complete(live()).refused(t, 'wrong-stage', 6)
  complete(inAppeal()).refused(t, 'wrong-stage', 14)
  complete(imported()).refused(t, 'wrong-stage', 6)
})

t.test('a claim on a leaf that was divided before submission is still to be judged', async (t) => {
  const facts = [
    ...live([node('a', null, '10')]),
    exempt('NotApplicableClaimed', 'a'),
    fact('FrameworkAmended', { put: [node('a.1', 'a', '10')], remove: [], reason: 'r' }),
    { ...entered('a.1', '10'), on: 'evaluation-1402-x.qazvin' },
    fact('SelfAssessmentSubmitted', { frameworkRevision: '1', blank: [] }, assessor),
    overridden('a.1', '5')
  ]
  given(...facts)
    .when('complete-review', {}, expert)
    .refused(t, 'unjudged', undefined, { nodes: 'a' })
})

t.test('a window of no days closes at once, and a reopening opens the next', async (t) => {
  const none = { appeal: { windowDays: 0, escalationDays: 0, decisionDays: 1, instances: 1 as const } }
  const facts = [...live([node('a', null, '10')], none), entered('a', '1'), submitted(), overridden('a', '1')]
  const now = '2024-04-01T08:00:00.000Z'
  given(...facts)
    .when('complete-review', {}, expert, now)
    .expect(t, { type: 'ReviewCompleted', data: { appealClosesAt: now } })
  given(...inAppeal(), reopened())
    .when('complete-review', {}, expert, now)
    .expect(t, { type: 'ReviewCompleted', data: { appealClosesAt: '2024-04-11T20:30:00.000Z' } })
})
