import { html } from 'ghtml'
import type { Actor } from '../../../events/envelope.ts'
import type { Context } from '../../context.ts'
import type { Html } from '../../page.ts'
import { figure } from '../../parts/figures.ts'
import { told } from '../../parts/refusal.ts'
import { table } from '../../parts/table.ts'
import type { AppealFile, Reads, Simulation } from '../../reads.ts'
import { appeals as words } from '../../words/appeals.ts'
import type { CaseModel } from './model.ts'

/* What would happen if the appeal were upheld: decided by the very rules that decide it, and nothing of it kept. */

type Body = Parameters<Reads['simulate']>[0]
type Change = Simulation['evaluations'][number]

/** Who may try it: those who see everything and write it, and the unit on its own evaluations. */
export function mayTry(actor: Pick<Actor, 'role' | 'units'>, { status, unit }: AppealFile): boolean {
  if (status !== 'open' && status !== 'overdue') return false
  if (actor.role === 'assessor') return actor.units.includes(unit)
  return ['auditor', 'registrar', 'panelist'].includes(actor.role)
}

/** Nobody has this name; panels of the hypothesis are of such people. */
const SOMEBODY = 'hypothetical-panel'

/** The commands of the hypothesis: the chair upholds it; where there is no panel yet, one is named first. */
export function upheld({ evaluation, appeal, panel }: AppealFile, asOf: string | undefined): Body {
  const about = { evaluation, appeal }
  const naming = {
    command: 'assign-panel',
    body: { ...about, members: [SOMEBODY], chair: SOMEBODY },
    as: { sub: 'hypothetical-registrar', role: 'registrar' as const }
  }
  const deciding = {
    command: 'decide-appeal',
    body: { ...about, outcome: 'upheld', reasons: '…' },
    as: { sub: panel?.chair ?? SOMEBODY, role: 'panelist' as const }
  }
  return { commands: panel ? [deciding] : [naming, deciding], ...(asOf === undefined ? {} : { asOf }) }
}

export function hypothesis(context: Context, { file, ifUpheld }: CaseModel): Html {
  const { say } = context
  if (!mayTry(context.actor, file)) return ''
  const asked = html`<a href="${context.here({ ifUpheld: 'yes' })}#if-upheld">${say(words.askIfUpheld)}</a>`
  const shown = ifUpheld ? consequences(context, file, ifUpheld) : html`<p>!${asked}</p>`
  return html`<section id="if-upheld"><h2>${say(words.ifUpheld)}</h2>!${shown}</section>`
}

interface Line {
  what: string
  now: string | null
  hypothetical: string | null
}

function consequences(
  context: Context,
  file: AppealFile,
  { refused, evaluations, ranks, withheldRanks }: Simulation
): Html {
  const { say, format } = context
  const change = evaluations.find(({ evaluation }) => evaluation === file.evaluation)
  if (refused || !change)
    return html`<p>${say(words.ifUpheldRefused, { why: told(context, refused?.detail ?? '') })}</p>`
  const lines = linesOf(context, file, change)
  const others = ranks.filter(({ unit }) => unit !== file.unit).length + withheldRanks
  const cell = (value: string | null) => figure(context, value)
  return html`<p class="caution">${say(words.ifUpheldNote)}</p>!${table(
    context,
    [
      { head: say(words.figure), cell: ({ what }: Line) => html`${what}` },
      { head: say(words.now), isFigure: true, cell: ({ now }: Line) => cell(now) },
      { head: say(words.hypothetical), isFigure: true, cell: ({ hypothetical }: Line) => cell(hypothetical) }
    ],
    lines,
    { caption: say(words.ifUpheld), isCaptionHidden: true }
  )}!${others > 0 ? html`<p>${say(words.othersMove, { count: format.number(others) })}</p>` : ''}`
}

function linesOf(context: Context, file: AppealFile, { before, after }: Change): Line[] {
  const { say } = context
  const nodes = after.nodes.map((node) => ({
    what: `${node.code} ${context.name(node.title)}`,
    now: pointsOf(
      context,
      before?.nodes.find(({ code }) => code === node.code)
    ),
    hypothetical: pointsOf(context, node)
  }))
  const rank = (side: Pick<typeof after, 'total'> | null) => {
    const found = side?.total.rank
    return found === null || found === undefined ? null : String(found)
  }
  // The node itself comes first, then what is above it.
  nodes.sort(
    (a, b) => Number(b.what.startsWith(`${file.node} `)) - Number(a.what.startsWith(`${file.node} `))
  )
  return [
    ...nodes,
    { what: say(words.total), now: before?.total.points ?? null, hypothetical: after.total.points },
    { what: say(words.totalPercent), now: before?.total.percent ?? null, hypothetical: after.total.percent },
    { what: say(words.rank), now: rank(before), hypothetical: rank(after) }
  ]
}

function pointsOf({ say }: Context, node: Change['after']['nodes'][number] | undefined): string | null {
  if (!node) return null
  return node.applicable ? (node.standing?.points ?? null) : say(words.notApplicableStood)
}
