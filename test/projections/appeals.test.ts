import t from 'tap'
import { appealFile } from '../../projections/appeal-file.ts'
import {
  type AppealFilter,
  type AppealScope,
  appealAt,
  appealsAfter,
  appealView,
  evaluationsOfPanelist
} from '../../projections/appeal-list.ts'
import { appealStatistics } from '../../projections/appeal-statistics.ts'
import { appeals } from '../../projections/appeals.ts'
import { play } from '../../projections/history.ts'
import type { Reader } from '../../projections/projection.ts'
import {
  APPEAL,
  answered,
  appealed,
  asked,
  chair,
  decided,
  escalated,
  filed,
  panelled,
  REQUEST,
  withdrawn
} from '../support/appealing.ts'
import { fact, ulidNumber } from '../support/given.ts'
import { eventNumber, eventsOf, type Happening } from '../support/history.ts'
import { projected } from '../support/projected.ts'
import { assessor, inAppeal } from '../support/province.ts'

const UNTIL = '2024-03-27T20:30:00.000Z'
const OTHER = ulidNumber(5)

const provided = fact(
  'AppealInformationProvided',
  { appeal: APPEAL, request: REQUEST, answer: 'this', evidence: [] },
  assessor
)
/** Event 21 gives 35 of 40, event 24 the rest; event 25 disputes another node, event 26 takes that back. */
const story: Happening[] = [
  ...inAppeal(),
  filed({ disputed: { points: '30', applicable: true, event: eventNumber(11) } }),
  answered(),
  panelled(1, 'p-4'),
  asked(),
  provided,
  panelled(1, 'p-6'),
  decided('partly-upheld', {
    points: '35',
    escalationClosesAt: UNTIL,
    dissent: 'too much',
    present: ['p-2']
  }),
  escalated(),
  fact('PanelAssigned', { appeal: APPEAL, instance: 2, members: [{ id: 'p-9', units: [] }], chair: 'p-9' }),
  { ...decided('upheld', { points: '40', instance: 2, present: ['p-9'] }), by: { ...chair, id: 'p-9' } },
  filed({ appeal: OTHER, node: 'G.b', claim: { applicable: false } }),
  fact('AppealWithdrawn', { appeal: OTHER, reason: 'settled' }, assessor)
]

const NOW = '2024-03-22T08:00:00.000Z'

const list = (reader: Reader, filter: AppealFilter = {}, at: bigint | null = null, scope: AppealScope = {}) =>
  appealsAfter(reader, filter, scope, { at, after: 0n, limit: 10 })

const short = (reader: Reader, at: bigint | null = null, now = NOW) =>
  list(reader, {}, at).map((row) => {
    const { node, status, instance, outcome, claimed, moved } = appealView(row, now)
    return [node, status, instance, outcome, claimed, moved].join(' ')
  })

t.test('the register, as of any position', async (t) => {
  const reader = projected(t, appeals, eventsOf(story))
  t.strictSame(short(reader), ['G.a.1 decided 2 upheld 40 10', 'G.b withdrawn 1   '])
  const past: [bigint, ...string[]][] = [
    [14n],
    [15n, 'G.a.1 open 1  40 '],
    [21n, 'G.a.1 decided 1 partly-upheld 40 5'],
    [22n, 'G.a.1 open 2  40 5'],
    [24n, 'G.a.1 decided 2 upheld 40 10'],
    [25n, 'G.a.1 decided 2 upheld 40 10', 'G.b open 1   ']
  ]
  for (const [at, ...lines] of past) t.strictSame(short(reader, at), lines, `at ${at}`)
  t.strictSame(short(reader, 15n, '2024-04-04T20:30:00.000Z'), ['G.a.1 overdue 1  40 '], 'by the clock')
  t.equal(appealAt(reader, APPEAL, 14n), undefined)
  t.equal(appealAt(reader, APPEAL, 15n)?.judge, 'e-17', 'who gave what is disputed')
})

