import { html } from 'ghtml'
import { chartFigure } from '../../charts/figure.ts'
import { rowsChart } from '../../charts/rows.ts'
import type { Context } from '../../context.ts'
import type { Html } from '../../page.ts'
import { figure, percent } from '../../parts/figures.ts'
import { sentence } from '../../parts/sentence.ts'
import { table } from '../../parts/table.ts'
import type { LeagueRow } from '../../reads.ts'
import { node as words } from '../../words/node.ts'
import type { Model } from '../node.ts'

/* How the same node was judged in other units, without their names. */

type Judged = LeagueRow & { percent: string }

/** Those with a complete figure, the least first. */
export function judgedIn(rows: readonly LeagueRow[]): Judged[] {
  return rows
    .filter((row): row is Judged => row.percent !== null && row.applicable && !row.partial)
    .sort((a, b) => Number(a.percent) - Number(b.percent))
}

/** The figure that this share of all does not exceed; one that somebody got, never one between two. */
export const quantile = (judged: readonly Judged[], share: number): string =>
  judged[Math.max(0, Math.ceil(judged.length * share) - 1)]?.percent ?? '0'

export function elsewhereSection({ league, card }: Model, context: Context): Html {
  if (!league) return ''
  const { say } = context
  const judged = judgedIn(league.items)
  if (league.items.length < 2) return html`<p>${say(words.elsewhereAlone)}</p>`
  const own = judged.find(({ evaluation }) => evaluation === card.evaluation)
  const at = (share: number) => percent(context, quantile(judged, share))
  const lead =
    judged.length === 0
      ? ''
      : sentence(context, words.elsewhereLead, {
          units: figure(context, String(league.population.size)),
          judged: figure(context, String(judged.length)),
          least: at(0),
          lower: at(0.25),
          median: at(0.5),
          upper: at(0.75),
          most: at(1)
        })
  return html`<p>!${lead} !${placeOf(context, judged, own)}</p>!${judged.length === 0 ? '' : spread(context, judged, own)}`
}

function placeOf(context: Context, judged: readonly Judged[], own: Judged | undefined): Html {
  if (!own) return html`${context.say(words.elsewhereNot)}`
  const value = Number(own.percent)
  const above = judged.filter((row) => Number(row.percent) > value).length
  const below = judged.filter((row) => Number(row.percent) < value).length
  return sentence(context, words.elsewherePlace, {
    percent: html`<strong>!${percent(context, own.percent)}</strong>`,
    place: figure(context, String(above + 1)),
    above: figure(context, String(above)),
    below: figure(context, String(below))
  })
}

const BIN = 20
const BINS = 100 / BIN

interface Bin {
  label: string
  count: number
  isOwn: boolean
}

const binOf = (shown: string): number => Math.min(BINS - 1, Math.max(0, Math.floor(Number(shown) / BIN)))

function spread(context: Context, judged: readonly Judged[], own: Judged | undefined): Html {
  const { say, format } = context
  const bins = Array.from({ length: BINS }, (_, index): Bin => {
    const places = { from: format.digits(index * BIN), to: format.digits((index + 1) * BIN) }
    return {
      label: say(words.bin, places),
      count: judged.filter((row) => binOf(row.percent) === index).length,
      isOwn: own !== undefined && binOf(own.percent) === index
    }
  })
  const label = say(words.elsewhereChart)
  const chart = rowsChart(context, {
    label,
    rows: bins.map(({ label: bin, count, isOwn }) => ({
      label: isOwn ? `${bin} · ${say(words.ofThem)}` : bin,
      bars: [
        {
          from: 0,
          to: count,
          kind: isOwn ? ('standing' as const) : ('other' as const),
          figure: format.number(String(count))
        }
      ]
    })),
    isCount: true,
    from: 0,
    to: Math.max(...bins.map(({ count }) => count), 1)
  })
  const columns = [
    {
      head: say(words.elsewhereChart),
      cell: (bin: Bin) => html`${bin.isOwn ? `${bin.label} · ${say(words.ofThem)}` : bin.label}`
    },
    { head: say(words.units), isFigure: true, cell: ({ count }: Bin) => figure(context, String(count)) }
  ]
  return chartFigure(context, {
    caption: label,
    chart,
    table: table(context, columns, bins, { caption: label, isCaptionHidden: true })
  })
}
