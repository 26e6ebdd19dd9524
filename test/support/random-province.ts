import fc from 'fast-check'
import { createHandle } from '../../commands/handle.ts'
import { createClock } from '../../src/clock.ts'
import { Refusal } from '../../src/errors.ts'
import { type LedgerEvent, readEvent } from '../../src/events/catalogue.ts'
import type { HypotheticalCommand } from '../../src/http/simulation.ts'
import { type EventStore, STREAM_PREFIXES } from '../../src/store/event-store.ts'
import { node } from './history.ts'
import { createMemoryStore } from './memory-store.ts'
import { expert, registrar } from './province.ts'

/*
 * Random years of a small province: three directorates claim, are judged, appeal, are decided, made final and opened
 * again, in any order that the rules allow.
 */

export const FRAMEWORK = '1402-x'
export const UNITS = ['qazvin', 'yazd', 'qom'] as const
const LEAVES = ['G.1', 'G.2', 'H.1', 'H.2']
/** Stands in a body for the newest appeal of the evaluation. */
const NEWEST_APPEAL = 'newest appeal'
const NO_APPEAL = '01J00000000000000000000000'
const HOUR_MS = 3_600_000
const START = Date.parse('2024-03-20T06:00:00.000Z')

const title = { fa: 'نام' }
const as = (command: string, body: object, actor = registrar): HypotheticalCommand => ({
  command,
  body,
  as: actor
})

const nodes = (first: number) => [
  node('G', null, '60'),
  node('G.1', 'G', String(first)),
  node('G.2', 'G', String(60 - first)),
  node('H', null, '40', { notApplicable: 'spread' }),
  node('H.1', 'H', '25'),
  node('H.2', 'H', '15')
]

/** The units, the framework, and an evaluation of all but one. */
const foundation: HypotheticalCommand[] = [
  as('register-unit', { unit: 'organisation', name: title, kind: 'organisation' }),
  ...[...UNITS, 'tehran'].map((unit, i) =>
    as('register-unit', {
      unit,
      name: title,
      kind: 'directorate',
      parent: 'organisation',
      groups: [i < 2 ? 'a' : 'b']
    })
  ),
  as('publish-framework', {
    framework: FRAMEWORK,
    period: { id: '1402', title, startsOn: '2023-03-21', endsOn: '2024-03-19' },
    title,
    issuedBy: 'centre',
    nodes: nodes(40),
    notApplicable: 'remove',
    appeal: { windowDays: 4, escalationDays: 2, decisionDays: 3, instances: 2 },
    grades: [
      { from: '70', title: { fa: 'خوب' } },
      { from: '0', title: { fa: 'ضعیف' } }
    ]
  }),
  ...UNITS.map((unit) => as('open-evaluation', { unit, framework: FRAMEWORK, origin: 'live' }))
]

export interface Draw {
  act: keyof typeof acts
  unit: string
  leaf: string
  points: number
}

/** What people do, each in the commands that it takes. */
const acts = {
  claim: ({ unit, points }: Draw) => {
    const [evaluation, by] = [evaluationOf(unit), assessor(unit)]
    const enter = (leaf: string, earned: number) =>
      as('enter-self-score', { evaluation, node: leaf, points: String(earned) }, by)
    return [
      ...LEAVES.map((leaf, i) => enter(leaf, (points + i) % 16)),
      as('submit-self-assessment', { evaluation }, by)
    ]
  },
  judge: (draw: Draw) => {
    const evaluation = evaluationOf(draw.unit)
    return [
      override(draw),
      as('confirm-scores', { evaluation, rest: true }, expert),
      as('complete-review', { evaluation }, expert)
    ]
  },
  override: (draw: Draw) => [override(draw)],
  exempt: ({ unit, leaf }: Draw) => {
    const reason = { reasonCode: 'no-subject', reason: 'none here' }
    return [as('grant-not-applicable', { evaluation: evaluationOf(unit), node: leaf, ...reason }, expert)]
  },
  return: ({ unit, leaf }: Draw) => [
    as('return-for-correction', { evaluation: evaluationOf(unit), nodes: [leaf], reason: 'a list' }, expert)
  ],
  appeal: ({ unit, leaf }: Draw) => {
    const evaluation = evaluationOf(unit)
    const claim = { points: '15' }
    const members = ['p-4', 'p-6']
    return [
      as('file-appeal', { evaluation, node: leaf, claim, grounds: 'a list' }, assessor(unit)),
      as('assign-panel', { evaluation, appeal: NEWEST_APPEAL, members, chair: 'p-4' })
    ]
  },
  decide: (draw: Draw) => [decision(draw)],
  dispute: (draw: Draw): HypotheticalCommand[] => [...acts.appeal(draw), decision(draw)],
  waive: ({ unit }: Draw) => [as('waive-appeal', { evaluation: evaluationOf(unit) }, assessor(unit))],
  finalise: ({ unit }: Draw) => [as('finalise-evaluation', { evaluation: evaluationOf(unit) })],
  reopen: ({ unit }: Draw) => {
    const authority = { body: 'council', number: '12', date: '2024-05-01' }
    return [as('reopen-evaluation', { evaluation: evaluationOf(unit), reason: 'a mistake', authority })]
  },
  amend: ({ points }: Draw) => [
    as('amend-framework', { framework: FRAMEWORK, put: nodes(25 + points), reason: 'weights' })
  ],
  reclassify: ({ unit, points }: Draw) => [
    as('reclassify-unit', { unit, groups: [points % 2 === 0 ? 'a' : 'b'], reason: 'moved' })
  ],
  open: () => [as('open-evaluation', { unit: 'tehran', framework: FRAMEWORK, origin: 'live' })]
}

