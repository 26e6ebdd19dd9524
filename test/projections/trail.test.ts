import t from 'tap'
import { trail } from '../../projections/trail.ts'
import { type TrailFilter, trailList } from '../../projections/trail-list.ts'
import type { LedgerEvent } from '../../src/events/catalogue.ts'
import { alike } from '../support/alike.ts'
import { fact } from '../support/given.ts'
import {
  eventNumber,
  eventsOf,
  figure,
  type Happening,
  node,
  opened,
  published,
  recorded
} from '../support/history.ts'
import { type Projected, projected } from '../support/projected.ts'
import {
  assessor,
  confirmed,
  EVALUATION,
  entered,
  exempt,
  inAppeal,
  inReview,
  live,
  overridden,
  reopened,
  returned,
  submitted
} from '../support/province.ts'

const list = (reader: Projected, filter: TrailFilter, upTo = 1_000n, after = 0n) =>
  trailList(reader, filter, { after, upTo, limit: 100 })

/** Type, nodes, before and after of each act. */
const lines = (reader: Projected, filter: TrailFilter = {}) =>
  list(reader, filter).map(
    ({ type, nodes, before, after }) => `${type} ${nodes.join('+')} ${before} → ${after}`
  )

t.test('what each act found and what it left', async (t) => {
  const reader = projected(
    t,
    trail,
    eventsOf([
      ...live(),
      entered('G.a.1', '30'),
      entered('G.a.1', '40'),
      entered('G.a.2', '20'),
      exempt('NotApplicableClaimed', 'G.b'),
      submitted(),
      confirmed('G.a.1', '40', eventNumber(8)),
      overridden('G.a.1', '25.5'),
      exempt('NotApplicableGranted', 'G.b'),
      exempt('NotApplicableRevoked', 'G.b'),
      overridden('G.b', '10'),
      exempt('NotApplicableGranted', 'G.b'),
      returned('G.a.1'),
      returned('G.a'),
      submitted()
    ])
  )
  t.strictSame(lines(reader), [
    'EvaluationOpened  null → null',
    'SelfScoreEntered G.a.1 null → 30',
    'SelfScoreEntered G.a.1 30 → 40',
    'SelfScoreEntered G.a.2 null → 20',
    'NotApplicableClaimed G.b null → null',
    'SelfAssessmentSubmitted  null → null',
    'ScoreConfirmed G.a.1 40 → 40',
    'ScoreOverridden G.a.1 40 → 25.5',
    'NotApplicableGranted G.b null → null',
    'NotApplicableRevoked G.b null → null',
    'ScoreOverridden G.b null → 10',
    'NotApplicableGranted G.b 10 → null',
    'ReturnedForCorrection G.a.1 25.5 → 40',
    'ReturnedForCorrection G.a null → null',
    'SelfAssessmentSubmitted  null → null'
  ])
})

t.test('an imported score moves its own level', async (t) => {
  const reader = projected(
    t,
    trail,
    eventsOf([
      published('1402-x', [node('G', null, '10')]),
      opened('1402-x', 'qom'),
      recorded('G', 'self', '9'),
      recorded('G', 'final', '7'),
      recorded('G', 'self', '8', { note: 'a slip' }),
      figure('G', 'final', { points: '7.00', percent: '70.00' })
    ])
  )
  t.strictSame(lines(reader).slice(1, -1), [
    'ScoreRecorded G null → 9',
    'ScoreRecorded G null → 7',
    'ScoreRecorded G 9 → 8'
  ])
  const [, , , slip, print] = list(reader, {})
  t.match(slip, { level: 'self', note: 'a slip', source: { document: 'report', digits: 2 } })
  t.match(print, {
    type: 'FigurePublished',
    level: 'final',
    printed: '7.00 | 70.00',
    before: null,
    after: null
  })
})

