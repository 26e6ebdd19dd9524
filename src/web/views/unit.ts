import { html } from 'ghtml'
import type { Query } from '../ask.ts'
import type { Context } from '../context.ts'
import { type Directory, directoryOf } from '../directory.ts'
import { definePage, type Html, type Place, wholeList } from '../page.ts'
import type { Comparison, EvaluationLine, RankLine, Reads, UnitAnswer } from '../reads.ts'
import { provinces } from '../words/provinces.ts'
import { term, unitKinds } from '../words/terms.ts'
import { unit as words } from '../words/unit.ts'
import { evaluationsSection } from './unit-evaluations.ts'
import { ranksSection } from './unit-ranks.ts'
import { yearRows } from './unit-table.ts'
import { type Years, yearsSection } from './unit-years.ts'

/* One unit: what it is, how it did from year to year, and where it stands among others. */

interface Model {
  directory: Directory
  unit: UnitAnswer
  evaluations: EvaluationLine[]
  ranks: RankLine[]
  years: Years | null
  asOf: Comparison['asOf']
}

const FILTERS = [
  { name: 'series', label: words.series },
  { name: 'periods', label: words.periods },
  { name: 'node', label: words.node },
  { name: 'depth', label: words.depth }
]

export const unitPage = definePage<Model>({
  path: '/units/:unit',
  who: 'anyone',
  filters: FILTERS,
  load: async (reads, place) => {
    const { unit: id = '' } = place.params
    const directory = await directoryOf(reads)
    const unit = await reads.unit(id)
    const { evaluations, years, asOf } = await yearsOf(reads, place, directory)
    const isRanked = evaluations.length > 0
    const ranks = isRanked ? (await wholeList((query) => reads.ranks(id, query), place.moment)).items : []
    return { directory, unit, evaluations, ranks, years, asOf: years?.comparison.asOf ?? asOf }
  },
  title: ({ unit }, { name }) => name(unit.name),
  body,
  file: async (reads, place) => {
    const { unit: id = '' } = place.params
    const { years, asOf } = await yearsOf(reads, place, await directoryOf(reads))
    return { name: `years-${id}`, pages: [years ? yearRows(years.comparison) : []], asOf }
  }
})

/** The evaluations of the unit, and the years of one series: the one asked for, else that of the newest. */
async function yearsOf(reads: Reads, { params, query, moment }: Place, { frameworks }: Directory) {
  const { unit = '' } = params
  const { items, asOf } = await wholeList(reads.evaluations, { unit, ...moment })
  const begin = new Map(frameworks.map(({ framework, period }) => [framework, period.startsOn]))
  const started = ({ framework }: EvaluationLine) => begin.get(framework) ?? ''
  const evaluations = items.sort((a, b) => started(b).localeCompare(started(a)))
  const series = query.series ?? evaluations[0]?.series
  if (series === undefined) return { evaluations, years: null, asOf }
  const asked: Query = { series, periods: query.periods, ...moment }
  const comparison = await reads.comparison(unit, asked)
  const own = evaluations.filter((each) => each.series === series)
  const all = [...new Set(own.map(({ period }) => period))].reverse()
  const others = [...new Set(evaluations.map((each) => each.series))]
  return { evaluations, years: { comparison, all, series: others }, asOf }
}

function body({ directory, unit, evaluations, ranks, years }: Model, context: Context): Html {
  const facts = factsOf(context, directory, unit)
  if (!years || evaluations.length === 0) {
    return html`!${facts}<p class="none">${context.say(words.none)}</p>`
  }
  return html`!${facts}!${yearsSection(context, directory, years)}!${ranksSection(context, directory, ranks)}!${evaluationsSection(context, directory, evaluations)}`
}

function factsOf(context: Context, { units }: Directory, unit: UnitAnswer): Html {
  const { say } = context
  const link = (id: string) => {
    const name = units.get(id)?.name
    return html`<a href="${context.link(`/units/${id}`)}">${name ? context.name(name) : id}</a>`
  }
  const facts: [string, Html][] = [[say(words.kind), html`${say(unitKinds[unit.kind])}`]]
  if (unit.above.length > 0) {
    const arrow = context.language === 'fa' ? ' ← ' : ' → '
    facts.push([say(words.above), unit.above.toReversed().map(link).join(arrow)])
  }
  if (unit.province !== null) {
    facts.push([say(words.province), html`${say(term(provinces, unit.province))}`])
  }
  if (unit.groups.length > 0) facts.push([say(words.groups), html`<bdi>${unit.groups.join(', ')}</bdi>`])
  facts.push([say(words.id), html`<code>${unit.unit}</code>`])
  if (unit.below.length > 0) {
    const items = unit.below.map((id) => html`<li>!${link(id)}</li>`)
    const count = context.format.number(String(unit.below.length))
    facts.push([
      say(words.below),
      html`<details><summary>${count}</summary><ul>!${items.join('')}</ul></details>`
    ])
  }
  const shown = facts.map(([name, value]) => html`<dt>${name}</dt><dd>!${value}</dd>`)
  return html`<dl class="facts">!${shown.join('')}</dl>`
}
