import type { DataOf, LedgerEvent } from '../events/catalogue.ts'

/** A unit as its stream tells it. */
export interface Unit {
  unit: string
  name: DataOf<'UnitRegistered'>['name']
  kind: DataOf<'UnitRegistered'>['kind']
  parent: string | null
  province: string | null
  groups: readonly string[]
  revision: number
}

/** The next state of a unit; null before it is registered. */
export function evolveUnit(state: Unit | null, event: LedgerEvent): Unit | null {
  if (event.type === 'UnitRegistered') {
    const { unit, name, kind, parent = null, province = null, groups = [] } = event.data
    return { unit, name, kind, parent, province, groups, revision: event.revision }
  }
  if (event.type !== 'UnitReclassified' || !state) return state
  const { name = state.name, parent = state.parent, groups = state.groups } = event.data
  return { ...state, name, parent, groups, revision: event.revision }
}

export type UnitLookup = (unit: string) => Unit | undefined

/** Deeper trees of public bodies than this do not exist; a longer walk has met a ring. */
export const UNIT_DEPTH_MAX = 64

/** The units above a unit, nearest first. `ring` tells that the walk met a unit twice or found no end. */
export function unitsAbove(unit: string, lookup: UnitLookup): { above: string[]; ring: boolean } {
  const above: string[] = []
  for (let at = lookup(unit)?.parent ?? null; at !== null; at = lookup(at)?.parent ?? null) {
    if (at === unit || above.includes(at) || above.length >= UNIT_DEPTH_MAX) return { above, ring: true }
    above.push(at)
  }
  return { above, ring: false }
}

/** Is `unit` the other one or below it? */
export const isWithin = (unit: string, other: string, lookup: UnitLookup): boolean =>
  unit === other || unitsAbove(unit, lookup).above.includes(other)
