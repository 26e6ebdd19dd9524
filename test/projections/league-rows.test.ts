import t from 'tap'
import { league } from '../../projections/league.ts'
import { evaluationsList, nodeAcross } from '../../projections/league-lists.ts'
import type { Population } from '../../projections/league-places.ts'
import { leagueRows, leagueUnits } from '../../projections/league-rows.ts'
import { leagueTable, ranksOf } from '../../projections/league-table.ts'
import type { Reader } from '../../projections/projection.ts'
import { claimed, eventsOf, type Happening, node, opened, published, recorded } from '../support/history.ts'
import { history, lines, table } from '../support/league-history.ts'
import { projected } from '../support/projected.ts'

t.test('the past is what it was', async (t) => {
  const later: Happening[] = [
    {
      type: 'UnitReclassified',
      on: 'unit-qom',
      data: { groups: ['a'], name: { fa: 'قم' }, reason: 'moved' }
    },
    { type: 'UnitReclassified', on: 'unit-qom', data: { groups: ['a'], reason: 'said again' } },
    recorded('A', 'final', '10'),
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
      }
    },
    claimed('B', '10'),
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
      'B 5-6 100000/400000',
      'total 5-6 600000/1000000',
      'total 6- 500000/600000'
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

t.test('rows do not depend on the size of batches', async (t) => {
  const events = eventsOf(history)
  t.equal(projected(t, league, events, 1).dump(), projected(t, league, events, 1000).dump())
})
