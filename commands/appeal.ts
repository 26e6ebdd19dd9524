import { z } from 'zod'
import { Refusal } from '../src/errors.ts'
import type { Actor } from '../src/events/envelope.ts'
import { EvaluationId, Letter, UlidId } from '../src/events/forms.ts'
import { ownMember } from '../src/own-member.ts'
import type { AppealFile } from '../src/rules/appeals.ts'
import type { Framework } from '../src/rules/framework.ts'
import { pathUp, subtree } from '../src/rules/tree.ts'
import { isWithin } from '../src/rules/units.ts'
import { NamedPerson } from './define.ts'
import type { Open } from './situation.ts'

/** What the bodies of all commands about one appeal begin with. */
export const appealOf = { evaluation: EvaluationId, appeal: UlidId }

/** The appeal; whoever may not read it is told the same as where there is none. */
export function requireAppeal(open: Open, id: string, actor: Actor): AppealFile {
  const appeal = ownMember(open.evaluation.appeals, id)
  if (!appeal || !mayRead(open, actor)) throw new Refusal('unknown-appeal', { params: { id } })
  return appeal
}

/** The unit and those above it, whoever was ever named to a panel in the case, and all who evaluate. */
function mayRead({ evaluation, unitOf }: Open, { id, role, units }: Actor): boolean {
  if (role === 'assessor') return units.some((unit) => isWithin(evaluation.unit, unit, unitOf))
  if (role !== 'panelist') return true
  return Object.values(evaluation.appeals).some(({ everNamed }) => everNamed.includes(id))
}

export function requireOpenAppeal(open: Open, id: string, actor: Actor): AppealFile {
  const appeal = requireAppeal(open, id, actor)
  if (appeal.status !== 'open') {
    throw new Refusal('appeal-not-open', { params: { status: appeal.status }, event: appeal.newest })
  }
  return appeal
}

/** The rules about appeals; a live evaluation cannot be opened without them. */
export function appealRules({ framework }: Open): NonNullable<Framework['appeal']> {
  if (!framework.appeal) throw new Refusal('no-appeal-rules', { params: { framework: framework.framework } })
  return framework.appeal
}

/** Only the chair acts for the panel. */
export function requireChair(appeal: AppealFile, actor: Actor): NonNullable<AppealFile['panel']> {
  if (!appeal.panel) throw new Refusal('no-panel', { event: appeal.newest })
  if (appeal.panel.chair !== actor.id) throw new Refusal('not-chair')
  return appeal.panel
}

/** An open appeal on the node, on what is above it or below it. */
export function appealNear({ evaluation, tree }: Open, node: string): AppealFile | undefined {
  const near = new Set([...pathUp(tree, node), ...subtree(tree, node)])
  return Object.values(evaluation.appeals).find((appeal) => appeal.status === 'open' && near.has(appeal.node))
}

/** The node of an appeal, which is what its commands concern. */
export const nodesOfAppeal = (body: { appeal: string }, open: Open): string[] => {
  const appeal = ownMember(open.evaluation.appeals, body.appeal)
  return appeal ? [appeal.node] : []
}

/** Who of the unit asked for it, and by which letter. */
export const OnBehalf = z.strictObject({ person: NamedPerson, letter: Letter })
