import { Refusal } from '../src/errors.ts'
import { EvaluationId } from '../src/events/forms.ts'
import { bodyOf, evaluationCommand } from './define.ts'
import { requireOwnUnit, requireStage } from './situation.ts'

export const waiveAppeal = evaluationCommand({
  name: 'waive-appeal',
  summary: { fa: 'صرف‌نظر از اعتراض', en: 'Accept the result; no appeal will come' },
  roles: ['assessor'],
  body: bodyOf({ evaluation: EvaluationId }),
  decide: (open, _body, { actor }) => {
    requireOwnUnit(open, actor)
    requireStage(open, 'appeal')
    const { waived, appeals, reopenedRevision } = open.evaluation
    if (waived) throw new Refusal('already-waived', { event: waived })
    // What was decided before a reopening belongs to an earlier window; what was taken back asks for nothing.
    const filed = Object.values(appeals).find(
      ({ status, decidedRevision }) => status === 'open' || (decidedRevision ?? -1) > reopenedRevision
    )
    if (filed) throw new Refusal('already-appealed', { event: filed.filed })
    return [{ type: 'AppealWaived', data: {} }]
  }
})
