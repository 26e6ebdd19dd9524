import { z } from 'zod'
import { Refusal } from '../src/errors.ts'
import { EvaluationId, NodeCode } from '../src/events/forms.ts'
import { formatPoints } from '../src/points.ts'
import { fileOf, standingEntry } from '../src/rules/evaluation.ts'
import { leavesOf } from '../src/rules/tree.ts'
import type { Circumstances, Decision } from './command.ts'
import { bodyOf, evaluationCommand } from './define.ts'
import { requireJudgeable } from './expert-side.ts'
import { isOutdated, requireUpToDate } from './outdated.ts'
import { exemptedBy, isReturned, type Open, objectionToJudge, requireStage } from './situation.ts'

export const confirmScores = evaluationCommand({
  name: 'confirm-scores',
  summary: { fa: 'تأیید امتیازها', en: 'Give what was claimed: on named leaves, or on the rest at once' },
  roles: ['expert'],
  body: bodyOf({
    evaluation: EvaluationId,
    nodes: z.array(NodeCode).min(1).max(5_000).optional(),
    rest: z.literal(true).optional()
  }).refine(({ nodes, rest }) => (nodes === undefined) !== (rest === undefined), 'give either nodes or rest'),
  nodes: ({ nodes }) => nodes ?? null,
  decide: (open, { nodes }, { actor }) => {
    const named = nodes && [...new Set(nodes)]
    for (const node of named ?? []) requireNamed(open, node, actor)
    requireStage(open, 'review')
    for (const node of named ?? []) requireClaimed(open, node)
    requireUpToDate(open, named ?? [])
    const confirmed = named ?? leavesOf(open.tree).filter((node) => isLeft(open, node, actor))
    if (confirmed.length === 0) throw new Refusal('nothing-left')
    return confirmed.flatMap((node) => confirmation(open, node))
  }
})

function requireNamed(open: Open, node: string, actor: Circumstances['actor']): void {
  if (open.evaluation.stage === 'review') requireJudgeable(open, actor, node)
}

function requireClaimed(open: Open, node: string): void {
  const { self } = fileOf(open.evaluation, node)
  if (!self) throw new Refusal('nothing-claimed', { params: { node } })
  const standing = standingEntry(open.evaluation, node)
  if (standing !== self && standing?.reasonCode === null && standing.points === self.points) {
    throw new Refusal('already-judged', { params: { node }, event: standing.event })
  }
}

/**
 * The rest: leaves with a claim that holds under the tree in force and without an expert's act or a decision, that this
 * expert may judge.
 */
function isLeft(open: Open, node: string, actor: Circumstances['actor']): boolean {
  const { self, expert, decision, claim } = fileOf(open.evaluation, node)
  if (!self || expert || decision || claim || isOutdated(open, node)) return false
  return !isReturned(open, node) && !exemptedBy(open, node) && !objectionToJudge(open, actor, node)
}

function confirmation(open: Open, node: string): Decision[] {
  const { self } = fileOf(open.evaluation, node)
  if (!self) return []
  const data = { node, points: formatPoints(self.points), confirms: self.event }
  return [{ type: 'ScoreConfirmed', data, causedBy: self.event }]
}