const evaluationOf = (unit: string) => `${FRAMEWORK}.${unit}`
const assessor = (unit: string) => ({ id: `a-${unit}`, role: 'assessor' as const, units: [unit] })
const override = ({ unit, leaf, points }: Draw) => {
  const reason = { reasonCode: 'calculation', reason: 'sum' }
  const body = { evaluation: evaluationOf(unit), node: leaf, points: String(points % 16), ...reason }
  return as('override-score', body, expert)
}

const decision = ({ unit, points }: Draw) => {
  const result =
    points % 3 === 0 ? { outcome: 'partly-upheld', points: String(points % 16) } : { outcome: 'upheld' }
  const chair = { id: 'p-4', role: 'panelist' as const, units: [] }
  const body = { evaluation: evaluationOf(unit), appeal: NEWEST_APPEAL, ...result, reasons: 'seen' }
  return as('decide-appeal', body, chair)
}

/** What comes about often enough to lead anywhere, some acts more often than others. */
const names = [
  ...(Object.keys(acts) as (keyof typeof acts)[]),
  ...(['claim', 'judge', 'judge', 'dispute', 'dispute', 'decide'] as const)
]

const oneOf = (units: readonly string[]): fc.Arbitrary<Draw> =>
  fc.record({
    act: fc.constantFrom(...names),
    unit: fc.constantFrom(...units),
    leaf: fc.constantFrom(...LEAVES),
    points: fc.nat({ max: 30 })
  })

/** Most units claim and are judged at first; after that anybody does anything. */
export const history: fc.Arbitrary<Draw[]> = fc
  .tuple(
    fc.array(fc.record({ leaf: fc.constantFrom(...LEAVES), points: fc.nat({ max: 30 }) }), {
      minLength: 1,
      maxLength: 3
    }),
    fc.array(oneOf(UNITS), { maxLength: 14 })
  )
  .map(([first, later]) => [
    ...first.flatMap(({ leaf, points }, i): Draw[] => {
      const unit = UNITS[i] ?? 'qom'
      return [
        { act: 'claim', unit, leaf, points },
        { act: 'judge', unit, leaf, points }
      ]
    }),
    ...later
  ])

export const future: fc.Arbitrary<Draw[]> = fc.array(oneOf([...UNITS, 'tehran']), {
  minLength: 2,
  maxLength: 9
})

export const commandsOf = (draws: readonly Draw[]): HypotheticalCommand[] =>
  draws.flatMap((draw) => acts[draw.act](draw))

/** Somebody who sends commands to a store, at an instant that may be moved; `name` keeps keys and ULIDs apart. */
export function office(store: EventStore, name: 'A' | 'B', start = START) {
  const time = { ms: start }
  let [keys, ulids] = [0, 0]
  const handle = createHandle({
    store,
    clock: createClock(() => time.ms),
    newUlid: () => `01J${name}${String(ulids++).padStart(22, '0')}`,
    findCommand: () => undefined
  })
  return {
    time,
    send: ({ command, body, as: actor }: HypotheticalCommand) =>
      handle(command, body, { actor, key: `${name}-${keys++}` })
  }
}

/** The newest appeal of each evaluation takes the place that bodies leave for it. */
export function naming(appeals: ReadonlyMap<string, string>) {
  return (asked: HypotheticalCommand): HypotheticalCommand => {
    const body = asked.body as { evaluation?: string; appeal?: string }
    if (body.appeal !== NEWEST_APPEAL) return asked
    return { ...asked, body: { ...body, appeal: appeals.get(body.evaluation ?? '') ?? NO_APPEAL } }
  }
}

/** A ledger of whatever the rules allow of these acts, some hours apart. */
export async function ledgerOf(draws: readonly Draw[]): Promise<EventStore> {
  const store = createMemoryStore()
  const { time, send } = office(store, 'A')
  for (const command of foundation) await send(command)
  const appeals = new Map<string, string>()
  for (const draw of draws) {
    time.ms += (1 + (draw.points % 5) * 8) * HOUR_MS
    for (const command of acts[draw.act](draw)) {
      try {
        const { created } = await send(naming(appeals)(command))
        for (const appeal of created.appeals) appeals.set(evaluationOf(draw.unit), appeal)
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
      }
    }
  }
  return store
}

export async function eventsIn(store: EventStore): Promise<LedgerEvent[]> {
  const events: LedgerEvent[] = []
  for await (const stored of store.readAll(0n, STREAM_PREFIXES)) events.push(readEvent(stored))
  return events
}

/** The same ledger, ended at a position. */
export async function endedAt(store: EventStore, position: bigint): Promise<EventStore> {
  const copy = createMemoryStore()
  for await (const event of store.readAll(0n, STREAM_PREFIXES)) {
    if (event.position > position) break
    const expectedRevision = event.revision === 0 ? 'none' : event.revision - 1
    await copy.append(event.stream, [event], { expectedRevision })
  }
  return copy
}