/** The history with a letter on one of its events. */
function withLetter(happenings: Happening[], number: number, written = '1402/77'): LedgerEvent[] {
  const letter = { number: written, date: '2024-04-01', signatory: 'the head' }
  return eventsOf(happenings).map((event, i) =>
    i + 1 === number ? { ...event, metadata: { ...event.metadata, letter } } : event
  )
}

t.test('grounds, persons and letters are kept with the act', async (t) => {
  const document = {
    evidence: '01J00000000000000000000000',
    nodes: ['G.b'],
    title: { fa: 'سند' },
    afterSubmission: true
  }
  const history: Happening[] = [
    ...inReview(),
    fact('EvidenceAttached', { ...document, kind: 'minutes' }, assessor),
    overridden('G.b', '12', {
      reasonCode: 'field-check',
      reason: 'half was found',
      evidence: [document.evidence]
    })
  ]
  const reader = projected(t, trail, withLetter(history, 12))
  const [attached, act] = list(reader, { node: 'G.b' }).slice(1)
  t.match(attached, {
    type: 'EvidenceAttached',
    evidence: [document.evidence],
    by: 'a-3',
    byUnits: ['qazvin']
  })
  t.strictSame(act, {
    position: '12',
    event: eventNumber(12),
    type: 'ScoreOverridden',
    at: '2024-03-20T06:12:00.000Z',
    evaluation: EVALUATION,
    unit: 'qazvin',
    framework: '1402-x',
    period: '1402',
    node: 'G.b',
    nodes: ['G.b'],
    level: 'expert',
    before: '40',
    after: '12',
    by: 'e-17',
    byUnits: ['organisation'],
    role: 'expert',
    reasonCode: 'field-check',
    reason: 'half was found',
    note: null,
    letter: { number: '1402/77', date: '2024-04-01', signatory: 'the head' },
    measurement: null,
    source: null,
    evidence: [document.evidence],
    onBehalf: null,
    causedBy: eventNumber(12),
    correlationId: eventNumber(12),
    printed: null
  })
})

t.test('an act of several nodes names them all, and an appeal names its node', async (t) => {
  const appeal = '01J00000000000000000000001'
  const filed = fact(
    'AppealFiled',
    {
      appeal,
      node: 'G.a.1',
      claim: { points: '40' },
      disputed: { points: '30', applicable: true, event: null },
      grounds: 'all of it was done',
      evidence: []
    },
    assessor
  )
  const withdrawn = fact('AppealWithdrawn', { appeal, reason: 'found' }, assessor)
  const finalised = fact('EvaluationFinalised', {
    nodes: ['G.a.1', 'G.b'].map((code) => ({
      node: code,
      points: '1',
      applicable: true,
      event: eventNumber(11)
    })),
    total: { points: '2', applicableCeiling: '100' },
    basis: 'lapsed',
    decidedAt: '12'
  })
  const reader = projected(t, trail, eventsOf([...inAppeal(), filed, withdrawn, finalised, reopened()]))
  t.strictSame(lines(reader, { node: 'G.a.1' }).slice(-3), [
    'AppealFiled G.a.1 null → null',
    'AppealWithdrawn G.a.1 null → null',
    'EvaluationFinalised G.a.1+G.b null → null'
  ])
  t.strictSame(lines(reader, { node: 'G.b', type: 'EvaluationFinalised' }).length, 1)
  t.match(list(reader, { type: 'AppealFiled' })[0], {
    reason: 'all of it was done',
    by: 'a-3',
    role: 'assessor'
  })
  t.strictSame(lines(reader, { node: 'G' }), [], 'a branch that nobody named')
})

