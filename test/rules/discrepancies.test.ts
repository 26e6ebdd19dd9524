import t from 'tap'
import type { Case } from '../../src/rules/case.ts'
import { discrepanciesOf } from '../../src/rules/discrepancies.ts'
import type { Found } from '../../src/rules/discrepancy-row.ts'
import {
  caseOf,
  claimed,
  eventNumber,
  figure,
  type Happening,
  node,
  opened,
  published,
  recorded
} from '../support/history.ts'

/** G (100) of A (60: a 30, b 30) and B (40), S (50) without children: 150 together. */
const tree = [
  node('G', null, '100', { kind: 'set' }),
  node('A', 'G', '60', { kind: 'indicator' }),
  node('a', 'A', '30', { kind: 'measure' }),
  node('b', 'A', '30', { kind: 'measure' }),
  node('B', 'G', '40', { kind: 'indicator' }),
  node('S', null, '50', { kind: 'set' })
]

const imported = (...facts: Happening[]): Case =>
  caseOf([published('1402-x', tree), opened('1402-x', 'qazvin'), ...facts])

/** The first fact after the framework and the opening is event 3. */
const fact = (n: number): string => eventNumber(n + 2)

const short = ({ kind, class: weight, node, level, measure, expected, found, difference }: Found): string =>
  [weight, kind, node, level ?? '-', measure, expected ?? '?', found ?? '?', difference ?? '?'].join(' ')

const found = (...facts: Happening[]): string[] => discrepanciesOf(imported(...facts)).map(short)

const grant = (code: string): Happening => ({
  type: 'NotApplicableGranted',
  data: { node: code, reasonCode: 'not-stated' }
})

t.test('what was claimed against what became final', async (t) => {
  const subject = imported(
    recorded('a', 'self', '30'),
    recorded('a', 'final', '12.5'),
    recorded('b', 'self', '30'),
    recorded('b', 'final', '30'),
    recorded('B', 'final', '40')
  )
  const [row, ...others] = discrepanciesOf(subject)
  t.strictSame(others, [], 'neither an equal final nor one without a claim')
  t.match(row, { kind: 'self-final-gap', class: 'material', node: 'a', level: 'final', measure: 'points' })
  t.match(row, { expected: '30', found: '12.5', difference: '-17.5', ceiling: '30' })
  t.strictSame(row?.events, [
    { event: fact(2), side: 'for' },
    { event: fact(1), side: 'against' }
  ])
})

t.test('own points against the sum below them, at each level', async (t) => {
  const parts = [recorded('a', 'final', '12.9'), recorded('b', 'final', '30')]
  t.strictSame(found(...parts, recorded('A', 'final', '42.9')), [])
  t.strictSame(found(...parts, recorded('A', 'final', '42.09')), [
    'material rollup-mismatch A final points 42.9 42.09 -0.81'
  ])
  t.strictSame(found(...parts, recorded('A', 'self', '60')), [], 'another level has no sum')
  const [row] = discrepanciesOf(imported(...parts, recorded('A', 'final', '42.09')))
  t.strictSame(row?.events, [
    { event: fact(3), side: 'for' },
    { event: fact(1), side: 'against' },
    { event: fact(2), side: 'against' }
  ])
})

t.test('a sum that lacks parts is an interval', async (t) => {
  const part = recorded('a', 'final', '12')
  t.strictSame(found(part, recorded('A', 'final', '12')), [])
  t.strictSame(found(part, recorded('A', 'final', '42')), [])
  t.strictSame(found(part, recorded('A', 'final', '11')), [
    'material rollup-mismatch A final points 12 11 -1'
  ])
  t.strictSame(found(part, figure('A', 'final', { points: '42.5' })), [
    'material published-mismatch A final points 42 42.5 0.5'
  ])
  t.strictSame(found(part, figure('A', 'final', { percent: '75' })), [
    'material published-mismatch A final percent 70.00 75 5.00'
  ])
})

