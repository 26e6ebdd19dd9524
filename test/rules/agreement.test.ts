import t from 'tap'
import { formatMinimal, parseDecimal, ratio } from '../../src/points.ts'
import {
  between,
  type Computed,
  compare,
  compareTwo,
  exactly,
  type Printed,
  printedExactly,
  printedPercent,
  printedPoints,
  recordedPoints,
  standsFor,
  sumOf,
  times,
  type Verdict
} from '../../src/rules/agreement.ts'

const exact = (text: string): Computed => exactly(parseDecimal(text))
const percent = (points: Printed, ceiling: string): Computed => {
  const { top, bottom } = parseDecimal(ceiling)
  return times(standsFor(points), ratio(100n * bottom, top))
}
const said = (verdict: Verdict): string =>
  verdict.agrees ? (verdict.confirmed ? 'agrees' : 'compatible') : verdict.class

t.test('a printed percent against an exact one', async (t) => {
  const cases: [printed: string, computed: string, verdict: string, why: string][] = [
    ['91.45', '91.45', 'agrees', 'the same'],
    ['85.88', '85.881', 'agrees', 'rounded down'],
    ['87.52', '87.515', 'agrees', 'half away from zero'],
    ['87.51', '87.515', 'rounding', 'cut off'],
    ['87.51', '87.5199', 'rounding', 'the last that can be cut off'],
    ['87.51', '87.52', 'material', 'the upper end does not belong to it'],
    ['87.51', '87.5049', 'material', 'below the lower end'],
    ['84', '84.18', 'agrees', 'whole percents carry their own last digit'],
    ['84', '84.99', 'rounding', 'a whole percent cut off'],
    ['84', '85.1', 'material', 'more than a whole percent'],
    ['84.2', '84.02', 'material', 'digits changed places'],
    ['84.20', '84.2', 'agrees', 'a trailing zero is no difference'],
    ['100', '99.5', 'agrees', 'rounded up to the whole'],
    ['0', '0', 'agrees', 'zero']
  ]
  for (const [printed, computed, verdict, why] of cases) {
    t.equal(
      said(compare(printedPercent(printed), exact(computed))),
      verdict,
      `${printed}, ${computed}: ${why}`
    )
  }
})

t.test('points behind a percent stand for an interval of their own when they are printed', async (t) => {
  const cut = printedPercent('99.63')
  t.equal(said(compare(cut, percent(printedPoints('49.82', 2), '50'))), 'rounding')
  t.equal(said(compare(cut, percent(printedExactly('49.82'), '50'))), 'material', 'recorded points are exact')
  t.equal(said(compare(printedPercent('87.57'), percent(printedPoints('31', 2), '35'))), 'material')
  t.equal(
    said(compare(printedPercent('88.9'), percent(printedPoints('31', 0), '35'))),
    'rounding',
    'whole points'
  )
  t.equal(said(compare(printedPercent('88.9'), percent(printedPoints('31', undefined), '35'))), 'material')
})

t.test('points carry their own last digit, whole ones that of the document', async (t) => {
  const cases: [points: string, digits: number | undefined, computed: string, verdict: string][] = [
    ['840.20', 2, '839.12', 'material'],
    ['840.2', 2, '840.24', 'agrees'],
    ['840.20', 2, '840.24', 'material'],
    ['840.20', 2, '840.2099', 'rounding'],
    ['840', 0, '840.4', 'agrees'],
    ['840', 2, '840.4', 'material'],
    ['840', undefined, '840.0001', 'material'],
    ['840', undefined, '840', 'agrees']
  ]
  for (const [points, digits, computed, verdict] of cases) {
    t.equal(said(compare(printedPoints(points, digits), exact(computed))), verdict, `${points} (${digits})`)
  }
  t.equal(recordedPoints(225_000, 2).digits, 2, 'kept without its trailing zero')
  t.equal(recordedPoints(225_000, undefined).digits, 1)
  t.equal(recordedPoints(220_000, undefined).digits, null)
})

t.test(
  'a sum that lacks parts allows what lies in it, and is held by its nearest end outside of it',
  async (t) => {
    const sum = between(parseDecimal('60'), parseDecimal('80'))
    const against = (text: string) => compare(printedPoints(text, 2), sum)
    t.strictSame(against('60'), { agrees: true, confirmed: false })
    t.strictSame(against('73.16'), { agrees: true, confirmed: false })
    t.strictSame(against('80'), { agrees: true, confirmed: false })
    const ends = (text: string): string => {
      const verdict = against(text)
      return verdict.agrees ? 'agrees' : `${verdict.class} ${formatMinimal(verdict.expected, 4)}`
    }
    t.equal(ends('59.99'), 'material 60')
    t.equal(ends('80.01'), 'material 80')
    t.equal(
      said(compare(printedPercent('59.9'), between(parseDecimal('59.96'), parseDecimal('80')))),
      'rounding'
    )
  }
)

t.test('a sum of printed figures is as vague as all of them', async (t) => {
  const sum = sumOf([standsFor(printedPoints('717.09', 2)), standsFor(printedPoints('1000', 2))])
  const verdicts: [string, string][] = [
    ['1717.09', 'agrees'],
    ['1717.10', 'rounding'],
    ['1717.11', 'rounding'],
    ['1717.12', 'material'],
    ['1717.62', 'material']
  ]
  for (const [text, verdict] of verdicts) t.equal(said(compare(printedPoints(text, 2), sum)), verdict, text)
  const third = (times: bigint) => exactly(ratio(times, 3n))
  t.equal(said(compare(printedExactly('1'), sumOf([third(1n), third(2n), exact('0')]))), 'agrees')
  t.equal(said(compare(printedPercent('0.58'), sumOf([third(1n), exactly(ratio(1n, 4n))]))), 'agrees')
  t.equal(said(compare(printedExactly('0'), sumOf([]))), 'agrees')
})

t.test('the same figure in two places: either may be the other, rounded', async (t) => {
  const cases: [string, string, string][] = [
    ['84.2', '84.20', 'agrees'],
    ['1750.3', '1750.32', 'agrees'],
    ['1750.32', '1750.3', 'agrees'],
    ['87.6', '87.66', 'rounding'],
    ['91.45', '85.58', 'material']
  ]
  for (const [a, b, verdict] of cases) {
    t.equal(said(compareTwo(printedPercent(a), printedPercent(b))), verdict, `${a} and ${b}`)
  }
})
