import t from 'tap'
import { comparison } from '../../projections/comparison.ts'
import { type ComparedCell, compareUnit } from '../../projections/comparison-table.ts'
import { periodsOf, seriesFor } from '../../projections/comparison-years.ts'
import { caseAfter } from '../../projections/history.ts'
import { registry } from '../../projections/registry.ts'
import type { DataOf } from '../../src/events/catalogue.ts'
import { eventsOf, type Happening, node, opened, published, recorded } from '../support/history.ts'
import { projected } from '../support/projected.ts'

const year = (period: string, startsOn: string) => ({
  period: { id: period, title: { fa: period }, startsOn, endsOn: '2030-01-01' }
})

const link = (
  code: string,
  relation: DataOf<'LineageLinked'>['relation'],
  from: string[],
  { earlier = '1401-x', comparable = relation === 'same', on = 'framework-1402-x' } = {}
): Happening<'LineageLinked'> => ({
  type: 'LineageLinked',
  on,
  data: {
    node: code,
    relation,
    predecessors: from.map((each) => ({ framework: earlier, node: each })),
    changes: [],
    comparable
  }
})

/** The year before: merit with three measures, training in two parts, and a law that is gone a year later. */
const before: Happening[] = [
  published(
    '1401-x',
    [
      node('G', null, '100'),
      node('G.a', 'G', '30'),
      node('G.b', 'G', '40'),
      node('G.c', 'G', '30'),
      node('T1', null, '20'),
      node('T2', null, '30'),
      node('L', null, '50')
    ],
    year('1401', '2022-03-21')
  ),
  opened('1401-x', 'qazvin'),
  recorded('G.a', 'final', '30'),
  recorded('G.b', 'final', '40', { measurement: { numerator: '8', denominator: '8' } }),
  { type: 'NotApplicableGranted', data: { node: 'G.c', reasonCode: 'not-stated' } },
  recorded('T1', 'final', '10'),
  recorded('T2', 'final', '30'),
  recorded('L', 'final', '25')
]

const after: Happening[] = [
  published(
    '1402-x',
    [
      node('G', null, '140'),
      node('G.a', 'G', '30'),
      node('G.b', 'G', '50'),
      node('G.c', 'G', '30'),
      node('G.d', 'G', '30'),
      node('T', null, '60')
    ],
    year('1402', '2023-03-21')
  ),
  link('G', 'same', ['G']),
  link('G.a', 'same', ['G.a']),
  link('G.b', 'same', ['G.b'], { comparable: false }),
  link('G.c', 'same', ['G.c']),
  link('G.d', 'new', []),
  link('T', 'merged', ['T1', 'T2']),
  link('L', 'retired', [], { on: 'framework-1401-x' }),
  opened('1402-x', 'qazvin'),
  recorded('G.a', 'final', '30'),
  recorded('G.b', 'final', '41.5'),
  recorded('G.c', 'final', '30'),
  recorded('G.d', 'final', '0'),
  recorded('T', 'final', '45')
]

const query = { unit: 'qazvin', series: 'x', periods: ['1402', '1401'], at: null }

t.test('a row per node of the latest year, then what nothing continues', async (t) => {
  const reader = projected(t, comparison, eventsOf([...before, ...after]))
  const { items, caution, periods, evaluations } = compareUnit(reader, query)
  t.strictSame(periods, ['1401', '1402'], 'oldest first, however they were asked for')
  t.strictSame(evaluations, { 1401: '1401-x.qazvin', 1402: '1402-x.qazvin' })
  t.match(caution, { fa: String, en: /explanatory/ })
  t.strictSame(
    items.map((row) => `${row.period} ${row.node}`),
    ['1402 total', '1402 G', '1402 G.a', '1402 G.b', '1402 G.c', '1402 G.d', '1402 T', '1401 L']
  )
  const cell = (code: string, period: string): ComparedCell | null | undefined =>
    items.find((row) => row.node === code)?.periods[period]

  t.strictSame(cell('G', '1402'), {
    nodes: ['G'],
    parent: null,
    ceiling: '140',
    applicableCeiling: '140',
    applicable: true,
    points: '101.5',
    percent: '72.50',
    partial: false,
    measurement: null,
    relation: 'same',
    comparable: true,
    change: {
      percent: '-27.50',
      notSeparable: false,
      performance: '-9.71',
      applicability: '2.91',
      framework: '-20.70'
    },
    growthPercent: '-27.50',
    changePoints: '-27.50'
  })
  t.match(cell('G', '1401'), { applicableCeiling: '70', percent: '100.00', relation: null, change: null })
  t.match(cell('G.b', '1401'), { parent: 'G', measurement: { numerator: '8', denominator: '8' } })
  t.match(cell('G.b', '1402'), {
    comparable: false,
    growthPercent: '-17.00',
    change: { performance: '-17.00' }
  })
  t.match(cell('G.c', '1401'), { applicable: false, points: null, percent: null, partial: false })
  t.match(cell('G.c', '1402'), { relation: 'same', change: null, growthPercent: null })
  t.equal(cell('G.d', '1401'), null, 'absent')
  t.match(cell('G.d', '1402'), { relation: 'new', percent: '0.00', change: null })
  t.match(cell('T', '1401'), { nodes: ['T1', 'T2'], ceiling: '50', points: '40', percent: '80.00' })
  t.match(cell('T', '1402'), { relation: 'merged', comparable: false, percent: '75.00', change: null })
  t.equal(cell('L', '1402'), null)
  t.match(cell('L', '1401'), { percent: '50.00' })
  // 135/170 before, 146.5/200 after: −6.16, of which training, that was merged, cannot be told apart.
  t.match(cell('total', '1402'), {
    relation: null,
    change: { percent: '-6.16', performance: null, notSeparable: true },
    growthPercent: '-7.76'
  })
})

