import { z } from 'zod'
import { Refusal } from '../src/errors.ts'
import { EvaluationId, Slug } from '../src/events/forms.ts'
import { pathUp } from '../src/rules/tree.ts'
import { OnBehalf } from './appeal.ts'
import type { Decision } from './command.ts'
import { bodyOf, evaluationCommand } from './define.ts'
import { Filing, file, requireMayFile } from './filing.ts'
import type { Open } from './situation.ts'

export const fileCase = evaluationCommand({
  name: 'file-case',
  summary: { fa: 'ثبت اعتراض‌های یک نامه با هم', en: 'File the appeals of one letter, all or none' },
  roles: ['assessor', 'registrar'],
  body: bodyOf({
    evaluation: EvaluationId,
    case: Slug,
    appeals: z.array(z.strictObject(Filing)).min(1).max(100),
    onBehalf: OnBehalf.optional()
  }),
  nodes: ({ appeals }) => appeals.map(({ node }) => node),
  decide: (open, body, circumstances) => {
    requireMayFile(open, circumstances, body.onBehalf)
    requireApart(
      open,
      body.appeals.map(({ node }) => node)
    )
    const decisions: Decision[] = []
    for (const appeal of body.appeals) {
      // Each event so far has taken one ULID: the evidence attached, and the appeals themselves.
      const extra = { case: body.case, onBehalf: body.onBehalf }
      decisions.push(...file(open, appeal, extra, circumstances, decisions.length))
    }
    return decisions
  }
})

/** Within one letter too, no node is disputed together with one above it, or twice. */
function requireApart({ tree }: Open, nodes: readonly string[]): void {
  nodes.forEach((node, index) => {
    const others = nodes.filter((_, other) => other !== index)
    const near = others.find((other) => pathUp(tree, node).includes(other))
    if (near !== undefined) throw new Refusal('appeal-open', { params: { node: near } })
  })
}
