import type { DutyPart } from '../../projections/duty-acts.ts'
import type { LedgerEvent } from '../../src/events/catalogue.ts'

/* What persons did and what they are of, read off a list of events with nothing kept in between. */

/** One act of one person; `at` is the index of its event. */
export interface Deed {
  person: string
  part: DutyPart
  node: string | null
  appeal: string | null
  event: string
  at: number
  unknown?: boolean
}

const PART_OF: Partial<Record<LedgerEvent['type'], DutyPart>> = {
  TargetAssigned: 'prepared',
  ResponsibilityAssigned: 'prepared',
  SelfScoreEntered: 'claimed',
  NotApplicableClaimed: 'claimed',
  ScoreConfirmed: 'judged',
  ScoreOverridden: 'judged',
  NotApplicableGranted: 'judged',
  NotApplicableRefused: 'judged',
  NotApplicableRevoked: 'judged',
  ReturnedForCorrection: 'returned',
  ReviewCompleted: 'completed',
  EvidenceAttached: 'evidence',
  AppealFiled: 'appealed',
  AppealEscalated: 'appealed',
  AppealWithdrawn: 'appealed',
  AppealAnswered: 'answered',
  AppealInformationProvided: 'answered',
  PanelAssigned: 'assigned',
  EvaluationFinalised: 'finalised',
  EvaluationReopened: 'reopened'
}

/** Everything that persons did in one evaluation, or were made, in order. */
export function deedsOf(events: readonly LedgerEvent[], evaluation: string): Deed[] {
  return events.flatMap((event, at) => {
    if (event.stream !== `evaluation-${evaluation}`) return []
    const { actor } = event.metadata
    const appeal = appealIn(event)
    const nodes = nodesIn(events, event)
    const deed = (person: string, part: DutyPart, node: string | null): Deed => ({
      ...{ person, part, node, appeal, event: event.id, at }
    })
    const part =
      actor.role === 'panelist' && event.type === 'EvidenceAttached' ? undefined : PART_OF[event.type]
    const isUnits = event.type === 'AppealInformationProvided' && actor.role === 'assessor'
    const own = part ? nodes.map((node) => deed(actor.id, isUnits ? 'appealed' : part, node)) : []
    return [...own, ...made(events, event, at, deed, nodes[0] ?? null)]
  })
}

/** What an event makes of others. */
function made(
  events: readonly LedgerEvent[],
  event: LedgerEvent,
  at: number,
  deed: (person: string, part: DutyPart, node: string | null) => Deed,
  node: string | null
): Deed[] {
  if (event.type === 'ResponsibilityAssigned')
    return event.data.person === undefined ? [] : [deed(event.data.person, 'responsible', node)]
  if (event.type === 'AppealFiled')
    return event.data.onBehalf ? [deed(event.data.onBehalf.person, 'appealed', node)] : []
  if (event.type === 'PanelAssigned')
    return event.data.members.map(({ id, units }) => ({
      ...deed(id, 'member', node),
      ...(units.length === 0 ? { unknown: true } : {})
    }))
  if (event.type !== 'AppealDecided' && event.type !== 'AppealEscalated') return []
  const part = event.type === 'AppealDecided' ? 'decided' : 'sat'
  return panelAt(events, event.data.appeal, at).map((person) => deed(person, part, node))
}

const appealIn = ({ data }: LedgerEvent): string | null =>
  'appeal' in data && typeof data.appeal === 'string' ? data.appeal : null

/** The nodes an act is on; one null for an act on none. */
function nodesIn(events: readonly LedgerEvent[], { data }: LedgerEvent): (string | null)[] {
  if ('node' in data && typeof data.node === 'string') return [data.node]
  if ('nodes' in data && data.nodes.every((node) => typeof node === 'string')) return data.nodes
  if (!('appeal' in data)) return [null]
  const filed = events.find((event) => event.type === 'AppealFiled' && event.data.appeal === data.appeal)
  return [filed?.type === 'AppealFiled' ? filed.data.node : null]
}

/** The panel of the present instance before the event at an index. */
export function panelAt(events: readonly LedgerEvent[], appeal: string, at: number): string[] {
  let panel: string[] = []
  for (const event of events.slice(0, at)) {
    if (event.type === 'PanelAssigned' && event.data.appeal === appeal)
      panel = event.data.members.map(({ id }) => id)
    if (event.type === 'AppealEscalated' && event.data.appeal === appeal) panel = []
  }
  return panel
}

/** Who is on a panel of the appeal, or was when it decided. */
export function memberships(events: readonly LedgerEvent[], appeal: string): string[] {
  const decisions = events.flatMap((event, at) =>
    event.type === 'AppealDecided' && event.data.appeal === appeal ? panelAt(events, appeal, at) : []
  )
  return [...decisions, ...panelAt(events, appeal, events.length)]
}

/** The nodes of these histories are named so that what is above begins what is below. */
export const near = (a: string | null, b: string | null): boolean =>
  a !== null && b !== null && (a === b || a.startsWith(`${b}.`) || b.startsWith(`${a}.`))

export interface Shown {
  person: string
  unit: string
  event: string
  at: number
}

/** Every unit that any event shows anybody to be of, in order. */
export function shownUnits(events: readonly LedgerEvent[]): Shown[] {
  return events.flatMap((event, at) => {
    const { actor } = event.metadata
    const all: [string, readonly string[]][] = [[actor.id, actor.units]]
    if (event.type === 'PanelAssigned')
      all.push(...event.data.members.map(({ id, units }) => [id, units] as [string, string[]]))
    const unit = event.stream.split('.').at(-1) ?? ''
    if (event.type === 'AppealFiled' && event.data.onBehalf) all.push([event.data.onBehalf.person, [unit]])
    return all.flatMap(([person, units]) => units.map((unit) => ({ person, unit, event: event.id, at })))
  })
}

type Parents = Record<string, string | null>

/** Which unit is below which, after the event at an index. */
export function parentsAfter(events: readonly LedgerEvent[], at: number): Parents {
  const parents: Parents = {}
  for (const event of events.slice(0, at + 1)) {
    if (event.type === 'UnitRegistered') parents[event.data.unit] = event.data.parent ?? null
    if (event.type === 'UnitReclassified' && event.data.parent !== undefined)
      parents[event.stream.slice('unit-'.length)] = event.data.parent
  }
  return parents
}

export function isWithin(unit: string, other: string, parents: Parents): boolean {
  let at: string | null = unit
  for (let steps = 0; at !== null && steps < 100; steps++) {
    if (at === other) return true
    at = parents[at] ?? null
  }
  return false
}
