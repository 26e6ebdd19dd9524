import { commandNamed } from '../../commands/catalogue.ts'
import type { Decision, Situation } from '../../commands/command.ts'
import { NOBODY } from '../../commands/persons.ts'
import { Refusal } from '../../src/errors.ts'
import type { LedgerEvent } from '../../src/events/catalogue.ts'
import type { Actor } from '../../src/events/envelope.ts'
import type { Role } from '../../src/events/forms.ts'
import type { AppealFile } from '../../src/rules/appeals.ts'
import { fileOf, type Stage } from '../../src/rules/evaluation.ts'
import { type Folded, fold, foldOne } from './fold.ts'
import { eventNumber, eventsOf } from './history.ts'
import { EVALUATION, FRAMEWORK, live, registered } from './province.ts'

/*
 * Random histories of one evaluation, for rules about persons. Everything goes through the real decisions: what they
 * refuse does not happen. A handful of persons do everything, each in any role and with any units, as tokens may say
 * another day.
 */

export const ELSEWHERE = `${FRAMEWORK}.tehran`

const BEGINNING = eventsOf([
  ...live(),
  registered('tehran-office', 'tehran'),
  {
    type: 'EvaluationOpened',
    data: {
      evaluation: ELSEWHERE,
      unit: 'tehran',
      framework: FRAMEWORK,
      frameworkRevision: '0',
      origin: 'live'
    }
  }
])
const BEGUN = fold(BEGINNING)
const NOON = Date.parse('2024-04-01T08:30:00.000Z')
const DAY_MS = 86_400_000
const IDS = Array.from({ length: 1_000 }, (_, i) => eventNumber(i + 1))
const ulid = (n: number) => `01J${String(n).padStart(23, '0')}`

const LEAVES = ['G.a.1', 'G.a.2', 'G.b'] as const
const NODES = [...LEAVES, 'G.a', 'G'] as const
const PERSONS = ['e-17', 'a-3', 'r-5', 'p-4', 'p-6', 'constructor'] as const
/** Some do nothing but sit on panels. */
const MEMBERS = [...PERSONS, 'p-7', 'p-8', 'p-9'] as const
const UNITS = [[], ['organisation'], ['tehran'], ['tehran-office'], ['qazvin-office'], ['qazvin']] as const
const PLACES = ['organisation', 'qazvin', 'tehran', 'qazvin-office'] as const

/** A case under way. */
interface Play {
  events: LedgerEvent[]
  known: Folded
  now: number
  ulids: number
}

/** Takes choices out of one number, the next one each time it is asked. */
function dice(number: number) {
  let rest = number
  return <T>(sides: readonly T[]): T => {
    const side = rest % sides.length
    rest = Math.floor(rest / sides.length)
    return sides[side] as T
  }
}
type Dice = ReturnType<typeof dice>

/** All that happens when these numbers are played, in ledger order. */
export function playCase(numbers: readonly number[]): LedgerEvent[] {
  const { stackTraceLimit } = Error
  // Half of what is tried is refused, and nobody reads where.
  Error.stackTraceLimit = 0
  try {
    return played(numbers)
  } finally {
    Error.stackTraceLimit = stackTraceLimit
  }
}

function played(numbers: readonly number[]): LedgerEvent[] {
  const play: Play = { events: [...BEGINNING], known: BEGUN, now: NOON, ulids: 0 }
  for (const number of numbers) {
    const choose = dice(number)
    choose(MOVES[stageOf(play)])(play, choose)
  }
  return play.events
}

