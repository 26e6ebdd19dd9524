import { html } from 'ghtml'
import { caseReaders } from '../../../http/access-table.ts'
import type { Query } from '../../ask.ts'
import type { Context } from '../../context.ts'
import { byName } from '../../format.ts'
import type { Named } from '../../language.ts'
import { definePage, type Html, type Place, pagesOf, wholeList } from '../../page.ts'
import { claimText, deadline, instanceOf, person, statusTag } from '../../parts/appeal.ts'
import { type FilterField, filterForm, pager } from '../../parts/filters.ts'
import { optionsOf } from '../../parts/form.ts'
import { type Column, figures, table } from '../../parts/table.ts'
import type { Appeal, EvaluationLine, FrameworkSummary, List, Reads, Unit } from '../../reads.ts'
import { appeals as words } from '../../words/appeals.ts'
import { frame } from '../../words/frame.ts'
import { appealStatuses, outcomes } from '../../words/terms.ts'

/* The register: every appeal that its reader may see, in the order of filing, with what is due until when. */

interface Model {
  list: List<Appeal>
  units: readonly Unit[]
  /** What nodes are called and what their ceilings are, by framework and code. */
  nodes: ReadonlyMap<string, { title: Named; ceiling: string }>
  frameworks: readonly FrameworkSummary[]
  /** Where an appeal may be filed now by somebody like the reader. */
  inWindow: readonly EvaluationLine[]
  asOf: List<Appeal>['asOf']
}

const FILTERS = ['status', 'unit', 'period', 'panelist'] as const

const filterOf = ({ query }: Place): Query => Object.fromEntries(FILTERS.map((name) => [name, query[name]]))

export const nodeKey = (framework: string, node: string): string => `${framework} ${node}`

/** Titles and ceilings of the nodes of some frameworks, as they are now. */
export async function nodesOf(reads: Reads, frameworks: Iterable<string>): Promise<Model['nodes']> {
  const whole = await Promise.all([...new Set(frameworks)].map((each) => reads.framework(each)))
  return new Map(
    whole.flatMap(({ framework, nodes }) =>
      nodes.map(({ code, title, ceiling }) => [nodeKey(framework, code), { title, ceiling }] as const)
    )
  )
}

export const registerPage = definePage<Model>({
  path: '/appeals',
  who: caseReaders,
  filters: FILTERS.map((name) => ({ name, label: words[name] })),
  load: async (reads, place) => {
    const { page } = place.query
    const query = page === undefined ? { ...filterOf(place), ...place.moment } : { cursor: page }
    const list = await reads.appeals(query)
    const [{ items: units }, { items: frameworks }, nodes, inWindow] = await Promise.all([
      wholeList(reads.units, {}),
      wholeList(reads.frameworks, {}),
      nodesOf(
        reads,
        list.items.map(({ framework }) => framework)
      ),
      openTo(reads, place)
    ])
    return { list, units, nodes, frameworks, inWindow, asOf: list.asOf }
  },
  title: (_model, { say }) => say(words.title),
  body,
  file: async (reads, place) => {
    const query = { ...filterOf(place), ...place.moment }
    return { name: 'appeals', ...(await pagesOf(reads.appeals, query)) }
  }
})

/** Evaluations that wait for appeals: a unit's own, and all for whoever files on the letters of units. */
async function openTo(reads: Reads, { actor, query }: Place): Promise<EvaluationLine[]> {
  if ((actor.role !== 'assessor' && actor.role !== 'registrar') || query.asOf !== undefined) return []
  const { items } = await wholeList(reads.evaluations, { stage: 'appeal' })
  return actor.role === 'registrar' ? items : items.filter(({ unit }) => actor.units.includes(unit))
}

function body(model: Model, context: Context): Html {
  const { say, actor } = context
  const mine =
    actor.role === 'panelist'
      ? html`<a href="${context.here({ panelist: actor.id })}">${say(words.mine)}</a> · `
      : ''
  const statistics = context.link('/appeals/statistics', { period: context.query.period })
  const rows = model.list.items
  const shown =
    rows.length === 0
      ? html`<p class="none">${say(words.none)}</p>`
      : table(context, columnsOf(context, model), rows, {
          caption: say(words.title),
          isCaptionHidden: true,
          marks: ({ status }) => ({ class: status })
        })
  return html`!${waiting(context, model)}!${filterForm(context, questions(context, model))}
<p>!${mine}<a href="${statistics}">${say(words.toStatistics)}</a></p>
!${shown}!${pager(context, model.list.next)}`
}

