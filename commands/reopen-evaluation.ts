import { z } from 'zod'
import { Day, EvaluationId, Line, Text } from '../src/events/forms.ts'
import { bodyOf, evaluationCommand } from './define.ts'
import { isStuck } from './ending.ts'
import { requireStage } from './situation.ts'

export const reopenEvaluation = evaluationCommand({
  name: 'reopen-evaluation',
  summary: {
    fa: 'بازگشایی ارزیابی',
    en: 'Open a final evaluation again, or one that cannot become final, on the authority of a named body'
  },
  roles: ['registrar'],
  body: bodyOf({
    evaluation: EvaluationId,
    reason: Text,
    authority: z.strictObject({ body: Line, number: Line, date: Day })
  }),
  decide: (open, { reason, authority }, { now }) => {
    if (!isStuck(open, now)) requireStage(open, 'final')
    return [{ type: 'EvaluationReopened', data: { reason, authority }, causedBy: open.evaluation.stageEvent }]
  }
})
