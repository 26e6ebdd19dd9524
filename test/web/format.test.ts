import fc from 'fast-check'
import t from 'tap'
import { latinDigits } from '../../src/digits.ts'
import { byName, folded, formatFor, fractionDigits } from '../../src/web/format.ts'

const [fa, en] = [formatFor('fa'), formatFor('en')]

t.test('figures in the signs of each language', async (t) => {
  const cases: [string, string, string][] = [
    ['1750.32', '۱٬۷۵۰٫۳۲', '1,750.32'],
    ['40', '۴۰', '40'],
    ['0', '۰', '0'],
    ['999', '۹۹۹', '999'],
    ['1000000', '۱٬۰۰۰٬۰۰۰', '1,000,000'],
    ['-75', '\u2212۷۵', '\u221275'],
    ['0.0005', '۰٫۰۰۰۵', '0.0005']
  ]
  for (const [value, persian, english] of cases) {
    t.equal(fa.number(value), persian)
    t.equal(en.number(value), english)
  }
  t.equal(fa.percent('87.52'), '۸۷٫۵۲٪')
  t.equal(en.percent('100.00'), '100.00%')
  t.equal(fa.number('40', 2), '۴۰٫۰۰', 'a column has one number of fraction digits')
  t.equal(fa.number('not a number 7'), 'not a number ۷')
})

t.test('signs are shown where there is something to sign', async (t) => {
  t.equal(en.signed('5.5'), '+5.5')
  t.equal(en.signed('-5.5'), '\u22125.5')
  for (const zero of ['0', '0.00']) t.equal(en.signed(zero), zero)
})

t.test('no digit of a figure is lost or added', async (t) => {
  const decimal = fc
    .tuple(fc.boolean(), fc.bigInt({ min: 0n, max: 10n ** 15n }), fc.option(fc.stringMatching(/^\d{1,6}$/)))
    .map(
      ([minus, whole, fraction]) => `${minus ? '-' : ''}${whole}${fraction === null ? '' : `.${fraction}`}`
    )
  fc.assert(
    fc.property(decimal, (value) => {
      const back = latinDigits(fa.number(value)).replace(/٬/g, '').replace('٫', '.').replace('\u2212', '-')
      t.equal(back, value)
    }),
    { numRuns: 200 }
  )
})

t.test('dates by their parts, in Tehran', async (t) => {
  t.equal(fa.date('2024-07-02T20:29:59.999Z'), '۱۲ تیر ۱۴۰۳')
  t.equal(fa.date('2024-07-02T20:30:00.000Z'), '۱۳ تیر ۱۴۰۳', 'midnight in Tehran')
  t.equal(en.date('2024-07-02'), '12 Tir 1403')
  t.equal(fa.weekday('2024-07-02'), 'سه‌شنبه ۱۲ تیر ۱۴۰۳')
  t.equal(en.moment('2024-07-02T08:05:00.000Z'), '12 Tir 1403, 11:35')
  t.equal(fa.moment('2024-07-02T08:05:00.000Z'), '۱۲ تیر ۱۴۰۳، ۱۱:۳۵')
})

t.test('names in the Persian order, found however they are typed', async (t) => {
  const names = ['یزد', 'قزوین', 'پارس', 'گیلان', 'چابهار', 'تهران', 'ژاله']
  t.strictSame([...names].sort(byName('fa')), ['پارس', 'تهران', 'چابهار', 'ژاله', 'قزوین', 'گیلان', 'یزد'])
  t.equal(folded('علي كريمي'), folded('علی کریمی'))
  t.equal(folded('می‌شود ۱۲'), folded('میشود 12'))
})

t.test('as many fraction digits as the longest of a column', async (t) => {
  t.equal(fractionDigits(['1', '2.5', null, '3.125', undefined]), 3)
  t.equal(fractionDigits([]), 0)
})
