import t from 'tap'
import { commandStream, ledger } from '../../projections/ledger.ts'
import { ledgerList, ledgerRow } from '../../projections/ledger-list.ts'
import type { Reader } from '../../projections/projection.ts'
import { table } from '../../projections/projection.ts'
import { readerOf } from '../../projections/rows.ts'
import { scorecard } from '../../projections/scorecard.ts'
import { trail } from '../../projections/trail.ts'
import { trailList } from '../../projections/trail-list.ts'
import { inVolumes, volumeAfter, volumesOf } from '../../projections/volumes.ts'
import { openReadModel } from '../../src/store/read-model.ts'
import { alike } from '../support/alike.ts'
import { eventNumber, eventsOf, node, opened, published, recorded } from '../support/history.ts'
import { projected } from '../support/projected.ts'

/* Rows that are found in one volume after the other. */

interface Thing {
  position: bigint
  volume: number
  name: string
}

const things = table<Thing>({
  name: 'things',
  key: ['position'],
  columns: { position: 'position', volume: 'int', name: 'text' },
  indexes: [['volume', 'name']],
  once: true
})

const SIZE = 4
const counted = volumesOf('things', SIZE)

/** Things called a, b and c in turn, at positions far apart, written in batches that end within volumes. */
function filled(many: number): Reader {
  const all = { name: 'things', version: 1, tables: [things, counted.volumes] }
  const model = openReadModel(':memory:', [all as never], { freeze: true })
  t.teardown(() => model.close())
  for (let i = 0; i < many; i++) {
    const { volume, changes } = volumeAfter(counted, i)
    for (const change of changes) if ('put' in change) model.put(change.table, change.put)
    model.put(things as never, { position: BigInt(i * 10), volume, name: 'abc'[i % 3] })
    if (i % 7 === 6) model.commit(new Map())
  }
  model.commit(new Map())
  return readerOf(model)
}

t.test('rows stand in volumes of the same size, and are found in the order of positions', async (t) => {
  const reader = filled(30)
  const rows = reader.all(things, 'order by position')
  t.strictSame(
    rows.map(({ volume }) => volume),
    rows.map((_row, i) => Math.floor(i / SIZE))
  )
  t.strictSame(
    reader.all(counted.volumes, 'order by volume').map(({ volume }) => volume),
    [0, 1, 2, 3, 4, 5, 6, 7]
  )
  const found = (order: 'oldest' | 'newest', limit: number, from: bigint) =>
    inVolumes(reader, things, counted, {
      conditions: ['name = ?', 'position >= ?'],
      parameters: ['b', from],
      order,
      limit
    }).map(({ position }) => Number(position))
  const all = [10, 40, 70, 100, 130, 160, 190, 220, 250, 280]
  t.strictSame(found('oldest', 99, 0n), all)
  t.strictSame(found('newest', 99, 0n), all.toReversed())
  t.strictSame(found('oldest', 3, 70n), [70, 100, 130])
  t.strictSame(found('newest', 3, 0n), [280, 250, 220])
  t.strictSame(found('newest', 3, 270n), [280])
})

t.test('texts that have the same number are told apart', async (t) => {
  const [one, other] = alike('command ')
  t.not(one, other)
  const events = eventsOf([
    published('1402-x', [node('G1', null, '100')]),
    opened('1402-x', 'a'),
    ...['10', '20'].map((points) => recorded('G1', 'self', points))
  ]).map((event, i) => {
    const id = i === 2 ? one : i === 3 ? other : event.metadata.commandId
    const correlationId = i === 3 ? one : id
    return { ...event, id, metadata: { ...event.metadata, commandId: id, causationId: id, correlationId } }
  })
  const reader = projected(t, ledger, events)
  const span = { after: 0n, before: 99n, order: 'oldest' as const, limit: 9 }
  const positions = (filter: Parameters<typeof ledgerList>[1], asked = span) =>
    ledgerList(reader, filter, asked).map(({ position }) => Number(position))
  t.strictSame([ledgerRow(reader, one)?.position, ledgerRow(reader, other)?.position], [3n, 4n])
  t.strictSame([positions({ causedBy: one }), positions({ causedBy: other })], [[3], [4]])
  const earlier = projected(t, ledger, events.slice(0, 3))
  t.strictSame([commandStream(earlier, one), commandStream(earlier, other)], [events[2]?.stream, undefined])
  t.strictSame(positions({ correlation: one }), [3, 4], 'whether it is what it answers or not')
  t.strictSame(positions({ correlation: one }, { ...span, limit: 1 }), [3])
  t.strictSame(
    ledgerList(reader, { correlation: one }, { ...span, order: 'newest', limit: 1 })[0]?.position,
    4n
  )
  t.strictSame(positions({ correlation: one, type: 'ScoreRecorded', causedBy: other }), [4])
  t.strictSame(positions({ correlation: other }), [])
})

