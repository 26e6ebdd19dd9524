import type { z } from 'zod'
import { Refusal } from '../src/errors.ts'
import type { Actor } from '../src/events/envelope.ts'
import { EvaluationId, NodeCode, Source, Text } from '../src/events/forms.ts'
import type { Stage } from '../src/rules/evaluation.ts'
import { bodyOf } from './define.ts'
import { requireNoneReturned, requireNotReturned } from './expert-side.ts'
import { type Open, requireMayJudge, requireMayJudgeBelow, requireNode, requireStage } from './situation.ts'

/** The body of granting, refusing and revoking; only the list of reasons differs. */
export const exemptionBody = <Reason extends z.ZodType<string>>(reasonCode: Reason) =>
  bodyOf({
    evaluation: EvaluationId,
    node: NodeCode,
    reasonCode,
    reason: Text.optional(),
    source: Source.optional()
  })

interface Act {
  node: string
  reasonCode: string
  reason?: string | undefined
  source?: z.infer<typeof Source> | undefined
}

/** When an act may come, and whether it is done to everything below the node as well. */
interface Reach {
  stages: readonly Stage[]
  below: boolean
}

/**
 * Who may judge whether a node applies, and when: an expert in the given stages of a live evaluation, a registrar who
 * names the source on an imported one. A reason is always given, unless a source gives none (`not-stated`).
 */
export function requireMayExempt(open: Open, actor: Actor, act: Act, { stages, below }: Reach): void {
  requireNode(open, act.node)
  if (actor.role === 'registrar') {
    requireMayRegister(open, act)
    return
  }
  if (below) requireMayJudgeBelow(open, actor, [act.node])
  else requireMayJudge(open, actor, act.node)
  requireStage(open, ...stages)
  if (below) requireNoneReturned(open, act.node)
  else requireNotReturned(open, act.node)
  if (act.reason === undefined) throw new Refusal('reason-needed')
}

function requireMayRegister(open: Open, { reasonCode, reason, source }: Act): void {
  const { origin, openedEvent } = open.evaluation
  if (origin !== 'imported') {
    throw new Refusal('wrong-origin', { params: { origin, needed: 'imported' }, event: openedEvent })
  }
  requireStage(open, 'imported')
  if (!source) throw new Refusal('source-needed')
  if (reason === undefined && reasonCode !== 'not-stated') throw new Refusal('reason-needed')
}
