import t from 'tap'
import { coverageOf } from '../../projections/coverage.ts'
import { frameworkTable, registry } from '../../projections/registry.ts'
import { eventsOf, type Happening, node, opened, published } from '../support/history.ts'
import { type Projected, projected } from '../support/projected.ts'
import { registered, submitted } from '../support/province.ts'

const directorate = (unit: string) => registered(unit, undefined, { kind: 'directorate' })
const live = (framework: string, unit: string) => opened(framework, unit, { origin: 'live' })
const tree = [node('G', null, '10')]

/** Two years; of three directorates and an office, each at another point. The period ends on 2024-03-19. */
const history: Happening[] = [
  directorate('qazvin'),
  directorate('yazd'),
  registered('centre', undefined, { kind: 'office' }),
  published('1401-x', tree),
  opened('1401-x', 'qazvin'),
  published('1402-x', tree),
  live('1402-x', 'qazvin'),
  submitted(),
  live('1402-x', 'yazd'),
  directorate('qom')
]

function covered(reader: Projected, id: string, day: string, at: bigint | null = null): string[] {
  const framework = reader.get(frameworkTable, id)?.state
  if (!framework) throw new Error(`no ${id}`)
  return coverageOf(reader, framework, day, at).map(
    ({ unit, stage, submitted, late }) => `${unit} ${stage} ${submitted ? 'in' : 'out'}${late ? ' late' : ''}`
  )
}

t.test('who is expected, who is there, and who is late', async (t) => {
  const reader = projected(t, registry, eventsOf(history))
  t.strictSame(
    covered(reader, '1402-x', '2024-03-19'),
    ['qazvin review in', 'qom null out', 'yazd self-assessment out'],
    'on the last day nobody is late; an office was never evaluated'
  )
  t.strictSame(covered(reader, '1402-x', '2024-03-20'), [
    'qazvin review in',
    'qom null out late',
    'yazd self-assessment out late'
  ])
  t.strictSame(
    covered(reader, '1401-x', '2024-03-20'),
    ['qazvin imported in', 'qom null out late', 'yazd null out late'],
    'what was imported counts as handed in'
  )
})

t.test('as of a position', async (t) => {
  const reader = projected(t, registry, eventsOf(history))
  const at = (position: bigint) => covered(reader, '1402-x', '2024-03-19', position)
  t.strictSame(at(6n), ['qazvin null out', 'yazd null out'], 'the series was judged before')
  t.strictSame(at(7n), ['qazvin self-assessment out', 'yazd null out'])
  t.strictSame(at(9n), ['qazvin review in', 'yazd self-assessment out'], 'nobody else was registered yet')
  t.strictSame(at(10n), covered(reader, '1402-x', '2024-03-19'))
})

t.test('a unit of a kind that is not expected is there when it is evaluated', async (t) => {
  const reader = projected(t, registry, eventsOf([...history, live('1402-x', 'centre'), submitted()]))
  t.match(covered(reader, '1402-x', '2024-03-20')[0], 'centre review in')
})
