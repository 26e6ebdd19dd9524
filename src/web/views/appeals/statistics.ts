import { html } from 'ghtml'
import { caseReaders } from '../../../http/access-table.ts'
import type { Query } from '../../ask.ts'
import type { Context } from '../../context.ts'
import type { Named } from '../../language.ts'
import { definePage, type Html, type Place, pagesOf, wholeList } from '../../page.ts'
import { person } from '../../parts/appeal.ts'
import { filterForm, pager } from '../../parts/filters.ts'
import { type Column, figures, table } from '../../parts/table.ts'
import type { AppealStatistics, List, Reads } from '../../reads.ts'
import { appeals as words } from '../../words/appeals.ts'
import { frame } from '../../words/frame.ts'
import { nodeKey, nodesOf } from './register.ts'

/* How appeals fared by what they have in common: the unit, the node, the expert whose act was disputed. */

const GROUPS = ['unit', 'node', 'expert'] as const
type Group = (typeof GROUPS)[number]

interface Model {
  list: List<AppealStatistics>
  by: Group
  names: ReadonlyMap<string, Named>
  periods: ReadonlyMap<string, Named>
  asOf: List<AppealStatistics>['asOf']
}

const groupOf = ({ query }: Pick<Place, 'query'>): Group => GROUPS.find((each) => each === query.by) ?? 'unit'

const asked = (place: Place): Query => ({
  by: groupOf(place),
  period: place.query.period,
  ...place.moment
})

export const statisticsPage = definePage<Model>({
  path: '/appeals/statistics',
  who: caseReaders,
  filters: [
    { name: 'by', label: words.by },
    { name: 'period', label: words.period }
  ],
  load: async (reads, place) => {
    const by = groupOf(place)
    const { page } = place.query
    const list = await reads.appealStatistics(page === undefined ? asked(place) : { cursor: page })
    const [names, { items }] = await Promise.all([
      namesOf(reads, by, list.items),
      wholeList(reads.frameworks, {})
    ])
    const periods = new Map(items.toReversed().map(({ period }) => [period.id, period.title]))
    return { list, by, names, periods, asOf: list.asOf }
  },
  title: (_model, { say }) => say(words.statisticsTitle),
  body,
  file: async (reads, place) => {
    const listed = await pagesOf(reads.appealStatistics, asked(place))
    return { name: `appeals-by-${groupOf(place)}`, ...listed }
  }
})

async function namesOf(
  reads: Reads,
  by: Group,
  items: readonly AppealStatistics[]
): Promise<ReadonlyMap<string, Named>> {
  if (by === 'expert') return new Map()
  if (by === 'unit') {
    const { items: units } = await wholeList(reads.units, {})
    return new Map(units.map(({ unit, name }) => [unit, name]))
  }
  const nodes = await nodesOf(
    reads,
    items.flatMap(({ framework }) => framework ?? [])
  )
  return new Map([...nodes].map(([key, { title }]) => [key, title]))
}

function body(model: Model, context: Context): Html {
  const { say } = context
  const { list, by, periods } = model
  const groups = { unit: words.byUnit, node: words.byNode, expert: words.byExpert }
  const form = filterForm(context, [
    { name: 'by', label: words.by, options: GROUPS.map((value) => ({ value, label: say(groups[value]) })) },
    {
      name: 'period',
      label: words.period,
      options: [...periods].map(([value, title]) => ({ value, label: context.name(title) })),
      all: say(frame.all)
    }
  ])
  const caption = `${say(words.statisticsTitle)} · ${say(words.by)} ${say(groups[by])}`
  return html`<p><a href="${context.link('/appeals', { period: context.query.period })}">${say(words.toRegister)}</a></p>
!${form}<p class="note">${say(words.statisticsNote)}</p>
!${table(context, columnsOf(context, model), list.items, { caption, isCaptionHidden: true })}!${pager(context, list.next)}`
}

function columnsOf(context: Context, { list, by, names }: Model): Column<AppealStatistics>[] {
  const { say } = context
  const counted = (
    head: string,
    count: (row: AppealStatistics) => number,
    link?: (row: AppealStatistics) => string
  ): Column<AppealStatistics> => ({
    head,
    isFigure: true,
    cell: (row) => {
      const shown = html`<bdi>${context.format.number(count(row))}</bdi>`
      return link && count(row) > 0 ? html`<a href="${link(row)}">!${shown}</a>` : shown
    }
  })
  // Units lead to their appeals; the register has no filter by node or by expert.
  const { period } = context.query
  const toRegister = (status?: string) =>
    by === 'unit'
      ? (row: AppealStatistics) => context.link('/appeals', { unit: row.unit ?? undefined, status, period })
      : undefined
  const heads = { unit: words.unit, node: words.node, expert: words.expert }
  return [
    { head: say(heads[by]), cell: (row) => subject(context, names, row) },
    counted(say(words.count), ({ appeals }) => appeals, toRegister()),
    counted(say(words.open), ({ open }) => open, toRegister('open')),
    counted(say(words.overdueCount), ({ overdue }) => overdue, toRegister('overdue')),
    counted(say(words.decided), ({ decided }) => decided),
    counted(say(words.withdrawn), ({ withdrawn }) => withdrawn),
    counted(say(words.overturned), ({ overturned }) => overturned),
    figures(context, say(words.share), list.items, ({ overturnedShare }) => overturnedShare, {
      unit: context.language === 'fa' ? '٪' : '%'
    }),
    figures(context, say(words.moved), list.items, ({ moved }) => moved, { signed: true })
  ]
}

function subject(context: Context, names: Model['names'], row: AppealStatistics): Html {
  if (row.expert !== null) return person(row.expert)
  const code = row.unit ?? row.node ?? ''
  const key = row.framework === null ? code : nodeKey(row.framework, code)
  const title = names.get(key)
  const name = html`!${title ? html`${context.name(title)} ` : ''}<bdi class="soft">${code}</bdi>`
  return row.framework === null ? name : html`!${name} <bdi class="soft">${row.framework}</bdi>`
}
