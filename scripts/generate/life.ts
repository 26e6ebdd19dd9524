import type { Play } from './agenda.ts'
import { dispute, today } from './appeals.ts'
import { prepare, selfAssessment } from './claims.ts'
import { fromReport } from './imported.ts'
import { assessor, registrar } from './people.ts'
import { askHere, DAY, HOUR, type Place, stateOf } from './place.ts'
import { review, reviewAgain } from './review.ts'
import { RETURNS } from './words.ts'

/** Of a hundred evaluations so many are only known from a report, and so many final ones are opened again. */
const IMPORTED = 3
const REOPENED = 2

/** One evaluation from its opening to its end. */
export function* life(place: Place, framework: string): Play {
  const { random, unit, world, evaluation } = place
  const origin = random.percent(IMPORTED) ? 'imported' : 'live'
  world.ask('open-evaluation', { unit, framework, origin }, registrar(random))
  yield random.between(1, 48) * HOUR
  if (origin === 'imported') yield* fromReport(place)
  else {
    yield* prepare(place)
    yield* selfAssessment(place)
    yield* review(place)
    yield* dispute(place)
    yield* finalise(place)
    if (random.percent(REOPENED)) yield* openAgain(place)
  }
  world.forget(evaluation)
}

/** As soon as every appeal is decided and every window closed. */
function* finalise(place: Place): Play {
  while (!isOver(place)) yield DAY
  const filers = Object.values(stateOf(place).appeals).map(({ filedBy }) => filedBy)
  askHere(place, 'finalise-evaluation', {}, registrar(place.random, filers))
}

function isOver(place: Place): boolean {
  const { appeals, appealClosesAt, waived } = stateOf(place)
  const files = Object.values(appeals)
  if (files.some(({ status }) => status === 'open')) return false
  const now = new Date(place.world.now).toISOString()
  const windows = [appealClosesAt, ...files.map(({ escalationClosesAt }) => escalationClosesAt)]
  return waived !== null || windows.every((until) => until === null || now >= until)
}

function* openAgain(place: Place): Play {
  const { random, unit } = place
  yield random.between(5, 40) * DAY
  const authority = {
    body: 'دیوان عدالت اداری',
    number: String(random.between(1_000, 9_999)),
    date: today(place)
  }
  askHere(place, 'reopen-evaluation', { reason: random.of(RETURNS), authority }, registrar(random))
  yield* reviewAgain(place)
  yield random.between(1, 5) * DAY
  askHere(place, 'waive-appeal', {}, assessor(random, unit))
  yield random.between(1, 48) * HOUR
  yield* finalise(place)
}
