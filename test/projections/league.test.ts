import t from 'tap'
import { league } from '../../projections/league.ts'
import { evaluationsList, nodeAcross } from '../../projections/league-lists.ts'
import type { Population } from '../../projections/league-places.ts'
import { leagueRows, leagueUnits } from '../../projections/league-rows.ts'
import { type League, type LeagueQuery, leagueTable, ranksOf } from '../../projections/league-table.ts'
import type { Reader } from '../../projections/projection.ts'
import { claimed, eventsOf, type Happening, node, opened, published, recorded } from '../support/history.ts'
import { projected } from '../support/projected.ts'

const unit = (
  id: string,
  groups: string[],
  more: { province?: string; kind?: 'office' } = {}
): Happening<'UnitRegistered'> => ({
  type: 'UnitRegistered',
  data: { unit: id, name: { fa: id }, kind: 'directorate', groups, ...more }
})

const year = (framework: string, second: string): Happening =>
  published(framework, [node('A', null, '60'), node(second, null, '40')], {
    period: {
      id: framework.slice(0, 4),
      title: { fa: '-' },
      startsOn: `${framework.slice(0, 4)}-03-21`,
      endsOn: '2030-01-01'
    },
    grades: [
      { from: '90', title: { fa: 'عالی' } },
      { from: '0', title: { fa: 'ضعیف' } },
      { from: '75', title: { fa: 'خوب' } }
    ]
  })

/** An evaluation with self and final points of its nodes; null: not applicable. */
const scored = (framework: string, id: string, scores: Record<string, string | null>): Happening[] => [
  opened(framework, id),
  ...Object.entries(scores).map(
    ([code, points]): Happening =>
      points === null
        ? { type: 'NotApplicableGranted', data: { node: code, reasonCode: 'not-stated' } }
        : recorded(code, 'final', points)
  )
]

const history: Happening[] = [
  unit('qazvin', ['a'], { province: 'qazvin' }),
  unit('yazd', ['a']),
  unit('qom', ['b']),
  unit('ilam', [], { kind: 'office' }),
  unit('semnan', ['a']),
  unit('bushehr', []),
  year('1401-x', 'B'),
  ...scored('1401-x', 'qazvin', { A: '30', B: '20' }),
  ...scored('1401-x', 'yazd', { A: '60', B: '20' }),
  ...scored('1401-x', 'qom', { A: '30', B: '20' }),
  ...scored('1401-x', 'semnan', { A: '60' }),
  year('1402-x', 'C'),
  {
    type: 'LineageLinked',
    data: {
      node: 'C',
      relation: 'same',
      predecessors: [{ framework: '1401-x', node: 'B' }],
      changes: [],
      comparable: true
    }
  },
  ...scored('1402-x', 'yazd', { A: '45', C: '30' }),
  recorded('A', 'self', '60'),
  ...scored('1402-x', 'qazvin', { A: '35', C: '40' }),
  ...scored('1402-x', 'qom', { A: '60', C: '36' }),
  ...scored('1402-x', 'ilam', { A: '36', C: null }),
  ...scored('1402-x', 'semnan', { A: '60' }),
  ...scored('1402-x', 'bushehr', { A: null, C: null })
]

const table = (reader: Reader, query: Partial<LeagueQuery>, at: bigint | null = null): League => {
  const found = leagueTable(reader, { period: '1402', ...query }, at)
  if ('choose' in found) throw new Error(`choose: ${found.choose}`)
  return found
}

/** Rank, unit, percent, rank of the year before, growth and how far it climbed. */
const lines = ({ items }: League) =>
  items.map(({ rank, unit: id, percent, previous, growthPercent, rankChange }) =>
    [rank, id, percent, previous?.rank, growthPercent, rankChange].map((each) => each ?? '-').join(' ')
  )

t.test('a league by exact percent, with ties, the year before and those without a rank', async (t) => {
  const reader = projected(t, league, eventsOf(history))
  const all = table(reader, {})
  t.strictSame(lines(all), [
    '1 qom 96.00 2 92.00 1',
    '2 qazvin 75.00 2 50.00 0',
    '2 yazd 75.00 1 -6.25 -1',
    '4 ilam 60.00 - - -',
    '- bushehr - - - -',
    '- semnan 60.00 - - -'
  ])
  t.match(all.population, { size: 6, title: { fa: 'همه واحدها، 1402-x', en: 'all units, 1402-x' } })
  t.strictSame(all.items[2], {
    rank: 2,
    unit: 'yazd',
    name: { fa: 'yazd' },
    evaluation: '1402-x.yazd',
    points: '75',
    self: '60',
    ceiling: '100',
    percent: '75.00',
    grade: { fa: 'خوب' },
    status: 'provisional',
    applicable: true,
    partial: false,
    previous: { period: '1401', points: '80', percent: '80.00', rank: 1 },
    growthPercent: '-6.25',
    changePoints: '-5.00',
    rankChange: -1
  })
  t.match(all.items[3], { ceiling: '60', grade: { fa: 'ضعیف' }, previous: null })
  t.match(all.items[4], { applicable: false, ceiling: '0', points: null, grade: null })
  const partial = { period: '1401', points: null, percent: null, rank: null }
  t.match(all.items[5], { partial: true, points: '60', grade: null, previous: partial, changePoints: null })
})

