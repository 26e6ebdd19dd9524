import t, { type Test } from 'tap'
import { formatPoints, parsePoints } from '../../src/points.ts'
import { positionOf, startTestApp, type TestApp, type Who } from '../support/app.ts'
import {
  appealed,
  argument,
  assessor,
  auditor,
  chair,
  EVALUATION,
  expert,
  measurement,
  registrar,
  reviewed,
  submitted
} from '../support/insurance.ts'

interface Step {
  type: string
  delta: string | null
  before: string | null
  after: string | null
}

const node = (code: string) => `/v1/evaluations/${EVALUATION}/nodes/${code}`

/** `type before→after delta` of every step. */
const told = (steps: Step[]) => steps.map((s) => `${s.type} ${s.before}→${s.after} ${s.delta}`)

/** What the deltas add up to. */
function sum(steps: Step[]): string {
  const units = steps.map(({ delta }) =>
    delta === null ? 0 : delta.startsWith('-') ? -parsePoints(delta.slice(1)) : parsePoints(delta)
  )
  return formatPoints(units.reduce((total, each) => total + each, 0))
}

const mayOf = async ({ read }: TestApp, who: Who, path = `/v1/evaluations/${EVALUATION}`) =>
  (await read(who, path)).may

t.test('why S6 stands at half, and how a panel decides about it', async (t) => {
  const app = await startTestApp(t)
  const { act, read } = app
  await submitted(app)
  t.strictSame(await mayOf(app, assessor), ['attach-evidence'], 'the unit waits for the review')
  await reviewed(app)
  t.ok((await mayOf(app, assessor)).includes('file-appeal'))
  const before = await read(auditor, node('S6'))
  t.strictSame(told(before.steps), ['SelfScoreEntered null→150 0', 'ScoreOverridden 150→75 -75'])
  t.match(before, { rule: { kind: 'ratio' }, target: '20', self: { points: '150' }, may: [] })

  const appeal = await appealed(app)
  const body = { evaluation: EVALUATION, appeal }
  const path = `/v1/appeals/${appeal}`
  t.notOk((await mayOf(app, assessor, node('S6'))).includes('file-appeal'), 'one appeal at a time')
  t.strictSame(await mayOf(app, assessor, path), ['withdraw-appeal'])
  t.strictSame(await mayOf(app, expert, path), ['answer-appeal'])
  const contest = 'سطح نسبت نشان داده شده، نه رشد آن'
  await act(expert, 'answer-appeal', { ...body, position: 'contest', text: contest })
  t.strictSame(await mayOf(app, registrar, path), ['assign-panel'])
  await act(registrar, 'assign-panel', { ...body, members: ['p-4', 'p-6'], chair: 'p-4' })
  t.strictSame(await mayOf(app, chair, path), ['request-appeal-information', 'decide-appeal'])
  await act(chair, 'request-appeal-information', {
    ...body,
    of: 'unit',
    question: 'آمار از کدام سامانه است؟'
  })
  t.strictSame(await mayOf(app, assessor, path), ['provide-appeal-information', 'withdraw-appeal'])
  const list = [{ title: { fa: 'فهرست بیمه‌شدگان' }, uri: 'https://example.org/list' }]
  await act(assessor, 'provide-appeal-information', { ...body, answer: 'از سامانه بیمه', evidence: list })
  const pending = positionOf(await app.get(auditor, path))
  const reasons = 'استاندارد ابلاغی ۲۰ درصد سطح است و استان ۳۵ درصد دارد'
  await act(chair, 'decide-appeal', { ...body, outcome: 'upheld', reasons, present: ['p-4'] })

  await t.test('every step, and they add up', (t) => steps(t, app, pending))
  await t.test('the decision is a complete letter', (t) => letter(t, app, path))
  await t.test('the register', (t) => register(t, app, appeal, pending))
})

async function steps(t: Test, { read }: TestApp, pending: string): Promise<void> {
  const after = await read(auditor, node('S6'))
  t.strictSame(told(after.steps), [
    'SelfScoreEntered null→150 0',
    'ScoreOverridden 150→75 -75',
    'AppealFiled 75→75 null',
    'AppealAnswered 75→75 null',
    'AppealDecided 75→150 75'
  ])
  t.equal(after.steps[2].reason, argument)
  for (const code of ['S6', 'S', 'total']) {
    for (const query of ['', `?asOf=${pending}`]) {
      const { self, standing, steps } = await read(auditor, node(code) + query)
      const difference = parsePoints(standing.points) - parsePoints(self.points)
      t.equal(sum(steps), formatPoints(difference), `${code}${query}: the deltas add up`)
    }
  }
  const of = async (query: string) => (await read(auditor, node('S') + query)).standing
  t.match(await of(`?asOf=${pending}`), { points: '910.12', percent: '91.01' })
  t.match(await of(''), { points: '985.12', percent: '98.51' })
}

