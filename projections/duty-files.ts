import type { Draft } from './draft.ts'
import { type Act, partsOf } from './duty-acts.ts'
import { canPair, OF_UNIT_PARTS } from './duty-rules.ts'
import { type DutyFileRow, dutyActs, dutyFiles } from './duty-tables.ts'
import { isPersonOf, watch } from './duty-units.ts'

/*
 * What one person did in one evaluation. Acts are many and cases few, so that an act which can make none costs little:
 * it is added to the newest piece, and what was done before is not looked at.
 */

/** So many acts make a piece. */
const PIECE = 8

const SEAT = partsOf(['member'])

export const fileRow = ({ get }: Draft, evaluation: string, person: string): DutyFileRow =>
  get(dutyFiles, evaluation, person) ?? { evaluation, person, played: 0, pieces: 0, acts: [], cases: [] }

/** All acts of a file, oldest first. */
export function actsOf({ get }: Draft, { evaluation, person, pieces, acts }: DutyFileRow): readonly Act[] {
  const older = Array.from(
    { length: pieces },
    (_, piece) => get(dutyActs, evaluation, person, piece)?.acts ?? []
  )
  return [...older.flat(), ...acts]
}

/** False where a look at the acts would find nothing, whatever they are about. `unit` is the judged one. */
export const mayHoldCase = (rows: Draft, { person, played, cases }: DutyFileRow, unit: string): boolean =>
  cases.length > 0 ||
  canPair(played) ||
  (played & SEAT) !== 0 ||
  ((played & OF_UNIT_PARTS) !== 0 && isPersonOf(rows, person, unit))

/**
 * Adds what an event says that a person did. True where that may have made a case. What changes those there are is
 * looked at for itself: units, and who sits on a panel.
 */
export function record(rows: Draft, evaluation: string, person: string, added: readonly Act[]): boolean {
  const row = fileRow(rows, evaluation, person)
  const fresh = partsOf(added.map(({ part }) => part))
  const played = row.played | fresh
  let { pieces } = row
  let acts = [...row.acts, ...added]
  while (acts.length >= PIECE) {
    rows.put(dutyActs, { evaluation, person, piece: pieces++, acts: acts.slice(0, PIECE) })
    acts = acts.slice(PIECE)
  }
  const next = { ...row, played, pieces, acts }
  rows.put(dutyFiles, next)
  if ((played & OF_UNIT_PARTS) !== 0 && (row.played & OF_UNIT_PARTS) === 0) watch(rows, person, evaluation)
  // A judge of the unit is a case once, with the first of each part; each seat is a case of its own.
  const isNew = (fresh & ~row.played & OF_UNIT_PARTS) !== 0 || (fresh & SEAT) !== 0
  return isNew || canPair(played)
}
