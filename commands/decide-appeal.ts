import { z } from 'zod'
import { windowEnd } from '../src/clock.ts'
import { Refusal } from '../src/errors.ts'
import type { DataOf } from '../src/events/catalogue.ts'
import { EvidenceIds, Line, Measurement, PersonId, Points, Text } from '../src/events/forms.ts'
import { canonicalJson } from '../src/ids.ts'
import { formatPoints, parsePoints } from '../src/points.ts'
import type { AppealFile } from '../src/rules/appeals.ts'
import { fileOf, standingEntry } from '../src/rules/evaluation.ts'
import { subtree } from '../src/rules/tree.ts'
import { appealOf, appealRules, nodesOfAppeal, requireChair, requireOpenAppeal } from './appeal.ts'
import { bodyOf, defined, evaluationCommand } from './define.ts'
import { requireMayDecide } from './panel.ts'
import { unitsOf } from './persons.ts'
import { scoreOf } from './scoring.ts'
import { type Open, requireNode } from './situation.ts'

const Body = bodyOf({
  ...appealOf,
  outcome: z.enum(['upheld', 'partly-upheld', 'rejected', 'inadmissible']),
  points: Points.optional(),
  measurement: Measurement.optional(),
  applicable: z.boolean().optional(),
  reasons: Text,
  ruleReference: Line.optional(),
  evidenceConsidered: EvidenceIds.optional(),
  present: z.array(PersonId).max(100).optional(),
  dissent: Text.optional()
}).refine(
  ({ points, measurement }) => points === undefined || measurement === undefined,
  'give either points or a measurement'
)
type Body = z.infer<typeof Body>
type Result = Pick<DataOf<'AppealDecided'>, 'points' | 'measurement' | 'applicable'>

export const decideAppeal = evaluationCommand({
  name: 'decide-appeal',
  summary: { fa: 'تصمیم درباره اعتراض', en: 'Decide an appeal' },
  roles: ['panelist'],
  body: Body,
  nodes: nodesOfAppeal,
  decide: (open, body, { actor, now }) => {
    const appeal = requireOpenAppeal(open, body.appeal)
    const panel = requireChair(appeal, actor)
    // What the token says today counts as well as what was known when the panel was named.
    requireMayDecide(open, appeal, actor.id, unitsOf(open.persons, actor))
    const members = panel.members.map(({ id }) => id)
    const stranger = body.present?.find((person) => !members.includes(person))
    if (stranger !== undefined) throw new Refusal('not-present', { params: { person: stranger } })
    const data = defined({
      appeal: appeal.appeal,
      instance: appeal.instance,
      outcome: body.outcome,
      ...resultOf(open, appeal, body),
      reasons: body.reasons,
      ruleReference: body.ruleReference,
      evidenceConsidered: evidenceFor(open, appeal, body.evidenceConsidered),
      present: body.present ?? members,
      dissent: body.dissent,
      escalationClosesAt: escalationEnd(open, appeal, body.outcome, now)
    })
    return [{ type: 'AppealDecided', data, causedBy: appeal.newest }]
  }
})

/** For upheld and partly upheld the whole result; anything else changes nothing. */
function resultOf(open: Open, appeal: AppealFile, body: Body): Result {
  const { outcome, points, measurement, applicable } = body
  if (outcome === 'upheld') return upheld(open, appeal, body)
  if (outcome === 'partly-upheld') return partly(open, appeal, body)
  if (points === undefined && measurement === undefined && applicable === undefined) return {}
  throw new Refusal('no-result', { params: { outcome } })
}

/** Upholding gives the claim; what is said beside must be the claim. */
function upheld(open: Open, appeal: AppealFile, body: Body): Result {
  const claim: Result = appeal.claim
  const said = saidResult(open, appeal, body)
  for (const [member, value] of Object.entries(said)) {
    const asClaimed = claim[member as keyof Result]
    if (member === 'measurement' && asClaimed === undefined)
      throw new Refusal('not-the-claim', { event: appeal.filed })
    if (canonicalJson(value) !== canonicalJson(asClaimed ?? null)) {
      throw new Refusal('not-the-claim', { event: appeal.filed })
    }
  }
  requireNotBelow(open, appeal, claim)
  return claim
}

/** Strictly between what stands (not applicable: 0) and the points claimed. */
function partly(open: Open, appeal: AppealFile, body: Body): Result {
  const claimed = 'points' in appeal.claim ? appeal.claim.points : undefined
  const said = saidResult(open, appeal, body)
  if (claimed === undefined || (body.applicable !== undefined && !('applicable' in appeal.claim))) {
    throw new Refusal('cannot-be-partly', { event: appeal.filed })
  }
  const stands = standingPoints(open, appeal.node)
  const params = { standing: formatPoints(stands), claimed }
  const given = said.points === undefined ? null : parsePoints(said.points)
  if (given === null || given <= stands || given >= parsePoints(claimed))
    throw new Refusal('not-between', { params })
  return 'applicable' in appeal.claim ? { ...said, applicable: true } : said
}

/** What the body says about the result, points worked out where it gives a measurement. */
function saidResult(open: Open, appeal: AppealFile, { points, measurement, applicable }: Body): Result {
  if (points === undefined && measurement === undefined) return defined({ applicable })
  const score = scoreOf(open, requireNode(open, appeal.node), { points, measurement })
  return defined({ points: formatPoints(score.points), measurement: score.measurement, applicable })
}

function standingPoints({ evaluation }: Open, node: string): number {
  if (fileOf(evaluation, node).granted) return 0
  return standingEntry(evaluation, node)?.points ?? 0
}

function requireNotBelow(open: Open, { node, filed }: AppealFile, { points }: Result): void {
  if (points === undefined || parsePoints(points) >= standingPoints(open, node)) return
  throw new Refusal('asks-nothing', {
    params: { node, standing: formatPoints(standingPoints(open, node)) },
    event: filed
  })
}

/** All evidence on file about the node, unless the panel says which. */
function evidenceFor(
  { evaluation, tree }: Open,
  { node }: AppealFile,
  named: string[] | undefined
): string[] {
  const unknown = named?.find((id) => !evaluation.evidence[id])
  if (unknown !== undefined) throw new Refusal('unknown-evidence', { params: { evidence: unknown } })
  const near = subtree(tree, node)
  return (
    named ??
    Object.values(evaluation.evidence)
      .filter(({ nodes }) => nodes.some((each) => near.includes(each)))
      .map(({ evidence }) => evidence)
  )
}

/** What was not given in full can be taken to the next instance, where there is one. */
function escalationEnd(
  open: Open,
  { instance }: AppealFile,
  outcome: Body['outcome'],
  now: string
): string | undefined {
  const { instances, escalationDays } = appealRules(open)
  return outcome === 'upheld' || instance >= instances ? undefined : windowEnd(now, escalationDays)
}
