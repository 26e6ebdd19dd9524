import type { DataOf } from '../../src/events/catalogue.ts'
import { type Happening, node, opened, published, recorded } from './history.ts'

/*
 * Three years of one unit: merit, whose measures change in number, ceiling and what applies; training, that is merged;
 * a law that is gone in the end. What the change of merit is made of was worked out by hand.
 */

const year = (period: string, startsOn: string) => ({
  period: {
    id: period,
    title: { fa: `سال ${period}`, en: `Year ${period}` },
    startsOn,
    endsOn: '2030-01-01'
  },
  title: { fa: `ارزیابی، سال ${period}`, en: `Evaluation, ${period}` }
})

const link = (
  code: string,
  relation: DataOf<'LineageLinked'>['relation'],
  from: string[],
  earlier: string,
  comparable = relation === 'same'
): Happening<'LineageLinked'> => ({
  type: 'LineageLinked',
  data: {
    node: code,
    relation,
    predecessors: from.map((each) => ({ framework: earlier, node: each })),
    changes: [],
    comparable
  }
})

export const YEARS_UNIT = 'qazvin'

export const threeYears: Happening[] = [
  {
    type: 'UnitRegistered',
    data: { unit: 'organisation', name: { fa: 'سازمان', en: 'Organisation' }, kind: 'organisation' }
  },
  {
    type: 'UnitRegistered',
    data: {
      unit: YEARS_UNIT,
      name: { fa: 'اداره کل قزوین', en: 'Qazvin directorate' },
      kind: 'directorate',
      parent: 'organisation',
      province: 'qazvin',
      groups: ['north']
    }
  },
  published('1400-x', [node('G', null, '100')], year('1400', '2021-03-21')),
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
  link('G', 'same', ['G'], '1400-x'),
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
  link('G', 'same', ['G'], '1401-x'),
  link('G.a', 'same', ['G.a'], '1401-x'),
  link('G.b', 'same', ['G.b'], '1401-x', false),
  link('G.c', 'same', ['G.c'], '1401-x'),
  link('G.d', 'new', [], '1401-x'),
  link('T', 'merged', ['T1', 'T2'], '1401-x'),
  opened('1400-x', YEARS_UNIT),
  recorded('G', 'final', '80'),
  opened('1401-x', YEARS_UNIT),
  recorded('G.a', 'final', '30'),
  recorded('G.b', 'final', '40', { measurement: { numerator: '1808', denominator: '2260' } }),
  { type: 'NotApplicableGranted', data: { node: 'G.c', reasonCode: 'not-stated' } },
  recorded('T1', 'final', '10'),
  recorded('T2', 'final', '30'),
  recorded('L', 'final', '25'),
  opened('1402-x', YEARS_UNIT),
  recorded('G.a', 'final', '30'),
  recorded('G.b', 'final', '41.5'),
  recorded('G.c', 'final', '30'),
  recorded('G.d', 'final', '0'),
  recorded('T', 'final', '45')
]
