import { html } from 'ghtml'
import type { Context } from '../../context.ts'
import type { Html } from '../../page.ts'
import { figure } from '../../parts/figures.ts'
import { type Column, figures, table } from '../../parts/table.ts'
import type { ScoreNode } from '../../reads.ts'
import { entry as words } from '../../words/entry.ts'
import { stateOf } from './facts.ts'
import { measurementWords } from './rule-words.ts'
import type { Counterpart, EntrySheet } from './sheet.ts'

export interface LeafTableOptions {
  caption: string
  /** Where a leaf is opened. */
  href: (leaf: ScoreNode) => string
  hasStanding?: boolean
}

/** A row for each leaf, which opens it. */
export function leafTable(
  context: Context,
  sheet: EntrySheet,
  leaves: readonly ScoreNode[],
  { caption, href, hasStanding = false }: LeafTableOptions
): Html {
  const { say } = context
  const columns: Column<ScoreNode>[] = [
    {
      head: say(words.node),
      cell: (leaf) => html`<a href="${href(leaf)}"><bdi>${leaf.code}</bdi> ${context.name(leaf.title)}</a>`
    },
    figures(context, say(words.ceiling), leaves, ({ ceiling }) => ceiling),
    ...lastColumns(context, sheet),
    figures(context, say(words.claimed), leaves, ({ self }) => self?.points),
    {
      head: say(words.measurement),
      cell: ({ measurement }) => html`${measurementWords(context, measurement)}`
    },
    ...(hasStanding
      ? [figures(context, say(words.standing), leaves, ({ standing }) => standing?.points)]
      : []),
    { head: say(words.state), cell: (leaf) => stateOf(context, sheet, leaf) }
  ]
  const opened = sheet.opened?.leaf.code
  const marks = ({ code }: ScoreNode) => (code === opened ? { class: 'opened' } : {})
  return table(context, columns, leaves, { caption, isCaptionHidden: true, marks })
}

function lastColumns(context: Context, { last }: EntrySheet): Column<ScoreNode>[] {
  if (!last) return []
  const period = context.format.digits(last.period)
  const column = (head: string, value: (each: Counterpart) => string | null): Column<ScoreNode> => ({
    head,
    isFigure: true,
    // One leaf may have come of several; their figures stand side by side, for nobody has announced a sum.
    cell: ({ code }) => {
      const shown = (last.of.get(code) ?? []).map(value).filter((found) => found !== null)
      return shown.map((found) => figure(context, found)).join(' + ')
    }
  })
  return [
    column(context.say(words.lastSelf, { period }), ({ self }) => self),
    column(context.say(words.lastFinal, { period }), ({ final }) => final)
  ]
}