function attempt(play: Play, name: string, body: object, actor: Actor): boolean {
  const command = commandNamed(name)
  if (!command) throw new Error(`no command ${name}`)
  play.now += 60_000
  const prepared = command.prepare(body)
  const { known } = play
  const situation: Situation = {
    unit: command.target === 'unit' ? (known.units[prepared.id] ?? null) : null,
    framework: null,
    evaluation: known.evaluations[prepared.id] ?? null,
    persons: known.persons[prepared.id] ?? NOBODY,
    unitOf: (unit) => known.units[unit],
    frameworkOf: (framework) => known.frameworks[framework]
  }
  const now = new Date(play.now).toISOString()
  const circumstances = { actor, now, ulid: (i: number) => ulid(play.ulids + i) }
  try {
    const decided = prepared.decide(situation, circumstances)
    play.ulids += decided.length
    for (const decision of decided) happen(play, `${command.target}-${prepared.id}`, decision, actor, now)
    return true
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}

function happen(play: Play, stream: string, { type, data }: Decision, actor: Actor, now: string): void {
  const id = IDS[play.events.length] ?? ''
  const revision = play.events.filter((event) => event.stream === stream).length
  const position = BigInt(play.events.length + 1)
  const metadata = {
    recordedAt: now,
    actor,
    correlationId: id,
    causationId: id,
    commandId: id,
    commandHash: ''
  }
  // A decision's data is of its type.
  const event = { id, type, version: 1, stream, revision, position, data, metadata } as LedgerEvent
  play.events.push(event)
  play.known = foldOne(play.known, event)
}

const OFFICER: Actor = { id: 'e-1', role: 'expert', units: ['organisation'] }

type Move = (play: Play, choose: Dice) => void

const someone = (choose: Dice, role: Role, units: readonly string[] = choose(UNITS)): Actor => ({
  id: choose(PERSONS),
  role,
  units: [...units]
})
/** Whoever is at hand, or an officer who does nothing else. */
const officer = (choose: Dice): Actor =>
  choose([OFFICER, OFFICER, someone(choose, 'expert', ['organisation'])])
const ofUnit = (choose: Dice) => someone(choose, 'assessor', ['qazvin', ...choose(UNITS)])
const aboutCase = (body: object) => ({ evaluation: EVALUATION, ...body })
const stageOf = ({ known }: Play): Stage => known.evaluations[EVALUATION]?.stage ?? 'self-assessment'
/** Those that are open, or all where none is. */
function appealsOf({ known }: Play): AppealFile[] {
  const all = Object.values(known.evaluations[EVALUATION]?.appeals ?? {})
  const open = all.filter(({ status }) => status === 'open')
  return open.length > 0 ? open : all
}

const enter: Move = (play, choose) => {
  const body = {
    node: choose(LEAVES),
    points: choose(['5', '10']),
    evidence: choose([[], [{ title: { fa: 'm' } }]])
  }
  attempt(play, 'enter-self-score', aboutCase(body), ofUnit(choose))
}
const attachDocument: Move = (play, choose) => {
  const body = aboutCase({ nodes: [choose(NODES)], kind: 'file', title: { fa: 'm' } })
  attempt(play, 'attach-evidence', body, choose([ofUnit, () => someone(choose, 'expert')])(choose))
}
const judge: Move = (play, choose) => {
  const [node, expert] = [choose(LEAVES), someone(choose, 'expert')]
  const reason = { reasonCode: 'other', reason: 'counted anew' }
  choose([
    () => attempt(play, 'confirm-scores', aboutCase({ nodes: [node] }), expert),
    () => attempt(play, 'override-score', aboutCase({ node, points: choose(['1', '2']), ...reason }), expert),
    () => attempt(play, 'grant-not-applicable', aboutCase({ node: choose(NODES), ...reason }), expert),
    () => attempt(play, 'return-for-correction', aboutCase({ nodes: [choose(NODES)], reason: 'r' }), expert)
  ])()
}

/** Brings the case to its next stage, whoever does what is still missing. */
const goOn: Move = (play, choose) => {
  const stage = stageOf(play)
  const reason = 'nothing to show'
  if (stage === 'self-assessment' || play.known.evaluations[EVALUATION]?.returned) {
    const state = play.known.evaluations[EVALUATION]
    const blank = LEAVES.filter((node) => !(state && fileOf(state, node).self)).map((node) => ({
      node,
      reason
    }))
    const who = ofUnit(choose)
    if (!attempt(play, 'submit-self-assessment', aboutCase({ blank }), who))
      attempt(play, 'submit-self-assessment', aboutCase({}), who)
  } else if (stage === 'review') {
    const who = officer(choose)
    attempt(play, 'confirm-scores', aboutCase({ rest: true }), who)
    const score = { points: '4', reasonCode: 'other', reason }
    for (const node of LEAVES) {
      const state = play.known.evaluations[EVALUATION]
      if (!state || !fileOf(state, node).expert)
        attempt(play, 'override-score', aboutCase({ node, ...score }), who)
    }
    attempt(play, 'complete-review', aboutCase({}), officer(choose))
  } else finalise(play, choose)
}

const fileAppeal: Move = (play, choose) => {
  const body = { node: choose(LEAVES), claim: choose([{ points: '20' }, { applicable: true }]), grounds: 'g' }
  const onBehalf = { person: choose(PERSONS), letter: { number: '1', date: '2024-04-01' } }
  if (choose([true, false])) attempt(play, 'file-appeal', aboutCase(body), ofUnit(choose))
  else attempt(play, 'file-appeal', aboutCase({ ...body, onBehalf }), someone(choose, 'registrar'))
}
const namePanel: Move = (play, choose) => {
  const members = [...new Set([choose(MEMBERS), choose(MEMBERS)])]
  const appeal = choose(appealsOf(play))?.appeal
  if (appeal === undefined) return
  const body = aboutCase({ appeal, members, chair: choose(members) })
  attempt(play, 'assign-panel', body, someone(choose, 'registrar'))
}
const hear: Move = (play, choose) => {
  const file = choose(appealsOf(play))
  if (!file) return
  const { appeal, panel } = file
  const about = { ...aboutCase({ appeal }), evidence: choose([[], [{ title: { fa: 'm' } }]]) }
  const chair: Actor = { id: panel?.chair ?? '-', role: 'panelist', units: [...choose(UNITS)] }
  choose([
    () =>
      attempt(play, 'answer-appeal', { ...about, position: 'contest', text: 't' }, someone(choose, 'expert')),
    () => attempt(play, 'request-appeal-information', { ...about, of: 'headquarters', question: 'q' }, chair),
    () => attempt(play, 'provide-appeal-information', { ...about, answer: 'a' }, someone(choose, 'expert')),
    () => attempt(play, 'escalate-appeal', { ...about, grounds: 'g' }, ofUnit(choose)),
    () => attempt(play, 'withdraw-appeal', aboutCase({ appeal, reason: 'r' }), ofUnit(choose))
  ])()
}
const decide: Move = (play, choose) => {
  const file = choose(appealsOf(play))
  if (!file) return
  const chair: Actor = { id: file.panel?.chair ?? '-', role: 'panelist', units: [...choose(UNITS)] }
  const body = aboutCase({ appeal: file.appeal, outcome: choose(['upheld', 'rejected']), reasons: 'r' })
  attempt(play, 'decide-appeal', body, chair)
}
const wait: Move = (play, choose) => {
  play.now += choose([1, 6, 12]) * DAY_MS
}
const finalise: Move = (play, choose) => {
  if (choose([true, true, false])) play.now += 12 * DAY_MS
  attempt(play, 'finalise-evaluation', aboutCase({}), someone(choose, 'registrar'))
}
const reopen: Move = (play, choose) => {
  const authority = { body: 'council', number: '1', date: '2024-04-01' }
  attempt(play, 'reopen-evaluation', aboutCase({ reason: 'r', authority }), someone(choose, 'registrar'))
}
const moveUnit: Move = (play, choose) => {
  const body = {
    unit: choose(['tehran', 'tehran-office', 'qazvin-office']),
    parent: choose(PLACES),
    reason: 'r'
  }
  attempt(play, 'reclassify-unit', body, someone(choose, 'registrar'))
}
/** Shows what somebody is of by an act in another case. */
const actElsewhere: Move = (play, choose) => {
  const body = { evaluation: ELSEWHERE, node: choose(LEAVES), points: '5' }
  attempt(play, 'enter-self-score', body, someone(choose, 'assessor', ['tehran', ...choose(UNITS)]))
}
const nameResponsible: Move = (play, choose) => {
  const body = { node: choose(NODES), domain: { fa: 'd' }, part: 'main', person: choose(PERSONS) }
  attempt(play, 'assign-responsibility', aboutCase(body), someone(choose, 'registrar'))
}

const ANY_TIME = [attachDocument, moveUnit, actElsewhere]
/** Most of what is tried can be done in the stage the case is in, so that histories come far. */
const MOVES: Record<Stage, readonly Move[]> = {
  'self-assessment': [enter, enter, enter, goOn, goOn, nameResponsible, attachDocument, judge, moveUnit],
  review: [judge, judge, goOn, goOn, goOn, enter, ...ANY_TIME],
  appeal: [
    ...[fileAppeal, fileAppeal, fileAppeal, namePanel, namePanel, namePanel, namePanel, hear, hear],
    ...[decide, decide, decide, decide, wait, finalise, finalise, ...ANY_TIME]
  ],
  final: [reopen, fileAppeal, ...ANY_TIME],
  imported: []
}
