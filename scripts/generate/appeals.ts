import type { Actor } from '../../src/events/envelope.ts'
import { formatPoints, parsePoints } from '../../src/points.ts'
import type { AppealFile } from '../../src/rules/appeals.ts'
import { standingEntry } from '../../src/rules/evaluation.ts'
import type { Play } from './agenda.ts'
import { assessor, chairOf, panelOf, registrar } from './people.ts'
import { askHere, DAY, documents, file, HOUR, leaves, type Place, stateOf } from './place.ts'
import { ANSWERS, DECISIONS, GROUNDS, QUESTIONS } from './words.ts'

/* A dispute from its filing to its last decision. */

/** The unit appeals some of what was lowered, or accepts the result now and then; each appeal goes its own way. */
export function* dispute(place: Place): Play {
  const { random, unit } = place
  yield random.between(1, 11) * DAY
  const filings = filingsOf(place)
  if (filings.length === 0) {
    if (random.percent(30)) askHere(place, 'waive-appeal', {}, assessor(random, unit))
    return
  }
  for (const appeal of filed(place, filings)) place.beside(course(place, appeal))
}

type Filing = ReturnType<typeof filingsOf>[number]

function filingsOf(place: Place) {
  const { random } = place
  const all = leaves(place)
  const lowered = all.filter(({ code }) => {
    const { expert, self, granted } = file(place, code)
    return expert !== null && !granted && expert.points < (self?.points ?? 1)
  })
  const chance = (all.length * place.appeals) / Math.max(1, lowered.length)
  return random.some(lowered, chance).map(({ code, ceiling }) => {
    const { self, expert } = file(place, code)
    const points = self && self.points > (expert?.points ?? 0) ? formatPoints(self.points) : ceiling
    const claim = random.percent(6) ? { applicable: false } : { points }
    return { node: code, claim, grounds: random.of(GROUNDS), evidence: documents(random, 40) }
  })
}

/** One by one, together in one letter, or by a registrar on such a letter. The ids of the appeals. */
function filed(place: Place, filings: readonly Filing[]): string[] {
  const { random, unit } = place
  const by = assessor(random, unit)
  const letter = { number: String(random.between(1_000, 99_999)), date: today(place) }
  const together = { case: `letter-${random.hex(6)}`, appeals: filings }
  const events = random.percent(60)
    ? filings.flatMap((filing) => askHere(place, 'file-appeal', filing, by))
    : random.percent(75)
      ? askHere(place, 'file-case', together, by)
      : askHere(place, 'file-case', { ...together, onBehalf: { person: by.id, letter } }, registrar(random))
  return events.flatMap(({ type, data }) => (type === 'AppealFiled' ? [String(Object(data).appeal)] : []))
}

export const today = ({ world }: Place): string => new Date(world.now).toISOString().slice(0, 10)

function appealOf(place: Place, appeal: string): AppealFile {
  const found = stateOf(place).appeals[appeal]
  if (!found) throw new Error(`there is no appeal ${appeal} in ${place.evaluation}`)
  return found
}

/** Answered, heard, decided; what was not given in full goes to the second instance now and then. */
function* course(place: Place, appeal: string): Play {
  const { random, unit } = place
  yield random.between(1, 8) * DAY
  if (random.percent(6)) {
    askHere(place, 'withdraw-appeal', { appeal, reason: random.of(ANSWERS) }, assessor(random, unit))
    return
  }
  yield* hear(place, appeal)
  if (appealOf(place, appeal).outcome === 'upheld' || !random.percent(30)) return
  yield random.between(1, 8) * DAY
  const body = { appeal, grounds: random.of(GROUNDS), evidence: documents(random, 30) }
  askHere(place, 'escalate-appeal', body, assessor(random, unit))
  yield random.between(1, 5) * DAY
  yield* hear(place, appeal)
}

function* hear(place: Place, appeal: string): Play {
  const { random, colleague } = place
  const position = random.percent(25) ? 'concede' : 'contest'
  askHere(
    place,
    'answer-appeal',
    { appeal, position, text: random.of(ANSWERS), evidence: documents(random, 15) },
    colleague
  )
  yield random.between(1, 4) * DAY
  const { instance, filedBy } = appealOf(place, appeal)
  const members = panelOf(random, instance)
  const chair = members[0] ?? ''
  askHere(place, 'assign-panel', { appeal, members, chair }, registrar(random, [filedBy]))
  yield random.between(2, 10) * DAY
  if (random.percent(20)) yield* askSide(place, appeal, chair)
  decide(place, appeal, chair)
}

function* askSide(place: Place, appeal: string, chair: string): Play {
  const { random, unit, colleague } = place
  const of = random.of(['unit', 'headquarters'])
  askHere(place, 'request-appeal-information', { appeal, of, question: random.of(QUESTIONS) }, chairOf(chair))
  yield random.between(4, 90) * HOUR
  const by: Actor = of === 'unit' ? assessor(random, unit) : colleague
  const answer = { appeal, answer: random.of(ANSWERS), evidence: documents(random, 50) }
  askHere(place, 'provide-appeal-information', answer, by)
  yield random.between(1, 5) * DAY
}

function decide(place: Place, appeal: string, chair: string): void {
  const { random } = place
  const { claim, node } = appealOf(place, appeal)
  const choice = random.between(1, 100)
  const claimed = 'points' in claim && claim.points !== undefined ? parsePoints(claim.points) : null
  const standing = standingEntry(stateOf(place), node)?.points ?? 0
  const between = claimed === null ? standing : Math.floor((standing + claimed) / 2)
  const body = { appeal, reasons: random.of(DECISIONS) }
  if (choice <= 30) askHere(place, 'decide-appeal', { ...body, outcome: 'upheld' }, chairOf(chair))
  else if (choice <= 55 && between > standing) {
    const result = { outcome: 'partly-upheld', points: formatPoints(between) }
    askHere(place, 'decide-appeal', { ...body, ...result }, chairOf(chair))
  } else {
    const outcome = choice > 95 ? 'inadmissible' : 'rejected'
    askHere(place, 'decide-appeal', { ...body, outcome }, chairOf(chair))
  }
}
