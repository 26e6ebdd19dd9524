import t from 'tap'
import { latinDigits } from '../../src/digits.ts'
import { endOfDay, endOfTypedDay, jalaliOf, noonOf } from '../../src/web/calendar.ts'

const DAY_MS = 86_400_000

t.test('a Solar Hijri day is found again from every day of two centuries', async (t) => {
  let wrong = 0
  for (let noon = Date.UTC(1925, 2, 22, 8, 30); noon < Date.UTC(2100, 0, 1); noon += DAY_MS) {
    const day = jalaliOf(new Date(noon))
    if (noonOf(day)?.getTime() !== noon) wrong++
  }
  t.equal(wrong, 0)
})

t.test('days that are not', async (t) => {
  t.strictSame(
    noonOf({ year: 1403, month: 12, day: 30 })?.toISOString(),
    '2025-03-20T08:30:00.000Z',
    'a leap year'
  )
  for (const [year, month, day] of [
    [1402, 12, 30],
    [1403, 7, 31],
    [1403, 13, 1],
    [1403, 0, 1],
    [1403, 1, 0]
  ] as const) {
    t.equal(noonOf({ year, month, day }), null, `${year}/${month}/${day}`)
  }
})

t.test('a typed day ends when it ends in Tehran, with and without summer time', async (t) => {
  const cases: Record<string, string> = {
    '1403/04/12': '2024-07-02T20:29:59.999Z',
    '۱۴۰۳-۴-۱۲': '2024-07-02T20:29:59.999Z',
    '1400/01/02': '2021-03-22T19:29:59.999Z',
    '1400.07.01': '2021-09-23T20:29:59.999Z',
    '2024-07-02': '2024-07-02T20:29:59.999Z'
  }
  for (const [typed, end] of Object.entries(cases)) {
    t.equal(endOfTypedDay(typed)?.toISOString(), end, typed)
  }
  for (const typed of ['', 'yesterday', '1403/04', '2024-02-30', '1402/12/30', '12/04/1403']) {
    t.equal(endOfTypedDay(typed), null, typed)
  }
  t.equal(endOfDay(new Date('2024-07-02T08:30:00Z')).toISOString(), '2024-07-02T20:29:59.999Z')
  t.equal(latinDigits('۱۲٣4'), '1234')
})
