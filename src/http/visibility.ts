import type { Actor } from '../events/envelope.ts'
import { type Reads, roleReads, withheldActs, withheldFields } from './access-table.ts'

/*
 * Who reads what of which case; what roles read at all is in the table of access. An assessor reads its own units and
 * those below them, by the tree of now; a panelist the whole file of evaluations with an appeal assigned to that
 * person. Beyond that both read what a viewer reads: figures, without reasons, persons, letters or evidence.
 */

/** What the read model knows about who belongs where, as things stand now. */
export interface VisibilityFacts {
  /** Whether a unit is one of these units or below one of them. */
  isWithin(unit: string, units: readonly string[]): boolean
  /** Whether a person sits, or sat, on the panel of an appeal in this evaluation. */
  sitsOnPanel(person: string, evaluation: string): boolean
}

/** How much somebody may read. */
export const readsOf = ({ role }: Actor): Reads => roleReads[role]

export const seesEverything = (actor: Actor): boolean => readsOf(actor) === 'everything'

/** Whether somebody may see all of what concerns a unit: names, reasons, letters, evidence, raw events. */
export const seesUnit = (actor: Actor, unit: string, facts: VisibilityFacts): boolean =>
  seesEverything(actor) || (actor.role === 'assessor' && facts.isWithin(unit, actor.units))

/** The same for one evaluation, where a panel may look too. */
export const seesWhole = (actor: Actor, evaluation: string, facts: VisibilityFacts): boolean =>
  seesUnit(actor, unitOf(evaluation), facts) ||
  (actor.role === 'panelist' && facts.sitsOnPanel(actor.id, evaluation))

/** The unit of an evaluation: what stands behind the last point of its id. */
export const unitOf = (evaluation: string): string => evaluation.slice(evaluation.lastIndexOf('.') + 1)

/** Whether something is an act, of a trail or an explanation, that readers of figures are not told of. */
export const isWithheldAct = (item: unknown): boolean => withheldActs.has(String(Object(item).type))

/** A copy for readers of figures: the same shape, with null for all that is withheld. */
export function redact<T>(value: T): T
export function redact(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((item) => !isWithheldAct(item)).map((item) => redact(item))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, withheldFields.has(name) ? null : redact(member)])
  )
}
