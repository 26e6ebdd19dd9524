import { html } from 'ghtml'
import type { Context } from '../context.ts'
import type { Html } from '../page.ts'
import type { Step } from '../reads.ts'
import { frame } from '../words/frame.ts'
import { node as words } from '../words/node.ts'
import { scores } from '../words/scores.ts'
import { eventTypes, levels, reasons, roles, term } from '../words/terms.ts'
import { time } from './figures.ts'

/* Who did what, when and why, as sentences of the ledger: nothing that it does not know is made up. */

/** The members of an act that are put into words; steps and lines of the trail have them. */
export type ActWords = Pick<
  Step,
  'type' | 'level' | 'by' | 'role' | 'at' | 'reasonCode' | 'reason' | 'note' | 'source'
>

/** What was done, and at which level where the kind of act does not say it. */
export function actName({ say }: Context, { type, level }: Pick<ActWords, 'type' | 'level'>): string {
  const word = say(term(eventTypes, type))
  return level && type === 'ScoreRecorded'
    ? say(words.levelOf, { type: word, level: say(levels[level]) })
    : word
}

/** Readers of figures are told neither who acted nor why; everybody else is told who. */
export const isWithheld = ({ by }: Pick<ActWords, 'by'>): boolean => by === null

/** Who acted, in which part. */
export function actor(context: Context, { by, role }: Pick<ActWords, 'by' | 'role'>): Html {
  const part = role === null ? '' : context.say(term(roles, role))
  if (by === null) return html`${context.say(scores.nobody)}!${part ? html` (${part})` : ''}`
  return html`<bdi>${by}</bdi>!${part ? html` (${part})` : ''}`
}

/** The reason of an act: in its own words, not in the source, or not for this reader; empty where none is due. */
export function reasonOf(context: Context, act: ActWords): Html {
  const { say } = context
  if (isWithheld(act)) return html`${say(frame.withheld)}`
  const code = act.reasonCode ? say(term(reasons, act.reasonCode)) : ''
  if (act.reason) return html`!${code ? html`${code}: ` : ''}<span dir="auto">${act.reason}</span>`
  if (code) return html`${code}`
  return act.type === 'ScoreRecorded' ? html`${say(frame.notInSource)}` : ''
}

/** «چه کاری، چه کسی، چه روزی» in one line. */
export const actLine = (context: Context, act: ActWords): Html =>
  html`${actName(context, act)}${context.format.comma}!${actor(context, act)}${context.format.comma}!${time(context, act.at)}`
