import { standingEntry } from '../../src/rules/evaluation.ts'
import type { Play } from './agenda.ts'
import { correct } from './claims.ts'
import {
  askHere,
  DAY,
  documents,
  file,
  HOUR,
  isMeasured,
  leaves,
  MINUTE,
  measured,
  type Place,
  pointsOf,
  stateOf
} from './place.ts'
import { NOTES, OVERRIDES, REFUSALS, RETURNS } from './words.ts'

/* The evaluating side: returns, exemptions, overrides, and the confirmation of the rest. */

const OVERRIDE_CODES = [
  'evidence-insufficient',
  'evidence-missing',
  'out-of-period',
  'definition',
  'source-differs',
  'calculation',
  'field-check',
  'data-corrected'
] as const

/** From what was submitted to the end of the review. */
export function* review(place: Place): Play {
  const { random } = place
  yield random.between(1, 15) * DAY
  if (random.percent(12)) yield* sendBack(place)
  yield* judgeExemptions(place)
  for (const node of leaves(place)) {
    if (!isOpen(place, node.code) || !file(place, node.code).self || !random.percent(14)) continue
    yield random.between(5, 240) * MINUTE
    override(place, node.code)
  }
  yield random.between(1, 40) * HOUR
  yield* judgeRest(place)
  askHere(place, 'complete-review', {}, place.expert)
}

/** Another opinion on one leaf, and the end of the review: what follows a reopening. */
export function* reviewAgain(place: Place): Play {
  yield place.random.between(1, 5) * DAY
  const node = leaves(place).find(({ code }) => !file(place, code).granted && !file(place, code).claim)
  if (node) override(place, node.code)
  yield place.random.between(1, 3) * DAY
  yield* judgeRest(place)
  askHere(place, 'complete-review', {}, place.expert)
}

/** A leaf that applies and that nobody has judged. */
function isOpen(place: Place, code: string): boolean {
  const { expert, decision, claim, granted } = file(place, code)
  return !expert && !decision && !claim && !granted
}

function* sendBack(place: Place): Play {
  const { random, expert } = place
  const nodes = random.some(leaves(place), 4).map(({ code }) => code)
  if (nodes.length === 0) return
  askHere(place, 'return-for-correction', { nodes, reason: random.of(RETURNS) }, expert)
  yield random.between(1, 4) * DAY
  yield* correct(place, nodes)
  yield random.between(1, 6) * DAY
}

function* judgeExemptions(place: Place): Play {
  const { random, colleague } = place
  for (const { code } of leaves(place).filter(({ code }) => file(place, code).claim)) {
    yield random.between(10, 300) * MINUTE
    if (random.percent(65)) {
      const granted = { node: code, reasonCode: 'not-in-mission', reason: random.of(NOTES) }
      askHere(place, 'grant-not-applicable', granted, colleague)
      if (!random.percent(5)) continue
      yield random.between(1, 30) * HOUR
      const revoked = { node: code, reasonCode: 'data-corrected', reason: random.of(REFUSALS) }
      askHere(place, 'revoke-not-applicable', revoked, colleague)
    } else {
      const refused = { node: code, reasonCode: 'definition', reason: random.of(REFUSALS) }
      askHere(place, 'refuse-not-applicable', refused, colleague)
    }
  }
}

/** Fewer points than were claimed, mostly; on measured leaves now and then another measurement. */
function override(place: Place, code: string): void {
  const { random, expert } = place
  const node = leaves(place).find((each) => each.code === code)
  if (!node) return
  const standing = standingEntry(stateOf(place), code)?.points ?? -1
  const points = [pointsOf(random, node, 0, 7), pointsOf(random, node, 8, 14)]
  const another = points.find((each) => Number(each) * 10_000 !== standing) ?? '0'
  const given =
    isMeasured(node) && random.percent(40) ? { measurement: measured(random, node) } : { points: another }
  const reason = { reasonCode: random.of(OVERRIDE_CODES), reason: random.of(OVERRIDES) }
  askHere(
    place,
    'override-score',
    { node: code, ...given, ...reason, evidence: documents(random, 20) },
    expert
  )
}

/** Nothing for what was left blank, and what was claimed for all the others. */
function* judgeRest(place: Place): Play {
  const { random, expert } = place
  const open = leaves(place).filter(({ code }) => isOpen(place, code))
  for (const { code } of open.filter(({ code }) => !file(place, code).self)) {
    yield random.between(2, 60) * MINUTE
    const reason = { reasonCode: 'evidence-missing', reason: random.of(OVERRIDES) }
    askHere(place, 'override-score', { node: code, points: '0', ...reason }, expert)
  }
  if (open.some(({ code }) => file(place, code).self))
    askHere(place, 'confirm-scores', { rest: true }, expert)
}