t.test('a scaled sum has more digits than its document prints', async (t) => {
  const nodes = [
    node('G', null, '100', { scaled: true }),
    node('a', 'G', '30', { kind: 'measure' }),
    node('b', 'G', '60', { kind: 'measure' })
  ]
  const own = (points: string) =>
    discrepanciesOf(
      caseOf([
        published('1402-x', nodes),
        opened('1402-x', 'qazvin'),
        recorded('a', 'final', '10'),
        recorded('b', 'final', '20'),
        recorded('G', 'final', points)
      ])
    ).map(short)
  t.strictSame(own('33.33'), [], 'a third of a hundred, rounded')
  t.strictSame(own('33.34'), ['material rollup-mismatch G final points 33.3333 33.34 0.0067'])
})

t.test('a percent against its own points and ceiling, else against what is recorded', async (t) => {
  t.strictSame(found(figure('B', 'final', { ceiling: '40', points: '36.58', percent: '91.45' })), [])
  t.strictSame(found(figure('B', 'final', { ceiling: '40', points: '36.58', percent: '85.58' })), [
    'material published-mismatch B final percent 91.45 85.58 -5.87'
  ])
  t.strictSame(found(figure('B', 'final', { points: '36.58', percent: '85.58' })), [
    'material published-mismatch B final percent 91.45 85.58 -5.87'
  ])
  const held = recorded('B', 'final', '36.58')
  t.strictSame(found(held, figure('B', 'final', { percent: '91.45' })), [])
  t.strictSame(found(held, figure('B', 'final', { percent: '91' })), [], 'whole percents')
  t.strictSame(found(held, figure('B', 'final', { percent: '85.58' })), [
    'material published-mismatch B final percent 91.45 85.58 -5.87'
  ])
  t.strictSame(found(held, figure('B', undefined, { percent: '85.58' })), [
    'material published-mismatch B - percent 91.45 85.58 -5.87'
  ])
  t.strictSame(
    found(held, figure('B', 'self', { percent: '85.58' })),
    [],
    'nothing is recorded for that level'
  )
})

t.test('points, ceilings and counts against the ledger', async (t) => {
  const scores = [recorded('A', 'final', '42.5'), recorded('B', 'final', '38'), recorded('S', 'final', '50')]
  t.strictSame(
    found(
      ...scores,
      figure('A', 'final', { points: '42.50', ceiling: '60', percent: '70.83' }),
      figure('G', 'final', { points: '80.5', ceiling: '100.0', count: '2' }),
      figure('total', 'final', { points: '130.50', ceiling: '150', percent: '87' }),
      figure('a', 'final', { count: '3' })
    ),
    [],
    'right figures, and a count of a leaf'
  )
  t.strictSame(
    found(
      ...scores,
      figure('A', 'final', { points: '42.05', ceiling: '62' }),
      figure('G', 'final', { points: '81.40', count: '3' }),
      figure('total', 'final', { points: '131' })
    ),
    [
      'material published-mismatch A final ceiling 60 62 2',
      'material published-mismatch G final points 80.5 81.40 0.9',
      'material published-mismatch total final points 130.5 131 0.5',
      'material published-mismatch A final points 42.5 42.05 -0.45',
      'material published-mismatch G final count 2 3 1'
    ]
  )
})

t.test('nothing is counted above a remainder', async (t) => {
  const rest = node('G.rest', 'G', '20', { kind: 'measure' })
  const nodes = [...tree.map((known) => (known.code === 'G' ? { ...known, ceiling: '120' } : known)), rest]
  const facts = [published('1402-x', nodes), opened('1402-x', 'qazvin'), figure('G', 'final', { count: '8' })]
  t.strictSame(discrepanciesOf(caseOf(facts)), [])
})

