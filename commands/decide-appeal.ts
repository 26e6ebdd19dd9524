import { z } from 'zod'
import { windowEnd } from '../src/clock.ts'
import { Refusal } from '../src/errors.ts'
import type { DataOf } from '../src/events/catalogue.ts'
import { Line, Measurement, Points, Text, UlidId } from '../src/events/forms.ts'
import { canonicalJson } from '../src/ids.ts'
import { ownMember } from '../src/own-member.ts'
import { formatPoints, parsePoints } from '../src/points.ts'
import type { AppealFile } from '../src/rules/appeals.ts'
import { fileOf, standingEntry } from '../src/rules/evaluation.ts'
import { pathUp, subtree } from '../src/rules/tree.ts'
import { appealOf, appealRules, nodesOfAppeal, requireChair, requireOpenAppeal } from './appeal.ts'
import { bodyOf, defined, evaluationCommand, NamedPerson } from './define.ts'
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
  evidenceConsidered: z.array(UlidId).max(5_000).optional(),
  present: z.array(NamedPerson).max(100).optional(),
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
    const appeal = requireOpenAppeal(open, body.appeal, actor)
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

/** Upholding gives the claim; what is said beside must be the claim. Where a measurement was read does not matter. */
function upheld(open: Open, appeal: AppealFile, body: Body): Result {
  const claim: Result = appeal.claim
  const said = saidResult(open, appeal, body)
  const differs =
    (said.points !== undefined && said.points !== claim.points) ||
    (said.measurement !== undefined && figures(said.measurement) !== figures(claim.measurement)) ||
    (said.applicable !== undefined && said.applicable !== claim.applicable)
  if (differs) throw new Refusal('not-the-claim', { event: appeal.filed })
  return claim
}

const figures = (measurement: Result['measurement']): string =>
  canonicalJson(measurement ? { ...measurement, source: undefined } : null)

/**
 * Strictly between what stands (not applicable: 0) and the points claimed. Nothing moves a node while an appeal on it is
 * open, so what was claimed is still more than what stands, and no decision lowers anything.
 */
function partly(open: Open, appeal: AppealFile, body: Body): Result {
  const { claim, filed: event } = appeal
  const claimed = 'points' in claim ? claim.points : undefined
  const applies = 'applicable' in claim
  if (claimed === undefined || body.applicable === false || (body.applicable === true && !applies)) {
    throw new Refusal('cannot-be-partly', { event })
  }
  const said = saidResult(open, appeal, body)
  const stands = standingPoints(open, appeal.node)
  const given = said.points === undefined ? null : parsePoints(said.points)
  if (given === null || given <= stands || given >= parsePoints(claimed)) {
    throw new Refusal('not-between', { params: { standing: formatPoints(stands), claimed }, event })
  }
  return applies ? { ...said, applicable: true } : said
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

/** All evidence on file about the node, below or above it, or cited in the appeal, unless the panel says which. */
function evidenceFor({ evaluation, tree }: Open, appeal: AppealFile, named: string[] | undefined): string[] {
  const unknown = named?.find((id) => !ownMember(evaluation.evidence, id))
  if (unknown !== undefined) throw new Refusal('unknown-evidence', { params: { evidence: unknown } })
  if (named) return named
  const near = new Set([...pathUp(tree, appeal.node), ...subtree(tree, appeal.node)])
  return Object.values(evaluation.evidence)
    .filter(({ evidence, nodes }) => nodes.some((at) => near.has(at)) || appeal.evidence.includes(evidence))
    .map(({ evidence }) => evidence)
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
