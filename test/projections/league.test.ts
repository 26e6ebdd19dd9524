import t from 'tap'
import { league } from '../../projections/league.ts'
import { evaluationsList, nodeAcross } from '../../projections/league-lists.ts'
import { type LeagueQuery, leagueTable, ranksOf } from '../../projections/league-table.ts'
import { eventsOf } from '../support/history.ts'
import { history, lines, table, year } from '../support/league-history.ts'
import { projected } from '../support/projected.ts'

t.test('a league by exact percent, with ties, the year before and those without a rank', async (t) => {
  const reader = projected(t, league, eventsOf(history))
  const all = table(reader, {})
  t.strictSame(lines(all), [
    '1 qom 96.00 2 92.00 1',
    '2 qazvin 75.00 2 50.00 0',
    '2 yazd 75.00 1 -6.25 -1',
    '4 ilam 60.00 1 -14.29 -3',
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
  t.match(all.items[3], {
    ceiling: '60',
    grade: { fa: 'ضعیف' },
    previous: { period: '1400', percent: '70.00' }
  })
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
  t.strictSame(of({ kind: 'office' }), ['1 ilam 60.00 1 -14.29 0'])
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
  t.equal(evaluationsList(reader, {}, null).length, 12)
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