t.test('a published parent against the figures published below it', async (t) => {
  const sets = [figure('G', 'final', { points: '71.70' }), figure('S', 'final', { points: '50' })]
  t.strictSame(found(...sets, figure('total', 'final', { points: '121.70' })), [])
  t.strictSame(found(...sets, figure('total', 'final', { points: '121.71' })), [
    'rounding published-mismatch total final points 121.7 121.71 0.01'
  ])
  t.strictSame(found(...sets, figure('total', 'final', { points: '122.23' })), [
    'material published-mismatch total final points 121.7 122.23 0.53'
  ])
  t.strictSame(
    found(figure('G', 'final', { points: '71.70' }), figure('total', 'final', { points: '122.23' })),
    ['material published-mismatch total final points 121.7 122.23 0.53'],
    'what is not published lacks, up to its ceiling'
  )
  t.strictSame(
    found(figure('G', 'final', { points: '71.70' }), figure('total', 'final', { points: '121' })),
    []
  )
  t.strictSame(
    found(
      ...sets,
      recorded('A', 'final', '40'),
      recorded('B', 'final', '31'),
      recorded('S', 'final', '50'),
      figure('total', 'final', { points: '121.70' })
    ),
    [
      'material published-mismatch G final points 71 71.70 0.7',
      'material published-mismatch total final points 121 121.70 0.7'
    ],
    'where the ledger adds up the same scores, its own sum counts'
  )
  const scores = [recorded('A', 'final', '40'), recorded('B', 'final', '31'), recorded('S', 'final', '50')]
  t.strictSame(
    found(...sets, ...scores, figure('total', 'final', { points: '121' })),
    ['material published-mismatch G final points 71 71.70 0.7'],
    'and not the sum of prints, even where that differs'
  )
  t.strictSame(
    found(
      recorded('a', 'final', '12'),
      figure('a', 'final', { points: '13' }),
      figure('A', 'final', { points: '12' })
    ),
    ['material published-mismatch a final points 12 13 1'],
    'nor where its sum of the same scores lacks parts'
  )
  const parts = [figure('a', 'final', { points: '20' }), figure('b', 'final', { points: '25' })]
  t.strictSame(
    found(...scores, ...parts, figure('G', 'final', { points: '71' })),
    [],
    'a whole sum of the ledger proves a print, whatever is printed farther below'
  )
})

t.test('the same figure printed in two places', async (t) => {
  t.strictSame(found(figure('B', 'final', { points: '36.6' }), figure('B', 'final', { points: '36.58' })), [])
  const subject = imported(
    figure('B', 'final', { points: '36.58' }),
    figure('B', 'final', { points: '35.68' })
  )
  const [row, ...others] = discrepanciesOf(subject)
  t.strictSame(others, [])
  t.match(row, { kind: 'published-mismatch', expected: '36.58', found: '35.68', difference: '-0.9' })
  t.strictSame(row?.events, [
    { event: fact(2), side: 'for' },
    { event: fact(1), side: 'against' }
  ])
  t.strictSame(
    found(
      recorded('B', 'final', '36.58'),
      figure('B', 'final', { points: '36.58' }),
      figure('B', 'final', { points: '35.68' }),
      figure('B', 'self', { points: '40' })
    ),
    ['material published-mismatch B final points 36.58 35.68 -0.9'],
    'once, by what is recorded; another level is another figure'
  )
})

t.test('one row for a printed value, however often it is printed', async (t) => {
  const wrong = figure('B', 'final', { ceiling: '40', points: '33.68', percent: '84.02' })
  const subject = imported(
    recorded('B', 'final', '33.68'),
    wrong,
    figure('B', 'final', { ceiling: '40', points: '33.68', percent: '84.2' }),
    figure('B', 'final', { percent: '84.02' })
  )
  const rows = discrepanciesOf(subject)
  t.strictSame(rows.map(short), ['material published-mismatch B final percent 84.20 84.02 -0.18'])
  t.strictSame(rows[0]?.events, [
    { event: fact(2), side: 'for' },
    { event: fact(4), side: 'for' },
    { event: fact(2), side: 'against' }
  ])
  t.match(rows[0], {
    note: '40 | 33.68 | 84.02',
    basis: { of: 'own-figures', points: '33.68', ceiling: '40' }
  })
})

