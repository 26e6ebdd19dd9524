import t from 'tap'
import {
  type FrameworkRow,
  frameworkTable,
  registry,
  type StageRow,
  stageTable,
  unitAt,
  unitsAt
} from '../../projections/registry.ts'
import { newestNodes } from '../../src/rules/framework.ts'
import { fact } from '../support/given.ts'
import { eventsOf, type Happening, node, opened, published } from '../support/history.ts'
import { projected } from '../support/projected.ts'
import { inAppeal, registered, reopened, returned, submitted } from '../support/province.ts'

const moved = (unit: string, change: { parent?: string | null; groups?: string[] }): Happening => ({
  ...fact('UnitReclassified', { ...change, reason: 'a new structure' }),
  on: `unit-${unit}`
})

t.test('units as they are, and as they were at any position', async (t) => {
  const reader = projected(
    t,
    registry,
    eventsOf([
      registered('north'),
      registered('south'),
      registered('qom', 'north', { groups: ['a'] }),
      moved('qom', { parent: 'south' }),
      moved('qom', { groups: ['b', 'c'] }),
      moved('qom', { parent: null })
    ])
  )
  const qom = (at: bigint | null) => {
    const unit = unitAt(reader, 'qom', at)
    return unit && `${unit.parent} ${unit.groups.join('+')} ${unit.revision}`
  }
  t.strictSame([0n, 2n, 3n, 4n, 5n, 6n, 99n].map(qom), [
    undefined,
    undefined,
    'north a 0',
    'south a 1',
    'south b+c 2',
    'null b+c 3',
    'null b+c 3'
  ])
  t.equal(qom(null), 'null b+c 3')
  const names = (at: bigint | null) => unitsAt(reader, at).map(({ unit }) => unit)
  t.strictSame(
    [names(1n), names(3n), names(null)],
    [['north'], ['north', 'qom', 'south'], ['north', 'qom', 'south']]
  )
})

t.test('frameworks with every tree they had', async (t) => {
  const reader = projected(
    t,
    registry,
    eventsOf([
      published('1402-x', [node('G', null, '10')]),
      fact('FrameworkAmended', {
        put: [node('G', null, '12'), node('S', null, '5')],
        remove: [],
        reason: 'so'
      }),
      fact('FrameworkAmended', { put: [], remove: ['G'], reason: 'so' })
    ])
  )
  const [row, ...others] = reader.all<FrameworkRow>(frameworkTable, '')
  t.match(row, {
    framework: '1402-x',
    period: '1402',
    series: 'x',
    starts_on: '2023-03-21',
    state: { revision: 2 }
  })
  t.strictSame(others, [])
  const trees = row?.state.trees ?? []
  t.strictSame(
    trees.map(
      ({ revision, position, nodes }) =>
        `${revision} ${position} ${nodes.map(({ code, ceiling }) => code + ceiling)}`
    ),
    ['0 1 G10', '1 2 G12,S5', '2 3 S5']
  )
  t.strictSame(row && newestNodes(row.state).map(({ code }) => code), ['S'])
})

const finalised = fact('EvaluationFinalised', {
  nodes: [],
  total: { points: '90', applicableCeiling: '100' },
  basis: 'lapsed',
  decidedAt: '8'
})

t.test(
  'the stages of an evaluation, each from the event that began it to the one that ended it',
  async (t) => {
    const events = eventsOf([...inAppeal(), finalised, reopened(), returned('G.b'), submitted()])
    const reader = projected(t, registry, events)
    const rows = reader.all<StageRow>(stageTable, 'order by from_position')
    t.strictSame(
      rows.map(({ stage, from_position, to_position }) => `${stage} ${from_position} ${to_position}`),
      ['self-assessment 6 10', 'review 10 14', 'appeal 14 15', 'final 15 16', 'review 16 null'],
      'a return does not begin a stage anew'
    )
    const at = (position: number) => events[position - 1]?.metadata.recordedAt
    t.strictSame(
      rows.map(({ since }) => since),
      [6, 10, 14, 15, 16].map(at)
    )
    t.strictSame(
      rows.map(({ submitted_at }) => submitted_at),
      [null, at(10), at(10), at(10), at(10)],
      'the first submission counts'
    )
  }
)

t.test('an imported evaluation goes from imported to final and back', async (t) => {
  const reader = projected(
    t,
    registry,
    eventsOf([
      registered('qom'),
      published('1402-x', [node('G', null, '10')]),
      opened('1402-x', 'qom'),
      finalised,
      reopened()
    ])
  )
  const rows = reader.all<StageRow>(stageTable, 'order by from_position')
  t.strictSame(
    rows.map(({ stage }) => stage),
    ['imported', 'final', 'imported']
  )
  t.ok(rows.every(({ origin, submitted_at }) => origin === 'imported' && submitted_at === null))
})
