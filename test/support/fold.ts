import { evolvePersons, NOBODY, type Persons } from '../../commands/persons.ts'
import type { LedgerEvent } from '../../src/events/catalogue.ts'
import { treeInForce } from '../../src/rules/case.ts'
import type { Evaluation } from '../../src/rules/evaluation.ts'
import { evolveEvaluation } from '../../src/rules/evolve-evaluation.ts'
import { evolveFramework, type Framework } from '../../src/rules/framework.ts'
import { subtree } from '../../src/rules/tree.ts'
import { evolveUnit, type Unit } from '../../src/rules/units.ts'

/** Everything that a list of events says, folded by the rules themselves. Keyed by unit, framework, evaluation. */
export interface Folded {
  units: Record<string, Unit>
  frameworks: Record<string, Framework>
  evaluations: Record<string, Evaluation>
  /** By evaluation. */
  persons: Record<string, Persons>
}

export const nothing: Folded = { units: {}, frameworks: {}, evaluations: {}, persons: {} }

/** What is known after one more event. */
export function foldOne(known: Folded, event: LedgerEvent): Folded {
  const [kind = '', ...rest] = event.stream.split('-')
  const id = rest.join('-')
  if (kind === 'unit') return { ...known, units: put(known.units, id, evolveUnit, event) }
  if (kind === 'framework') return { ...known, frameworks: put(known.frameworks, id, evolveFramework, event) }
  const framework = known.frameworks[known.evaluations[id]?.framework ?? '']
  const evolve = (state: Evaluation | null, next: LedgerEvent) =>
    evolveEvaluation(state, next, (node) =>
      framework && state ? subtree(treeInForce(framework, state), node) : [node]
    )
  return {
    ...known,
    evaluations: put(known.evaluations, id, evolve, event),
    persons: {
      ...known.persons,
      [id]: evolvePersons(known.persons[id] ?? NOBODY, event, known.evaluations[id]?.appeals ?? {})
    }
  }
}

export const fold = (events: readonly LedgerEvent[]): Folded => events.reduce(foldOne, nothing)

function put<State>(
  states: Record<string, State>,
  id: string,
  evolve: (state: State | null, event: LedgerEvent) => State | null,
  event: LedgerEvent
): Record<string, State> {
  const next = evolve(states[id] ?? null, event)
  return next ? { ...states, [id]: next } : states
}
