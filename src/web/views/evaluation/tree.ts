import { html } from 'ghtml'
import type { Context } from '../../context.ts'
import type { Html } from '../../page.ts'
import { bar } from '../../parts/bar.ts'
import { figure, percent, tag } from '../../parts/figures.ts'
import { drawn, kindWord, nodeLink, nodeMarks, stateTags } from '../../parts/node-cells.ts'
import { type Column, figures, table } from '../../parts/table.ts'
import type { ScoreNode } from '../../reads.ts'
import { evaluation as words } from '../../words/evaluation.ts'
import { scores } from '../../words/scores.ts'
import type { Model } from '../evaluation.ts'

/*
 * The tree as a table that is folded without a script: `?depth=` says how far down it goes, `?under=` shows one branch.
 */

/** More rows than these are not taken in at a glance; the tree is then folded at first. */
const ROWS_MAX = 60

interface Placed {
  node: ScoreNode
  depth: number
  below: number
}

/** The rows of the tree with their depth, parents before children. */
export function placed(nodes: readonly ScoreNode[]): Placed[] {
  const depths = new Map<string, number>()
  const below = new Map<string, number>()
  const parents = new Map(nodes.map(({ code, parent }) => [code, parent]))
  for (const { code, parent } of nodes) {
    depths.set(code, parent === null ? 1 : (depths.get(parent) ?? 0) + 1)
    for (let above = parent; above !== null; above = parents.get(above) ?? null)
      below.set(above, (below.get(above) ?? 0) + 1)
  }
  return nodes.map((node) => ({
    node,
    depth: depths.get(node.code) ?? 1,
    below: below.get(node.code) ?? 0
  }))
}

export function treeSection({ card, discrepancies }: Model, context: Context): Html {
  const { query } = context
  const branch = branchOf(placed(card.nodes), query.under)
  const deepest = Math.max(1, ...branch.map(({ depth }) => depth))
  const top = branch[0]?.depth ?? 1
  const asked = /^[1-9]$/.test(query.depth ?? '') ? Number(query.depth) : null
  const depth = Math.min(asked ?? fitting(branch, deepest), deepest)
  const shown = branch.filter((row) => row.depth <= depth)
  const total: Placed = { node: card.total, depth: 0, below: card.nodes.length }
  const rows = query.under === undefined ? [total, ...shown] : shown
  const differs = new Set(
    discrepancies.filter(({ kind }) => kind === 'published-mismatch').map(({ node }) => node)
  )
  const columns = columnsOf({ context, evaluation: card.evaluation, rows, depth, top, differs })
  const options = { caption: context.say(words.treeCaption), marks: ({ node }: Placed) => nodeMarks(node) }
  return html`!${depthLinks(context, { top, deepest, depth })}!${table(context, columns, rows, options)}`
}

/** One node and everything below it; all of it where none, or none that there is, is asked for. */
function branchOf(rows: readonly Placed[], under: string | undefined): readonly Placed[] {
  const start = rows.findIndex(({ node }) => node.code === under)
  const first = rows[start]
  return first ? rows.slice(start, start + 1 + first.below) : rows
}

/** The deepest level that still fits. */
function fitting(rows: readonly Placed[], deepest: number): number {
  for (let depth = deepest; depth > 1; depth--) {
    if (rows.filter((row) => row.depth <= depth).length <= ROWS_MAX) return depth
  }
  return 1
}

function depthLinks(
  context: Context,
  { top, deepest, depth }: { top: number; deepest: number; depth: number }
): Html {
  const { say, format, query } = context
  const links = []
  for (let level = top; level <= deepest; level++) {
    const word = level === deepest ? say(words.everything) : format.digits(level)
    links.push(
      level === depth
        ? html`<li><strong aria-current="true">${word}</strong></li>`
        : html`<li><a href="${context.here({ depth: String(level) })}">${word}</a></li>`
    )
  }
  const branch =
    query.under === undefined
      ? ''
      : html`<p><span class="badge">${say(words.branch, { code: query.under })} <a href="${context.here({ under: undefined, depth: undefined })}">${say(words.wholeTree)}</a></span></p>`
  return html`!${branch}<nav class="depths" aria-label="${say(words.depth)}"><span>${say(words.depth)}</span><ul>!${links.join('')}</ul></nav>`
}

interface TreeParts {
  context: Context
  evaluation: string
  rows: readonly Placed[]
  depth: number
  top: number
  differs: ReadonlySet<string>
}

function columnsOf({ context, evaluation, rows, depth, top, differs }: TreeParts): Column<Placed>[] {
  const { say } = context
  const ofNode = (head: string, value: (node: ScoreNode) => string | null | undefined) =>
    figures<Placed>(context, head, rows, ({ node }) => value(node))
  return [
    { head: say(scores.node), cell: (row) => nameCell(context, evaluation, row, { depth, top }) },
    {
      head: say(scores.ceiling),
      isFigure: true,
      cell: ({ node }) => ceilingCell(context, node)
    },
    ofNode(say(scores.self), ({ self }) => self?.points),
    ofNode(say(scores.expert), ({ expert }) => expert?.points),
    ofNode(say(scores.final), ({ final }) => final?.points),
    ofNode(say(scores.standing), ({ standing }) => standing?.points),
    {
      head: say(scores.percent),
      isFigure: true,
      cell: ({ node }) => percent(context, node.standing?.percent)
    },
    {
      head: say(scores.bar),
      cell: ({ node }) =>
        bar({
          value: drawn(node.standing?.percent),
          claim: drawn(node.self?.percent),
          isPartial: node.partial
        })
    },
    ofNode(say(scores.gap), ({ gap }) => gap?.points),
    { head: say(words.announced), isFigure: true, cell: ({ node }) => announced(context, node, differs) }
  ]
}

function nameCell(
  context: Context,
  evaluation: string,
  { node, depth: own, below }: Placed,
  { depth, top }: { depth: number; top: number }
): Html {
  const kind = kindWord(context, node.kind)
  const count = context.format.number(String(below))
  const more =
    own === depth && below > 0
      ? html` <a class="deeper" href="${context.here({ under: node.code, depth: undefined })}">+ ${context.say(words.below, { count })}<span class="visually-hidden"> ${node.code}</span></a>`
      : ''
  const indent = Math.min(Math.max(own - top, 0), 6)
  return html`<span class="in!${String(indent)}">!${kind ? html`<span class="kind">${kind}</span> ` : ''}!${nodeLink(context, evaluation, node)} !${stateTags(context, node)}!${more}</span>`
}

/** The applicable ceiling, and the whole one where something does not apply. */
const ceilingCell = (context: Context, { ceiling, applicableCeiling }: ScoreNode): Html =>
  ceiling === applicableCeiling
    ? figure(context, ceiling)
    : html`!${figure(context, applicableCeiling)} <s class="soft">!${figure(context, ceiling)}</s>`

/** What was printed as its final figure; marked where the ledger has another. */
function announced(context: Context, { code, published }: ScoreNode, differs: ReadonlySet<string>): Html {
  const prints = published.filter(({ level, points }) => level !== 'self' && points !== null)
  const values = [...new Set(prints.map(({ points }) => points ?? ''))]
  if (values.length === 0) return ''
  const mark = differs.has(code)
    ? html` <a href="#announced">!${tag('≠', 'bad')}<span class="visually-hidden">${context.say(scores.differs)}</span></a>`
    : ''
  return html`!${values.map((value) => figure(context, value)).join('<br>')}!${mark}`
}
