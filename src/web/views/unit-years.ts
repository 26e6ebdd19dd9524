import { html } from 'ghtml'
import { type BarGroup, groupedBars } from '../charts/grouped.ts'
import type { Context } from '../context.ts'
import { type Directory, periodName, seriesOptions } from '../directory.ts'
import type { Html } from '../page.ts'
import type { Comparison } from '../reads.ts'
import { unit as words } from '../words/unit.ts'
import { isComparable, missing, TOTAL } from './unit-cells.ts'
import { nodeSection, rowName } from './unit-node.ts'
import { depthsOf, nodesTable } from './unit-table.ts'

/* A unit along the lineage of its framework: which periods, what changed and why, drawn and in a table. */

export interface Years {
  comparison: Comparison
  /** Every period of the series in which the unit was evaluated, oldest first. */
  all: readonly string[]
  /** Every series in which it was. */
  series: readonly string[]
}

export function yearsSection(context: Context, directory: Directory, years: Years): Html {
  const { say, name, query } = context
  const { comparison } = years
  const { periods, items, caution } = comparison
  const row = items.find(({ node }) => node === (query.node ?? TOTAL)) ?? items[0]
  const depths = depthsOf(comparison)
  const said = caution ? html`<p class="caution">${name(caution)}</p>` : ''
  const one = periods.length < 2 ? html`<p class="note">${say(words.onePeriod)}</p>` : ''
  return html`<h2>${say(words.years)}</h2>!${seriesChoice(context, directory, years)}!${periodChoice(context, directory, years)}!${said}!${one}
!${chart(context, comparison, depths)}!${row ? nodeSection(context, directory, comparison, row) : ''}!${nodesTable(context, directory, comparison, depths)}`
}

/** Other series of the unit, by links. */
function seriesChoice(context: Context, { frameworks }: Directory, { series, comparison }: Years): Html {
  if (series.length < 2) return ''
  const own = seriesOptions(context, frameworks).filter(({ value }) => series.includes(value))
  const items = own.map(
    ({ value, label }) =>
      html`<li><a class="badge" href="${context.here({ series: value, periods: undefined, node: undefined })}"!${value === comparison.series ? ' aria-current="true"' : ''}>${label}</a></li>`
  )
  return html`<p id="series">${context.say(words.series)}</p><ul class="badges" aria-labelledby="series">!${items.join('')}</ul>`
}

/** Periods are put in and taken out by links; the order is that of time. */
function periodChoice(context: Context, directory: Directory, { all, comparison }: Years): Html {
  const { say, here } = context
  const chosen = new Set(comparison.periods)
  const offered = [...new Set([...all, ...comparison.periods])]
  const items = offered.map((period) => {
    const name = periodName(context, directory, period)
    const isChosen = chosen.has(period)
    const others = offered.filter((each) => (each === period ? !isChosen : chosen.has(each)))
    if (isChosen && others.length === 0) return html`<li><span class="badge">${name}</span></li>`
    const label = say(isChosen ? words.dropPeriod : words.addPeriod, { period: name })
    const mark = isChosen ? '×' : '+'
    return html`<li><span class="badge!${isChosen ? '' : ' off'}">${name} <a href="${here({ periods: others.join(',') })}" aria-label="${label}">${mark}</a></span></li>`
  })
  const more: [string, string | undefined][] = []
  if (chosen.size < all.length) more.push([say(words.allPeriods), undefined])
  if (all.length > 2) more.push([say(words.lastTwo), all.slice(-2).join(',')])
  const links = more.map(([label, periods]) => html`<li><a href="${here({ periods })}">${label}</a></li>`)
  return html`<ul class="badges" aria-label="${say(words.periods)}">!${items.join('')}!${links.join('')}</ul>`
}

/** The total, the roots and what lies right below them, as far as there is more than one period to draw. */
function chart(context: Context, { items, periods }: Comparison, depths: ReadonlyMap<string, number>): Html {
  const { say, format, language } = context
  const latest = periods.at(-1)
  const least = Math.min(periods.length, 2)
  const rows = items.filter((row) => {
    const isHigh = row.period === latest && (depths.get(row.node) ?? 0) <= 1
    return isHigh && periods.filter((period) => !missing(row.periods[period])).length >= least
  })
  const groups = rows.map(
    (row): BarGroup => ({
      heading: html`${rowName(context, row)}`,
      bars: periods.map((period, index) => {
        const cell = row.periods[period] ?? null
        const why = missing(cell)
        return {
          label: shortName(context, period),
          value: cell && !why ? Number(cell.percent) : null,
          text: why ? say(why) : format.percent(cell?.percent ?? ''),
          isHollow:
            !missing(row.periods[periods[index - 1] ?? '']) && cell !== null && !isComparable(row, cell)
        }
      })
    })
  )
  return groupedBars(language, say(words.chart), groups)
}

const LABEL_MAX = 9

/** A period beside a bar: its id, which is a year, unless that is too long. */
const shortName = ({ format }: Context, period: string): string =>
  format.digits(period.length > LABEL_MAX ? `${period.slice(0, LABEL_MAX - 1)}…` : period)
