import type { EventOf, LedgerEvent } from '../../src/events/catalogue.ts'
import { type Deed, deedsOf, isWithin, panelAt, parentsAfter } from './naive-persons.ts'

/*
 * The rules about who may not judge in a case, held against what was accepted. Each is asked of every event with
 * nothing but the events before it in its own evaluation, which is what the decision could know.
 */

/** What should not have been accepted, a sentence each. */
export function violations(events: readonly LedgerEvent[]): string[] {
  return events.flatMap((event, at) => {
    const before = events.slice(0, at).filter(({ stream }) => stream === event.stream)
    const faults = faultsOf(event, before, events, at)
    return faults.map(
      (fault) => `${event.type} ${event.id.slice(0, 8)} by ${event.metadata.actor.id}: ${fault}`
    )
  })
}

function faultsOf(
  event: LedgerEvent,
  before: readonly LedgerEvent[],
  all: readonly LedgerEvent[],
  at: number
): string[] {
  const { id, units } = event.metadata.actor
  const evaluation = event.stream.slice('evaluation-'.length)
  const isOwn = (person: string, token: readonly string[]) =>
    [...token, ...tokensOf(before, person)].some((unit) =>
      isWithin(unit, evaluation.split('.').at(-1) ?? '', parentsAfter(all, at))
    )
  const deeds = deedsOf(before, evaluation)
  switch (event.type) {
    case 'ScoreConfirmed':
    case 'ScoreOverridden': {
      const own = deeds.some(
        ({ person, part, node }) => person === id && part === 'claimed' && node === event.data.node
      )
      return [...(own ? ['entered the score'] : []), ...(isOwn(id, units) ? ['is of the unit'] : [])]
    }
    case 'PanelAssigned':
      return [
        ...event.data.members.flatMap((member) => [
          ...seatFaults(before, deeds, event.data.appeal, member.id),
          ...(isOwn(member.id, []) ? [`${member.id} is of the unit`] : [])
        ]),
        ...(filedOnBehalf(before, id, event.data.appeal) ? ['filed on behalf'] : [])
      ]
    case 'AppealDecided':
      return [
        ...(panelAt(before, event.data.appeal, before.length).includes(id) ? [] : ['is not on the panel']),
        ...seatFaults(before, deeds, event.data.appeal, id),
        ...(isOwn(id, units) ? ['is of the unit'] : [])
      ]
    case 'EvaluationFinalised':
      return filedOnBehalf(before, id) ? ['filed on behalf'] : []
    default:
      return []
  }
}

const TOUCHED: readonly Deed['part'][] = [
  'prepared',
  'claimed',
  'judged',
  'returned',
  'evidence',
  'appealed',
  'answered'
]

/** Whoever touched the disputed node, or what is below it, or decided about it before. */
function seatFaults(
  before: readonly LedgerEvent[],
  deeds: readonly Deed[],
  appeal: string,
  person: string
): string[] {
  const filed = before.find(
    (event): event is EventOf<'AppealFiled'> => event.type === 'AppealFiled' && event.data.appeal === appeal
  )
  const node = filed?.data.node ?? ''
  const own = deeds.filter((deed) => deed.person === person)
  const touched = own.find(
    (deed) => TOUCHED.includes(deed.part) && (deed.node === node || deed.node?.startsWith(`${node}.`))
  )
  const sat = own.some(
    (deed) =>
      (deed.part === 'decided' && deed.node === node) || (deed.part === 'sat' && deed.appeal === appeal)
  )
  return [
    ...(touched ? [`${person} has ${touched.part} ${touched.node}`] : []),
    ...(sat ? [`${person} sat about ${node} before`] : [])
  ]
}

const tokensOf = (before: readonly LedgerEvent[], person: string): string[] =>
  before.flatMap(({ metadata: { actor } }) => (actor.id === person ? actor.units : []))

const filedOnBehalf = (before: readonly LedgerEvent[], person: string, appeal?: string): boolean =>
  before.some(
    (event) =>
      event.type === 'AppealFiled' &&
      event.data.onBehalf &&
      event.metadata.actor.id === person &&
      (appeal === undefined || event.data.appeal === appeal)
  )
