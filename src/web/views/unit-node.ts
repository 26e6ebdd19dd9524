import { html } from 'ghtml'
import { splitChart } from '../charts/split.ts'
import type { Context } from '../context.ts'
import { type Directory, periodName } from '../directory.ts'
import type { Html } from '../page.ts'
import { figure, percent, signed } from '../parts/figures.ts'
import { sentence } from '../parts/sentence.ts'
import { type Column, figures, table, withValues } from '../parts/table.ts'
import type { Comparison } from '../reads.ts'
import { unit as words } from '../words/unit.ts'
import { comparability, missing, TOTAL, whyNot, type YearCell, type YearRow } from './unit-cells.ts'

/* One node, or the total, from period to period: what changed, in words, drawn, and in a table. */

/** The title of a row; the total has no code of its own. */
export const rowName = ({ name }: Context, { node, title }: YearRow): string =>
  node === TOTAL ? name(title) : `${node} ${name(title)}`

export function nodeSection(
  context: Context,
  directory: Directory,
  comparison: Comparison,
  row: YearRow
): Html {
  const { periods } = comparison
  const pairs = periods.slice(1).map((after, i) => ({ before: periods[i] ?? '', after }))
  const named = (period: string) => periodName(context, directory, period)
  const told = pairs.map((pair) => change(context, row, pair, named)).join('')
  const name = rowName(context, row)
  return html`<section id="change"><h3>${context.say(words.detail, { node: name })}</h3>!${told}!${yearsTable(context, comparison, row, named)}</section>`
}

interface Pair {
  before: string
  after: string
}

type Named = (period: string) => string

/** One change in words, with the parts it is made of where they are known. */
function change(context: Context, row: YearRow, pair: Pair, named: Named): Html {
  const { say } = context
  const [before, after] = [row.periods[pair.before], row.periods[pair.after]]
  const names = { before: html`${named(pair.before)}`, after: html`${named(pair.after)}` }
  if (!after?.change || !before) {
    const why = html`${say(whyNot(before, after))}`
    return html`<p>!${sentence(context, words.noBasis, { ...names, why })}</p>`
  }
  const told = sentence(context, after.growthPercent === null ? words.changeOnly : words.change, {
    ...names,
    was: percent(context, before.percent),
    is: percent(context, after.percent),
    change: html`<strong>!${signed(context, after.change.percent)}</strong>`,
    growth: signedPercent(context, after.growthPercent)
  })
  return html`<p>!${told}</p>!${parts(context, after.change, pair, named)}`
}

const signedPercent = (context: Context, value: string | null): Html =>
  value === null
    ? ''
    : html`<bdi dir="ltr">${context.format.signed(value)}${context.language === 'fa' ? '٪' : '%'}</bdi>`

type Change = NonNullable<YearCell['change']>

function parts(context: Context, change: Change, { before, after }: Pair, named: Named): Html {
  const { say, format, language } = context
  const { performance, applicability, framework } = change
  if (performance === null || applicability === null || framework === null) {
    return html`<p class="note">${say(words.notSeparable)}</p>`
  }
  const told = sentence(context, words.parts, {
    performance: signed(context, performance),
    applicability: signed(context, applicability),
    framework: signed(context, framework)
  })
  const part = (label: string, value: string) => ({ label, value: Number(value), text: format.signed(value) })
  const caption = say(words.splitCaption, { before: named(before), after: named(after) })
  const chart = splitChart(language, caption, [
    part(say(words.performance), performance),
    part(say(words.applicability), applicability),
    part(say(words.framework), framework),
    { ...part(say(words.sum), change.percent), isSum: true }
  ])
  return html`<p>!${told}</p>!${chart}<p class="note">${say(words.partsHint)}</p>`
}

/** A row for each period: everything that is known of the node in it. */
function yearsTable(context: Context, comparison: Comparison, row: YearRow, named: Named): Html {
  const { say } = context
  const { periods } = comparison
  const unit = context.language === 'fa' ? '٪' : '%'
  const at = (period: string) => row.periods[period] ?? null
  const column = (
    head: string,
    value: (cell: YearCell) => string | null | undefined,
    more: { signed?: boolean; unit?: string } = {}
  ) =>
    figures<string>(
      context,
      head,
      periods,
      (period) => {
        const cell = at(period)
        return cell ? value(cell) : null
      },
      more
    )
  const columns: Column<string>[] = [
    { head: say(words.period), cell: (period) => html`${named(period)}` },
    { head: say(words.code), cell: (period) => codesOf(context, comparison, row, period) },
    column(say(words.points), ({ points }) => points),
    column(say(words.ceiling), ({ applicableCeiling }) => applicableCeiling),
    {
      ...column(say(words.percent), (cell) => cell.percent, { unit }),
      cell: (period) => percentCell(context, at(period))
    },
    { head: say(words.measurement), cell: (period) => measurementView(context, at(period)) },
    {
      head: say(words.comparability),
      cell: (period) => html`${say(comparability(row, at(period), period === periods[0]))}`
    },
    column(say(words.sum), (cell) => cell.change?.percent, { signed: true }),
    column(say(words.growth), (cell) => cell.growthPercent, { signed: true, unit }),
    column(say(words.performance), (cell) => cell.change?.performance, { signed: true }),
    column(say(words.applicability), (cell) => cell.change?.applicability, { signed: true }),
    column(say(words.framework), (cell) => cell.change?.framework, { signed: true })
  ]
  return table(context, withValues(columns, periods), periods, {
    caption: say(words.nodeYears, { node: rowName(context, row) })
  })
}

/** The codes that the node had, each leading to why it stood there. */
function codesOf(context: Context, { evaluations }: Comparison, row: YearRow, period: string): Html {
  const evaluation = evaluations[period]
  const links = (row.periods[period]?.nodes ?? []).map((code) =>
    evaluation
      ? html`<a href="${context.link(`/evaluations/${evaluation}/nodes/${code}`)}"><bdi>${code}</bdi></a>`
      : html`<bdi>${code}</bdi>`
  )
  return links.join(', ')
}

function percentCell(context: Context, cell: YearCell | null): Html {
  const why = missing(cell)
  if (why) return html`<span class="soft">${context.say(why)}</span>`
  return percent(context, cell?.percent)
}

/** What was measured, where the ledger knows it. */
function measurementView(context: Context, cell: YearCell | null): Html {
  const measured = cell?.measurement
  if (!measured) return ''
  const { numerator, denominator, baseline, target } = measured
  const value =
    denominator === undefined
      ? figure(context, numerator)
      : sentence(context, words.measured, {
          numerator: figure(context, numerator),
          denominator: figure(context, denominator)
        })
  const more = [
    baseline === undefined ? '' : sentence(context, words.baseline, { value: figure(context, baseline) }),
    target === undefined ? '' : sentence(context, words.target, { value: figure(context, target) })
  ].filter((each) => each !== '')
  const about = more.length > 0 ? html`<br><span class="soft">!${more.join(', ')}</span>` : ''
  return html`!${value}!${about}`
}
