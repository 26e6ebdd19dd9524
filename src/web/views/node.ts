import { html } from 'ghtml'
import type { Actor } from '../../events/envelope.ts'
import { isFor } from '../../http/access.ts'
import { caseReaders } from '../../http/access-table.ts'
import { Refused } from '../ask.ts'
import type { Context } from '../context.ts'
import { definePage, type Html, type Place } from '../page.ts'
import { nextActs } from '../parts/next-acts.ts'
import { nodeLink, nodeName } from '../parts/node-cells.ts'
import type {
  Appeal,
  AppealFile,
  Comparison,
  Discrepancy,
  Explanation,
  League,
  Reads,
  Scorecard,
  ScoreNode,
  UnitAnswer
} from '../reads.ts'
import { evaluation as evaluationWords } from '../words/evaluation.ts'
import { node as words } from '../words/node.ts'
import { appealSection } from './node/appeal.ts'
import { basisSection } from './node/basis.ts'
import { childrenSection, discrepanciesSection, publishedSection } from './node/beside.ts'
import { elsewhereSection } from './node/elsewhere.ts'
import { leadSection } from './node/lead.ts'
import { stepsSection } from './node/steps.ts'
import { waterfallSection } from './node/waterfall.ts'
import { yearsSection } from './node/years.ts'

/* Why a figure is what it is: one node of one evaluation, from what was claimed to what stands. */

export interface Model {
  why: Explanation
  card: Scorecard
  /** The node on the scorecard. */
  node: ScoreNode
  unit: Pick<UnitAnswer, 'name'>
  comparison: Comparison | null
  /** The same node in every unit that was judged by it; names are not shown. */
  league: League | null
  discrepancies: readonly Discrepancy[]
  /** The newest appeal on the node, and all of them; null where the reader may not see appeals. */
  appeal: { file: AppealFile; all: readonly Appeal[] } | null
  asOf: Explanation['asOf']
}

/** More units than these are not asked for: their spread would look the same. */
const UNITS_MAX = '500'

export const nodePage = definePage<Model>({
  path: '/evaluations/:evaluation/nodes/:node',
  who: 'anyone',
  filters: [],
  load,
  title: ({ why }, context) => nodeName(context, { code: why.node, title: why.title }),
  body: nodeBody,
  about: ({ why }) => `evaluation-${why.evaluation}`,
  file: async (reads, { params, moment }) => {
    const { evaluation = '', node = '' } = params
    const { steps, asOf } = await reads.explanation(evaluation, node, moment)
    return { name: `why-${evaluation}-${node}`, pages: [steps], asOf }
  }
})

async function load(reads: Reads, { params, moment, actor }: Place): Promise<Model> {
  const { evaluation = '', node: code = '' } = params
  const [why, card] = await Promise.all([
    reads.explanation(evaluation, code, moment),
    reads.scorecard(evaluation, moment)
  ])
  const { unit, period, series } = card
  const about = code === 'total' ? {} : { node: code }
  const [named, comparison, league, discrepancies, appeal] = await Promise.all([
    reads.unit(unit),
    orNull(reads.comparison(unit, { series, ...moment })),
    orNull(reads.league({ period, series, ...about, ...moment, limit: UNITS_MAX })),
    reads.discrepancies({ unit, period, node: code, ...moment, limit: UNITS_MAX }),
    appealOf(reads, why, { actor, moment })
  ])
  return {
    why,
    card,
    node: card.nodes.find((each) => each.code === code) ?? card.total,
    unit: named,
    comparison,
    league,
    discrepancies: discrepancies.items.filter((item) => item.evaluation === evaluation),
    appeal,
    asOf: why.asOf
  }
}

/** Whoever may not see appeals sees that there is one, and no more. */
async function appealOf(
  reads: Reads,
  { appeal, unit, period, evaluation, node }: Explanation,
  { actor, moment }: { actor: Actor; moment: Place['moment'] }
): Promise<Model['appeal']> {
  if (!appeal || !isFor({ who: caseReaders }, actor)) return null
  const file = await orNull(reads.appeal(appeal.appeal, moment))
  if (!file) return null
  const { items } = await reads.appeals({ unit, period, ...moment, limit: UNITS_MAX })
  return { file, all: items.filter((item) => item.evaluation === evaluation && item.node === node) }
}

/** What the API does not have, or not for this reader. */
async function orNull<Answer>(answer: Promise<Answer>): Promise<Answer | null> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof Refused && error.problem.status === 404) return null
    throw error
  }
}

/** The answer first, then what it rests on. */
export function nodeBody(model: Model, context: Context): Html {
  const { why, card } = model
  const sections = [
    { head: words.waterfall, body: waterfallSection(model, context) },
    { head: words.steps, body: stepsSection(model, context) },
    { head: words.basis, body: basisSection(model, context) },
    { head: words.children, body: childrenSection(model, context) },
    { head: words.discrepancies, body: discrepanciesSection(model, context) },
    { head: words.appeal, body: appealSection(model, context) },
    { head: words.published, body: publishedSection(model, context) },
    { head: words.years, body: yearsSection(model, context) },
    { head: words.elsewhere, body: elsewhereSection(model, context) }
  ].filter(({ body }) => body !== '')
  const shown = sections.map(
    ({ head, body }) => html`<section class="scores"><h2>${context.say(head)}</h2>!${body}</section>`
  )
  const { evaluation, unit, period } = card
  const about = { evaluation, unit, period, ...(why.node === 'total' ? {} : { node: why.node }) }
  return html`!${breadcrumbs(model, context)}!${leadSection(model, context)}!${shown.join('')}!${nextActs(context, about, why.may)}`
}

/** From the evaluation down to this node. */
function breadcrumbs({ card, node, unit }: Model, context: Context): Html {
  const byCode = new Map(card.nodes.map((each) => [each.code, each]))
  const above: ScoreNode[] = []
  for (let code = node.parent; code !== null; code = byCode.get(code)?.parent ?? null) {
    const parent = byCode.get(code)
    if (parent) above.unshift(parent)
  }
  const path = `/evaluations/${card.evaluation}`
  const title = context.say(evaluationWords.title, {
    unit: context.name(unit.name),
    period: context.format.digits(card.period)
  })
  const first = html`<li><a href="${context.link(path)}">${title}</a></li>`
  const ways = node.code === 'total' ? [] : [card.total, ...above]
  const items = ways.map((each) => html`<li>!${nodeLink(context, card.evaluation, each)}</li>`)
  return html`<nav class="path" aria-label="${context.say(words.path)}"><ol>!${first}!${items.join('')}<li aria-current="page">${node.code === 'total' ? context.name(node.title) : node.code}</li></ol></nav>`
}
