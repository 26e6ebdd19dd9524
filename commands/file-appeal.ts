import { EvaluationId, Slug } from '../src/events/forms.ts'
import { OnBehalf } from './appeal.ts'
import { bodyOf, evaluationCommand } from './define.ts'
import { Filing, file, requireMayFile } from './filing.ts'

export const fileAppeal = evaluationCommand({
  name: 'file-appeal',
  summary: { fa: 'ثبت اعتراض', en: 'Dispute a node' },
  roles: ['assessor', 'registrar'],
  body: bodyOf({ evaluation: EvaluationId, ...Filing, case: Slug.optional(), onBehalf: OnBehalf.optional() }),
  nodes: ({ node }) => [node],
  decide: (open, body, circumstances) => {
    requireMayFile(open, circumstances, body.onBehalf)
    return file(open, body, { case: body.case, onBehalf: body.onBehalf }, circumstances, 0)
  }
})