t.test('nodes that the framework does not have', async (t) => {
  t.strictSame(found(figure('A.c', 'final', { ceiling: '10', percent: '100' })), [
    'material unknown-node A.c final percent ? 100 ?'
  ])
  const labelled: Happening = {
    type: 'FigurePublished',
    data: {
      about: { label: 'رتبه' },
      rank: { place: '3', population: '۳۱ استان' },
      printed: '3',
      source: { document: 'report', place: 'p. 1' }
    }
  }
  t.strictSame(found(labelled, figure('total', 'final', { percent: '50' })), [])
})

t.test('what does not apply is noticed, counts nowhere, and prints no points', async (t) => {
  const scores = [recorded('a', 'final', '12'), recorded('b', 'final', '30'), recorded('B', 'final', '40')]
  t.strictSame(found(...scores, grant('b'), figure('G', 'final', { points: '52', percent: '74.29' })), [
    'notice not-applicable b - ceiling 30 0 -30'
  ])
  t.strictSame(found(...scores, grant('b'), figure('b', 'final', { points: '30' })), [
    'notice not-applicable b - ceiling 30 0 -30',
    'material published-mismatch b final points ? 30 ?'
  ])
  const self = [recorded('b', 'self', '30'), recorded('b', 'final', '12'), grant('A')]
  t.strictSame(found(...self), ['notice not-applicable A - ceiling 60 0 -60'], 'no gap below it either')
})

t.test('a measurement that states another target than the one in force', async (t) => {
  const nodes = [node('S6', null, '150', { target: '100', unitOfMeasure: 'درصد' }), node('S7', null, '10')]
  const measured = (code: string, target: string) =>
    recorded(code, 'self', '5', { measurement: { numerator: '1258', denominator: '3586', target } })
  const rows = (...facts: Happening[]) =>
    discrepanciesOf(caseOf([published('1402-x', nodes), opened('1402-x', 'qazvin'), ...facts])).map(short)
  t.strictSame(rows(measured('S6', '100.0'), measured('S7', '3')), [], 'the same, and none in force')
  t.strictSame(rows(measured('S6', '20')), ['material target-mismatch S6 self percent 100 20 -80'])
  const assigned: Happening = { type: 'TargetAssigned', data: { node: 'S6', target: '20' } }
  t.strictSame(rows(assigned, measured('S6', '20')), [])
  t.strictSame(rows(assigned, measured('S6', '100')), ['material target-mismatch S6 self percent 20 100 80'])
})

const late = { issuedOn: '2023-03-30' }

t.test('a framework or a node issued after the period began', async (t) => {
  const nodes = [
    node('G', null, '10', { issuedOn: '2024-02-20' }),
    node('S', null, '10', { issuedOn: '2023-03-21' })
  ]
  const rows = discrepanciesOf(caseOf([published('1402-x', nodes, late), opened('1402-x', 'qazvin')]))
  t.strictSame(rows.map(short), [
    'notice late-framework G - days 0 336 336',
    'notice late-framework total - days 0 9 9'
  ])
})

t.test('the largest difference in points first, then percents without a ceiling, counts, days', async (t) => {
  const subject = caseOf([
    published('1402-x', tree, late),
    opened('1402-x', 'qazvin'),
    figure('G', 'final', { count: '9' }),
    figure('x', 'final', { percent: '7' }),
    figure('total', 'self', { ceiling: '150', points: '150', percent: '1000' }),
    figure('S', 'final', { ceiling: '50', points: '40', percent: '90' }),
    recorded('B', 'self', '40'),
    recorded('B', 'final', '33')
  ])
  const rows = discrepanciesOf(subject)
  t.strictSame(
    rows.map(({ node, size }) => `${node} ${size.group} ${size.text.replace(/^0+(?=\d)|\.?0+$/g, '')}`),
    ['total 0 150', 'B 0 7', 'S 0 5', 'x 1 0', 'G 2 7', 'total 3 9']
  )
})

