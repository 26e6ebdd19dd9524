import { z } from 'zod'
import { Refusal } from '../src/errors.ts'
import type { DataOf } from '../src/events/catalogue.ts'
import type { Actor } from '../src/events/envelope.ts'
import { Measurement, NodeCode, Points, Text } from '../src/events/forms.ts'
import { formatPoints, parsePoints } from '../src/points.ts'
import { fileOf, standingEntry, standingMeasurement } from '../src/rules/evaluation.ts'
import { figuresOf } from '../src/rules/rollup.ts'
import { isLeaf, pathUp, type TreeNode } from '../src/rules/tree.ts'
import { appealNear, type OnBehalf } from './appeal.ts'
import type { Circumstances, Decision } from './command.ts'
import { requireUndecided } from './decided.ts'
import { defined } from './define.ts'
import { attach, EvidenceInput } from './evidence.ts'
import { isOutdated } from './outdated.ts'
import { type Given, scoreOf } from './scoring.ts'
import { exemptedBy, type Open, requireNode, requireOwnUnit, requireStage } from './situation.ts'

const given = { points: Points.optional(), measurement: Measurement.optional() }
const saysPoints = (claim: Given): boolean => claim.points !== undefined || claim.measurement !== undefined

/** What an appeal asks for: points, another measurement, or that the node does (not) apply. */
export const ClaimInput = z.union([
  z.strictObject(given).refine(saysPoints, 'give points or a measurement'),
  z.strictObject({ applicable: z.literal(false) }),
  z.strictObject({ applicable: z.literal(true), ...given })
])
type ClaimInput = z.infer<typeof ClaimInput>
type Claim = DataOf<'AppealFiled'>['claim']

export const Filing = { node: NodeCode, claim: ClaimInput, grounds: Text, evidence: EvidenceInput }
type Filing = { node: string; claim: ClaimInput; grounds: string; evidence: EvidenceInput }

/** Who may file and when: the unit itself, or a registrar with the unit's letter, while the window is open. */
export function requireMayFile(open: Open, { actor, now }: Circumstances, onBehalf: unknown): void {
  requireFiler(open, actor, onBehalf)
  requireStage(open, 'appeal')
  const { waived, appealClosesAt, stageEvent } = open.evaluation
  if (waived) throw new Refusal('waived', { event: waived })
  if (appealClosesAt !== null && now >= appealClosesAt) {
    throw new Refusal('window-closed', { params: { until: appealClosesAt }, event: stageEvent })
  }
}

function requireFiler(open: Open, actor: Actor, onBehalf: unknown): void {
  const ownAppeal = actor.role === 'assessor' && onBehalf === undefined
  if (!ownAppeal && (actor.role !== 'registrar' || onBehalf === undefined)) throw new Refusal('filing-role')
  if (ownAppeal) requireOwnUnit(open, actor)
}

/** The events of one appeal. `first` is the number of ULIDs that this append has used before. */
export function file(
  open: Open,
  filing: Filing,
  extra: { case?: string | undefined; onBehalf?: z.infer<typeof OnBehalf> | undefined },
  circumstances: Circumstances,
  first: number
): Decision[] {
  const node = requireNode(open, filing.node)
  requireUndisputed(open, node.code)
  requireUndecided(open, node.code)
  const claim = claimOf(open, node, filing.claim)
  const { ids, attached } = attach(open, [node.code], filing.evidence, circumstances, first)
  const { granted } = fileOf(open.evaluation, node.code)
  const figure = figuresOf(open.tree, open.evaluation, node.code).get(node.code)
  const points = figure?.standing.points ?? null
  const event = granted?.event ?? figure?.standing.own?.event ?? null
  const data = defined({
    appeal: circumstances.ulid(first + attached.length),
    case: extra.case,
    node: node.code,
    claim,
    disputed: {
      points: points === null ? null : formatPoints(points),
      applicable: figure?.applicable === true,
      event
    },
    grounds: filing.grounds,
    evidence: ids,
    onBehalf: extra.onBehalf
  })
  return [...attached, { type: 'AppealFiled', data, causedBy: event ?? undefined }]
}