/** How SQLite goes about each question, whatever rows there are. */
function plansOf(ask: (reader: Reader) => unknown): string[] {
  const model = openReadModel(':memory:', [scorecard, ledger, trail])
  t.teardown(() => model.close())
  const plans: string[] = []
  const real = readerOf(model)
  ask({
    ...real,
    all: (of, clause, parameters = []) => {
      const asked = model.query(`explain query plan select * from "${of.name}" ${clause}`, parameters)
      plans.push(asked.map(({ detail }) => String(detail)).join('; '))
      return real.all(of, clause, parameters)
    }
  })
  return plans
}

t.test('an index leads to what is looked for, and nothing is sorted but pages', async (t) => {
  const span = { after: 0n, before: 99n, limit: 9 }
  const by = (plans: string[], index: string) => {
    t.ok(plans.length > 0)
    for (const plan of plans) {
      t.match(plan, new RegExp(`SEARCH rows USING (COVERING )?INDEX ${index} \\(volume=\\? AND `))
      t.notMatch(plan, /TEMP B-TREE FOR ORDER BY|SCAN (?!each)/)
    }
  }
  for (const order of ['oldest', 'newest'] as const) {
    const listed = (filter: Parameters<typeof ledgerList>[1]) =>
      plansOf((reader) => ledgerList(reader, filter, { ...span, order }))
    by(listed({ stream: 'a' }), 'ledger_events by volume stream_number')
    by(listed({ causedBy: 'a', type: 'ScoreRecorded' }), 'ledger_events by volume caused_by_number')
    by(listed({ correlation: 'a' }), 'ledger_events by volume (correlation|caused_by)_number')
    const acts = (filter: Parameters<typeof trailList>[1]) =>
      plansOf((reader) => trailList(reader, filter, { after: 0n, upTo: 99n, limit: 9, order }))
    for (const filter of [{ evaluation: 'a' }, { evaluation: 'a', node: 'G', type: 'ScoreRecorded' }]) {
      t.match(acts(filter)[0], /SEARCH trail_acts USING INDEX trail_acts by evaluation_number position/)
      t.notMatch(acts(filter)[0], /TEMP B-TREE FOR ORDER BY/)
    }
    // Of a unit there are as many evaluations as years: its acts are few enough to be sorted.
    t.match(acts({ unit: 'a' })[0], /SEARCH trail_acts USING INDEX trail_acts by evaluation_number position/)
    for (const of of [{ units: ['a'] }, { evaluations: ['a'] }])
      t.match(
        acts({ reasonCode: 'other', sight: { of, without: null } })[0],
        /SEARCH trail_acts USING INDEX trail_acts by evaluation_number position/
      )
    t.match(
      acts({ unit: 'a', node: 'G', from: 'a' })[0],
      /USING INDEX trail_acts by evaluation_number position/
    )
    t.match(acts({ actor: 'a' })[0], /SEARCH trail_acts USING INDEX trail_acts by actor_number position/)
    t.notMatch(acts({ actor: 'a' })[0], /TEMP B-TREE FOR ORDER BY/)
    t.match(
      acts({ letter: 'a', unit: 'a' })[0],
      /SEARCH trail_acts USING INDEX trail_acts by letter position/
    )
    t.match(
      acts({ node: 'a' })[0],
      /SEARCH trail_acts USING COVERING INDEX trail_acts by node_number position/
    )
  }
  by(
    plansOf((reader) => ledgerRow(reader, eventNumber(3))),
    'ledger_events by volume event_number'
  )
  by(
    plansOf((reader) => commandStream(reader, 'a')),
    'ledger_events by volume caused_by_number'
  )
})
