import t from 'tap'
import type { AppealFile, Question } from '../../src/rules/appeals.ts'
import { decisionDue, isOverdue } from '../../src/rules/deadlines.ts'

const rules = { windowDays: 10, escalationDays: 5, decisionDays: 15, instances: 2 } as const
const FILED = '2024-03-20T10:00:00.000Z'
const DAY_MS = 86_400_000

/** So many days, and milliseconds, after the filing. */
const after = (days: number, ms = 0): string => new Date(Date.parse(FILED) + days * DAY_MS + ms).toISOString()

const question = (askedAt: string, answeredAt: string | null): Question => ({
  request: '01J00000000000000000000001',
  of: 'unit',
  askedAt,
  answeredAt,
  event: '00000000-0000-4000-8000-000000000001'
})

const appeal = (questions: Question[] = [], instanceAt = FILED, status: AppealFile['status'] = 'open') =>
  ({ instanceAt, status, questions }) as unknown as AppealFile

/** The day of April 2024 that begins in Tehran when the decision is due. */
const dueDay = (questions: Question[], now = after(20)): number =>
  (Date.parse(decisionDue(appeal(questions), rules, now)) - Date.parse('2024-03-31T20:30:00.000Z')) / DAY_MS +
  1

t.test('due when the sixteenth day after begins in Tehran', async (t) => {
  const due = (filed: string) => decisionDue(appeal([], filed), rules, filed)
  t.equal(due('2024-03-19T20:30:00.000Z'), '2024-04-04T20:30:00.000Z', 'the first instant of 20 March')
  t.equal(due('2024-03-20T20:29:59.999Z'), '2024-04-04T20:30:00.000Z', 'the last')
  t.equal(due('2024-03-20T20:30:00.000Z'), '2024-04-05T20:30:00.000Z', 'a day later')
  t.equal(due('2021-09-10T08:00:00.000Z'), '2021-09-25T20:30:00.000Z', 'when summer time ended in between')
})

t.test('overdue from that instant on, as long as it is open', async (t) => {
  const due = '2024-04-04T20:30:00.000Z'
  t.notOk(isOverdue(appeal(), rules, '2024-04-04T20:29:59.999Z'))
  t.ok(isOverdue(appeal(), rules, due))
  t.notOk(isOverdue(appeal([], FILED, 'decided'), rules, due))
  t.notOk(isOverdue(appeal([], FILED, 'withdrawn'), rules, due))
})

t.test('later by the whole days during which a question was open', async (t) => {
  t.equal(dueDay([]), 5)
  t.equal(dueDay([question(after(1), after(2, -1))]), 5, 'less than a day')
  t.equal(dueDay([question(after(1), after(2))]), 6, 'a day')
  t.equal(dueDay([question(after(1), after(4, 1))]), 8, 'three days and a little')
  t.equal(dueDay([question(after(1), after(9))]), 10, 'five at most')
  t.equal(
    dueDay([question(after(1), after(4)), question(after(2), after(5))]),
    9,
    'together, days count once'
  )
  t.equal(dueDay([question(after(2), after(5)), question(after(1), after(4))]), 9, 'in whatever order')
  t.equal(dueDay([question(after(1), after(9)), question(after(9), after(17))]), 15, 'five each')
})

t.test('an open question stops the clock until now', async (t) => {
  const open = [question(after(1), null)]
  t.equal(dueDay(open, after(1)), 5)
  t.equal(dueDay(open, after(3)), 7)
  t.equal(dueDay(open, after(30)), 10, 'and no longer than five days')
  t.notOk(isOverdue(appeal(open), rules, '2024-04-09T20:29:59.999Z'))
  t.ok(isOverdue(appeal(open), rules, '2024-04-09T20:30:00.000Z'))
  const never = { ...rules, escalationDays: 0 }
  t.equal(decisionDue(appeal(open), never, after(9)), '2024-04-04T20:30:00.000Z', 'where it may not stop')
})
