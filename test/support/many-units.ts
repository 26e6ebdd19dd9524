import type { FrameworkNode } from '../../src/events/forms.ts'
import { type Happening, node, opened, published, recorded } from './history.ts'

/* A country: as many units as a test asks for, judged in two years, none like the next. */

const nodes: FrameworkNode[] = [node('G', null, '100'), node('G.1', 'G', '60'), node('G.2', 'G', '40')]

const yearOf = (period: string, startsOn: string): Happening =>
  published(`${period}-country`, nodes, {
    period: { id: period, title: { fa: `سال ${period}` }, startsOn, endsOn: '2030-01-01' },
    title: { fa: `ارزیابی ادارات کل، سال ${period}`, en: `Directorates, ${period}` }
  })

const unitNames = (count: number): string[] =>
  Array.from({ length: count }, (_, i) => `unit-${String(i + 1).padStart(4, '0')}`)

/** Points of a unit that are no round figures and differ from unit to unit. */
const pointsOf = (index: number, of: number, step: number): string =>
  String(Math.round((of * ((index * step) % 997)) / 9.97) / 100)

/** Units `unit-0001` …, in ten provinces and four groups, with self and final points of two years. */
export function manyUnits(count: number): Happening[] {
  const units = unitNames(count)
  const registered = units.map(
    (unit, i): Happening => ({
      type: 'UnitRegistered',
      data: {
        unit,
        name: { fa: `اداره کل آزمایشی شماره ${i + 1}`, en: `Trial directorate ${i + 1}` },
        kind: 'directorate',
        province: `province-${i % 10}`,
        groups: [`group-${i % 4}`]
      }
    })
  )
  const years = [yearOf('1401', '2022-03-21'), yearOf('1402', '2023-03-21')]
  const scored = ['1401', '1402'].flatMap((period, year) =>
    units.flatMap((unit, i): Happening[] => [
      opened(`${period}-country`, unit),
      recorded('G.1', 'self', '60'),
      recorded('G.1', 'final', pointsOf(i + 1, 60, 389 + year * 24)),
      recorded('G.2', 'final', pointsOf(i + 1, 40, 211 + year * 30))
    ])
  )
  return [...registered, ...years, ...scored]
}
