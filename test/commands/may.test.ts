import t from 'tap'
import type { Situation } from '../../commands/command.ts'
import { mayDo, type Subject } from '../../commands/may.ts'
import { NOBODY } from '../../commands/persons.ts'
import type { Actor } from '../../src/events/envelope.ts'
import {
  APPEAL,
  appealed,
  asked,
  broughtBack,
  chair,
  decided,
  escalated,
  filed,
  unasked,
  withdrawn,
  withPanel
} from '../support/appealing.ts'
import { fact, given, ulidNumber } from '../support/given.ts'
import { type Happening, node } from '../support/history.ts'
import {
  assessor,
  EVALUATION,
  entered,
  exempt,
  expert,
  imported,
  inAppeal,
  inReview,
  judged,
  live,
  registrar,
  returned
} from '../support/province.ts'

const NOW = '2024-03-21T08:00:00.000Z'

const may = (
  facts: Happening[],
  who: Actor,
  about: Omit<Subject, 'evaluation'> = {},
  now = NOW
): string[] => {
  const { known } = given(...facts)
  const situation: Situation = {
    unit: null,
    framework: null,
    evaluation: known.evaluations[EVALUATION] ?? null,
    persons: known.persons[EVALUATION] ?? NOBODY,
    unitOf: (unit) => known.units[unit],
    frameworkOf: (framework) => known.frameworks[framework]
  }
  return mayDo(situation, who, now, { evaluation: EVALUATION, ...about })
}

const final = fact(
  'EvaluationFinalised',
  { nodes: [], total: { points: '90', applicableCeiling: '100' }, basis: 'lapsed', decidedAt: '8' },
  registrar
)

t.test('the unit, stage by stage', async (t) => {
  const writing = ['enter-self-score', 'claim-not-applicable', 'attach-evidence']
  t.strictSame(may(live(), assessor), [...writing, 'submit-self-assessment'])
  t.strictSame(may(inReview(), assessor), ['attach-evidence'])
  t.strictSame(may([...inReview(), returned('G.b')], assessor), [...writing, 'submit-self-assessment'])
  t.strictSame(may(inAppeal(), assessor), ['attach-evidence', 'file-appeal', 'file-case', 'waive-appeal'])
  t.strictSame(may(inAppeal(), assessor, {}, '2024-03-30T20:30:00.000Z'), ['attach-evidence', 'waive-appeal'])
  t.strictSame(may([...inAppeal(), fact('AppealWaived', {}, assessor)], assessor), ['attach-evidence'])
  t.strictSame(may([...inAppeal(), final], assessor), [])
  for (const facts of [live(), inAppeal()]) {
    t.strictSame(may(facts, { ...assessor, units: ['qazvin-office'] }), [], 'of no other unit')
  }
})

t.test('one node', async (t) => {
  const about = { node: 'G.b' }
  t.strictSame(may([...inReview(), returned('G.a')], assessor, about), ['attach-evidence'], 'not returned')
  const judging = ['attach-evidence', 'return-for-correction', 'confirm-scores', 'override-score']
  t.strictSame(may(inReview(), expert, about), [...judging, 'grant-not-applicable'])
  t.strictSame(may([...inReview(), exempt('NotApplicableGranted', 'G.b')], expert, about), [
    'attach-evidence',
    'return-for-correction',
    'revoke-not-applicable'
  ])
  t.strictSame(may(inReview(), expert, { node: 'G.a' }), [
    'attach-evidence',
    'return-for-correction',
    'grant-not-applicable'
  ])
  t.strictSame(may(appealed(), assessor, { node: 'G.a.1' }), ['attach-evidence', 'withdraw-appeal'])
  t.ok(may(appealed(), assessor, { node: 'G.b' }).includes('file-appeal'), 'another branch')
  t.notOk(may(appealed(), assessor, { node: 'G.a' }).includes('file-appeal'), 'not above it')
})

