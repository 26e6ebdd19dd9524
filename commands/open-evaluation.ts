import type { z } from 'zod'
import { Refusal } from '../src/errors.ts'
import { FrameworkId, Origin, Slug, Source } from '../src/events/forms.ts'
import type { Command } from './command.ts'
import { bodyOf, defined } from './define.ts'
import type { EvaluationSituation } from './situation.ts'

const Body = bodyOf({ unit: Slug, framework: FrameworkId, origin: Origin, source: Source.optional() })
type Body = z.infer<typeof Body>

const evaluationId = ({ framework, unit }: Body): string => `${framework}.${unit}`

export const openEvaluation: Command<Body, EvaluationSituation> = {
  name: 'open-evaluation',
  summary: { fa: 'گشودن ارزیابی یک واحد', en: 'Open the evaluation of a unit' },
  target: 'evaluation',
  roles: ['registrar'],
  body: Body,
  id: evaluationId,
  nodes: () => null,
  decide: ({ evaluation: known, frameworkOf, unitOf }, body) => {
    const { unit, framework: id, origin, source } = body
    if (!unitOf(unit)) throw new Refusal('unknown-unit', { params: { id: unit } })
    const framework = frameworkOf(id)
    if (!framework) throw new Refusal('unknown-framework', { params: { id } })
    const evaluation = evaluationId(body)
    if (known)
      throw new Refusal('evaluation-exists', { params: { id: evaluation }, event: known.openedEvent })
    if (origin === 'live' && !framework.appeal)
      throw new Refusal('no-appeal-rules', { params: { framework: id } })
    const frameworkRevision = String(framework.revision)
    const data = defined({ evaluation, unit, framework: id, frameworkRevision, origin, source })
    return [{ type: 'EvaluationOpened', data }]
  }
}