async function letter(t: Test, { read }: TestApp, path: string): Promise<void> {
  const file = await read(assessor, path)
  t.strictSame(await read(expert, path), { ...file, may: [] }, 'both sides see the same')
  t.match(file.act, { type: 'ScoreOverridden', by: 'e-17', reasonCode: 'definition' })
  t.strictSame(
    file.thread.map((item: { side: string; type: string }) => `${item.side} ${item.type}`),
    [
      'unit AppealFiled',
      'headquarters AppealAnswered',
      'registry PanelAssigned',
      'panel AppealInformationRequested',
      'unit AppealInformationProvided',
      'panel AppealDecided'
    ]
  )
  t.match(file.questions, [
    { of: 'unit', question: { text: 'آمار از کدام سامانه است؟' }, answer: { text: 'از سامانه بیمه' } }
  ])
  const [decision, ...more] = file.decisions
  t.strictSame(more, [])
  t.match(decision, {
    instance: 1,
    composition: {
      chair: 'p-4',
      present: ['p-4'],
      members: [{ id: 'p-4' }, { id: 'p-6' }],
      assignedBy: 'r-5'
    },
    claim: { points: '150', measurement: { ...measurement, target: '20' } },
    grounds: [{ text: argument, by: 'a-3' }],
    answer: { position: 'contest', by: 'e-17' },
    rule: { kind: 'ratio' },
    target: '20',
    ceiling: '150',
    evidenceConsidered: [{ title: { fa: 'آمار بیمه‌شدگان' } }, { title: { fa: 'فهرست بیمه‌شدگان' } }],
    outcome: 'upheld',
    result: { points: '150', measurement: { ...measurement, target: '20' } },
    remedy: { next: 'none', why: 'upheld' }
  })
  const side = (points: string, percent: string, grade: string) => ({ points, percent, grade: { fa: grade } })
  t.match(decision.figures, {
    node: { code: 'S6', before: side('75', '50.00', 'متوسط'), after: side('150', '100.00', 'عالی') },
    set: { code: 'S', before: side('910.12', '91.01', 'خوب'), after: side('985.12', '98.51', 'عالی') },
    total: {
      before: side('1710.12', '85.51', 'متوسط'),
      after: side('1785.12', '89.26', 'خوب'),
      difference: '75'
    }
  })
}

async function register(t: Test, app: TestApp, appeal: string, pending: string): Promise<void> {
  const { read, get } = app
  const row = { appeal, node: 'S6', case: 'letter-371', instance: 1, claimed: '150', may: [] }
  const list = async (query: string, who: Who = auditor) => (await read(who, `/v1/appeals${query}`)).items
  t.match(await list(''), [{ ...row, status: 'decided', outcome: 'upheld', moved: '75', daysLeft: null }])
  t.match(await list(`?asOf=${pending}&status=open`), [
    { ...row, status: 'open', outcome: null, moved: null, daysLeft: 30, answer: 'contest' }
  ])
  t.strictSame((await list(`?asOf=${pending}`, assessor))[0].may, [], 'nothing can be done in the past')
  t.equal((await list('?panelist=p-6', chair)).length, 1)
  for (const none of ['?status=overdue', '?status=open', '?unit=yazd', '?period=1401', '?panelist=p-9'])
    t.strictSame(await list(none), [], none)
  const statistics = async (by: string) => (await read(auditor, `/v1/appeals/statistics?by=${by}`)).items
  const one = { appeals: 1, decided: 1, overturned: 1, overturnedShare: '100.00', moved: '75' }
  t.match(await statistics('unit'), [{ ...one, unit: 'qazvin', node: null }])
  t.match(await statistics('node'), [{ ...one, node: 'S6' }])
  t.match(await statistics('expert'), [{ ...one, expert: 'e-17' }])
  for (const who of [
    { id: 'v-2', role: 'viewer' },
    { id: 'p-9', role: 'panelist' },
    { id: 'a-9', role: 'assessor', units: ['ghost'] }
  ] as Who[]) {
    for (const path of ['/v1/appeals', '/v1/appeals/statistics', `/v1/appeals/${appeal}`])
      t.equal((await get(who, path)).statusCode, 404, `${who.role} ${path}`)
  }
}
