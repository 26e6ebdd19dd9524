import { addDays, dayOf, startOfDay } from '../clock.ts'
import type { AppealFile, Question } from './appeals.ts'
import type { Framework } from './framework.ts'

type AppealRules = NonNullable<Framework['appeal']>

const DAY_MS = 86_400_000

/**
 * When the decision of the present instance is due: 00:00 in Tehran of (day of filing or escalation + decisionDays
 * + 1), later by the whole days during which a question was open, each question counting at most `escalationDays`.
 * `now` ends questions that are still open. Silence decides nothing; it only makes the appeal overdue.
 */
export function decisionDue(appeal: AppealFile, rules: AppealRules, now: string): string {
  const stopped = stoppedDays(appeal.questions, rules.escalationDays, now)
  return startOfDay(addDays(dayOf(appeal.instanceAt), rules.decisionDays + 1 + stopped))
}

/** Whole days during which at least one question was open. */
function stoppedDays(questions: readonly Question[], daysMax: number, now: string): number {
  const spans = questions
    .map(({ askedAt, answeredAt }) => {
      const begin = Date.parse(askedAt)
      return { begin, end: Math.min(Date.parse(answeredAt ?? now), begin + daysMax * DAY_MS) }
    })
    .sort((a, b) => a.begin - b.begin)
  let total = 0
  let reached = Number.NEGATIVE_INFINITY
  for (const { begin, end } of spans) {
    total += Math.max(0, end - Math.max(begin, reached))
    reached = Math.max(reached, end)
  }
  return Math.floor(total / DAY_MS)
}

/** Is an open appeal past its day? */
export const isOverdue = (appeal: AppealFile, rules: AppealRules, now: string): boolean =>
  appeal.status === 'open' && now >= decisionDue(appeal, rules, now)