t.test('headquarters and the registrar', async (t) => {
  t.notOk(may(inReview(), expert).includes('complete-review'), 'not before all is judged')
  t.ok(may(judged(), expert).includes('complete-review'))
  t.strictSame(may(judged(), { ...expert, units: ['qazvin'] }), ['attach-evidence'], 'not of its own unit')
  const named = live([node('a', null, '10', { reviewedBy: 'centre' })])
  const there = [...named, entered('a', '1')]
  t.notOk(may(there, expert).includes('grant-not-applicable'), 'another body reviews it')
  t.ok(may(there, { ...expert, units: ['centre'] }).includes('grant-not-applicable'))
  t.strictSame(may(live(), registrar), ['assign-target', 'assign-responsibility', 'publish-figure'])
  t.strictSame(may(inAppeal(), registrar), ['file-appeal', 'file-case', 'publish-figure'])
  t.strictSame(may(inAppeal(), registrar, {}, '2024-03-30T20:30:00.000Z'), [
    'finalise-evaluation',
    'publish-figure'
  ])
  t.strictSame(may([...inAppeal(), final], registrar), ['reopen-evaluation', 'publish-figure'])
  const stuck = [...unasked(), ...broughtBack()]
  t.strictSame(may(stuck, registrar, {}, '2024-03-30T20:30:00.000Z'), ['reopen-evaluation', 'publish-figure'])
  t.notOk(may(stuck, registrar).includes('reopen-evaluation'), 'not while the unit may still appeal')
  t.ok(may(imported(), registrar).includes('record-score'))
  t.ok(may(imported(), registrar).includes('grant-not-applicable'))
})

t.test('one appeal, for each side and the panel', async (t) => {
  const about = { appeal: APPEAL }
  const all = (facts: Happening[], now = NOW) =>
    [assessor, expert, registrar, chair].map((who) => may(facts, who, about, now).join(' '))
  t.strictSame(all(appealed()), ['withdraw-appeal', 'answer-appeal', 'assign-panel', ''])
  const judge = 'request-appeal-information decide-appeal'
  t.strictSame(all(withPanel()), ['withdraw-appeal', 'answer-appeal', 'assign-panel', judge])
  const both = [...withPanel(), asked(), asked('unit', ulidNumber(5)), asked('headquarters', ulidNumber(6))]
  t.strictSame(all(both), [
    'provide-appeal-information withdraw-appeal',
    'answer-appeal provide-appeal-information',
    'assign-panel',
    judge
  ])
  const overdue = '2024-04-04T20:30:00.000Z'
  t.equal(all(withPanel(), overdue)[0], 'escalate-appeal withdraw-appeal')
  const until = '2024-03-27T20:30:00.000Z'
  const rejected = [...withPanel(), decided('rejected', { escalationClosesAt: until })]
  t.strictSame(all(rejected), ['escalate-appeal', '', '', ''])
  t.strictSame(all(rejected, until), ['', '', '', ''])
  t.strictSame(all([...rejected, escalated()]), ['withdraw-appeal', 'answer-appeal', 'assign-panel', ''])
  t.strictSame(all([...appealed(), withdrawn()]), ['', '', '', ''])
  t.strictSame(may(withPanel('p-4'), { ...chair, id: 'p-4' }, about), [], 'a member is not the chair')
  t.strictSame(may(withPanel(), { ...chair, units: ['qazvin'] }, about), ['request-appeal-information'])
})

t.test('an appeal whose window is over does not hide another that can be taken further', async (t) => {
  const other = ulidNumber(4)
  const two = [
    ...withPanel(),
    decided('rejected', { escalationClosesAt: '2024-03-22T20:30:00.000Z' }),
    filed({ appeal: other, node: 'G.b' }),
    decided('rejected', { appeal: other, escalationClosesAt: '2024-03-29T20:30:00.000Z' })
  ]
  const unit = (now: string, about = {}) => may(two, assessor, about, now).includes('escalate-appeal')
  const between = '2024-03-25T08:00:00.000Z'
  t.ok(unit(between))
  t.notOk(unit(between, { node: 'G.a.1' }))
  t.ok(unit(between, { node: 'G.b' }))
  t.notOk(unit('2024-03-29T20:30:00.000Z'))
})

t.test('readers may do nothing', async (t) => {
  for (const role of ['auditor', 'viewer'] as const) {
    for (const facts of [live(), inReview(), inAppeal(), withPanel()])
      t.strictSame(may(facts, { id: 'x-1', role, units: ['qazvin'] }), [])
  }
})
