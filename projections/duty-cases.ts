import type { Draft } from './draft.ts'
import type { DutyAppeal } from './duty-acts.ts'
import { DUTY_NOTES, type DutyFile, type DutyFound, type DutyKind, type DutyNote } from './duty-rules.ts'
import { dutyRows, type OpenDuty } from './duty-tables.ts'

/** Kinds about somebody who was named to a panel. */
const SEATS: ReadonlySet<DutyKind> = new Set<DutyKind>([
  'panel-member-acted',
  'panel-member-of-unit',
  'decided-two-instances',
  'unknown-affiliation',
  'assigned-own-panel'
])
const OF_UNIT: ReadonlySet<DutyKind> = new Set<DutyKind>(['judge-of-unit', 'panel-member-of-unit'])

/** A case that has come about with the event at a position. */
export function beginCase(rows: Draft, file: DutyFile, found: DutyFound, position: bigint): OpenDuty {
  const { kind, parts } = found
  const at = String(position)
  const open = { kind, parts, appeal: found.appeal ?? '', node: found.node ?? '', from: at, since: at }
  const fixed: DutyNote[] = []
  if (BigInt(found.guarded.position) < position) fixed.push('came-out-later')
  if (isElsewhere(file, found)) fixed.push('elsewhere')
  const next = { ...open, notes: notesNow(file, open, fixed) }
  putRow(rows, file, next, null)
  return next
}

/** The case as it stands after the event at a position; the same one where nothing is new. */
export function renewCase(rows: Draft, file: DutyFile, open: OpenDuty, position: bigint): OpenDuty {
  const notes = notesNow(file, open, open.notes)
  if (notes.join() === open.notes.join()) return open
  putRow(rows, file, open, position)
  const next = { ...open, notes, from: String(position) }
  putRow(rows, file, next, null)
  return next
}

function putRow(rows: Draft, { evaluation, person, subject }: DutyFile, open: OpenDuty, to: bigint | null) {
  const { from, since, ...shown } = open
  rows.put(dutyRows, {
    ...shown,
    evaluation,
    person,
    unit: subject.unit,
    from_position: BigInt(from),
    to_position: to,
    since: BigInt(since)
  })
}

function isElsewhere({ evaluation, affiliations }: DutyFile, { parts }: DutyFound): boolean {
  const shown = parts.find(({ part }) => part === 'of-unit')?.event
  return affiliations.some(({ event, stream }) => event === shown && stream !== `evaluation-${evaluation}`)
}

const hasSeat = (appeal: DutyAppeal | undefined, person: string): boolean =>
  appeal !== undefined && (appeal.panel.includes(person) || appeal.decided.includes(person))

type Standing = Pick<OpenDuty, 'kind' | 'appeal'>

/** What is said while it is so, added to what was said once and for all. */
function notesNow(file: DutyFile, { kind, appeal }: Standing, said: readonly DutyNote[]): DutyNote[] {
  const { person, affiliations, subject, isOfUnit } = file
  const now: Partial<Record<DutyNote, boolean>> = {
    known: kind === 'unknown-affiliation' && affiliations.length > 0,
    'left-panel': SEATS.has(kind) && !hasSeat(subject.appeal(appeal), person),
    'no-longer': OF_UNIT.has(kind) && !affiliations.some(({ unit }) => isOfUnit(unit))
  }
  return DUTY_NOTES.filter((note) => now[note] ?? said.includes(note))
}