t.test('days left and age, in days of Tehran', async (t) => {
  const reader = projected(t, appeals, eventsOf(appealed()))
  const days = (now: string) => {
    const [row] = list(reader)
    const view = row && appealView(row, now)
    return [view?.dueAt, view?.daysLeft, view?.ageDays]
  }
  const due = '2024-04-04T20:30:00.000Z'
  t.strictSame(days('2024-03-20T07:00:00.000Z'), [due, 15, 0])
  t.strictSame(days('2024-03-20T20:30:00.000Z'), [due, 14, 1])
  t.strictSame(days('2024-04-04T20:29:59.999Z'), [due, 0, 15], 'the last day')
  t.strictSame(days(due), [due, -1, 16])
  const over = projected(t, appeals, eventsOf([...appealed(), withdrawn()]))
  const [row] = list(over)
  t.match(row && appealView(row, due), { status: 'withdrawn', dueAt: due, daysLeft: null, ageDays: 0 })
})

t.test('a question that nobody answered stops the clock until the decision, not for ever', async (t) => {
  const late = { ...decided('rejected'), at: '2024-03-23T08:00:00.000Z' }
  const reader = projected(t, appeals, eventsOf([...appealed(), panelled(), asked(), late]))
  const [row] = list(reader)
  for (const now of ['2024-03-23T08:00:00.000Z', '2024-06-01T00:00:00.000Z']) {
    t.equal(row && appealView(row, now).dueAt, '2024-04-07T20:30:00.000Z')
  }
})

t.test('filters and whose appeals', async (t) => {
  const reader = projected(t, appeals, eventsOf(story))
  const nodes = (filter: AppealFilter, scope: AppealScope = {}, at: bigint | null = null) =>
    list(reader, filter, at, scope).map(({ node }) => node)
  t.strictSame(nodes({ status: 'withdrawn' }), ['G.b'])
  t.strictSame(nodes({ period: '1402', unit: 'qazvin' }), ['G.a.1', 'G.b'])
  t.strictSame(nodes({ unit: 'tehran' }), [])
  t.strictSame(nodes({ panelist: 'p-9' }), ['G.a.1'])
  t.strictSame(nodes({ panelist: 'p-2' }), [], 'the first panel is no longer in charge')
  t.strictSame(nodes({ panelist: 'p-2' }, {}, 21n), ['G.a.1'])
  t.strictSame(nodes({ panelist: 'p-4' }, {}, 18n), ['G.a.1'])
  t.strictSame(nodes({ panelist: 'p-4' }, {}, 20n), [], 'another was named instead')
  t.strictSame(evaluationsOfPanelist(reader, 'p-4'), ['1402-x.qazvin'], 'who may read the file all the same')
  t.strictSame(evaluationsOfPanelist(reader, 'p-1'), [])
  t.strictSame(nodes({}, { units: ['tehran', 'qazvin'] }), ['G.a.1', 'G.b'])
  t.strictSame(nodes({}, { units: ['tehran'] }), [])
  t.strictSame(nodes({}, { evaluations: [] }), [])
  const [first] = list(reader)
  const next = { at: null, after: first?.filed_position ?? 0n, limit: 10 }
  t.strictSame(
    appealsAfter(reader, {}, {}, next).map(({ node }) => node),
    ['G.b']
  )
})

t.test('how appeals fared', async (t) => {
  const reader = projected(t, appeals, eventsOf(story))
  const by = (what: 'unit' | 'node' | 'expert') => appealStatistics(list(reader), what, NOW)
  const decidedOne = { appeals: 1, decided: 1, overturned: 1, overturnedShare: '100.00', moved: '10' }
  t.match(by('unit'), [{ ...decidedOne, unit: 'qazvin', appeals: 2, withdrawn: 1, open: 0, overdue: 0 }])
  t.match(by('node'), [
    { ...decidedOne, framework: '1402-x', node: 'G.a.1' },
    { node: 'G.b', withdrawn: 1, decided: 0, overturnedShare: null, moved: '0' }
  ])
  t.match(by('expert'), [{ ...decidedOne, expert: 'e-17', appeals: 2, unit: null }])
  const rejected = projected(t, appeals, eventsOf([...appealed(), panelled(), decided('rejected')]))
  t.match(appealStatistics(list(rejected), 'unit', NOW), [
    { decided: 1, overturned: 0, overturnedShare: '0.00', moved: '0' }
  ])
  const second = projected(t, appeals, eventsOf(story.slice(0, 22)))
  t.match(
    appealStatistics(list(second), 'unit', NOW),
    [{ open: 1, decided: 0, overturned: 0, overturnedShare: null, moved: '5' }],
    'what the second instance will say is not known yet'
  )
  const open = projected(t, appeals, eventsOf(appealed()))
  t.match(appealStatistics(list(open), 'unit', '2024-05-01T00:00:00.000Z'), [
    { open: 0, overdue: 1, decided: 0 }
  ])
})

