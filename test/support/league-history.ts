import { type League, type LeagueQuery, leagueTable } from '../../projections/league-table.ts'
import type { Reader } from '../../projections/projection.ts'
import { type Happening, node, opened, published, recorded } from './history.ts'

/** A directorate, unless said otherwise. */
const unit = (
  id: string,
  groups: string[],
  more: { province?: string; kind?: 'office' } = {}
): Happening<'UnitRegistered'> => ({
  type: 'UnitRegistered',
  data: { unit: id, name: { fa: id }, kind: 'directorate', groups, ...more }
})

/** A framework of two nodes, A and another, with three grades. */
export const year = (framework: string, second: string): Happening =>
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

/** Three years of some provinces, with a tie, a partial one and one to whom nothing applies. */
export const history: Happening[] = [
  unit('qazvin', ['a'], { province: 'qazvin' }),
  unit('yazd', ['a']),
  unit('qom', ['b']),
  unit('ilam', [], { kind: 'office' }),
  unit('semnan', ['a']),
  unit('bushehr', []),
  year('1400-x', 'B'),
  ...scored('1400-x', 'qazvin', { A: '30', B: '0' }),
  ...scored('1400-x', 'ilam', { A: '30', B: '40' }),
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

/** The league of 1402 that a query asks for. */
export const table = (reader: Reader, query: Partial<LeagueQuery>, at: bigint | null = null): League => {
  const found = leagueTable(reader, { period: '1402', ...query }, at)
  if ('choose' in found) throw new Error(`choose: ${found.choose}`)
  return found
}

/** Rank, unit, percent, rank of the year before, growth and how far it climbed. */
export const lines = ({ items }: League) =>
  items.map(({ rank, unit: id, percent, previous, growthPercent, rankChange }) =>
    [rank, id, percent, previous?.rank, growthPercent, rankChange].map((each) => each ?? '-').join(' ')
  )