t.test('searching, and pages of it', async (t) => {
  const events = withLetter(inAppeal(), 12)
  const reader = projected(t, trail, events)
  const count = (filter: TrailFilter) => list(reader, filter).length
  t.strictSame(
    [
      count({}),
      count({ evaluation: EVALUATION }),
      count({ evaluation: '1402-x.yazd' }),
      count({ unit: 'qazvin', period: '1402' }),
      count({ period: '1401' }),
      count({ actor: 'a-3' }),
      count({ level: 'expert' }),
      count({ type: 'ScoreOverridden' }),
      count({ reasonCode: 'calculation' }),
      count({ letter: '1402/77' }),
      count({ letter: '1402/77', node: 'G.b' }),
      count({ node: 'G.a.2' }),
      count({ evaluation: EVALUATION, node: 'G.a.2', actor: 'e-17' })
    ],
    [9, 9, 0, 9, 0, 4, 4, 3, 3, 1, 0, 2, 1]
  )
  const persian = projected(t, trail, withLetter(inAppeal(), 12, '۱۴۰۲/۷۷'))
  for (const letter of ['1402/77', '۱۴۰۲/۷۷']) {
    t.equal(count({ letter }), 1, letter)
    t.match(
      list(persian, { letter }),
      [{ letter: { number: '۱۴۰۲/۷۷' } }],
      'found either way, shown as it was written'
    )
  }
  const without = ['ScoreOverridden', 'SelfScoreEntered']
  const of = [
    null,
    { units: ['qazvin'] },
    { units: ['yazd'] },
    { evaluations: [EVALUATION] },
    { evaluations: [] }
  ]
  t.strictSame(
    of.map((each) => count({ sight: { of: each, without } })),
    [3, 9, 3, 9, 3],
    'of others not every type'
  )
  t.strictSame(
    of.map((each) => count({ sight: { of: each, without: null }, reasonCode: 'calculation' })),
    [0, 3, 0, 3, 0],
    'or nothing of others'
  )
  const at = (position: number) => events[position - 1]?.metadata.recordedAt
  t.equal(count({ from: at(9), to: at(11) }), 2, 'from is inclusive, to exclusive')
  t.strictSame(
    list(reader, {}, 13n, 11n).map(({ position }) => position),
    ['12', '13'],
    'after a position, up to another'
  )
  t.strictSame(
    trailList(reader, {}, { after: 0n, upTo: 99n, limit: 2 }).map(({ type }) => type),
    ['EvaluationOpened', 'SelfScoreEntered']
  )
})

t.test('what has the same number is told apart by its text', async (t) => {
  const [units, people, nodes] = [alike('u-'), alike('p-'), alike('n')]
  const events = eventsOf([
    published('1402-x', [node(nodes[0], null, '60'), node(nodes[1], null, '40')]),
    ...units.flatMap((unit, i) => [
      opened('1402-x', unit),
      { ...recorded(nodes[i] ?? '', 'self', '10'), by: { id: people[i] ?? '' } }
    ])
  ])
  // Evaluations begin alike, so that those of such units have the same number too.
  const [one, other] = alike('1402-x.u-')
  const evaluations = eventsOf([
    published('1402-x', [node('G', null, '60')]),
    ...[one, other].flatMap((evaluation) => [
      opened('1402-x', evaluation.slice('1402-x.'.length)),
      recorded('G', 'self', '10')
    ])
  ])
  const reader = projected(t, trail, events)
  for (const i of [0, 1] as const) {
    t.strictSame(lines(reader, { actor: people[i] }), [`ScoreRecorded ${nodes[i]} null → 10`])
    t.strictSame(lines(reader, { node: nodes[i] }), [`ScoreRecorded ${nodes[i]} null → 10`])
    t.strictSame(lines(reader, { node: nodes[i], unit: units[1 - i] }), [])
  }
  const both = projected(t, trail, evaluations)
  for (const evaluation of [one, other]) {
    const found = [{ evaluation }, { unit: evaluation.slice('1402-x.'.length) }].flatMap((filter) =>
      list(both, filter).map((act) => act.evaluation)
    )
    t.strictSame(
      found,
      Array.from({ length: 4 }, () => evaluation)
    )
  }
})
