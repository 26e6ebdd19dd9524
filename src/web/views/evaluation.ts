import { html } from 'ghtml'
import type { Context } from '../context.ts'
import { folded } from '../format.ts'
import { definePage, type Html, wholeList } from '../page.ts'
import { nodeLink, nodeName } from '../parts/node-cells.ts'
import type { Discrepancy, FrameworkSummary, Scorecard, UnitAnswer } from '../reads.ts'
import { evaluation as words } from '../words/evaluation.ts'
import { frame } from '../words/frame.ts'
import { announcedSection, unplacedSection } from './evaluation/announced.ts'
import { chartsSection } from './evaluation/charts.ts'
import { headSection } from './evaluation/head.ts'
import { appealsSection, exemptSection, targetsSection } from './evaluation/lists.ts'
import { lossesSection } from './evaluation/losses.ts'
import { treeSection } from './evaluation/tree.ts'

/* One unit judged by one framework: everything about its figures on one page. */

export interface Model {
  card: Scorecard
  unit: Pick<UnitAnswer, 'name'>
  framework: FrameworkSummary | null
  /** Those of this evaluation alone. */
  discrepancies: readonly Discrepancy[]
  asOf: Scorecard['asOf']
}

export const evaluationPage = definePage<Model>({
  path: '/evaluations/:evaluation',
  who: 'anyone',
  filters: [
    { name: 'q', label: words.jump },
    { name: 'depth', label: words.depth },
    { name: 'under', label: words.branch }
  ],
  load: async (reads, { params, moment }) => {
    const { evaluation = '' } = params
    const card = await reads.scorecard(evaluation, moment)
    const { unit, period, series } = card
    const [named, frameworks, discrepancies] = await Promise.all([
      reads.unit(unit),
      reads.frameworks({ period, series }),
      wholeList(reads.discrepancies, { unit, period, ...moment })
    ])
    return {
      card,
      unit: named,
      framework: frameworks.items.find(({ framework }) => framework === card.framework) ?? null,
      discrepancies: discrepancies.items.filter((item) => item.evaluation === evaluation),
      asOf: card.asOf
    }
  },
  title: ({ card, unit, framework }, { say, name, format }) =>
    say(words.title, {
      unit: name(unit.name),
      period: framework ? name(framework.period.title) : format.digits(card.period)
    }),
  body: evaluationBody,
  about: ({ card }) => `evaluation-${card.evaluation}`,
  file: async (reads, { params, moment }) => {
    const { evaluation = '' } = params
    const { nodes, total, asOf } = await reads.scorecard(evaluation, moment)
    const rows = [...nodes, total].map(({ published: _published, ...row }) => row)
    return { name: `evaluation-${evaluation}`, pages: [rows], asOf }
  }
})

/** The whole page: figures first, then what they are made of. */
export function evaluationBody(model: Model, context: Context): Html {
  const sections = [
    { id: 'tree', head: words.tree, body: treeSection(model, context) },
    { id: 'losses', head: words.losses, body: lossesSection(model, context) },
    { id: 'announced', head: words.announcedHead, body: announcedSection(model, context) },
    { id: 'charts', head: words.charts, body: chartsSection(model, context) },
    { id: 'exempt', head: words.exempt, body: exemptSection(model, context) },
    { id: 'targets', head: words.targets, body: targetsSection(model, context) },
    { id: 'appeals', head: words.appeals, body: appealsSection(model, context) },
    { id: 'unplaced', head: words.unplaced, body: unplacedSection(model, context) }
  ].filter(({ body }) => body !== '')
  const contents = sections.map(({ id, head }) => html`<li><a href="#${id}">${context.say(head)}</a></li>`)
  const shown = sections.map(
    ({ id, head, body }) =>
      html`<section id="${id}" class="scores"><h2>${context.say(head)}</h2>!${body}</section>`
  )
  return html`!${headSection(model, context)}!${jump(model, context)}
<nav class="contents" aria-label="${context.say(words.contents)}"><ul>!${contents.join('')}</ul></nav>!${shown.join('')}`
}

/** Finds a node by what one remembers of its code or title. */
function jump({ card }: Model, context: Context): Html {
  const { say, query } = context
  const typed = query.q ?? ''
  const asOf = query.asOf === undefined ? '' : html`<input type="hidden" name="asOf" value="${query.asOf}">`
  const form = html`<form method="get" action="${context.path}" class="filter" role="search">!${asOf}<div class="field"><label for="jump">${say(words.jump)}</label><input id="jump" name="q" value="${typed}" dir="auto" autocomplete="off"></div><button>${say(frame.show)}</button></form>`
  if (typed === '') return form
  const wanted = folded(typed)
  const found = card.nodes.filter(
    (node) => folded(nodeName(context, node)).includes(wanted) || folded(node.title.fa).includes(wanted)
  )
  const count = context.format.number(String(found.length))
  const items = found.map((node) => html`<li>!${nodeLink(context, card.evaluation, node)}</li>`)
  return html`!${form}<div role="status"><p>${say(words.found, { count, words: typed })}</p>!${items.length > 0 ? html`<ul>!${items.join('')}</ul>` : ''}</div>`
}
