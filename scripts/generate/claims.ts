import type { FrameworkNode } from '../../src/events/forms.ts'
import { parsePoints } from '../../src/points.ts'
import { pointsFor } from '../../src/rules/rule.ts'
import type { Play } from './agenda.ts'
import { assessor, registrar } from './people.ts'
import {
  askHere,
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
import { DOCUMENTS, EXEMPTIONS, NOTES, TOPICS } from './words.ts'

/* The side of the unit: what is assigned to it, what it claims, and its submission. */

/** Targets of its own for some measured nodes, and who answers for some others. */
export function* prepare(place: Place): Play {
  const { random } = place
  const by = registrar(random)
  for (const node of leaves(place)) {
    const { code, rule } = node
    if (rule && 'target' in rule && random.percent(50)) {
      const baseline = rule.kind === 'growth' ? { baseline: String(random.between(200, 4_000)) } : {}
      askHere(
        place,
        'assign-target',
        { node: code, target: String(random.between(4, 18) * 5), ...baseline },
        by
      )
      yield random.between(1, 5) * MINUTE
    } else if (random.percent(5)) {
      const part = random.percent(70) ? 'main' : 'collaborating'
      askHere(place, 'assign-responsibility', { node: code, domain: { fa: random.of(TOPICS) }, part }, by)
      yield random.between(1, 5) * MINUTE
    }
  }
}

/** So many leaves are entered in one sitting. */
const SITTING = 12

/** Leaf after leaf, some put right later, then the submission. */
export function* selfAssessment(place: Place): Play {
  const { random } = place
  for (const [i, node] of leaves(place).entries()) {
    yield i % SITTING === 0 ? random.between(6, 60) * HOUR : random.between(1, 20) * MINUTE
    enter(place, node)
  }
  for (const node of random.some(leaves(place), 5)) {
    yield random.between(1, 30) * HOUR
    enter(place, node)
  }
  yield random.between(2, 80) * HOUR
  attach(place)
  yield random.between(1, 40) * HOUR
  // The framework may have been amended meanwhile, after the entry or before.
  for (const node of leaves(place)) if (isOutdated(place, node)) claim(place, node)
  submit(place)
}

/** What the experts have sent back is entered again and submitted again. */
export function* correct(place: Place, nodes: readonly string[]): Play {
  for (const node of leaves(place).filter(({ code }) => nodes.includes(code))) {
    yield place.random.between(1, 20) * HOUR
    claim(place, node)
  }
  yield place.random.between(1, 40) * HOUR
  submit(place)
}

/** Most leaves get a claim; now and then one does not apply, or is left blank. */
function enter(place: Place, node: FrameworkNode): void {
  const { random, unit } = place
  const choice = random.between(1, 100)
  if (choice <= 2) return
  if (choice > 5) {
    claim(place, node)
    return
  }
  const reasonCode = random.of(['not-in-mission', 'no-subject', 'not-in-force'])
  const body = { node: node.code, reasonCode, reason: random.of(EXEMPTIONS), evidence: documents(random, 20) }
  askHere(place, 'claim-not-applicable', body, assessor(random, unit))
}

function claim(place: Place, node: FrameworkNode): void {
  const { random, unit } = place
  const given = isMeasured(node)
    ? { measurement: measured(random, node) }
    : { points: pointsOf(random, node, 8, 20) }
  const note = random.percent(25) ? { note: random.of(NOTES) } : {}
  const body = { node: node.code, ...given, ...note, evidence: documents(random, 26) }
  askHere(place, 'enter-self-score', body, assessor(random, unit))
}

function attach(place: Place): void {
  const { random, unit } = place
  const nodes = random.some(leaves(place), 8).map(({ code }) => code)
  if (nodes.length === 0) return
  const title = { fa: random.of(DOCUMENTS) }
  const document = { kind: 'file', title, sha256: random.hex(64), bytes: random.between(20_000, 9_000_000) }
  askHere(
    place,
    'attach-evidence',
    { nodes, ...document, mediaType: 'application/pdf' },
    assessor(random, unit)
  )
}

function isOutdated(place: Place, node: FrameworkNode): boolean {
  const { self, assigned, claim: exemption } = file(place, node.code)
  if (!self || exemption) return false
  if (self.points > parsePoints(node.ceiling) || isMeasured(node) !== (self.measurement !== null)) return true
  return self.measurement !== null && pointsFor(node, self.measurement, assigned) !== self.points
}

function submit(place: Place): void {
  const { random, unit } = place
  const returned = stateOf(place).returned?.nodes
  const blank = leaves(place)
    .filter(({ code }) => !returned || returned.includes(code))
    .filter(({ code }) => !file(place, code).self && !file(place, code).claim)
    .map(({ code }) => ({ node: code, reason: random.of(NOTES) }))
  askHere(place, 'submit-self-assessment', { blank }, assessor(random, unit))
}
