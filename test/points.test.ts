import fc from 'fast-check'
import t from 'tap'
import {
  compareRatios,
  divideRounded,
  formatMinimal,
  formatPoints,
  formatRatio,
  POINTS_MAX,
  parseDecimal,
  parsePoints,
  percentOf,
  ratio,
  scalePoints,
  showPercent
} from '../src/points.ts'

t.test('points are read exactly and printed minimally', async (t) => {
  t.equal(parsePoints('22.5'), 225_000)
  t.equal(parsePoints('0.0001'), 1)
  t.equal(parsePoints('999999999.9999'), POINTS_MAX)
  t.equal(formatPoints(225_000), '22.5')
  t.equal(formatPoints(400_000), '40')
  t.equal(formatPoints(-750_001), '-75.0001')
  t.equal(formatPoints(parsePoints('22.50')), '22.5')
  fc.assert(
    fc.property(fc.nat(POINTS_MAX), (points) => parsePoints(formatPoints(points)) === points),
    { numRuns: 300 }
  )
})

t.test('what is not a plain decimal with four digits is refused', async (t) => {
  for (const text of ['', '-1', '+1', '1.', '.5', '01', '1.00001', '1e3', '۱۲', ' 1', '1,5', '1000000000']) {
    t.throws(() => parsePoints(text), RangeError, JSON.stringify(text))
  }
})

t.test('rounding is half away from zero, and once', async (t) => {
  t.equal(divideRounded(5n, 2n), 3n)
  t.equal(divideRounded(-5n, 2n), -3n)
  t.equal(divideRounded(5n, -2n), -3n)
  t.equal(divideRounded(4n, 3n), 1n)
  t.equal(scalePoints(1, 1, 2), 1, 'half a unit goes up')
  t.equal(scalePoints(parsePoints('10'), parsePoints('1'), parsePoints('3')), parsePoints('3.3333'))
  t.equal(scalePoints(POINTS_MAX, POINTS_MAX, POINTS_MAX - 1), POINTS_MAX + 1, 'beyond what a double holds')
})

t.test('a percent comes from the exact ratio and always has two digits', async (t) => {
  t.equal(showPercent(parsePoints('50'), parsePoints('50')), '100.00')
  t.equal(showPercent(parsePoints('1'), parsePoints('3')), '33.33')
  t.equal(showPercent(parsePoints('0.0125'), parsePoints('10')), '0.13', 'a half goes away from zero')
  t.equal(showPercent(5, 0), null, 'of nothing there is no percent')
  t.equal(percentOf(0, 0), null)
})

t.test('decimals carry their digits, ratios compare exactly', async (t) => {
  t.match(parseDecimal('84.20'), { top: 8420n, bottom: 100n, digits: 2 })
  t.match(parseDecimal('-0.5'), { top: -5n, bottom: 10n, digits: 1 })
  t.throws(() => parseDecimal('1.2.3'), RangeError)
  t.equal(compareRatios(ratio(1n, 3n), ratio(2n, 6n)), 0)
  t.equal(compareRatios(ratio(1n, -3n), ratio(0n, 1n)), -1, 'the sign stands in the numerator')
  t.equal(formatRatio(ratio(-1n, 3n), 4), '-0.3333')
  t.equal(formatMinimal(ratio(1000n, 10n), 6), '100')
  t.equal(formatMinimal(parseDecimal('-0.0'), 6), '0')
})
