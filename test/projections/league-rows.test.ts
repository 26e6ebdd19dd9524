import t from 'tap'
import { league } from '../../projections/league.ts'
import { heldRows } from '../../projections/league-held.ts'
import { evaluationsList, nodeAcross } from '../../projections/league-lists.ts'
import type { Population } from '../../projections/league-places.ts'
import {
  type FiguresNow,
  leagueChanges,
  leagueRows,
  leagueUnits,
  openRows,
  type Told,
  toldOf
} from '../../projections/league-rows.ts'
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

/** Points and ceilings of the first stretch, as they began and as they changed. */
function told(reader: Reader) {
  const [row] = reader.all(leagueRows, 'order by from_position')
  const said = (code: string, figures: FiguresNow | undefined) =>
    figures ? `${code} ${figures[0]}/${figures[4]}` : `${code} gone`
  const [open] = reader.all(openRows, '')
  const lines = (changes: readonly Told[] = []) =>
    changes.map(
      (told) =>
        `${told[0]}: ${nodesOf(told)
          .map((code) => said(code, toldOf(told, code)))
          .join(', ')}`
    )
  return {
    from: row?.from_position,
    total: said('total', row?.total),
    base: Object.entries(row?.base ?? {})
      .map(([code, figures]) => said(code, figures))
      .sort(),
    totals: lines(open?.totals),
    changes: lines(open?.changes)
  }
}

const nodesOf = ([, , figures]: Told) => figures.filter((each) => typeof each === 'string').sort()

t.test('only what changes is written, node by node', async (t) => {
  const reader = projected(t, league, eventsOf(live))
  t.strictSame(told(reader), {
    from: 2n,
    total: 'total null/1000000',
    base: ['A null/600000', 'B null/400000'],
    totals: ['3: total 500000/1000000', '5: total 600000/1000000', '6: total 500000/600000'],
    changes: ['3: A 500000/600000', '5: B 100000/400000', '6: B gone']
  })
  t.match(heldRows(reader, 'total', null, {}), [
    { partial: 0, stage: 'self-assessment', status: 'provisional', origin: 'live', self: 500000 }
  ])
  t.strictSame(heldRows(reader, 'B', null, {}), [], 'a node that is gone has no figures')
  t.equal(heldRows(reader, 'B', 5n, {}).length, 1, 'and had some')
  const crowded = eventsOf(live).map((event) => ({
    ...event,
    position: event.position > 2n ? 9n : event.position
  }))
  const at9 = projected(t, league, crowded)
  t.strictSame(heldRows(at9, 'B', 9n, {}), [], 'of events that share a position the last one counts')
  t.match(heldRows(at9, 'total', 9n, {}), [{ points: 500000, ceiling: 600000 }])
})

t.test('what only changed the stage is told of the total, too', async (t) => {
  const submitted = { type: 'SelfAssessmentSubmitted' as const, data: { frameworkRevision: '0', blank: [] } }
  const reader = projected(t, league, eventsOf([...live.slice(0, 5), submitted]))
  const [open] = reader.all(openRows, '')
  const said = (changes: readonly Told[] = []) => changes.map((told) => `${told[0]} ${told[1]}`)
  const expected = ['3 self-assessment', '5 self-assessment', '6 review']
  t.strictSame([said(open?.totals), said(open?.changes)], [expected, expected])
  t.match(heldRows(reader, 'total', null, {}), [{ stage: 'review', self: 600000 }])
  t.match(heldRows(reader, 'total', 5n, {}), [{ stage: 'self-assessment', self: 600000 }])
})

t.test('a long history is cut into stretches, each of which stands alone', async (t) => {
  const claims = Array.from({ length: 150 }, (_, i) => claimed('A', String(i % 50)))
  const events = eventsOf([...live.slice(0, 2), ...claims])
  const reader = projected(t, league, events)
  const stretches = reader.all(leagueRows, 'order by from_position')
  t.equal(stretches.length, Math.ceil(151 / 17))
  for (const [i, { from_position: since }] of stretches.entries()) {
    const next = stretches[i + 1]?.from_position
    const clause = 'where since = ?'
    const told =
      next === undefined ? reader.all(openRows, clause, [since]) : reader.all(leagueChanges, clause, [since])
    t.equal(told.length, 1)
    const positions = (told[0]?.changes ?? []).map(([position]) => BigInt(position))
    t.ok(positions.length <= 16)
    for (const position of positions) t.ok(position > since && (next === undefined || position < next))
  }
  t.equal(reader.get(openRows, '1403-x.qazvin')?.since, stretches.at(-1)?.from_position)
  for (let end = 3; end <= events.length; end++) {
    const [row] = heldRows(reader, 'A', BigInt(end), { framework: '1403-x' })
    t.equal(row?.self, ((end - 3) % 50) * 10_000, `as of ${end}`)
  }
  t.strictSame(heldRows(reader, 'A', 1n, {}), [], 'before it was opened there is none')
})

t.test('rows do not depend on the size of batches', async (t) => {
  const events = eventsOf(history)
  t.equal(projected(t, league, events, 1).dump(), projected(t, league, events, 1000).dump())
})