t.test('rebuilt in any batches the rows are the same', async (t) => {
  const events = eventsOf(story)
  const rows = projected(t, appeals, events).dump()
  for (const batch of [1, 4, 1_000]) t.equal(projected(t, appeals, events, batch).dump(), rows, `by ${batch}`)
})

t.test('a node that a panel takes out moves by all its points', async (t) => {
  const out = [
    ...inAppeal(),
    filed({ claim: { applicable: false } }),
    panelled(),
    decided('upheld', { applicable: false })
  ]
  const events = eventsOf(out)
  t.strictSame(short(projected(t, appeals, events)), ['G.a.1 decided 1 upheld  -30'])
  const [letter] = appealFile(play(events), APPEAL)?.decisions ?? []
  t.match(letter?.figures, {
    node: { before: { points: '30', applicable: true }, after: { points: null, applicable: false } },
    set: {
      code: 'G',
      before: { points: '90', percent: '90.00' },
      after: { points: '60', percent: '100.00' }
    },
    total: { after: { applicableCeiling: '60' }, difference: '-30' }
  })
})

t.test('the file tells both instances, each with its letter', async (t) => {
  const file = appealFile(play(eventsOf(story)), APPEAL)
  t.match(
    file?.thread.map(({ side, by, type }) => `${side} ${by} ${type}`),
    [
      'unit a-3 AppealFiled',
      'headquarters e-17 AppealAnswered',
      'registry r-5 PanelAssigned',
      'panel p-2 AppealInformationRequested',
      'unit a-3 AppealInformationProvided',
      'registry r-5 PanelAssigned',
      'panel p-2 AppealDecided',
      'unit a-3 AppealEscalated',
      'registry e-17 PanelAssigned',
      'panel p-9 AppealDecided'
    ]
  )
  t.match(file?.questions, [{ question: { text: 'which?' }, answer: { text: 'this' } }])
  t.strictSame(
    file?.panels.map(({ instance, members }) => [instance, ...members.map(({ id }) => id)]),
    [
      [1, 'p-2', 'p-4'],
      [1, 'p-2', 'p-6'],
      [2, 'p-9']
    ]
  )
  const [first, second] = file?.decisions ?? []
  t.match(first, {
    composition: { members: [{ id: 'p-2' }, { id: 'p-6' }], present: ['p-2'] },
    grounds: [{ text: 'grounds' }],
    answer: { position: 'contest' },
    dissent: 'too much',
    result: { points: '35' },
    figures: { node: { before: { points: '30' }, after: { points: '35' }, difference: '5' } },
    remedy: { next: 'escalate', instance: 2, until: UNTIL, lastDay: '2024-03-27' }
  })
  t.match(second, {
    instance: 2,
    by: 'p-9',
    composition: { chair: 'p-9', present: ['p-9'] },
    figures: { total: { before: { points: '95' }, after: { points: '100' } } },
    remedy: { next: 'none', why: 'upheld' }
  })
  t.equal(second?.grounds.length, 2, 'what was said on filing and on going further')
  t.match(file?.act, { event: eventNumber(11), type: 'ScoreOverridden', reasonCode: 'calculation' })
  t.equal(appealFile(play(eventsOf(story)), ulidNumber(4)), null)
})

t.test('what remains to be done, and until when', async (t) => {
  const remedy = (instance: number, more: object) => {
    const facts = [...appealed(), panelled(), decided('rejected', { instance, ...more })]
    return appealFile(play(eventsOf(facts)), APPEAL)?.remedy
  }
  t.match(remedy(1, { escalationClosesAt: UNTIL }), { next: 'escalate', lastDay: '2024-03-27' })
  t.match(remedy(1, { escalationClosesAt: '2024-03-20T06:17:00.000Z' }), { next: 'none', why: 'no-window' })
  t.match(remedy(2, {}), { next: 'none', why: 'last-instance' })
})
