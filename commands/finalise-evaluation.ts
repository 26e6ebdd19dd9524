import { Refusal } from '../src/errors.ts'
import type { DataOf } from '../src/events/catalogue.ts'
import type { Actor } from '../src/events/envelope.ts'
import { EvaluationId } from '../src/events/forms.ts'
import { formatPoints } from '../src/points.ts'
import { fileOf } from '../src/rules/evaluation.ts'
import { figuresOf, type NodeFigures, ownEntry } from '../src/rules/rollup.ts'
import { TOTAL } from '../src/rules/tree.ts'
import { bodyOf, evaluationCommand } from './define.ts'
import { appealsObstacle, partialObstacle } from './ending.ts'
import { exemptedBy, type Open, requireStage } from './situation.ts'

export const finaliseEvaluation = evaluationCommand({
  name: 'finalise-evaluation',
  summary: { fa: 'قطعی‌کردن ارزیابی', en: 'Make what stands final' },
  roles: ['registrar'],
  body: bodyOf({ evaluation: EvaluationId }),
  decide: (open, _body, { actor, now }) => {
    const { evaluation, tree, persons } = open
    requireStage(open, evaluation.origin === 'imported' ? 'imported' : 'appeal')
    requireNotFiler(open, actor, persons.filedOnBehalf)
    const figures = figuresOf(tree, evaluation)
    const obstacle = appealsObstacle(evaluation, now) ?? partialObstacle(open, figures)
    if (obstacle) throw obstacle
    const total = figures.get(TOTAL)
    return [
      {
        type: 'EvaluationFinalised',
        data: {
          nodes: finalNodes(open, figures),
          total: {
            points: formatPoints(total?.standing.points ?? 0),
            applicableCeiling: formatPoints(total?.applicableCeiling ?? 0)
          },
          basis: basisOf(open),
          decidedAt: String(evaluation.revision)
        }
      }
    ]
  }
})

function requireNotFiler({ evaluation }: Open, actor: Actor, filers: readonly string[]): void {
  if (!filers.includes(actor.id)) return
  const filed = Object.values(evaluation.appeals).find(({ filedBy }) => filedBy === actor.id)
  throw new Refusal('filed-on-behalf', { event: filed?.filed })
}

/** Every node with own points or made not applicable, with the event it rests on. */
function finalNodes(
  open: Open,
  figures: ReadonlyMap<string, NodeFigures>
): DataOf<'EvaluationFinalised'>['nodes'] {
  const { tree, evaluation } = open
  return [...tree.nodes.values()].flatMap((treeNode) => {
    const node = treeNode.code
    const standing = ownEntry(evaluation, treeNode, 'standing')
    const { granted } = fileOf(evaluation, node)
    if (!standing && !granted) return []
    const applicable = figures.get(node)?.applicable === true
    const event = (applicable ? standing?.event : exemptedBy(open, node)) ?? evaluation.newest
    const points = applicable && standing ? formatPoints(standing.points) : null
    return [{ node, points, applicable, event }]
  })
}

function basisOf({ evaluation }: Open): DataOf<'EvaluationFinalised'>['basis'] {
  if (evaluation.origin === 'imported') return 'imported'
  // An appeal that was decided, escalated and then withdrawn was decided all the same.
  const decided = Object.values(evaluation.appeals).some(
    ({ status, decidedBefore }) => status === 'decided' || decidedBefore.length > 0
  )
  if (decided) return 'decided'
  return evaluation.waived ? 'waived' : 'lapsed'
}
