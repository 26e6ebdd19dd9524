import { type AppealScope, evaluationsOfPanelist } from '../../projections/appeal-list.ts'
import { unitTable } from '../../projections/registry.ts'
import type { Actor } from '../events/envelope.ts'
import type { Reads } from './reads.ts'

/**
 * Whose cases are open to somebody who does not see all of them: an assessor's those of its units and those below, a
 * panelist's those of its panels. Null where there are none.
 */
export function scopeOf({ reader, unitOf, facts }: Reads, actor: Actor): AppealScope | null {
  if (actor.role === 'assessor') {
    const own = actor.units.filter((unit) => unitOf(unit))
    if (own.length > 0) return { units: withBelow(reader, own) }
  }
  if (actor.role === 'panelist') {
    const seats = evaluationsOfPanelist(reader, actor.id)
    const evaluations = seats.filter((evaluation) => facts.sitsOnPanel(actor.id, evaluation))
    if (evaluations.length > 0) return { evaluations }
  }
  return null
}

/** Units and those below them by the tree of now. Two streams can race into a ring, so no unit is visited twice. */
function withBelow(reader: Reads['reader'], units: readonly string[]): string[] {
  const found = new Set(units)
  // A set that grows while it is walked is walked to its end.
  for (const unit of found) {
    for (const below of reader.all(unitTable, 'where parent = ?', [unit])) found.add(below.unit)
  }
  return [...found]
}
