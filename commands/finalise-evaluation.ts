import { Refusal } from '../src/errors.ts'
import type { DataOf } from '../src/events/catalogue.ts'
import type { Actor } from '../src/events/envelope.ts'
import { EvaluationId } from '../src/events/forms.ts'
import { formatPoints } from '../src/points.ts'
import { fileOf, standingEntry } from '../src/rules/evaluation.ts'
import { figuresOf, type NodeFigures, ownEntry } from '../src/rules/rollup.ts'
import { leavesOf, TOTAL } from '../src/rules/tree.ts'
import { bodyOf, evaluationCommand } from './define.ts'
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
    if (evaluation.origin === 'live') requireAppealsOver(open, now)
    const figures = figuresOf(tree, evaluation)
    const total = figures.get(TOTAL)
    if (!total || isPartial(total)) throw partial(open, figures)
    return [
      {
        type: 'EvaluationFinalised',
        data: {
          nodes: finalNodes(open, figures),
          total: {
            points: formatPoints(total.standing.points ?? 0),
            applicableCeiling: formatPoints(total.applicableCeiling)
          },
          basis: basisOf(open),
          decidedAt: String(evaluation.revision)
        }
      }
    ]
  }
})

/** Where nothing applies nothing is missing: the total is then 0 of 0. */
const isPartial = ({ applicable, standing }: NodeFigures): boolean =>
  applicable && (standing.points === null || standing.partial)

function requireNotFiler({ evaluation }: Open, actor: Actor, filers: readonly string[]): void {
  if (!filers.includes(actor.id)) return
  const filed = Object.values(evaluation.appeals).find(({ filedBy }) => filedBy === actor.id)
  throw new Refusal('filed-on-behalf', { event: filed?.filed })
}

/** No appeal is open, and neither the appeal window nor the escalation window of a decision still runs. */
function requireAppealsOver({ evaluation }: Open, now: string): void {
  const appeals = Object.values(evaluation.appeals)
  const pending = appeals.find(({ status }) => status === 'open')
  if (pending) throw new Refusal('appeal-open', { params: { node: pending.node }, event: pending.newest })
  if (evaluation.waived) return
  const windows = appeals.flatMap(({ escalationClosesAt, newest }) =>
    escalationClosesAt === null ? [] : [{ until: escalationClosesAt, event: newest }]
  )
  if (evaluation.appealClosesAt !== null) {
    windows.unshift({ until: evaluation.appealClosesAt, event: evaluation.stageEvent })
  }
  const running = windows.find(({ until }) => now < until)
  if (running) throw new Refusal('window-open', { params: { until: running.until }, event: running.event })
}

function partial({ tree, evaluation }: Open, figures: ReadonlyMap<string, NodeFigures>): Refusal {
  const missing = leavesOf(tree).filter(
    (node) => figures.get(node)?.applicable === true && !standingEntry(evaluation, node)
  )
  return new Refusal('partial', { params: { nodes: missing.join(', ') || TOTAL } })
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
