import type { LedgerEvent } from '../src/events/catalogue.ts'
import { ownMember } from '../src/own-member.ts'
import type { AppealFiles } from '../src/rules/appeals.ts'
import { concernedNodes } from '../src/rules/event-nodes.ts'

/** One thing a person did on a node. */
export interface Deed {
  person: string
  deed: 'assigned' | 'claimed' | 'judged' | 'exempted' | 'evidence' | 'filed' | 'answered'
  event: string
  revision: number
}

/**
 * What the rules about duties need to know: which units a person acted for in this evaluation, and who did what on
 * which node. Duties are checked against persons and the history of the case, not against the role of today's token.
 */
export interface Persons {
  units: Readonly<Record<string, readonly string[]>>
  /** By node, shared out among a few records (see `placeOf`): every act makes one of them anew. Ask `deedsOn`. */
  deeds: readonly Readonly<Record<string, readonly Deed[]>>[]
  /** Registrars who filed an appeal on behalf of the unit. */
  filedOnBehalf: readonly string[]
}

/** A framework has some hundred nodes, and copying that many members for each act took longer than deciding it. */
const PLACES = 16

export const NOBODY: Persons = {
  units: {},
  deeds: Array.from({ length: PLACES }, () => ({})),
  filedOnBehalf: []
}

/** Neighbours in a tree differ in the last sign of their codes. */
function placeOf(node: string): number {
  let sum = 0
  for (let i = 0; i < node.length; i++) sum += node.charCodeAt(i)
  return sum % PLACES
}

/** What was done on one node, oldest first. */
export const deedsOn = ({ deeds }: Pick<Persons, 'deeds'>, node: string): readonly Deed[] =>
  ownMember(deeds[placeOf(node)] ?? {}, node) ?? []

const DEEDS: Partial<Record<LedgerEvent['type'], Deed['deed']>> = {
  TargetAssigned: 'assigned',
  ResponsibilityAssigned: 'assigned',
  SelfScoreEntered: 'claimed',
  NotApplicableClaimed: 'claimed',
  ReturnedForCorrection: 'judged',
  ScoreConfirmed: 'judged',
  ScoreOverridden: 'judged',
  NotApplicableGranted: 'exempted',
  NotApplicableRefused: 'judged',
  NotApplicableRevoked: 'exempted',
  EvidenceAttached: 'evidence',
  AppealFiled: 'filed',
  AppealEscalated: 'filed',
  AppealWithdrawn: 'filed',
  AppealAnswered: 'answered',
  AppealInformationProvided: 'answered'
}

/** The next state; `appeals` are those filed so far, for events that name an appeal and so its node. */
export function evolvePersons(persons: Persons, event: LedgerEvent, appeals: AppealFiles): Persons {
  const { id, units } = event.metadata.actor
  const known = ownMember(persons.units, id)
  const added = units.filter((unit) => !known?.includes(unit))
  const next =
    added.length > 0 || !known ? { ...persons.units, [id]: [...(known ?? []), ...added] } : persons.units
  const onBehalf = event.type === 'AppealFiled' && event.data.onBehalf !== undefined
  return {
    units: next,
    deeds: withDeed(persons.deeds, event, appeals),
    filedOnBehalf: onBehalf ? [...persons.filedOnBehalf, id] : persons.filedOnBehalf
  }
}

function withDeed(before: Persons['deeds'], event: LedgerEvent, appeals: AppealFiles): Persons['deeds'] {
  const deed = DEEDS[event.type]
  if (!deed || isOfPanel(event)) return before
  const deeds = [...before]
  for (const node of concernedNodes(event, appeals)) {
    const done = doersOf(event).map((person) => ({ person, deed, event: event.id, revision: event.revision }))
    deeds[placeOf(node)] = { ...deeds[placeOf(node)], [node]: [...deedsOn({ deeds }, node), ...done] }
  }
  return deeds
}

/** What a panel attaches to its own question is part of judging the appeal, no act on the case before it. */
const isOfPanel = ({ type, metadata }: LedgerEvent): boolean =>
  type === 'EvidenceAttached' && metadata.actor.role === 'panelist'

/** Whoever filed on behalf, and the person of the unit on whose letter it rests, have both acted. */
function doersOf(event: LedgerEvent): string[] {
  const onBehalf = event.type === 'AppealFiled' ? event.data.onBehalf?.person : undefined
  return [event.metadata.actor.id, ...(onBehalf === undefined ? [] : [onBehalf])]
}

/** The units a person is known to act for: those of the token together with those of earlier acts in this case. */
export const unitsOf = (persons: Persons, actor: { id: string; units: readonly string[] }): string[] => [
  ...new Set([...actor.units, ...(ownMember(persons.units, actor.id) ?? [])])
]
