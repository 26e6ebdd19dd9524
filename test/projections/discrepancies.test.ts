import t from 'tap'
import { discrepancies, discrepancyRows, HOLDS } from '../../projections/discrepancies.ts'
import {
  type DiscrepancyFilter,
  type DiscrepancyPlace,
  discrepanciesAfter,
  discrepancyClause,
  listDiscrepancies,
  placeOf
} from '../../projections/discrepancy-list.ts'
import { caseAfter } from '../../projections/history.ts'
import { scorecard } from '../../projections/scorecard.ts'
import type { LedgerEvent } from '../../src/events/catalogue.ts'
import { discrepanciesOf } from '../../src/rules/discrepancies.ts'
import { openReadModel } from '../../src/store/read-model.ts'
import {
  claimed,
  eventNumber,
  eventsOf,
  figure,
  type Happening,
  node,
  opened,
  published,
  recorded
} from '../support/history.ts'
import { projected } from '../support/projected.ts'

const tree = [node('G', null, '60'), node('a', 'G', '30'), node('b', 'G', '30')]
const EVIDENCE = '01HSZ7Y6W8E4G6PZ0N1D2Q3R4S'
const expert = { by: { id: 'e-18', role: 'expert' } } as const

/** Two years of one unit: an imported one with a misprinted report, and a live one that is judged and finalised. */
const history: Happening[] = [
  published('1401-x', tree),
  opened('1401-x', 'qazvin'),
  recorded('a', 'self', '30'),
  recorded('b', 'self', '30'),
  recorded('a', 'final', '12.5'),
  figure('G', 'final', { points: '43.4', percent: '72.33', ceiling: '60' }),
  figure('G', 'self', { percent: '98' }),
  recorded('b', 'final', '30'),
  figure('G', 'final', { points: '43.4' }),
  { type: 'NotApplicableGranted', data: { node: 'a', reasonCode: 'not-stated' } },
  {
    type: 'NotApplicableRevoked',
    data: { node: 'a', reasonCode: 'data-corrected', reason: 'بازگشت' }
  },
  figure('x', 'final', { percent: '5' }),
  recorded('G', 'final', '43.4'),
  recorded('G', 'final', '42.5'),
  published('1402-x', tree, { issuedOn: '2023-04-01' }),
  opened('1402-x', 'qazvin', { origin: 'live' }),
  claimed('a', '30'),
  claimed('b', '20'),
  {
    type: 'EvidenceAttached',
    data: { evidence: EVIDENCE, nodes: ['G'], kind: 'link', title: { fa: 'نامه' }, afterSubmission: false }
  },
  {
    type: 'FrameworkAmended',
    data: { put: [node('c', 'G', '10', { issuedOn: '2023-05-01' })], remove: [], reason: 'افزودن' },
    on: 'framework-1402-x'
  },
  { ...claimed('c', '10'), on: 'evaluation-1402-x.qazvin' },
  { type: 'SelfAssessmentSubmitted', data: { frameworkRevision: '1', blank: [] } },
  {
    type: 'ScoreOverridden',
    data: {
      node: 'a',
      points: '10',
      previous: { points: '30', event: eventNumber(17) },
      reasonCode: 'definition',
      reason: 'تعریف دیگر',
      evidence: []
    },
    ...expert
  },
  { type: 'ReturnedForCorrection', data: { nodes: ['a'], reason: 'ناقص' }, ...expert },
  { type: 'ScoreConfirmed', data: { node: 'b', points: '20', confirms: eventNumber(18) }, ...expert },
  {
    type: 'EvaluationFinalised',
    data: {
      nodes: [{ node: 'a', points: '25', applicable: true, event: eventNumber(17) }],
      total: { points: '55', applicableCeiling: '70' },
      basis: 'lapsed',
      decidedAt: '9'
    }
  }
]
const events = eventsOf(history)

const list = (
  t: { teardown: (close: () => void) => void },
  past: readonly LedgerEvent[],
  at: bigint | null
) => listDiscrepancies(projected(t, discrepancies, past), {}, at)

t.test('as of any position the list is that of a ledger that ends there', async (t) => {
  const all = projected(t, discrepancies, events)
  for (const { position } of events) {
    const past = events.filter((event) => event.position <= position)
    // Hints look at the cases; the past ones are handed in, as whoever asks for the past does.
    const caseFor = (evaluation: string) =>
      caseAfter(
        past.filter(({ stream }) => stream.endsWith(evaluation) || evaluation.startsWith(stream.slice(10)))
      )
    t.strictSame(listDiscrepancies(all, {}, position, { caseFor }), list(t, past, null), String(position))
  }
})

t.test('after every event the open rows are exactly what the case gives', async (t) => {
  for (const { position } of events) {
    const past = events.filter((event) => event.position <= position)
    for (const year of ['1401', '1402']) {
      const subject = caseAfter(past.filter(({ stream }) => stream.includes(year)))
      const expected = subject ? discrepanciesOf(subject) : []
      const rows = listDiscrepancies(projected(t, discrepancies, past), { period: year }, null)
      const kept = rows.map(({ kind, node, level, measure, found, expected, difference, events }) => ({
        ...{ kind, node, level, measure, found, expected, difference, events }
      }))
      t.match(
        kept,
        expected.map(({ size, ceiling, basis, note, class: _class, ...row }) => row)
      )
      t.equal(kept.length, expected.length, `${year} at ${position}`)
    }
  }
})

