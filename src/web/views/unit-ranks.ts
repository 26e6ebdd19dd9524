import { html } from 'ghtml'
import type { Context } from '../context.ts'
import { type Directory, periodName, seriesName } from '../directory.ts'
import type { Html } from '../page.ts'
import { tag } from '../parts/figures.ts'
import { type Column, table } from '../parts/table.ts'
import type { RankLine } from '../reads.ts'
import { provinces } from '../words/provinces.ts'
import { term, unitKinds } from '../words/terms.ts'
import { unit as words } from '../words/unit.ts'

/* The rank of a unit in every population it belongs to: a row for each population, a column for each period. */

interface PopulationRow {
  series: string
  by: RankLine['by']
  value: string | null
  ranks: ReadonlyMap<string, RankLine>
}

export function ranksSection(context: Context, directory: Directory, ranks: readonly RankLine[]): Html {
  const { say } = context
  const rows = populationsOf(ranks)
  const order = directory.frameworks.map(({ period }) => period.id)
  const periods = [...new Set(ranks.map(({ period }) => period))].sort(
    (a, b) => order.indexOf(b) - order.indexOf(a)
  )
  const series = new Set(rows.map((row) => row.series))
  const columns: Column<PopulationRow>[] = [
    {
      head: say(words.population),
      cell: (row) => {
        const home = directory.frameworks.find((each) => each.series === row.series)
        const of =
          home && series.size > 1 ? html` <span class="soft">${seriesName(context, home)}</span>` : ''
        return html`${populationName(context, row)}!${of}`
      }
    },
    ...periods.map(
      (period): Column<PopulationRow> => ({
        head: periodName(context, directory, period),
        cell: ({ ranks: own }) => {
          const found = own.get(period)
          return found ? rankCell(context, found) : ''
        }
      })
    )
  ]
  const heading = say(words.ranks)
  return html`<h2>${heading}</h2><p class="note">${say(words.ranksHint)}</p>!${table(context, columns, rows, { caption: heading, isCaptionHidden: true })}`
}

function populationsOf(ranks: readonly RankLine[]): PopulationRow[] {
  const groups = Map.groupBy(ranks, ({ series, by, value }) => [series, by, value ?? ''].join(' '))
  return [...groups.values()].flatMap((lines) => {
    const [first] = lines
    if (!first) return []
    const { series, by, value } = first
    return [{ series, by, value, ranks: new Map(lines.map((line) => [line.period, line])) }]
  })
}

function populationName({ say }: Context, { by, value }: PopulationRow): string {
  if (by === 'all' || value === null) return say(words.everybody)
  if (by === 'group') return say(words.ofGroup, { value })
  const [phrase, list] =
    by === 'kind' ? ([words.ofKind, unitKinds] as const) : ([words.ofProvince, provinces] as const)
  return say(phrase, { value: say(term(list, value)) })
}

function rankCell(context: Context, line: RankLine): Html {
  const { say, format } = context
  const { by, value, period, series, rank, of, population } = line
  const filter = by === 'all' || value === null ? {} : { [by]: value }
  const count = (number: number) => format.number(String(number))
  const text = rank === null ? say(words.unranked) : say(words.rank, { rank: count(rank), of: count(of) })
  const size =
    population.size > of
      ? html` <span class="soft">${say(words.ofSize, { size: count(population.size) })}</span>`
      : ''
  const partial = line.partial ? html` !${tag(say(words.partial), 'bad')}` : ''
  return html`<a href="${context.link('/', { period, series, ...filter })}"><bdi>${text}</bdi></a>!${size}!${partial}`
}
