import type { Duty } from '../../projections/duties-list.ts'
import type { DutyPart } from '../../projections/duty-acts.ts'
import type { DutyKind, DutyNote } from '../../projections/duty-rules.ts'
import type { LedgerEvent } from '../../src/events/catalogue.ts'
import {
  type Deed,
  deedsOf,
  isWithin,
  memberships,
  near,
  parentsAfter,
  type Shown,
  shownUnits
} from './naive-persons.ts'

/*
 * The cases for an auditor, found the slow way: every pair of acts of every person in a finished history, and for what
 * somebody is of every moment of it. Nothing here is shared with the product but the names.
 */

/** All cases in a ledger, for comparing: one line each, sorted. */
export function naiveDuties(events: readonly LedgerEvent[]): string[] {
  const opened = events.flatMap((event) => (event.type === 'EvaluationOpened' ? [event.data] : []))
  return opened
    .flatMap(({ evaluation, unit }) => ofEvaluation(events, evaluation, unit))
    .map(lineOf)
    .sort()
}

export const lineOf = ({ parts, ...duty }: Duty): string =>
  JSON.stringify([
    duty.evaluation,
    duty.unit,
    duty.kind,
    duty.person,
    duty.node,
    duty.appeal,
    duty.since,
    parts.map(({ part, node, event }) => [part, node, event]),
    duty.notes
  ])

function ofEvaluation(events: readonly LedgerEvent[], evaluation: string, unit: string): Duty[] {
  const deeds = deedsOf(events, evaluation)
  const people = [...new Set(deeds.map(({ person }) => person))]
  return people.flatMap((person) => {
    const own = deeds.filter((deed) => deed.person === person)
    const found = [...pairCases(own), ...unitCases(events, own, person, unit), ...unknownCases(own)]
    return found.map(({ kind, node, appeal, parts, guarded, notes = [] }) => {
      const done = Math.max(...parts.map(({ at }) => at))
      const said = [...notes, ...notesOf(events, { kind, appeal, person, evaluation, unit })]
      if (guarded.at < done) said.push('came-out-later')
      return {
        ...{ kind, person, evaluation, unit, node, appeal, since: String(done + 1) },
        parts: parts.map(({ part, node, event, at }) => ({ part, node, event, position: String(at + 1) })),
        notes: ORDER.filter((note) => said.includes(note))
      }
    })
  })
}

const ORDER: DutyNote[] = ['came-out-later', 'elsewhere', 'known', 'left-panel', 'no-longer']

interface Case {
  kind: DutyKind
  node: string | null
  appeal: string | null
  parts: Deed[]
  guarded: Deed
  notes?: DutyNote[]
}

const JUDGED: DutyPart[] = ['judged', 'returned', 'answered']
const ACTED: DutyPart[] = [...JUDGED, 'prepared', 'claimed', 'evidence', 'appealed', 'responsible']

const satBefore = (a: Deed, b: Deed): boolean =>
  a.at < b.at && (a.part === 'decided' ? a.node === b.node : a.appeal === b.appeal)

/** Each kind with its two lists of parts, when they go together, and whose node and appeal it is about. */
const PAIRS: [DutyKind, DutyPart[], DutyPart[], (a: Deed, b: Deed) => boolean, 'a' | 'b' | ''][] = [
  ['judged-own-claim', ['claimed'], JUDGED, (a, b) => near(a.node, b.node), 'a'],
  ['judged-own-appeal', ['appealed'], JUDGED, (a, b) => near(a.node, b.node), 'a'],
  ['panel-member-acted', ACTED, ['member'], (a, b) => near(a.node, b.node), 'b'],
  ['decided-two-instances', ['decided', 'sat'], ['member'], satBefore, 'b'],
  ['assigned-own-panel', ['assigned'], ['member'], (a, b) => a.appeal === b.appeal, 'b'],
  ['filed-and-assigned', ['appealed'], ['assigned'], () => true, 'b'],
  ['assigned-and-finalised', ['assigned'], ['finalised'], (a, b) => a.at < b.at, 'a'],
  ['filed-and-finalised', ['appealed'], ['finalised'], (a, b) => a.at < b.at, 'a'],
  ['decided-and-finalised', ['decided'], ['finalised'], (a, b) => a.at < b.at, 'a'],
  ['reopened-and-finalised', ['reopened'], ['finalised'], () => true, ''],
  ['recorded-and-finalised', ['claimed', 'judged'], ['finalised'], (a, b) => a.at < b.at, '']
]

