import { windowEnd } from '../src/clock.ts'
import { Refusal } from '../src/errors.ts'
import { EvaluationId } from '../src/events/forms.ts'
import { fileOf } from '../src/rules/evaluation.ts'
import { figuresOf } from '../src/rules/rollup.ts'
import { isLeaf, TOTAL } from '../src/rules/tree.ts'
import { bodyOf, evaluationCommand } from './define.ts'
import { type Open, requireMayJudge, requireStage } from './situation.ts'

export const completeReview = evaluationCommand({
  name: 'complete-review',
  summary: { fa: 'پایان بررسی', en: 'Complete the review; the appeal window opens' },
  roles: ['expert'],
  body: bodyOf({ evaluation: EvaluationId }),
  decide: (open, _body, { actor, now }) => {
    requireMayJudge(open, actor, TOTAL)
    requireStage(open, 'review')
    const { evaluation, framework } = open
    if (evaluation.returned) {
      const { nodes, event } = evaluation.returned
      throw new Refusal('return-open', { params: { nodes: nodes.join(', ') }, event })
    }
    const left = unjudged(open)
    if (left.length > 0) throw new Refusal('unjudged', { params: { nodes: left.join(', ') } })
    const appealClosesAt = windowEnd(now, framework.appeal?.windowDays ?? 0)
    return [{ type: 'ReviewCompleted', data: { appealClosesAt } }]
  }
})

/** Applicable leaves without a confirmation, override or decision, and nodes with an open claim. */
function unjudged({ tree, evaluation }: Open): string[] {
  const figures = figuresOf(tree, evaluation)
  return tree.order.filter((node) => {
    if (figures.get(node)?.applicable !== true) return false
    const { expert, decision, claim } = fileOf(evaluation, node)
    // A leaf that was claimed not applicable may have been given children before it was submitted.
    return claim !== null || (isLeaf(tree, node) && expert === null && decision === null)
  })
}
