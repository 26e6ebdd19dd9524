import { z } from 'zod'
import { Refusal } from '../src/errors.ts'
import type { DataOf } from '../src/events/catalogue.ts'
import type { Actor } from '../src/events/envelope.ts'
import { Measurement, NodeCode, Points, Text } from '../src/events/forms.ts'
import { ownMember } from '../src/own-member.ts'
import { formatPoints, parsePoints } from '../src/points.ts'
import { fileOf, standingEntry } from '../src/rules/evaluation.ts'
import { figuresOf } from '../src/rules/rollup.ts'
import { isLeaf, type TreeNode } from '../src/rules/tree.ts'
import { appealNear, type OnBehalf } from './appeal.ts'
import type { Circumstances, Decision } from './command.ts'
import { defined } from './define.ts'
import { attach, EvidenceInput } from './evidence.ts'
import { EXACTLY_ONE, exactlyOne, type Given, scoreOf } from './scoring.ts'
import { exemptedBy, type Open, requireNode, requireOwnUnit, requireStage } from './situation.ts'

const given = { points: Points.optional(), measurement: Measurement.optional() }

/** What an appeal asks for: points, another measurement, or that the node does (not) apply. */
export const ClaimInput = z.union([
  z.strictObject(given).refine(exactlyOne, EXACTLY_ONE),
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
  const claim = claimOf(open, node, filing.claim)
  const { ids, attached } = attach(open, [node.code], filing.evidence, circumstances, first)
  const { granted } = fileOf(open.evaluation, node.code)
  const standing = standingEntry(open.evaluation, node.code)
  const figure = figuresOf(open.tree, open.evaluation, node.code).get(node.code)
  const points = figure?.standing.points ?? null
  const event = granted?.event ?? standing?.event ?? null
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

/** No open appeal near, and no decision that still binds. */
function requireUndisputed(open: Open, node: string): void {
  const near = appealNear(open, node)
  if (near) throw new Refusal('appeal-open', { params: { node: near.node }, event: near.newest })
  const { appeals, reopenedRevision } = open.evaluation
  const decided = Object.values(appeals).findLast(
    (appeal) => appeal.node === node && appeal.status === 'decided'
  )
  if (!decided) return
  const reopened = reopenedRevision > (decided.decidedRevision ?? 0)
  const judged = ownMember(open.persons.deeds, node)?.filter(({ deed }) => deed === 'judged')
  if (!reopened || !judged?.some(({ revision }) => revision > reopenedRevision)) {
    throw new Refusal('decided', { params: { node }, event: decided.newest })
  }
}

/** The claim as it is stored: points always written on a leaf, also when a measurement gives them. */
function claimOf(open: Open, node: TreeNode, claim: ClaimInput): Claim {
  const exempted = exemptedBy(open, node.code)
  if ('applicable' in claim && claim.applicable === false) {
    if (exempted) throw asksNothing(open, node, exempted)
    return { applicable: false }
  }
  if (!isLeaf(open.tree, node.code)) return applicableAgain(open, node, claim, exempted)
  if (!('applicable' in claim)) {
    if (exempted) throw new Refusal('not-applicable', { params: { node: node.code }, event: exempted })
    return requireMore(open, node, pointsClaimed(open, node, claim))
  }
  requireOwnGrant(open, node, exempted)
  const before = standingEntry(open.evaluation, node.code)
  if (claim.points === undefined && claim.measurement === undefined && !before) {
    throw new Refusal('points-needed', { params: { node: node.code } })
  }
  const kept = before ? { points: formatPoints(before.points) } : {}
  const asked =
    claim.points === undefined && claim.measurement === undefined ? kept : pointsClaimed(open, node, claim)
  return { applicable: true, ...asked }
}

/** Above the leaves only whether a node applies can be disputed. */
function applicableAgain(open: Open, node: TreeNode, claim: ClaimInput, exempted: string | null): Claim {
  const asksPoints = 'points' in claim || 'measurement' in claim
  if (!('applicable' in claim) || asksPoints) throw new Refusal('not-a-leaf', { params: { node: node.code } })
  requireOwnGrant(open, node, exempted)
  return { applicable: true }
}

/** Only a grant on the node itself can be lifted by an appeal about it. */
function requireOwnGrant(open: Open, node: TreeNode, exempted: string | null): void {
  if (fileOf(open.evaluation, node.code).granted) return
  if (exempted) throw new Refusal('not-applicable', { params: { node: node.code }, event: exempted })
  throw asksNothing(open, node, null)
}

/** Points as claimed, or as the rule makes them of the measurement claimed. */
function pointsClaimed(
  open: Open,
  node: TreeNode,
  claim: Given
): { points: string; measurement?: z.infer<typeof Measurement> } {
  const { points: earned, measurement } = scoreOf(open, node, claim)
  const points = formatPoints(earned)
  return measurement === undefined ? { points } : { points, measurement }
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
