import type { Discrepancy } from '../../projections/discrepancy-list.ts'
import type { Title } from '../../src/events/forms.ts'
import type { Hint } from '../../src/rules/hints.ts'
import { figures, heading, type Look, table, text } from './page.ts'
import { say } from './words.ts'

/** What does not agree, one line each, in the ledger's own order: the largest in points first. */
export function discrepancyTable(rows: readonly Discrepancy[], look: Look): string[] {
  const columns = [
    text('year', look),
    text('code', look),
    text('level', look),
    text('measure', look),
    figures('printed', look),
    figures('computed', look),
    figures('difference', look),
    figures('inPoints', look),
    text('kind', look),
    text('from', look),
    text('hint', look)
  ]
  return [
    ...heading('discrepancies', look, { count: String(rows.length) }),
    ...table(
      columns,
      rows.map((row) => discrepancyRow(row, look)),
      look
    )
  ]
}

const discrepancyRow = (row: Discrepancy, look: Look): string[] => [
  row.period,
  row.node,
  row.level ?? '',
  row.measure,
  row.found ?? '-',
  row.expected ?? '-',
  row.difference ?? '',
  row.gap ?? '',
  row.kind,
  basisOf(row, look),
  row.hints.map((hint) => hintText(hint, look)).join('; ')
]

/** From which points and ceiling the computed figure comes; of what it is the sum, where it is one. */
function basisOf({ basis, expected, ceiling }: Discrepancy, { lang }: Look): string {
  if (!basis) return ceiling === null ? '' : `${expected} / ${ceiling}`
  const whole = basis.ceiling ?? ceiling
  const figures = whole === null ? [] : [`${basis.points ?? expected} / ${whole}`]
  const incomplete = basis.partial ? [say(INCOMPLETE, lang)] : []
  return [say(BASES[basis.of], lang), ...figures, ...incomplete].join(' ')
}

const INCOMPLETE: Title = { fa: '(ناکامل)', en: '(incomplete)' }

const BASES: Record<NonNullable<Discrepancy['basis']>['of'], Title> = {
  'own-figures': { fa: 'ارقام همان ردیف', en: 'its own figures' },
  recorded: { fa: 'ارقام ثبت‌شده', en: 'recorded' },
  'roll-up': { fa: 'جمع اجزا', en: 'sum of parts' },
  'published-parts': { fa: 'جمع اجزای چاپ‌شده', en: 'sum of printed parts' },
  'other-place': { fa: 'جای دیگر گزارش', en: 'another place' },
  framework: { fa: 'شیوه‌نامه', en: 'framework' }
}

/** A hint is a way the difference may have come about, not a finding. */
function hintText(hint: Hint, { lang }: Look): string {
  const fa = lang === 'fa'
  switch (hint.hint) {
    case 'mean': {
      const of = hint.of.join(', ')
      return fa ? `میانگین ساده ${of} = ${hint.mean}` : `plain mean of ${of} = ${hint.mean}`
    }
    case 'swap':
      return `${fa ? 'جابه‌جایی دو رقم' : 'two digits swapped'}: ${hint.node} ${hint.printed} > ${hint.swapped}`
    case 'nine':
      return fa
        ? `تفاوت (${hint.units}) بر نه بخش‌پذیر است`
        : `the difference (${hint.units}) is divisible by nine`
    case 'ceiling': {
      const { ceiling, node, period } = hint
      return fa
        ? `با سقف ${ceiling} می‌خواند: ${node} ${period}`
        : `fits the ceiling ${ceiling} of ${node} ${period}`
    }
  }
}
