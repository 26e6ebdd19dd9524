import { NotApplicableReason, OverrideReason } from '../../src/events/forms.ts'
import { formatPoints, parsePoints } from '../../src/points.ts'
import { fileOf } from '../../src/rules/evaluation.ts'
import { askAt, ceilingOf, type Place, partOf, pick, placeOf, type Step, type Who } from './random-place.ts'
import { ask, type World } from './world.ts'

const source = { document: 'report', place: 'table 1', digits: 2 }
const reason = 'r'
const override = ({ step }: Place) => pick(OverrideReason.options as ['other'], step.amount)
const exemption = ({ step }: Place) => pick(NotApplicableReason.options as ['other'], step.amount)

/** Enters a leaf as its rule wants it. */
function enter(place: Place, node: string): boolean {
  const { tree, step, points } = place
  const kind = tree.nodes.get(node)?.definition?.rule?.kind ?? 'direct'
  const atMost = formatPoints(Math.min(parsePoints(points), ceilingOf(tree, node)))
  const denominator = step.amount % 3 === 0 ? { denominator: String((step.amount % 50) + 1) } : {}
  const measurement = { numerator: String(step.amount % 130), baseline: '100', ...denominator }
  const score = kind === 'direct' ? { points: atMost } : { measurement }
  return askAt(place, 'enter-self-score', { node, ...score }, 'assessor')
}

/** Every fifth leaf stays blank, the others are entered where they can be; then it is submitted. */
function fillAndSubmit(place: Place): void {
  const { leaves, state, step } = place
  const blank = leaves.flatMap((node, i) => {
    const file = fileOf(state, node)
    if (file.self || file.claim) return []
    return (i + step.amount) % 5 > 0 && enter(place, node) ? [] : [{ node, reason }]
  })
  if (askAt(place, 'submit-self-assessment', { blank }, 'assessor')) return
  for (const node of leaves) enter(place, node)
  askAt(place, 'submit-self-assessment', {}, 'assessor')
}

/** Confirms every other claim, overrides the rest, turns claims of not applicable down, completes the review. */
function judgeAll(place: Place): void {
  const { leaves, step } = place
  leaves.forEach((node, i) => {
    askAt(place, 'refuse-not-applicable', { node, reasonCode: 'other', reason }, 'expert')
    if ((i + step.amount) % 2 === 0 && askAt(place, 'confirm-scores', { nodes: [node] }, 'expert')) return
    const given = { points: partOf(place, node, step.amount, 7), reasonCode: override(place) }
    askAt(place, 'override-score', { node, ...given, reason: `r${step.amount}` }, 'expert')
  })
  askAt(place, 'complete-review', {}, 'expert')
}

/** Records a final score for every leaf of an imported evaluation. */
function recordAll(place: Place): void {
  for (const node of place.leaves) {
    const points = partOf(place, node, place.step.amount, 5)
    askAt(place, 'record-score', { node, level: 'final', points, source }, 'registrar')
  }
}

/** Another root joins the framework; who has submitted is not touched by it. */
function addRoot({ world, state, step, registrar }: Place): void {
  const code = `r${step.amount % 3}`
  const node = {
    code,
    parent: null,
    kind: 'indicator',
    title: { fa: code },
    ceiling: String(step.amount % 50)
  }
  ask(world, 'amend-framework', { framework: state.framework, put: [node], reason }, registrar)
}

function decision({ step, appeal, state }: Place): object {
  const outcome = pick(['upheld', 'rejected', 'partly-upheld', 'inadmissible'], step.amount)
  const stands = appeal ? (fileOf(state, appeal.node).expert?.points ?? 0) : 0
  const points = outcome === 'partly-upheld' ? { points: formatPoints(stands + 1) } : {}
  return { outcome, reasons: 'r', ...points }
}

/** Something that is asked of one command, by somebody. */
const asking =
  (name: string, who: Who, body: (place: Place) => object) =>
  (place: Place): void => {
    askAt(place, name, body(place), who)
  }

/** The same about one of the appeals there are. */
const ofAppeal = (name: string, who: Who, body: (place: Place) => object) => (place: Place) => {
  if (place.appeal) askAt(place, name, { appeal: place.appeal.appeal, ...body(place) }, who)
}