t.test('populations, nodes and levels', async (t) => {
  const reader = projected(t, league, eventsOf(history))
  const of = (query: Partial<LeagueQuery>) => lines(table(reader, query))
  t.strictSame(of({ group: 'a' }), [
    '1 qazvin 75.00 2 50.00 1',
    '1 yazd 75.00 1 -6.25 0',
    '- semnan 60.00 - - -'
  ])
  t.strictSame(of({ kind: 'office' }), ['1 ilam 60.00 - - -'])
  t.strictSame(of({ province: 'qazvin', group: 'a' }), ['1 qazvin 75.00 1 50.00 0'])
  t.match(table(reader, { province: 'qazvin', group: 'a' }).population.title, {
    en: /group a, province qazvin/
  })
  t.strictSame(
    of({ node: 'C' }),
    [
      '1 qazvin 100.00 1 100.00 0',
      '2 qom 90.00 1 80.00 -1',
      '3 yazd 75.00 1 50.00 -2',
      '- bushehr - - - -',
      '- ilam - - - -',
      '- semnan - - - -'
    ],
    'B of the year before'
  )
  t.match(of({ node: 'A' })[0], '1 qom 100.00 - - -', 'nothing says that A is the same')
  t.match(of({ level: 'self' })[5], '- yazd 60.00 - - -', 'only A is claimed, so the claim is partial')
  t.strictSame(of({ node: 'A', level: 'self' })[0], '1 yazd 100.00 - - -')
  t.strictSame(table(reader, { node: 'unknown' }).items, [])
})

t.test('a unit reads its rank in every population at once', async (t) => {
  const reader = projected(t, league, eventsOf(history))
  const ranks = ranksOf(reader, { unit: 'qazvin', period: '1402' }, null)
  t.strictSame(
    ranks.map(({ by, value, rank, of, percent, population }) => [
      by,
      value,
      rank,
      of,
      percent,
      population.size
    ]),
    [
      ['all', null, 2, 4, '75.00', 6],
      ['group', 'a', 1, 2, '75.00', 3],
      ['kind', 'directorate', 2, 3, '75.00', 5],
      ['province', 'qazvin', 1, 1, '75.00', 1]
    ]
  )
  t.match(ranksOf(reader, { unit: 'semnan' }, null)[0], { period: '1401', rank: null, partial: true, of: 3 })
  t.strictSame(ranksOf(reader, { unit: 'nobody', period: '1402' }, null), [])
})

t.test('the past is what it was', async (t) => {
  const later: Happening[] = [
    {
      type: 'UnitReclassified',
      on: 'unit-qom',
      data: { groups: ['a'], name: { fa: 'قم' }, reason: 'moved' }
    },
    { type: 'UnitReclassified', on: 'unit-qom', data: { groups: ['a'], reason: 'said again' } },
    recorded('A', 'final', '10', {}),
    {
      type: 'LineageLinked',
      data: { node: 'C', relation: 'new', predecessors: [], changes: [], comparable: false }
    },
    {
      type: 'EvaluationFinalised',
      on: 'evaluation-1402-x.qom',
      data: {
        nodes: [],
        total: { points: '96', applicableCeiling: '100' },
        basis: 'imported',
        decidedAt: '2'
      }
    }
  ]
  const events = eventsOf([...history, ...later])
  const reader = projected(t, league, events)
  const before = BigInt(history.length)
  t.strictSame(lines(table(reader, { group: 'a' })).slice(0, 2), [
    '1 qom 96.00 2 92.00 1',
    '2 qazvin 75.00 2 50.00 0'
  ])
  t.match(table(reader, {}).items[0], { name: { fa: 'قم' }, status: 'final' })
  t.equal(table(reader, { node: 'C' }).items[0]?.previous, null)
  t.equal(lines(table(reader, { group: 'a' }, before))[0], '1 qazvin 75.00 2 50.00 1')
  t.equal(reader.all(leagueUnits, 'where unit = ?', ['qom']).length, 2, 'what changes nothing opens nothing')

  const populations: Population[] = [{}, { group: 'a' }]
  const views = (from: Reader, at: bigint | null) => [
    ...populations.map((population) => leagueTable(from, { period: '1402', ...population }, at)),
    leagueTable(from, { period: '1402', node: 'C', level: 'final' }, at),
    ranksOf(from, { unit: 'qom' }, at),
    evaluationsList(from, { period: '1402' }, at),
    nodeAcross(from, { framework: '1402-x', node: 'A' }, at)
  ]
  for (let end = events.length; end > 0; end -= 3) {
    const then = projected(t, league, events.slice(0, end))
    t.strictSame(views(reader, BigInt(end)), views(then, null), `as of ${end}`)
  }
})