/** No open appeal near. */
function requireUndisputed(open: Open, node: string): void {
  const near = appealNear(open, node)
  if (near) throw new Refusal('appeal-open', { params: { node: near.node }, event: near.newest })
}

/** The claim as it is stored: points always written on a leaf, also when a measurement gives them. */
function claimOf(open: Open, node: TreeNode, claim: ClaimInput): Claim {
  const exempted = exemptedBy(open, node.code)
  if ('applicable' in claim && claim.applicable === false) {
    if (exempted) throw asksNothing(open, node, exempted)
    return { applicable: false }
  }
  // Above the leaves only whether a node applies can be disputed.
  const leaf = isLeaf(open.tree, node.code)
  if (saysPoints(claim) && !leaf) throw new Refusal('not-a-leaf', { params: { node: node.code } })
  if (!('applicable' in claim)) {
    if (exempted) throw new Refusal('not-applicable', { params: { node: node.code }, event: exempted })
    return requireMore(open, node, pointsClaimed(open, node, claim))
  }
  if (exempted) {
    requireOwnGrant(open, node, exempted)
    if (!leaf) return { applicable: true }
    return {
      applicable: true,
      ...(saysPoints(claim) ? pointsClaimed(open, node, claim) : pointsBefore(open, node))
    }
  }
  if (!saysPoints(claim)) throw asksNothing(open, node, null)
  return { applicable: true, ...requireMore(open, node, pointsClaimed(open, node, claim)) }
}

/** An appeal about a node lifts the grant on the node itself, and only where none above it stands. */
function requireOwnGrant({ evaluation, tree }: Open, { code }: TreeNode, exempted: string): void {
  const above = pathUp(tree, code)
    .slice(1)
    .flatMap((at) => fileOf(evaluation, at).granted ?? [])[0]
  if (fileOf(evaluation, code).granted && !above) return
  throw new Refusal('not-applicable', { params: { node: code }, event: above?.event ?? exempted })
}

interface PointsClaimed {
  points: string
  measurement?: z.infer<typeof Measurement>
}

/** Points as claimed, or as the rule makes them of the measurement claimed; where both are said they must agree. */
function pointsClaimed(open: Open, node: TreeNode, claim: Given): PointsClaimed {
  const { points: earned, measurement } = scoreOf(open, node, claim)
  const points = formatPoints(earned)
  if (claim.points !== undefined && claim.points !== points) {
    const params = { node: node.code, derived: points, points: claim.points }
    throw new Refusal('points-differ', { params })
  }
  return measurement === undefined ? { points } : { points, measurement }
}

/**
 * What stood before the node was made not applicable, for a claim that says no points of its own; it must hold under
 * the tree in force, which may be a later one.
 */
function pointsBefore(open: Open, { code, ceiling }: TreeNode): PointsClaimed {
  const { evaluation } = open
  const before = standingEntry(evaluation, code)
  const isEntry = before === fileOf(evaluation, code).self
  if (!before || before.points > ceiling || (isEntry && isOutdated(open, code)))
    throw new Refusal('points-needed', { params: { node: code } })
  const measurement = standingMeasurement(evaluation, code)
  const points = formatPoints(before.points)
  return measurement ? { points, measurement } : { points }
}

function requireMore<Asked extends { points: string }>(open: Open, node: TreeNode, asked: Asked): Asked {
  const standing = standingEntry(open.evaluation, node.code)
  if (standing && parsePoints(asked.points) <= standing.points) throw asksNothing(open, node, standing.event)
  return asked
}

function asksNothing(open: Open, node: TreeNode, event: string | null): Refusal {
  const standing = standingEntry(open.evaluation, node.code)
  const params = { node: node.code, standing: standing ? formatPoints(standing.points) : '-' }
  return new Refusal('asks-nothing', { params, event })
}