const claimNotApplicable = (p: Place) => ({ node: p.leaf, reasonCode: exemption(p), reason })
const grant = (p: Place) => ({ node: p.node, reasonCode: exemption(p), reason })
const against = (p: Place) => ({ node: p.node, reasonCode: override(p), reason })
const overriding = (p: Place) => ({ node: p.leaf, points: p.points, reasonCode: override(p), reason })
const recording = (p: Place) => {
  const level = pick(['self', 'expert', 'final'], p.step.who)
  return { node: p.node, points: partOf(p, p.node, p.step.amount, 9), level, source }
}
const stating = (p: Place) => ({ node: p.node, reasonCode: 'not-stated', source })
const printing = (p: Place) => {
  const level = pick(['self', 'final'], p.step.who)
  return { about: { node: p.node }, level, points: p.points, printed: p.points, source }
}
const target = (p: Place) => ({ node: p.leaf, target: String((p.step.amount % 90) + 1) })
const document = (p: Place) => ({ nodes: [p.node], kind: 'file', title: { fa: 'سند' } })
const disputing = (p: Place) => ({ node: p.leaf, claim: { points: partOf(p, p.leaf, 1, 1) }, grounds: 'g' })
const disputingWhether = (p: Place) => ({
  node: p.node,
  claim: { applicable: p.step.amount % 2 === 0 },
  grounds: 'g'
})
const panel = (p: Place) => ({ members: ['p-2', 'p-4'], chair: pick(['p-2', 'p-4'], p.step.who) })
const authority = { body: 'council', number: '1', date: '2024-05-01' }

/** What may be asked, by weight: the further a step leads, the more often it is asked. */
const STEPS: readonly [number, (place: Place) => void][] = [
  [3, (place) => void enter(place, place.leaf)],
  [8, fillAndSubmit],
  [8, judgeAll],
  [3, recordAll],
  [1, addRoot],
  [2, asking('claim-not-applicable', 'assessor', claimNotApplicable)],
  [2, asking('grant-not-applicable', 'expert', grant)],
  [1, asking('refuse-not-applicable', 'expert', against)],
  [2, asking('revoke-not-applicable', 'expert', against)],
  [3, asking('override-score', 'expert', overriding)],
  [1, asking('confirm-scores', 'expert', () => ({ rest: true }))],
  [3, asking('return-for-correction', 'expert', ({ node }) => ({ nodes: [node], reason }))],
  [1, asking('waive-appeal', 'assessor', () => ({}))],
  [3, asking('finalise-evaluation', 'registrar', () => ({}))],
  [3, asking('reopen-evaluation', 'registrar', () => ({ reason, authority }))],
  [4, asking('record-score', 'registrar', recording)],
  [1, asking('grant-not-applicable', 'registrar', stating)],
  [1, asking('revoke-not-applicable', 'registrar', (p) => ({ ...against(p), source }))],
  [1, asking('publish-figure', 'registrar', printing)],
  [1, asking('assign-target', 'registrar', target)],
  [1, asking('attach-evidence', 'expert', document)],
  [8, asking('file-appeal', 'assessor', disputing)],
  [2, asking('file-appeal', 'assessor', disputingWhether)],
  [1, ofAppeal('answer-appeal', 'expert', () => ({ position: 'contest', text: 't' }))],
  [5, ofAppeal('assign-panel', 'registrar', panel)],
  [5, ofAppeal('decide-appeal', 'chair', decision)],
  [1, ofAppeal('escalate-appeal', 'assessor', () => ({ grounds: 'g' }))],
  [1, ofAppeal('withdraw-appeal', 'assessor', () => ({ reason }))]
]

const HAT = STEPS.flatMap(([weight, step]) => Array.from({ length: weight }, () => step))

/** How many kinds of step there are, each as often as it weighs. */
export const KINDS = HAT.length

const HOUR_MS = 3_600_000

/** Takes one step; time goes on by up to half a day. */
export function take(world: World, step: Step): void {
  world.clock += (step.amount % 12) * HOUR_MS
  const place = placeOf(world, step)
  if (place) HAT[step.kind % KINDS]?.(place)
}
