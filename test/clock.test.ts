import t from 'tap'
import { addDays, createClock, dayOf, daysBetween, startOfDay, windowEnd } from '../src/clock.ts'

t.test('a day is a day of Tehran', async (t) => {
  t.equal(dayOf('2024-03-20T20:29:59.999Z'), '2024-03-20')
  t.equal(dayOf('2024-03-20T20:30:00.000Z'), '2024-03-21')
  t.equal(startOfDay('2024-03-21'), '2024-03-20T20:30:00.000Z')
  t.equal(addDays('2024-02-28', 2), '2024-03-01')
  t.equal(daysBetween('2024-03-01', '2024-02-28'), -2)
})

t.test('summer time, which ended in 2022, is kept where it held', async (t) => {
  t.equal(startOfDay('2021-07-01'), '2021-06-30T19:30:00.000Z', 'in summer')
  t.equal(startOfDay('2021-09-22'), '2021-09-21T20:30:00.000Z', 'the day after the clocks went back')
  t.equal(dayOf(startOfDay('2021-03-22')), '2021-03-22', 'a day without a midnight of its own')
  t.equal(startOfDay('2023-07-01'), '2023-06-30T20:30:00.000Z', 'no more since')
})

t.test('a window closes at the end of its last day, one of no days at once', async (t) => {
  const morning = '2024-03-20T06:00:00.000Z'
  t.equal(windowEnd(morning, 10), '2024-03-30T20:30:00.000Z')
  t.equal(windowEnd('2024-03-20T20:30:00.000Z', 10), '2024-03-31T20:30:00.000Z', 'it is tomorrow in Tehran')
  t.equal(windowEnd(morning, 0), morning)
})

t.test('the clock never goes behind the newest time it has seen', async (t) => {
  let system = Date.parse('2024-03-20T06:00:00.000Z')
  const clock = createClock(() => system)
  t.equal(clock.now(), '2024-03-20T06:00:00.000Z')
  clock.saw('2024-03-20T07:00:00.000Z')
  clock.saw('2024-03-20T06:30:00.000Z')
  t.equal(clock.now(), '2024-03-20T07:00:00.000Z')
  system = Date.parse('2024-03-20T08:00:00.000Z')
  t.equal(clock.now(), '2024-03-20T08:00:00.000Z')
  clock.saw(clock.now())
  system -= 1
  t.equal(clock.now(), '2024-03-20T08:00:00.000Z', 'what it has said itself was seen like anything else')
})