t.test('rows are the same byte for byte in any batches, and no row closes where it opened', async (t) => {
  const dump = (batch: number) => projected(t, discrepancies, events, batch).dump()
  const whole = dump(1_000)
  for (const batch of [1, 2, 7]) t.equal(dump(batch), whole, `batches of ${batch}`)
  const rows = projected(t, discrepancies, events).all(discrepancyRows, '')
  t.ok(rows.some(({ to_position: to }) => to !== HOLDS))
  t.strictSame(
    rows.filter(({ from_position: from, to_position: to }) => to !== HOLDS && to <= from),
    []
  )
})

t.test('a row is open from the act that brought it to the act that ended it', async (t) => {
  const rows = projected(t, discrepancies, events).all(discrepancyRows, 'order by from_position')
  const spans = (kind: string, code: string) =>
    rows.flatMap((row) =>
      row.kind === kind && row.node === code
        ? [`${row.found} ${row.from_position}-${row.to_position || ''}`]
        : []
    )
  t.strictSame(spans('self-final-gap', 'a'), ['12.5 5-10', '12.5 11-', '25 26-'])
  t.strictSame(spans('rollup-mismatch', 'G'), ['43.4 13-14'])
  const print = spans('published-mismatch', 'G').filter((span) => span.startsWith('43.4'))
  t.strictSame(
    print,
    ['43.4 6-8', '43.4 8-9', '43.4 9-10', '43.4 10-11', '43.4 11-13', '43.4 14-'],
    'a sum that lacks a part, a whole one, a second place, a grant, its end; own points agreed from 13 to 14'
  )
  t.strictSame(spans('missing-evidence', 'a'), ['0 17-19'])
  t.strictSame(spans('override-without-evidence', 'a'), ['10 23-24'])
  t.strictSame(spans('late-framework', 'c'), ['41 20-'])
})

t.test('the list goes on behind any of its rows, now and as of then', async (t) => {
  const reader = projected(t, discrepancies, events)
  for (const at of [null, ...events.map(({ position }) => position)]) {
    const behind = (after: DiscrepancyPlace | null, limit = -1) =>
      discrepanciesAfter(reader, {}, at, { after, limit })
    const all = behind(null)
    t.ok(at !== null || new Set(all.map(({ size_group }) => size_group)).size > 1, 'points, and others')
    for (const [i, row] of all.entries()) {
      t.strictSame(behind(placeOf(row)), all.slice(i + 1), `behind row ${i} as of ${at}`)
      t.strictSame(behind(placeOf(row), 1), all.slice(i + 1, i + 2))
    }
  }
})

t.test('filters, order and shape', async (t) => {
  const reader = projected(t, discrepancies, events)
  const rows = (filter: DiscrepancyFilter, at: bigint | null = null) =>
    listDiscrepancies(reader, filter, at).map(({ node, kind, found }) => `${node} ${kind} ${found}`)
  t.strictSame(rows({ period: '1402' }), [
    'a self-final-gap 25',
    'c late-framework 41',
    'total late-framework 11'
  ])
  t.strictSame(rows({ class: 'notice' }), ['c late-framework 41', 'total late-framework 11'])
  t.strictSame(rows({ kind: 'self-final-gap' }), ['a self-final-gap 12.5', 'a self-final-gap 25'])
  t.strictSame(rows({ minGap: 50_001 }), ['a self-final-gap 12.5'], 'days are no points')
  t.strictSame(rows({ minGap: 50_000 }), ['a self-final-gap 12.5', 'a self-final-gap 25'])
  t.strictSame(rows({ node: 'total' }), ['total late-framework 11'])
  t.strictSame(rows({ unit: 'nobody' }), [])
  t.strictSame(rows({ evaluation: '1401-x.qazvin', node: 'a' }, 9n), ['a self-final-gap 12.5'])
  const [gap] = listDiscrepancies(reader, { period: '1401' }, null)
  t.strictSame(gap, {
    kind: 'self-final-gap',
    class: 'material',
    evaluation: '1401-x.qazvin',
    unit: 'qazvin',
    period: '1401',
    node: 'a',
    level: 'final',
    measure: 'points',
    expected: '30',
    found: '12.5',
    difference: '-17.5',
    events: [
      { event: eventNumber(5), side: 'for' },
      { event: eventNumber(3), side: 'against' }
    ],
    hints: [],
    note: null,
    gap: '17.5',
    ceiling: '30',
    basis: null,
    since: '11'
  })
})

t.test('last year is found along the lineage', async (t) => {
  const facts: Happening[] = [
    published('1401-x', [node('a', null, '8')]),
    published('1402-x', [node('a2', null, '10')]),
    {
      type: 'LineageLinked',
      data: {
        node: 'a2',
        predecessors: [{ framework: '1401-x', node: 'a' }],
        relation: 'same',
        changes: [],
        comparable: true
      }
    },
    opened('1402-x', 'qazvin'),
    figure('a2', 'final', { ceiling: '10', points: '8', percent: '100' })
  ]
  const [row] = list(t, eventsOf(facts), null)
  t.match(row, {
    node: 'a2',
    hints: [{ hint: 'ceiling', whose: 'last-year', node: 'a', period: '1401', ceiling: '8' }]
  })
})

t.test('those of one unit or evaluation are found without looking at all others', async (t) => {
  const model = openReadModel(':memory:', [scorecard, discrepancies])
  t.teardown(() => model.close())
  for (const at of [null, 5n]) {
    for (const filter of [
      { unit: 'a' },
      { evaluation: 'a' },
      { period: '1402' },
      { unit: 'a', period: '1402' }
    ]) {
      const { where, parameters } = discrepancyClause(filter, at)
      const sql = `explain query plan select * from ${discrepancyRows.name} where ${where}`
      const [plan] = model.query(sql, parameters)
      t.match(plan?.detail, /^SEARCH discrepancies_rows USING PRIMARY KEY \(evaluation=\?/)
    }
  }
})
