import t from 'tap'
import { caseEvents } from '../../projections/history.ts'
import { league } from '../../projections/league.ts'
import { evaluationsList } from '../../projections/league-lists.ts'
import { leagueTable, ranksOf } from '../../projections/league-table.ts'
import type { Reader } from '../../projections/projection.ts'
import { readerOf } from '../../projections/rows.ts'
import { scorecard } from '../../projections/scorecard.ts'
import { openReadModel } from '../../src/store/read-model.ts'
import { claimed, eventsOf, type Happening, node, opened, published } from '../support/history.ts'
import { projected } from '../support/projected.ts'
import { listStore } from '../support/server.ts'

/* What a question about the past may cost: as much as one about now, however often figures have changed since. */

const UNITS = 6
const CHANGES = 30
const framework = '1402-x'

/** Evaluations whose points change again and again. */
const happenings: Happening[] = [
  published(framework, [node('A', null, '60'), node('B', null, '40')]),
  ...Array.from({ length: UNITS }, (_, i) => opened(framework, `u${i}`, { origin: 'live' })),
  ...Array.from({ length: UNITS * CHANGES }, (_, i) => ({
    ...claimed('A', String(i % 50)),
    on: `evaluation-${framework}.u${i % UNITS}`
  }))
]
const events = eventsOf(happenings)

/** What a question asks SQLite, with the plan of each. */
function plansOf(ask: (reader: Reader) => unknown): string[] {
  const model = openReadModel(':memory:', [scorecard, league])
  t.teardown(() => model.close())
  const plans: string[] = []
  const real = readerOf(model)
  const explain = (sql: string, parameters: Parameters<typeof model.query>[1] = []) =>
    plans.push(...model.query(`explain query plan ${sql}`, parameters).map(({ detail }) => String(detail)))
  ask({
    ...real,
    some: (table, columns, clause, parameters = []) => {
      explain(`select ${columns.join()} from "${table.name}" ${clause}`, parameters)
      return real.some(table, columns, clause, parameters)
    },
    members: (table, columns, member, clause, parameters = []) => {
      explain(`select * from "${table.name}" ${clause}`, parameters)
      return real.members(table, columns, member, clause, parameters)
    },
    all: (table, clause, parameters = []) => {
      explain(`select * from "${table.name}" ${clause}`, parameters)
      // Which years and series there are decides what else is asked.
      if (table.name !== 'league_series') return real.all(table, clause, parameters)
      const { period = '1402', series = 'x', starts_on = '2023-03-21' } = {}
      return [
        { framework, period, series, starts_on, published_at: 1n, title: { fa: '-' }, grades: [] }
      ] as never
    }
  })
  return plans
}

const onRows = (plans: readonly string[]) =>
  plans.filter((line) => /\b(league_rows|past)\b/.test(line) && !/^SCAN \(|SUBQUERY/.test(line))

t.test('a league of the past looks up one row for each evaluation, by its whole key', async (t) => {
  const plans = plansOf((reader) => leagueTable(reader, { period: '1402' }, 100n))
  const lines = onRows(plans)
  t.ok(lines.length > 0)
  for (const line of lines) {
    t.match(
      line,
      /^SEARCH (league_rows|past) USING (COVERING INDEX|PRIMARY KEY|INDEX) .*\(evaluation=\? AND from_position[=<]\?\)/
    )
  }
  t.ok(
    plans.some((line) => /SEARCH meant USING .*INDEX .*\(framework=\?\)/.test(line)),
    plans.join('\n')
  )
})

t.test('leagues of totals leave the figures of all other nodes alone', async (t) => {
  const model = openReadModel(':memory:', [scorecard, league])
  t.teardown(() => model.close())
  const real = readerOf(model)
  const read: string[] = []
  const whole = ({ name }: { name: string }) => read.push(name)
  const reader: Reader = {
    ...real,
    some: (table, columns, ...asked) => {
      read.push(...columns.map((column) => `${table.name}.${column}`))
      return real.some(table, columns, ...asked)
    },
    all: (table, ...asked) => {
      whole(table)
      return real.all(table, ...asked)
    },
    members: (table, ...asked) => {
      whole(table)
      return real.members(table, ...asked)
    }
  }
  for (const at of [null, 100n]) evaluationsList(reader, {}, at)
  t.ok(
    ['league_rows.total', 'league_open_rows.totals', 'league_changes.totals'].every((column) =>
      read.includes(column)
    )
  )
  const long = /^league_(rows|open_rows|changes)(\.(base|changes))?$/
  t.strictSame(
    read.filter((column) => long.test(column)),
    []
  )
})

t.test('no question about leagues reads all rows', async (t) => {
  for (const at of [null, 100n]) {
    const plans = plansOf((reader) => {
      leagueTable(reader, { period: '1402' }, at)
      ranksOf(reader, { unit: 'u1' }, at)
      evaluationsList(reader, {}, at)
      evaluationsList(reader, { unit: 'u1', period: '1402' }, at)
    })
    t.ok(onRows(plans).length >= 4)
    t.strictSame(
      plans.filter((line) => /^SCAN league_rows/.test(line)),
      []
    )
  }
})

t.test('the past is found among many changes', async (t) => {
  const reader = projected(t, league, events)
  for (const end of [8, 50, 101, events.length]) {
    const then = projected(t, league, events.slice(0, end))
    const at = BigInt(end)
    t.strictSame(
      leagueTable(reader, { period: '1402', node: 'A', level: 'self' }, at),
      leagueTable(then, { period: '1402', node: 'A', level: 'self' }, null)
    )
    t.strictSame(evaluationsList(reader, { unit: 'u1' }, at), evaluationsList(then, { unit: 'u1' }, null))
    t.strictSame(ranksOf(reader, { unit: 'u1' }, at), ranksOf(then, { unit: 'u1' }, null))
  }
})

t.test('one evaluation of the past is read from its own streams', async (t) => {
  const asked: string[] = []
  const store = listStore(events)
  const watched: typeof store = {
    ...store,
    readStream: (stream, options) => {
      asked.push(stream)
      return store.readStream(stream, options)
    },
    readAll: () => t.fail('the whole ledger was read') as never
  }
  t.equal(
    (await caseEvents(watched, `${framework}.u1`, 50n)).every(({ position }) => position <= 50n),
    true
  )
  t.strictSame(asked, [`evaluation-${framework}.u1`, `framework-${framework}`])
})
