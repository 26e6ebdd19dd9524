import t from 'tap'
import type { FrameworkNode } from '../../src/events/forms.ts'
import { fact, given } from '../support/given.ts'
import { type Happening, node } from '../support/history.ts'
import {
  assessor,
  entered,
  exempt,
  FRAMEWORK,
  imported,
  inReview,
  live,
  overridden,
  returned,
  submitted
} from '../support/province.ts'

const submit = (facts: Happening[], body: object = {}, who = assessor) =>
  given(...facts).when('submit-self-assessment', body, who)

const done = (frameworkRevision: string, blank: { node: string; reason: string }[] = []) => ({
  type: 'SelfAssessmentSubmitted' as const,
  data: { frameworkRevision, blank }
})

const amended = (...put: FrameworkNode[]): Happening => ({
  ...fact('FrameworkAmended', { put, remove: [], reason: 'r' }),
  on: `framework-${FRAMEWORK}`
})

const all = (): Happening[] => [
  ...live(),
  entered('G.a.1', '40'),
  entered('G.a.2', '20'),
  entered('G.b', '40')
]

t.test('every leaf has points, a claim of not applicable, or a reason for being blank', async (t) => {
  submit(all()).expect(t, done('0'))
  submit(live()).refused(t, 'incomplete', undefined, { nodes: 'G.a.1, G.a.2, G.b' })
  const part = [...live(), entered('G.a.1', '40'), exempt('NotApplicableClaimed', 'G.a.2')]
  submit(part).refused(t, 'incomplete', undefined, { nodes: 'G.b' })
  t.throws(submit(part).decide, { errors: [{ detail: 'G.b' }] })
  const blank = [{ node: 'G.b', reason: 'not counted yet' }]
  submit(part, { blank }).expect(t, done('0', blank))
  submit([...part, exempt('NotApplicableGranted', 'G.b')]).expect(t, done('0'))
  submit([...live(), exempt('NotApplicableGranted', 'G')]).expect(t, done('0'))
})

t.test('only what is due and empty is named as blank', async (t) => {
  for (const node of ['G.b', 'G.a', 'X']) {
    submit(all(), { blank: [{ node, reason: 'r' }] }).refused(t, 'not-blank', undefined, { node })
  }
  const granted = [...all(), exempt('NotApplicableGranted', 'G.b')]
  submit(granted, { blank: [{ node: 'G.b', reason: 'r' }] }).refused(t, 'not-blank')
})

t.test('by the unit itself, in self-assessment', async (t) => {
  submit(all(), {}, { ...assessor, units: ['qazvin-office'] }).refused(t, 'not-your-unit')
  submit(inReview()).refused(t, 'wrong-stage', 10)
  submit(imported()).refused(t, 'wrong-stage', 6)
})

t.test('submitting checks every entry again, under the newest framework and targets', async (t) => {
  submit([...all(), amended(node('G.b', 'G', '40', { title: { fa: 'نو' } }))]).expect(t, done('1'))
  const lower = [node('G.b', 'G', '30'), node('G.c', 'G', '10')]
  const outdated = [
    ...all(),
    amended(...lower),
    { ...entered('G.c', '10'), on: `evaluation-${FRAMEWORK}.qazvin` }
  ]
  submit(outdated).refused(t, 'entries-outdated', undefined, { nodes: 'G.b' })
  const ruled = node('G.b', 'G', '40', { rule: { kind: 'ratio', target: '80' } })
  submit([...all(), amended(ruled)]).refused(t, 'entries-outdated', undefined, { nodes: 'G.b' })
  const measured = [
    ...live([ruled, node('G', null, '40')]),
    entered('G.b', '20', { measurement: { numerator: '40', target: '80' } })
  ]
  submit(measured).expect(t, done('0'))
  const target = fact('TargetAssigned', { node: 'G.b', target: '40' })
  submit([...measured, target]).refused(t, 'entries-outdated', undefined, { nodes: 'G.b' })
  submit([...measured, amended(node('G.b', 'G', '40'))]).refused(t, 'entries-outdated')
})

t.test('a leaf that an amendment divided is filled in anew', async (t) => {
  const divided = [...all(), amended(node('G.b.1', 'G.b', '40'))]
  submit(divided).refused(t, 'incomplete', undefined, { nodes: 'G.b.1' })
})

t.test('submitting again closes a return and looks at what was returned only', async (t) => {
  const open = [...live(), entered('G.a.1', '40'), entered('G.b', '40')]
  const blank = [{ node: 'G.a.2', reason: 'not counted yet' }]
  const first = [...open, submitted(blank), overridden('G.b', '5')]
  submit([...first, returned('G.a.1')]).expect(t, done('0'))
  submit([...first, returned('G.a')]).refused(t, 'incomplete', undefined, { nodes: 'G.a.2' })
  submit([...first, returned('G.a')], { blank }).expect(t, done('0', blank))
  submit([...first, returned('G.b')], { blank }).refused(t, 'not-blank')
  submit([...first, returned('G.b'), submitted()]).refused(t, 'wrong-stage', 12)
  const later = amended(node('G.b', 'G', '30'), node('G.c', 'G', '10'))
  submit([...first, later, { ...returned('G.b'), on: `evaluation-${FRAMEWORK}.qazvin` }]).expect(t, done('0'))
})
