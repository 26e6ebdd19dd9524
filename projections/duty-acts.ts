import type { EventOf, LedgerEvent } from '../src/events/catalogue.ts'
import type { Origin } from '../src/events/forms.ts'

/** The parts that one person can have in a case. */
export const DUTY_PARTS = [
  /** Assigned a target or a responsibility. */
  'prepared',
  'claimed',
  'judged',
  'returned',
  'completed',
  'answered',
  'appealed',
  'evidence',
  'responsible',
  'recorded',
  'assigned',
  'member',
  'decided',
  /** Sat on a panel whose instance ended, with a decision or without. */
  'sat',
  'finalised',
  'reopened',
  /** Shown to be of a unit, by a token, a panel's list or a letter; or by a change of the tree of units. */
  'of-unit',
  'unit-moved'
] as const
export type DutyPart = (typeof DUTY_PARTS)[number]

const BITS = Object.fromEntries(DUTY_PARTS.map((part, i) => [part, 1 << i])) as Record<DutyPart, number>

/** A set of parts as one number, a bit for each in the order of the list. Rows hold it. */
export const partsOf = (parts: readonly DutyPart[]): number =>
  parts.reduce((sum, part) => sum | BITS[part], 0)

/** One thing that a person did in a case, or was made by others. */
export interface Act {
  part: DutyPart
  node: string | null
  appeal: string | null
  event: string
  position: string
  /** A member of a panel of whom no unit was known when the panel was named. */
  unknown?: true
}

/** As much of an appeal as duties need. */
export interface DutyAppeal {
  node: string
  /** Who sits on the panel of the present instance, who sat on that of the one before, and who on any that decided. */
  panel: readonly string[]
  before: readonly string[]
  decided: readonly string[]
}

export interface DutyCase {
  unit: string
  origin: Origin
  /** Where there is such an appeal. */
  appeal: (id: string) => DutyAppeal | undefined
}

export interface Doing {
  person: string
  acts: readonly Act[]
}

type Told = Pick<Act, 'part'> & Partial<Act>
type ToldOf = Told & { person: string }

/**
 * What an event of an evaluation says that persons did, person by person. `subject` is the case with this event in
 * it. On an imported evaluation a registrar copies what others did, so that only finalising and reopening are acts of
 * its own.
 */
export function doingsOf(event: LedgerEvent, subject: DutyCase): readonly Doing[] {
  const isLive = subject.origin === 'live'
  const told = isLive ? actorActs(event, subject) : endings(event)
  const others = isLive ? otherPersons(event, subject) : []
  const position = String(event.position)
  const act = ({ node = null, appeal = null, part, unknown }: Told): Act => {
    const plain = { node, appeal, event: event.id, position, part }
    return unknown ? { ...plain, unknown } : plain
  }
  const { id } = event.metadata.actor
  if (others.length === 0) return told.length === 0 ? [] : [{ person: id, acts: told.map(act) }]
  const own = told.map((each): ToldOf => ({ person: id, ...each }))
  const byPerson = Map.groupBy([...own, ...others], ({ person }) => person)
  return [...byPerson].map(([person, all]) => ({ person, acts: all.map(act) }))
}

function endings(event: LedgerEvent): Told[] {
  if (event.type === 'EvaluationFinalised') return [{ part: 'finalised' }]
  return event.type === 'EvaluationReopened' ? [{ part: 'reopened' }] : []
}

function actorActs(event: LedgerEvent, subject: DutyCase): Told[] {
  const all = (part: DutyPart, nodes: readonly string[]): Told[] => nodes.map((node) => ({ part, node }))
  switch (event.type) {
    case 'TargetAssigned':
    case 'ResponsibilityAssigned':
      return all('prepared', [event.data.node])
    case 'SelfScoreEntered':
    case 'NotApplicableClaimed':
      return all('claimed', [event.data.node])
    case 'ScoreConfirmed':
    case 'ScoreOverridden':
    case 'NotApplicableGranted':
    case 'NotApplicableRefused':
    case 'NotApplicableRevoked':
      return all('judged', [event.data.node])
    case 'ScoreRecorded':
      return all('recorded', [event.data.node])
    case 'ReturnedForCorrection':
      return all('returned', event.data.nodes)
    case 'EvidenceAttached':
      // What a panel attaches to its question is part of its own work.
      return event.metadata.actor.role === 'panelist' ? [] : all('evidence', event.data.nodes)
    case 'ReviewCompleted':
      return [{ part: 'completed' }]
    default:
      return appealActs(event, subject)
  }
}

function appealActs(event: LedgerEvent, subject: DutyCase): Told[] {
  const about = (part: DutyPart, appeal: string): Told[] => [
    { part, appeal, node: subject.appeal(appeal)?.node ?? null }
  ]
  switch (event.type) {
    case 'AppealFiled':
    case 'AppealEscalated':
    case 'AppealWithdrawn':
      return about('appealed', event.data.appeal)
    case 'AppealAnswered':
      return about('answered', event.data.appeal)
    case 'AppealInformationProvided':
      return about(event.metadata.actor.role === 'assessor' ? 'appealed' : 'answered', event.data.appeal)
    case 'PanelAssigned':
      return about('assigned', event.data.appeal)
    default:
      return endings(event)
  }
}

/** What an event makes of persons other than the one who acts. */
function otherPersons(event: LedgerEvent, subject: DutyCase): ToldOf[] {
  if (event.type === 'ResponsibilityAssigned' && event.data.person !== undefined)
    return [{ person: event.data.person, part: 'responsible', node: event.data.node }]
  if (event.type === 'AppealFiled' && event.data.onBehalf) {
    const { appeal, node, onBehalf } = event.data
    return [{ person: onBehalf.person, part: 'appealed', node, appeal }]
  }
  if (event.type === 'PanelAssigned') return membersOf(event, subject.appeal(event.data.appeal)?.node ?? null)
  if (event.type !== 'AppealDecided' && event.type !== 'AppealEscalated') return []
  const { appeal } = event.data
  const { node = null, panel = [], before = [] } = subject.appeal(appeal) ?? {}
  const [persons, part] =
    event.type === 'AppealDecided' ? [panel, 'decided' as const] : [before, 'sat' as const]
  return persons.map((person) => ({ person, part, node, appeal }))
}

const membersOf = ({ data }: EventOf<'PanelAssigned'>, node: string | null): ToldOf[] =>
  data.members.map(({ id, units }) => ({
    person: id,
    part: 'member' as const,
    node,
    appeal: data.appeal,
    ...(units.length === 0 ? { unknown: true as const } : {})
  }))
