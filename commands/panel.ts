import { Refusal } from '../src/errors.ts'
import type { AppealFile } from '../src/rules/appeals.ts'
import { pathUp, subtree } from '../src/rules/tree.ts'
import { isWithin } from '../src/rules/units.ts'
import { deedsOn } from './persons.ts'
import type { Open } from './situation.ts'

/**
 * Who may sit on a panel: nobody who acted on the node, above or below it (assigned, claimed, judged, brought evidence,
 * filed, answered), who decided the node before or sat on an earlier instance of this appeal, or who is known to be of
 * the judged unit or below it. Duties are checked against the person and the history of the case, whatever role the
 * person has today.
 */
export function requireMayDecide(
  open: Open,
  appeal: AppealFile,
  person: string,
  units: readonly string[]
): void {
  const { evaluation, tree, persons, unitOf } = open
  // What is done to a node is done to what is below it: a return, a grant, a document.
  const near = new Set([...pathUp(tree, appeal.node), ...subtree(tree, appeal.node)])
  const deeds = [...near].flatMap((node) => deedsOn(persons, node))
  const acted = deeds.find((deed) => deed.person === person)
  const params = { person, node: appeal.node, unit: evaluation.unit }
  if (acted) throw new Refusal('member-acted', { params, event: acted.event })
  const decided = Object.values(evaluation.appeals).find(
    (other) => other.node === appeal.node && other.decidedBefore.includes(person)
  )
  const earlier = decided ?? (appeal.satBefore.includes(person) ? appeal : undefined)
  if (earlier) throw new Refusal('member-acted', { params, event: earlier.newest })
  if (units.some((unit) => isWithin(unit, evaluation.unit, unitOf)))
    throw new Refusal('member-of-unit', { params })
}
