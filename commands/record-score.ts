import { Refusal } from '../src/errors.ts'
import { EvaluationId, Level, Measurement, NodeCode, Points, Source, Text } from '../src/events/forms.ts'
import { parsePoints } from '../src/points.ts'
import { bodyOf, defined, evaluationCommand } from './define.ts'
import { requireWithinCeiling, withTarget } from './scoring.ts'
import { type Open, requireNode, requireStage } from './situation.ts'

export const recordScore = evaluationCommand({
  name: 'record-score',
  summary: { fa: 'ثبت امتیاز سال‌های پیش از روی منبع', en: 'Record a score of an imported evaluation' },
  roles: ['registrar'],
  body: bodyOf({
    evaluation: EvaluationId,
    node: NodeCode,
    level: Level,
    points: Points,
    measurement: Measurement.optional(),
    note: Text.optional(),
    source: Source
  }),
  nodes: ({ node }) => [node],
  decide: (open, { node: code, level, points, measurement, note, source }) => {
    requireImported(open)
    requireStage(open, 'imported')
    const node = requireNode(open, code)
    requireWithinCeiling(node, parsePoints(points))
    const stated = measurement && withTarget(open, node, measurement)
    const data = defined({ node: code, level, points, measurement: stated, note, source })
    return [{ type: 'ScoreRecorded', data }]
  }
})

function requireImported({ evaluation: { origin, openedEvent } }: Open): void {
  if (origin !== 'imported') {
    throw new Refusal('wrong-origin', { params: { origin, needed: 'imported' }, event: openedEvent })
  }
}