t.test('only what changes gets a new row, and no row holds for nothing', async (t) => {
  const live: Happening[] = [
    published('1403-x', [node('A', null, '60'), node('B', null, '40')]),
    opened('1403-x', 'qazvin', { origin: 'live' }),
    claimed('A', '50'),
    {
      type: 'EvidenceAttached',
      data: {
        evidence: '01JD8XW0000000000000000000',
        nodes: ['A'],
        kind: 'link',
        title: { fa: 'سند' },
        afterSubmission: false
      } as never
    },
    { type: 'FrameworkAmended', data: { put: [], remove: ['B'], reason: 'dropped' }, on: 'framework-1403-x' }
  ]
  const reader = projected(t, league, eventsOf(live))
  const rows = reader.all(leagueRows, 'order by from_position, node')
  t.strictSame(
    rows.map(
      (row) => `${row.node} ${row.from_position}-${row.to_position ?? ''} ${row.points}/${row.ceiling}`
    ),
    [
      'A 2-3 null/600000',
      'B 2-5 null/400000',
      'total 2-3 null/1000000',
      'A 3- 500000/600000',
      'total 3-5 500000/1000000',
      'total 5- 500000/600000'
    ]
  )
  t.match(rows.at(-1), { partial: 0, stage: 'self-assessment', origin: 'live', self: 500000 })
  const crowded = eventsOf(live).map((event) => ({
    ...event,
    position: event.position > 2n ? 9n : event.position
  }))
  t.strictSame(
    projected(t, league, crowded)
      .all(leagueRows, 'order by from_position, node')
      .map((row) => `${row.node} ${row.from_position}-${row.to_position ?? ''} ${row.points}/${row.ceiling}`),
    [
      'A 2-9 null/600000',
      'B 2-9 null/400000',
      'total 2-9 null/1000000',
      'A 9- 500000/600000',
      'total 9- 500000/600000'
    ],
    'events that share a position leave no row in between'
  )
})

t.test('lists, and which series to choose from', async (t) => {
  const reader = projected(t, league, eventsOf([...history, year('1402-y', 'C')]))
  t.strictSame(leagueTable(reader, { period: '1402' }, null), { choose: ['x', 'y'] })
  t.strictSame(leagueTable(reader, { period: '1402', series: 'z' }, null), { choose: ['x', 'y'] })
  t.strictSame(leagueTable(reader, { period: '1399' }, null), { choose: [] })
  t.equal(table(reader, { series: 'y' }).population.size, 0)
  t.equal(table(reader, {}, BigInt(history.length)).series, 'x', 'y was not published yet')

  t.strictSame(
    evaluationsList(reader, { unit: 'yazd', stage: 'imported' }, null).map(({ evaluation }) => evaluation),
    ['1401-x.yazd', '1402-x.yazd']
  )
  t.equal(evaluationsList(reader, {}, null).length, 10)
  t.strictSame(evaluationsList(reader, { framework: '1402-x', unit: 'yazd' }, null), [
    {
      evaluation: '1402-x.yazd',
      unit: 'yazd',
      name: { fa: 'yazd' },
      framework: '1402-x',
      period: '1402',
      series: 'x',
      stage: 'imported',
      status: 'provisional',
      origin: 'imported',
      total: { self: '60', standing: '75', ceiling: '100', percent: '75.00', partial: false }
    }
  ])
  const across = nodeAcross(reader, { framework: '1402-x', node: 'A' }, null)
  t.strictSame(
    across.map(({ unit: id }) => id),
    ['bushehr', 'ilam', 'qazvin', 'qom', 'semnan', 'yazd']
  )
  t.match(across[0], { applicable: false, standing: null, gap: null })
  t.match(across[5], {
    self: '60',
    standing: '45',
    percent: '75.00',
    gap: { points: '15', percent: '25.00' }
  })
})

t.test('rows do not depend on the size of batches', async (t) => {
  const events = eventsOf(history)
  t.equal(projected(t, league, events, 1).dump(), projected(t, league, events, 1000).dump())
})
