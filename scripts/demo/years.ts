import type { ComparedCell, ComparedRow, Comparison } from '../../projections/comparison-table.ts'
import { figures, heading, type Look, said, table, text, titleOf } from './page.ts'
import type { Column } from './table.ts'
import { say } from './words.ts'

/** Year over year: percents with what they changed by, then what the changes are made of, and the caution. */
export function yearLines(comparison: Comparison, look: Look): string[] {
  const { periods, caution } = comparison
  return [
    ...heading('years', look, { periods: periods.join(', ') }),
    ...(caution ? [say(caution, look.lang), ''] : []),
    ...percentTable(comparison, look),
    '',
    ...legend(look),
    ...heading('split', look),
    ...splitTable(comparison, look)
  ]
}

function percentTable({ periods, items }: Comparison, look: Look): string[] {
  const columns = periods.flatMap((period, i): Column[] => [
    { head: `${period} %`, figures: true },
    ...(i === 0 ? [] : [figures('points', look), figures('growth', look)])
  ])
  const rows = items.map((row) => [
    row.node,
    ...periods.flatMap((period, i) => {
      const cell = row.periods[period] ?? null
      const shown = percentCell(cell, look)
      return i === 0 ? [shown] : [shown, cell?.changePoints ?? '', cell?.growthPercent ?? '']
    }),
    titleOf(row.title, look)
  ])
  return table([text('code', look), ...columns, text('title', look)], rows, look)
}

/** A percent; `≥` before the least it can be, and three ways of having none that must not be taken for one another. */
function percentCell(cell: ComparedCell | null, look: Look): string {
  if (!cell) return '-'
  if (!cell.applicable) return said('notApplicable', look)
  if (cell.percent === null) return '?'
  return cell.partial ? `≥ ${cell.percent}` : cell.percent
}

function legend(look: Look): string[] {
  const none = said('notApplicable', look)
  return look.lang === 'fa'
    ? [
        `-: در شیوه‌نامه آن سال نیست    ${none}: در آن سال مصداق نداشت    ?: در منبع نمانده است    ≥: دست‌کم؛ بخشی نمانده است`
      ]
    : [
        `-: not in that year's framework    ${none}: did not apply    ?: does not survive in the source    ≥: at least, a part is missing`
      ]
}

/** A row for each change above the leaves: its parts, or why there are none. */
function splitTable({ periods, items }: Comparison, look: Look): string[] {
  const columns = [
    text('code', look),
    text('year', look),
    figures('points', look),
    figures('growth', look),
    figures('performance', look),
    figures('applicability', look),
    figures('framework', look),
    text('why', look)
  ]
  const rows = periods
    .slice(1)
    .flatMap((period, i) => items.flatMap((row) => splitRow(row, periods[i] ?? '', period, look)))
  return table(columns, rows, look)
}

function splitRow(row: ComparedRow, earlier: string, later: string, look: Look): string[][] {
  const [before, after] = [row.periods[earlier] ?? null, row.periods[later] ?? null]
  if (!before || !after) return []
  const { change } = after
  const start = [row.node, `${earlier}-${later}`]
  if (!change) return [[...start, '', '', '', '', '', whyNone(before, after, look)]]
  const { percent, performance, applicability, framework, notSeparable } = change
  const parts = [performance, applicability, framework].map((part) => part ?? '')
  return [[...start, percent, after.growthPercent ?? '', ...parts, notSeparable ? notSeparated(look) : '']]
}

const notSeparated = ({ lang }: Look): string =>
  lang === 'fa'
    ? 'تفکیک‌پذیر نیست: رقم آن سال جمع اجزا نیست یا زیر آن درخت و سقف‌ها دگرگون شده است'
    : 'not separable: own figure of the year, or tree and ceilings below it changed'

/** Why two years of a node have no common basis. */
function whyNone(before: ComparedCell, after: ComparedCell, { lang }: Look): string {
  const fa = lang === 'fa'
  if (!before.applicable || !after.applicable) {
    return fa ? 'در یکی از دو سال مصداق نداشت' : 'did not apply in one of the years'
  }
  if (before.partial || after.partial || before.percent === null || after.percent === null) {
    return fa
      ? 'بخشی از رقم یکی از دو سال در منبع نمانده است'
      : 'a part of one year does not survive in the source'
  }
  return fa ? 'تناظری ثبت نشده است' : 'no lineage joins the two'
}
