import { Refusal } from '../src/errors.ts'
import { type Evaluation, standingEntry } from '../src/rules/evaluation.ts'
import { figuresOf, type NodeFigures } from '../src/rules/rollup.ts'
import { leavesOf, TOTAL } from '../src/rules/tree.ts'
import type { Open } from './situation.ts'

/** What keeps appeals from being over: one is open, or the appeal window or the escalation window of a decision runs. */
export function appealsObstacle(evaluation: Evaluation, now: string): Refusal | null {
  const appeals = Object.values(evaluation.appeals)
  const pending = appeals.find(({ status }) => status === 'open')
  if (pending) return new Refusal('appeal-open', { params: { node: pending.node }, event: pending.newest })
  if (evaluation.waived) return null
  const windows = appeals.flatMap(({ escalationClosesAt, newest }) =>
    escalationClosesAt === null ? [] : [{ until: escalationClosesAt, event: newest }]
  )
  if (evaluation.appealClosesAt !== null) {
    windows.unshift({ until: evaluation.appealClosesAt, event: evaluation.stageEvent })
  }
  const running = windows.find(({ until }) => now < until)
  return running
    ? new Refusal('window-open', { params: { until: running.until }, event: running.event })
    : null
}

/** A total that misses a part. Where nothing applies nothing is missing: the total is then 0 of 0. */
export function partialObstacle(
  { tree, evaluation }: Open,
  figures: ReadonlyMap<string, NodeFigures>
): Refusal | null {
  const total = figures.get(TOTAL)
  if (total && !(total.applicable && (total.standing.points === null || total.standing.partial))) return null
  const missing = leavesOf(tree).filter(
    (node) => figures.get(node)?.applicable === true && !standingEntry(evaluation, node)
  )
  return new Refusal('partial', { params: { nodes: missing.join(', ') || TOTAL } })
}

/**
 * Nothing can be appealed any more, and yet the total misses a part: a panel has brought back a node of whose leaves
 * nobody was ever asked for points. Only experts could give them, and their review is over.
 */
export const isStuck = (open: Open, now: string): boolean =>
  open.evaluation.stage === 'appeal' &&
  appealsObstacle(open.evaluation, now) === null &&
  partialObstacle(open, figuresOf(open.tree, open.evaluation)) !== null