function waiting(context: Context, { inWindow }: Model): Html {
  const { say, actor } = context
  if (inWindow.length === 0) return ''
  const lines = inWindow.map(({ evaluation, name }) => {
    const file = html`<a href="/evaluations/${evaluation}/appeal">${say(words.toFile)}</a>`
    const close =
      actor.role === 'registrar'
        ? html` · <a href="/evaluations/${evaluation}/close">${say(words.toClose)}</a>`
        : ''
    return html`<li>${context.name(name)} <bdi class="soft">${evaluation}</bdi>: !${file}!${close}</li>`
  })
  return html`<details class="more"!${inWindow.length <= 3 ? ' open' : ''}><summary>${say(words.inWindow)}</summary><ul>!${lines.join('')}</ul></details>`
}

function questions(context: Context, { units, frameworks }: Model): FilterField[] {
  const all = context.say(frame.all)
  const names = byName(context.language)
  const unitOptions = visibleUnits(context, units)
    .map(({ unit, name }) => ({ value: unit, label: context.name(name) }))
    .sort((a, b) => names(a.label, b.label))
  const periods = new Map(frameworks.map(({ period }) => [period.id, context.name(period.title)]))
  const periodOptions = [...periods].map(([value, label]) => ({ value, label }))
  return [
    { name: 'status', label: words.status, options: optionsOf(appealStatuses, context), all },
    { name: 'unit', label: words.unit, options: unitOptions, all },
    { name: 'period', label: words.period, options: periodOptions.reverse(), all },
    { name: 'panelist', label: words.panelist }
  ]
}

/** A unit's own people are offered what they could find something about: their units and those below. */
function visibleUnits({ actor }: Context, units: readonly Unit[]): readonly Unit[] {
  if (actor.role !== 'assessor') return units
  const found = new Set(actor.units)
  for (const above of found) for (const { unit, parent } of units) if (parent === above) found.add(unit)
  return units.filter(({ unit }) => found.has(unit))
}

function columnsOf(context: Context, { list, units, nodes }: Model): Column<Appeal>[] {
  const { say } = context
  const names = new Map(units.map(({ unit, name }) => [unit, context.name(name)]))
  const nodeOf = ({ framework, node }: Appeal) => nodes.get(nodeKey(framework, node))
  return [
    {
      head: say(words.node),
      cell: (row) => {
        const title = nodeOf(row)?.title
        return html`<a href="${context.link(`/appeals/${row.appeal}`)}">${title ? context.name(title) : row.node}</a> <bdi class="soft">${row.node}</bdi>`
      }
    },
    {
      head: say(words.unit),
      cell: ({ unit, evaluation }) =>
        html`<a href="${context.link(`/evaluations/${evaluation}`)}">${names.get(unit) ?? unit}</a>`
    },
    { head: say(words.status), cell: ({ status }) => statusTag(context, status) },
    { head: say(words.due), cell: (row) => deadline(context, row) },
    { head: say(words.filed), cell: ({ filedAt }) => html`${context.format.date(filedAt)}` },
    { head: say(words.instance), cell: ({ instance }) => html`${instanceOf(context, instance)}` },
    {
      head: say(words.claimed),
      cell: (row) => html`${claimText(context, { ...row, ceiling: nodeOf(row)?.ceiling ?? '' })}`
    },
    { head: say(words.outcome), cell: ({ outcome }) => (outcome ? html`${say(outcomes[outcome])}` : '') },
    figures(context, say(words.moved), list.items, ({ moved }) => moved, { signed: true }),
    { head: say(words.panel), cell: (row) => panelOf(context, row) },
    {
      head: say(words.questions),
      isFigure: true,
      cell: ({ openQuestions }) => html`<bdi>${context.format.number(openQuestions)}</bdi>`
    }
  ]
}

function panelOf({ say, format }: Context, { panel }: Appeal): Html {
  if (!panel) return html`<span class="soft">${say(words.noPanel)}</span>`
  const others = panel.members.filter((member) => member !== panel.chair)
  const chair = html`<bdi>${say(words.chairOf, { person: panel.chair })}</bdi>`
  return [chair, ...others.map(person)].join(format.comma)
}