t.test('what a year lacks leaves no basis', async (t) => {
  const reader = projected(t, comparison, eventsOf([...before, ...after.slice(0, -3)]))
  const { items } = compareUnit(reader, query)
  t.match(items[0]?.periods[1402], { partial: true, points: '71.5', change: null, growthPercent: null })
  const none = compareUnit(reader, { ...query, periods: ['1402', '1399', '1401'] })
  t.strictSame(none.periods, ['1399', '1401', '1402'])
  t.strictSame(none.items[0]?.periods[1399], null)
  t.strictSame(compareUnit(reader, { ...query, unit: 'yazd' }).evaluations, { 1401: null, 1402: null })
  t.strictSame(compareUnit(reader, { ...query, periods: [] }).periods, ['1401', '1402'], 'all by default')
  t.equal(compareUnit(reader, { ...query, periods: ['1402'] }).caution, null)
})

t.test('lineage reaches over a year that is not asked for, whatever was retired since', async (t) => {
  const first: Happening[] = [
    published('1400-x', [node('C', null, '10')], year('1400', '2021-03-21')),
    opened('1400-x', 'qazvin'),
    recorded('C', 'final', '5')
  ]
  const linked = link('G.c', 'same', ['C'], { earlier: '1400-x', on: 'framework-1401-x' })
  const gone = link('G.c', 'retired', [], { on: 'framework-1401-x' })
  const reader = projected(t, comparison, eventsOf([...first, ...before, linked, ...after, gone]))
  const { items } = compareUnit(reader, { ...query, periods: ['1400', '1402'] })
  const row = items.find(({ node: code }) => code === 'G.c')
  t.match(row?.periods[1400], { nodes: ['C'], percent: '50.00' })
  t.match(row?.periods[1402], { relation: 'same', change: { percent: '50.00', performance: '50.00' } })
})

t.test('a moment of the past', async (t) => {
  const events = eventsOf([...before, ...after, recorded('G.d', 'final', '30')])
  const at = BigInt(before.length + after.length)
  const past = events.filter(({ position }) => position <= at)
  const caseFor = (evaluation: string) => {
    const own = past.filter(
      ({ stream }) => stream === `evaluation-${evaluation}` || stream.startsWith('framework-')
    )
    return caseAfter(
      own.filter(({ stream }) => !stream.startsWith('framework-') || evaluation.startsWith(stream.slice(10)))
    )
  }
  const now = projected(t, comparison, events)
  const then = projected(t, comparison, past)
  t.strictSame(compareUnit(now, { ...query, at }, caseFor), compareUnit(then, query))
  t.strictNotSame(compareUnit(now, query), compareUnit(then, query))

  const early = BigInt(before.length + 3)
  t.match(
    compareUnit(now, { ...query, at: early }, (evaluation) =>
      evaluation.startsWith('1401') ? caseFor(evaluation) : null
    ).items.map(({ node: code }) => code),
    ['total', 'G', 'G.a', 'G.b', 'G.c', 'G.d', 'T', 'G.b', 'G.c', 'T1', 'T2', 'L'],
    'links that came later are not known yet'
  )
  t.strictSame(
    periodsOf(now, { ...query, periods: ['1402', '1401'], at: 3n }),
    ['1402', '1401'],
    'unpublished'
  )
})

t.test('the series may be left out where the unit has one', async (t) => {
  const reader = projected(t, comparison, eventsOf(before))
  const now = (unit: string) => ({ unit, at: null })
  t.equal(seriesFor(reader, now('qazvin'), undefined), 'x')
  t.equal(seriesFor(reader, now('yazd'), undefined), null)
  const other: Happening[] = [published('1401-y', [node('A', null, '1')]), opened('1401-y', 'qazvin')]
  const two = projected(t, comparison, eventsOf([...before, ...other]))
  const choose = { code: 'series-needed', params: { series: 'x, y' } }
  t.throws(() => seriesFor(two, now('qazvin'), undefined), choose)
  t.equal(seriesFor(two, now('qazvin'), 'y'), 'y')

  const then = projected(t, registry, eventsOf([...before, ...other]))
  const end = BigInt(before.length + other.length)
  t.throws(() => seriesFor(then, { unit: 'qazvin', at: end }, undefined), choose)
  t.equal(
    seriesFor(then, { unit: 'qazvin', at: end - 1n }, undefined),
    'x',
    'the other had not been opened yet'
  )
  t.equal(seriesFor(then, { unit: 'qazvin', at: 0n }, undefined), null)
})

t.test('rows do not depend on the size of batches', async (t) => {
  const events = eventsOf([...before, ...after])
  t.equal(projected(t, comparison, events, 1).dump(), projected(t, comparison, events, 1000).dump())
})
