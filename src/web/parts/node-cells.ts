import { html } from 'ghtml'
import type { Context } from '../context.ts'
import type { Named } from '../language.ts'
import type { Html } from '../page.ts'
import type { ScoreNode } from '../reads.ts'
import { scores as words } from '../words/scores.ts'
import { appealStatuses, nodeKinds, outcomes, term } from '../words/terms.ts'
import { tag } from './figures.ts'

/* What tables of nodes have in common, wherever they stand. */

/** The page that says why a node stands where it does. */
export const nodePath = (evaluation: string, code: string): string =>
  `/evaluations/${evaluation}/nodes/${code}`

/** The code and the title of a node; `total` is no code that anybody printed. */
export const nodeName = (context: Context, { code, title }: { code: string; title: Named }): string =>
  code === 'total' ? context.name(title) : `${code} ${context.name(title)}`

/** A node by its code and title, as a link to the page about it. */
export const nodeLink = (context: Context, evaluation: string, node: { code: string; title: Named }): Html =>
  html`<a href="${context.link(nodePath(evaluation, node.code))}">!${node.code === 'total' ? '' : html`<bdi class="code">${node.code}</bdi> `}${context.name(node.title)}</a>`

export const kindWord = (context: Context, kind: string): string =>
  kind === 'total' ? '' : context.say(term(nodeKinds, kind))

/** An appeal as a word, by its state and how it ended. */
export const appealWord = (
  { say }: Context,
  { status, outcome }: { status: string; outcome: string | null }
): string => (outcome ? say(term(outcomes, outcome)) : say(term(appealStatuses, status)))

/** All that a node is beside its figures: not applicable, partial, blank, claimed, appealed. */
export function stateTags(context: Context, node: ScoreNode): Html {
  const { say } = context
  const tags: Html[] = []
  if (!node.applicable) tags.push(tag(say(words.notApplicable), 'soft'))
  if (node.partial) tags.push(tag(say(words.partial), 'bad'))
  if (node.claim && !node.exemption) tags.push(tag(say(words.claimedNotApplicable), 'warn'))
  if (node.blank) tags.push(tag(say(words.blank), 'warn'))
  if (node.appeal) tags.push(tag(say(words.appealOf, { status: appealWord(context, node.appeal) }), 'warn'))
  return tags.join(' ')
}

/** The attributes of a row about a node. */
export const nodeMarks = ({ code, applicable }: ScoreNode): { class?: string } =>
  code === 'total' ? { class: 'total' } : applicable ? {} : { class: 'not-applicable' }

/** A number as it is drawn; only charts and bars compute with it. */
export const drawn = (value: string | null | undefined): number | null =>
  value === null || value === undefined ? null : Number(value)
