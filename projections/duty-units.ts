import type { LedgerEvent } from '../src/events/catalogue.ts'
import { evolveUnit, isWithin, type Unit } from '../src/rules/units.ts'
import type { Draft } from './draft.ts'
import type { Affiliation } from './duty-rules.ts'
import { type DutyPersonRow, type DutyUnitRow, dutyPersons, dutyUnits, dutyWatched } from './duty-tables.ts'

/*
 * Who is of which unit. All that tokens, panels and letters ever said counts, wherever in the ledger, and the tree of
 * units as it stands.
 */

const unitRow = ({ get }: Draft, unit: string): DutyUnitRow =>
  get(dutyUnits, unit) ?? { unit, state: null, children: [], people: [] }

export const personRow = ({ get }: Draft, person: string): DutyPersonRow =>
  get(dutyPersons, person) ?? { person, affiliations: [], watched: 0 }

const including = (list: readonly string[], name: string): readonly string[] =>
  list.includes(name) ? list : [...list, name]

/** Whether a unit is the other one or below it, as the tree stands. */
export const isUnitWithin = (rows: Draft, unit: string, other: string): boolean =>
  isWithin(unit, other, (name) => rows.get(dutyUnits, name)?.state ?? undefined)

/** Whether a person is known to be of a unit or of one below it, as the tree stands. */
export const isPersonOf = (rows: Draft, person: string, unit: string): boolean =>
  personRow(rows, person).affiliations.some((affiliation) => isUnitWithin(rows, affiliation.unit, unit))

/** Follows a unit's own event. True where the tree has changed by it. */
export function followUnit(rows: Draft, event: LedgerEvent): boolean {
  const unit = event.stream.slice('unit-'.length)
  const known = unitRow(rows, unit)
  const state = evolveUnit(known.state, event)
  if (!state) return false
  rows.put(dutyUnits, { ...known, state })
  const before = known.state?.parent ?? null
  if (before === state.parent) return false
  moveChild(rows, state, before)
  return true
}

function moveChild(rows: Draft, { unit, parent }: Unit, before: string | null): void {
  if (before !== null) {
    const row = unitRow(rows, before)
    rows.put(dutyUnits, { ...row, children: row.children.filter((child) => child !== unit) })
  }
  if (parent !== null) {
    const row = unitRow(rows, parent)
    rows.put(dutyUnits, { ...row, children: including(row.children, unit) })
  }
}

/** Everybody known to be of a unit or of one below it; rings are walked once. */
export function peopleBelow(rows: Draft, unit: string): string[] {
  const seen = new Set([unit])
  const people = new Set<string>()
  for (const at of seen) {
    const row = unitRow(rows, at)
    for (const person of row.people) people.add(person)
    for (const child of row.children) seen.add(child)
  }
  return [...people]
}

type Shown = readonly [person: string, units: readonly string[]]

const NOTHING: readonly Shown[] = []

/** What an event shows beside its actor. `judged` is the unit of the evaluation, where it is of one. */
function shownBy(event: LedgerEvent, judged: string | null): readonly Shown[] {
  if (event.type === 'PanelAssigned') return event.data.members.map(({ id, units }) => [id, units])
  // Somebody on whose letter the unit's appeal rests speaks for the unit.
  if (event.type === 'AppealFiled' && event.data.onBehalf && judged !== null)
    return [[event.data.onBehalf.person, [judged]]]
  return NOTHING
}

/** Keeps what an event shows of persons and units; those of whom something new is known by it. */
export function learn(rows: Draft, event: LedgerEvent, judged: string | null): string[] {
  const { id, units } = event.metadata.actor
  const people = learnOf(rows, event, id, units) ? [id] : []
  for (const [person, of] of shownBy(event, judged)) if (learnOf(rows, event, person, of)) people.push(person)
  return people
}

function learnOf(rows: Draft, event: LedgerEvent, person: string, units: readonly string[]): boolean {
  if (units.length === 0) return false
  const row = personRow(rows, person)
  const isNew = (unit: string) => !row.affiliations.some((affiliation) => affiliation.unit === unit)
  if (!units.some(isNew)) return false
  const { id, stream } = event
  const fresh = [...new Set(units)].filter(isNew)
  const added = fresh.map(
    (unit): Affiliation => ({ unit, event: id, position: String(event.position), stream })
  )
  rows.put(dutyPersons, { ...row, affiliations: [...row.affiliations, ...added] })
  for (const unit of fresh) {
    const of = unitRow(rows, unit)
    rows.put(dutyUnits, { ...of, people: including(of.people, person) })
  }
  return true
}

/** From now on it matters in an evaluation what a person is of. To be said once of each. */
export function watch(rows: Draft, person: string, evaluation: string): void {
  const row = personRow(rows, person)
  rows.put(dutyWatched, { person, number: row.watched, evaluation })
  rows.put(dutyPersons, { ...row, watched: row.watched + 1 })
}

/** The evaluations of which that was said. */
export const watchedOf = (rows: Draft, person: string): string[] =>
  Array.from(
    { length: personRow(rows, person).watched },
    (_, i) => rows.get(dutyWatched, person, i)?.evaluation
  ).filter((evaluation) => evaluation !== undefined)
