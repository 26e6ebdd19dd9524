import type { Explanation, ExplanationStep } from '../../projections/explanation.ts'
import { formatPercent } from '../../src/points.ts'
import { achieved } from '../../src/rules/rule.ts'
import { figures, heading, type Look, said, table, text } from './page.ts'
import { say } from './words.ts'

/** Why a disputed node stands where it does: claim, result, every step, the unit's own words; no side is taken. */
export function disputeLines(explanation: Explanation, look: Look): string[] {
  const { node, title, self, final, standing, steps } = explanation
  const columns = [
    figures('position', look),
    text('act', look),
    text('level', look),
    figures('before', look),
    figures('after', look),
    figures('delta', look),
    text('by', look),
    text('place', look),
    text('reason', look)
  ]
  return [
    ...heading('dispute', look, { node, percent: standing?.percent ?? '-' }),
    `${node}  ${say(title, look.lang)}`,
    `${said('self', look)} ${pointsOf(self)}, ${said('final', look)} ${pointsOf(final)}, ${said('gap', look)} ${explanation.gap?.points ?? '-'}`,
    '',
    ...table(
      columns,
      steps.map((step) => stepRow(step, look)),
      look
    ),
    '',
    ...steps.flatMap((step) => statementLines(step, explanation, look)),
    `${said('reason', look)}: ${givenReason(explanation) ?? said('notInSource', look)}`
  ]
}

const pointsOf = (level: Explanation['self']): string =>
  level ? `${level.points} (${level.percent ?? '-'} %)` : '-'

function stepRow(step: ExplanationStep, look: Look): string[] {
  return [
    step.position,
    step.type,
    step.level ?? '',
    step.before ?? '-',
    step.after ?? '-',
    step.delta ?? '',
    `${step.by} (${step.role})`,
    step.source?.place ?? '',
    // A claim needs no reason; what was given instead of it does.
    step.level === 'self' ? '' : (step.reason ?? step.reasonCode ?? said('notInSource', look))
  ]
}

/** Why the result differs from the claim, in the words of whoever made it differ; null where they gave none. */
export function givenReason({ steps }: Pick<Explanation, 'steps'>): string | null {
  const moved = steps.findLast(({ delta, level }) => level !== 'self' && delta !== null && delta !== '0')
  return moved?.reason ?? moved?.reasonCode ?? null
}

/** What the unit states with a step: its measurement beside the framework's target, and its words. */
function statementLines(
  { measurement, note }: ExplanationStep,
  { target }: Explanation,
  look: Look
): string[] {
  const fa = look.lang === 'fa'
  const lines: string[] = []
  if (measurement) {
    const { numerator, denominator } = measurement
    const share = denominator === undefined ? numerator : `${numerator} / ${denominator}`
    const reached = denominator === undefined ? '' : ` = ${formatPercent(achieved(measurement))} %`
    const stated = measurement.target ?? '-'
    lines.push(
      fa
        ? `اندازه‌گیری خود استان: ${share}${reached}؛ هدفی که استان می‌گوید: ${stated}؛ استاندارد در فرم الف: ${target ?? '-'}`
        : `The province's own measurement: ${share}${reached}; the target it states: ${stated}; the standard of Form A: ${target ?? '-'}`
    )
  }
  if (note !== null) lines.push(fa ? 'سخن استان:' : 'The words of the province:', note)
  return lines.length > 0 ? [...lines, ''] : []
}