const live = (...facts: Happening[]): string[] => {
  const a = node('a', 'G', '30', { requiredEvidence: ['نامه', 'فهرست'] })
  const nodes = [node('G', null, '60'), a, node('b', 'G', '30')]
  return discrepanciesOf(
    caseOf([published('1402-x', nodes), opened('1402-x', 'qazvin', { origin: 'live' }), ...facts])
  ).map(short)
}

const EVIDENCE = '01HSZ7Y6W8E4G6PZ0N1D2Q3R4S'
const attached = (code: string): Happening => ({
  type: 'EvidenceAttached',
  data: { evidence: EVIDENCE, nodes: [code], kind: 'link', title: { fa: 'نامه' }, afterSubmission: false }
})
const overridden = (evidence: string[]): Happening => ({
  type: 'ScoreOverridden',
  data: {
    node: 'a',
    points: '10',
    previous: null,
    reasonCode: 'evidence-insufficient',
    reason: 'کافی نیست',
    evidence
  },
  by: { id: 'e-18', role: 'expert' }
})

t.test('live: points claimed without a document', async (t) => {
  t.strictSame(live(claimed('a', '30'), claimed('b', '0')), ['material missing-evidence a self count 2 0 -2'])
  t.strictSame(live(claimed('b', '3')), ['material missing-evidence b self count 1 0 -1'])
  t.strictSame(live(claimed('a', '30'), attached('a')), [])
  t.strictSame(
    live(claimed('a', '30'), attached('G')),
    [],
    'a document on the indicator stands behind its measures'
  )
  t.strictSame(live(claimed('a', '30'), attached('b')), ['material missing-evidence a self count 2 0 -2'])
  t.strictSame(live(claimed('a', '30', { evidence: [EVIDENCE] })), [])
})

t.test('live: other points given without a document', async (t) => {
  const proved = [claimed('a', '30'), attached('a')]
  const row = 'material override-without-evidence a expert points 30 10 -20'
  t.strictSame(live(...proved, overridden([])), [row], "the unit's document is not the reviewer's")
  t.strictSame(live(...proved, overridden([EVIDENCE])), [])
  t.strictSame(live(...proved, overridden([]), { ...attached('a'), by: { id: 'e-18', role: 'expert' } }), [])
})

t.test('live: the gap shows once the result is final, and goes with a reopening', async (t) => {
  const history: Happening[] = [claimed('a', '30'), attached('a'), overridden([EVIDENCE])]
  const finalised: Happening = {
    type: 'EvaluationFinalised',
    data: {
      nodes: [{ node: 'a', points: '10', applicable: true, event: fact(3) }],
      total: { points: '10', applicableCeiling: '60' },
      basis: 'lapsed',
      decidedAt: '4'
    }
  }
  const reopened: Happening = {
    type: 'EvaluationReopened',
    data: { reason: 'رأی', authority: { body: 'دیوان', number: '1', date: '2024-06-01' } }
  }
  t.strictSame(live(...history), [])
  t.strictSame(live(...history, finalised), ['material self-final-gap a final points 30 10 -20'])
  t.strictSame(live(...history, finalised, reopened), [])
})

t.test('the rows of some nodes are those of the whole list', async (t) => {
  const subject = imported(
    recorded('A', 'final', '40'),
    recorded('a', 'final', '12'),
    recorded('b', 'final', '30'),
    figure('total', 'final', { points: '90', percent: '61' }),
    figure('A', 'final', { points: '41', percent: '60', ceiling: '60' })
  )
  const all = discrepanciesOf(subject)
  t.equal(all.length, 4)
  for (const codes of [['A'], ['total'], ['A', 'total'], ['B']]) {
    const only = new Set(codes)
    t.strictSame(
      discrepanciesOf(subject, only),
      all.filter((row) => only.has(row.node)),
      codes.join()
    )
  }
})