function pairCases(own: readonly Deed[]): Case[] {
  return PAIRS.flatMap(([kind, first, second, fits, about]) => {
    const found: (Case & { done: number; begun: number })[] = []
    for (const a of own)
      for (const b of own) {
        if (!first.includes(a.part) || !second.includes(b.part) || !fits(a, b)) continue
        const { node, appeal } = about === '' ? { node: null, appeal: null } : about === 'a' ? a : b
        const [done, begun] = [Math.max(a.at, b.at), Math.min(a.at, b.at)]
        found.push({ kind, node, appeal, parts: a.at > b.at ? [b, a] : [a, b], guarded: b, done, begun })
      }
    return firstOfEach(found)
  })
}

/** About each thing the pair that was complete first, and of these the one that began first. */
function firstOfEach<C extends Case & { done: number; begun: number }>(found: readonly C[]): C[] {
  const sorted = found.toSorted((x, y) => x.done - y.done || x.begun - y.begun)
  return sorted.filter(
    (one, i) => sorted.findIndex(({ node, appeal }) => node === one.node && appeal === one.appeal) === i
  )
}

const unknownCases = (own: readonly Deed[]): Case[] =>
  firstOfEach(
    own
      .filter(({ unknown }) => unknown)
      .map((seat) => ({
        kind: 'unknown-affiliation',
        node: seat.node,
        appeal: seat.appeal,
        parts: [seat],
        guarded: seat,
        done: seat.at,
        begun: seat.at
      }))
  )

/** Goes through the ledger event by event and looks when a judge or a member first is of the unit. */
function unitCases(
  events: readonly LedgerEvent[],
  own: readonly Deed[],
  person: string,
  unit: string
): Case[] {
  const acts = own.filter(({ part }) => part === 'completed' || part === 'member' || JUDGED.includes(part))
  const groups = new Map<string, Deed>()
  for (const act of acts) {
    const key = act.part === 'member' ? `member ${act.appeal}` : 'judge'
    if (!groups.has(key)) groups.set(key, act)
  }
  const shown = shownUnits(events).filter((each) => each.person === person)
  return [...groups.values()].flatMap((act) => {
    const found = firstOfUnit(events, act, shown, unit)
    if (!found) return []
    const { sign, isElsewhere } = found
    const isSeat = act.part === 'member'
    return [
      {
        kind: isSeat ? 'panel-member-of-unit' : 'judge-of-unit',
        node: isSeat ? act.node : null,
        appeal: isSeat ? act.appeal : null,
        parts: act.at > sign.at ? [sign, act] : [act, sign],
        guarded: act,
        notes: isElsewhere ? ['elsewhere'] : []
      }
    ]
  })
}

function firstOfUnit(events: readonly LedgerEvent[], act: Deed, shown: readonly Shown[], unit: string) {
  for (let at = act.at; at < events.length; at++) {
    const own = shown.find((each) => each.at <= at && isWithin(each.unit, unit, parentsAfter(events, at)))
    const event = events[at]
    if (!own || !event) continue
    const isMove = at > act.at && event.stream.startsWith('unit-') && own.at !== at
    const sign: Deed = {
      ...{ person: act.person, node: null, appeal: null },
      part: isMove ? 'unit-moved' : 'of-unit',
      event: isMove ? event.id : own.event,
      at: isMove ? at : own.at
    }
    return { sign, isElsewhere: !isMove && events[own.at]?.stream !== events[act.at]?.stream }
  }
  return null
}

interface Said {
  kind: DutyKind
  appeal: string | null
  person: string
  evaluation: string
  unit: string
}

/** What is so at the end of the ledger. */
function notesOf(events: readonly LedgerEvent[], { kind, appeal, person, unit }: Said): DutyNote[] {
  const shown = shownUnits(events).filter((each) => each.person === person)
  const notes: DutyNote[] = []
  if (kind === 'unknown-affiliation' && shown.length > 0) notes.push('known')
  const isOfUnit = kind === 'judge-of-unit' || kind === 'panel-member-of-unit'
  const parents = parentsAfter(events, events.length - 1)
  if (isOfUnit && !shown.some((each) => isWithin(each.unit, unit, parents))) notes.push('no-longer')
  const isSeat = /^(panel-member|decided-two|unknown|assigned-own)/.test(kind)
  if (isSeat && appeal !== null && !memberships(events, appeal).includes(person)) notes.push('left-panel')
  return notes
}
